"""Running day and night (khoản 1 Điều 27)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import percent
from core.evidence import Evidence
from core.finding import Answer, Proof, partial


class Availability(Kind):
    """The portal answered the probes of a longer watch.

    Judged by the fact ``availability.share`` (0 to 1). Passes from ``full_share`` on, partial from
    ``half_share`` on, fails below. Unknown when no watch was kept: one visit says nothing about 24 hours.
    """

    key: ClassVar[str] = "availability"

    full_share: float = Field(default=0.99, gt=0, le=1)
    half_share: float = Field(default=0.9, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        value = evidence.fact("availability.share")
        if value is None:
            return could_not_look("needs_probe")
        share = float(value)
        more: dict[str, Any] = {"proofs": (Proof("probe", evidence.portal.url, "availability", percent(share)),)}
        words = {"share": percent(share), "limit": percent(self.full_share)}
        if share >= self.full_share:
            return passed(say("up_ok", **words), **more)
        if share >= self.half_share:
            return partial(say("up_bad", **words), **more)
        return failed(say("up_bad", **words), **more)
