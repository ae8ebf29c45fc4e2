"""Page speed as measured from here (2025 criteria for portals)."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.kind import Kind, failed, partial, passed
from checks.measured import figure, listed, why_unmeasured
from checks.say import BETWEEN, say
from checks.seen import home_cause, names
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, Text


class Speed(Kind):
    """Pages load within limits, measured with a browser on this machine: always of low confidence.

    Judged by the facts ``perf.fcp_ms``, ``perf.lcp_ms`` and ``perf.tbt_ms``, the medians of the slower of the
    pages measured; each must stay under its limit in milliseconds. Passes with all three, partial with
    some, fails with none; the message gives the figures, says that they are those of this machine and line, and
    that Speed Index, which the criteria name too, is not measured. Where a probe brings ``perf.speed_index_ms``, it
    is a fourth.
    Unknown without a browser, when the home page did not open in it, or one of the three is missing.
    """

    key: ClassVar[str] = "speed"
    of_a_server: ClassVar[bool] = True

    fcp: float = Field(default=3000, gt=0)
    lcp: float = Field(default=4000, gt=0)
    tbt: float = Field(default=600, gt=0)
    speed_index: float = Field(default=5800, gt=0)

    def judge(self, evidence: Evidence) -> Answer:
        limits = {"fcp": self.fcp, "lcp": self.lcp, "tbt": self.tbt, "speed_index": self.speed_index}
        measured = {name: figure(evidence, f"perf.{name}_ms") for name in limits}
        if any(measured[name] is None for name in ("fcp", "lcp", "tbt")):
            return could_not_look(home_cause(evidence) or why_unmeasured(evidence, "perf.outcome"))
        seen = {name: value for name, value in measured.items() if value is not None}
        good = [name for name, value in seen.items() if value < limits[name]]
        bad = [name for name in seen if name not in good]
        more = say("speed_with_index") if "speed_index" in seen else say("speed_no_index")
        figures = names([_figure(name, seen[name]) for name in seen])
        proofs = _proofs(evidence) or tuple(
            Proof("probe", evidence.portal.url, name, f"{value:.0f} ms") for name, value in seen.items()
        )
        if not bad:
            return passed(say("speed_ok", figures=figures, more=more), proofs=proofs, confidence=Confidence.LOW)
        slow = names([say(f"speed_{name}_limit", limit=_seconds(limits[name])) for name in bad])
        message = say("speed_slow", figures=figures, slow=slow, more=more)
        if not good:
            return failed(message, proofs=proofs, confidence=Confidence.LOW)
        ratio = round(len(good) / len(seen), 2)
        return partial(message, ratio=ratio, proofs=proofs, confidence=Confidence.LOW)


def _proofs(evidence: Evidence) -> tuple[Proof, ...]:
    return tuple(
        Proof(
            "probe",
            str(row.get("url", "")),
            "speed.page",
            BETWEEN.join(_measured(name, row.get(f"{name}_ms")) for name in ("fcp", "lcp", "tbt")),
        )
        for row in listed(evidence, "perf.pages")
    )


def _measured(name: str, value: object) -> str:
    return f"{name.upper()} {value} ms" if value is not None else f"{name.upper()} –"


def _figure(name: str, value: float) -> Text:
    return say(f"speed_{name}", value=_seconds(value))


def _seconds(milliseconds: float) -> Text:
    """Seconds as people write them: 1,25 in Vietnamese."""
    said = f"{milliseconds / 1000:.2f}".rstrip("0").rstrip(".")
    return Text(said.replace(".", ","), said)
