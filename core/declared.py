"""A body's own claim beside what the audit found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

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
        """The comparison as JSON values. ``finding`` is the id the duty has in the audit."""
        finding = self.finding
        return {
            "body": self.claim.body,
            "rule": self.claim.rule,
            "begins": self.claim.begins.isoformat(),
            "ends": self.claim.ends.isoformat(),
            "points": self.claim.points,
            "max_points": self.claim.max_points,
            "link": self.claim.link,
            "note": self.claim.note,
            "finding": finding.rule if finding else None,
            "verdict": finding.verdict.value if finding else None,
            "agreement": self.agreement.value,
            "gap": self.gap,
            "text": {"vi": self.text.vi, "en": self.text.en},
        }

    @classmethod
    def read(cls, data: Mapping[str, Any], findings: Mapping[str, Finding]) -> Declared:
        """What ``plain`` wrote; ``findings`` are the audit's, by their rule. KeyError or ValueError where it is not."""
        begins, ends = (dt.date.fromisoformat(data[name]) for name in ("begins", "ends"))
        claim = Claim(
            data["body"], data["rule"], begins, ends, data["points"], data["max_points"], data["link"], data["note"]
        )
        text = Text(data["text"]["vi"], data["text"]["en"])
        return cls(claim, findings.get(data["finding"] or ""), Agreement(data["agreement"]), text, data["gap"])

    @property
    def disagrees(self) -> bool:
        return self.agreement in (Agreement.OVER, Agreement.UNDER)
