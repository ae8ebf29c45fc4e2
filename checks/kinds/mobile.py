"""Phones (Điều 17 TT 32/2017)."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.kind import Kind
from checks.measured import figure, listed, screenshots, why_unmeasured
from checks.say import say
from checks.seen import home_cause, percent
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, Text

_WIDTHS = ("390", "360")


class Mobile(Kind):
    """The portal can be used on a phone, as a browser with a phone's screen sees it.

    Four parts, judged by the facts ``mobile.*`` of the home page and pages of main sections: a ``viewport`` that
    follows the screen; nothing that runs more than ``overflow`` pixels past a screen 390 or 360 wide, pushed
    sideways or cut off; at most ``small_text`` of the text under 12 pixels; at most ``small_targets`` of the
    links and buttons under 24 × 24 pixels without room around them (WCAG 2.2, 2.5.8).
    Passes with all four, partial with some, fails with none. A mobile site or theme of its own is judged as what
    the phone gets, and noted. Medium confidence when the home page alone was measured.
    Unknown without a browser, when the home page did not open in it, or a part that could change the verdict
    was not measured.
    """

    key: ClassVar[str] = "mobile"

    #: Pixels.
    overflow: int = Field(default=8, ge=0)
    #: Shares.
    small_text: float = Field(default=0.4, ge=0, le=1)
    small_targets: float = Field(default=0.2, ge=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        viewport = evidence.fact("mobile.viewport")
        small, tiny = figure(evidence, "mobile.text_small_share"), figure(evidence, "mobile.tap_small_share")
        if viewport is None and small is None and tiny is None:
            return could_not_look(home_cause(evidence) or why_unmeasured(evidence, "mobile.outcome"))
        fits, past = self._fits(evidence)
        parts: list[tuple[Text, bool | None]] = [
            (say("mobile_viewport"), None if viewport is None else bool(viewport)),
            (say("mobile_width_past", pixels=past) if past else say("mobile_width"), fits),
            (_with("mobile_text", small), None if small is None else small <= self.small_text),
            (_with("mobile_taps", tiny), None if tiny is None else tiny <= self.small_targets),
        ]
        pages = [row for row in listed(evidence, "mobile.pages") if row.get("viewport") is not None]
        return judge_parts(
            parts,
            "needs_browser",
            say("cause_needs_browser"),
            proofs=(*self._proofs(pages), *screenshots(evidence, "mobile.screenshots")),
            confidence=Confidence.MEDIUM if len(pages) == 1 else Confidence.HIGH,
            flags=("separate_mobile_site",) if evidence.fact("mobile.separate") else (),
        )

    def _fits(self, evidence: Evidence) -> tuple[bool | None, int]:
        """Whether nothing runs past the screens, and by how many pixels the worst does beyond what is borne."""
        past = [_worst(evidence, width) for width in _WIDTHS]
        known = [p for p in past if p is not None]
        if any(p > self.overflow for p in known):
            return False, round(max(known))
        return (True if len(known) == len(past) else None), 0

    def _proofs(self, pages: list[dict[str, object]]) -> tuple[Proof, ...]:
        """The home page, then the pages with the widest overflow."""
        worst = sorted(pages[1:], key=lambda row: -_past(row))
        return tuple(
            Proof("page", str(row.get("url", "")), str(row.get("culprit") or ""), f"+{_past(row):.0f} px")
            for row in [*pages[:1], *worst][:3]
        )


def _worst(evidence: Evidence, width: str) -> float | None:
    found = [figure(evidence, f"mobile.{how}_{width}") for how in ("overflow", "clipped")]
    known = [f for f in found if f is not None]
    return max(known) if known else None


def _past(row: dict[str, object]) -> float:
    found = [row.get(f"past_{width}") for width in _WIDTHS]
    return max([float(f) for f in found if isinstance(f, int | float)], default=0.0)


def _with(key: str, share: float | None) -> Text:
    return say(key) if not share else say("part_share", name=say(f"{key}_small"), share=percent(share))
