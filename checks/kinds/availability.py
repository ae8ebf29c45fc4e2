"""Running day and night (khoản 1 Điều 27)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, percent
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, partial


class Availability(Kind):
    """The portal answered the probes of a watch.

    Judged by the fact ``availability.share`` (0 to 1). Passes from ``full_share`` on, partial from
    ``half_share`` on, fails below. A watch shorter than ``least_hours`` (``availability.hours``), such as the audit
    itself, says little about 24 hours: it passes with low confidence when every probe was answered, is partial when
    some were, and never fails; when none was, it is unknown, because the portal may only be blocking us.
    Unknown when nothing was measured.
    """

    key: ClassVar[str] = "availability"
    of_a_server: ClassVar[bool] = True

    full_share: float = Field(default=0.99, gt=0, le=1)
    half_share: float = Field(default=0.9, gt=0, le=1)
    #: A shorter watch is one visit.
    least_hours: float = Field(default=24.0, ge=0)

    def judge(self, evidence: Evidence) -> Answer:
        value = evidence.fact("availability.share")
        if value is None:
            return could_not_look((home_cause(evidence) if evidence.home is None else None) or "needs_probe")
        share = float(value)
        url = evidence.portal.url
        checks = evidence.fact("availability.checks")
        # Response times stay facts: they differ from visit to visit, and findings must not.
        count = (Proof("probe", url, "availability.checks", str(checks)),) if checks is not None else ()
        more: dict[str, Any] = {"proofs": (Proof("probe", url, "availability", percent(share)), *count)}
        hours = evidence.fact("availability.hours")
        if hours is not None and float(hours) < self.least_hours:
            return _one_visit(share, int(checks or 0), more)
        words = {"share": percent(share), "limit": percent(self.full_share)}
        if share >= self.full_share:
            return passed(say("up_ok", **words), **more)
        if share >= self.half_share:
            return partial(say("up_bad", **words), **more)
        return failed(say("up_bad", **words), **more)


def _one_visit(share: float, count: int, more: dict[str, Any]) -> Answer:
    if share <= 0:
        return could_not_look("stopped_answering")
    if share >= 1:
        return passed(say("up_now", count=count), confidence=Confidence.LOW, **more)
    return partial(say("up_gaps", share=percent(share), count=count), confidence=Confidence.LOW, **more)
