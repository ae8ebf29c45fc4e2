"""A body's own claim beside what the audit found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.figures import Claim
from core.finding import Finding, Text


class Agreement(StrEnum):
    """How claim and finding stand to each other; only OVER and UNDER are disagreements."""

    #: More was claimed than was found.
    OVER = "over"
    #: Less was claimed than was found.
    UNDER = "under"
    AGREES = "agrees"
    #: The duty could not be judged.
    UNKNOWN = "unknown"
    #: No such duty for this body.
    NOT_APPLICABLE = "not_applicable"
    #: The audit's catalogue has no such duty.
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Declared:
    """One claim compared: ``text`` says it in words ("tự chấm 3/3, kiểm tra: trang trống")."""

    claim: Claim
    finding: Finding | None
    agreement: Agreement
    text: Text
    #: Points claimed above (below 0: under) what was found, on the claim's own scale; 0 where nothing disagrees.
    gap: float

    @property
    def plain(self) -> dict[str, object]:
        """The comparison as JSON values."""
        verdict = self.finding.verdict if self.finding else None
        return {
            "body": self.claim.body,
            "rule": self.claim.rule,
            "points": self.claim.points,
            "max_points": self.claim.max_points,
            "link": self.claim.link,
            "verdict": verdict,
            "agreement": self.agreement,
            "gap": self.gap,
            "text": {"vi": self.text.vi, "en": self.text.en},
        }

    @property
    def disagrees(self) -> bool:
        return self.agreement in (Agreement.OVER, Agreement.UNDER)
