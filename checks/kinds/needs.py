"""Duties that hang on measurements: what was measured decides, what was not is named."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.kind import Kind
from checks.say import say
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Proof, Text


class Needs(Kind):
    """All of ``facts`` must have been measured and be true, or be under their ``limits``.

    Passes when all are met, fails when none is, partial with some. Unknown with ``cause`` when a fact that
    could change the verdict was not measured.
    """

    key: ClassVar[str] = "needs"

    cause: str = "needs_probe"
    facts: tuple[str, ...] = Field(min_length=1)
    #: A number is met below this value.
    limits: dict[str, float] = Field(default_factory=dict)

    def judge(self, evidence: Evidence) -> Answer:
        parts = [(Text(name, name), self._state(evidence, name)) for name in self.facts]
        proofs = tuple(
            Proof("probe", evidence.portal.url, name, str(evidence.fact(name)))
            for name in self.facts
            if evidence.fact(name) is not None
        )
        return judge_parts(parts, self.cause, say(f"cause_{self.cause}"), proofs=proofs)

    def _state(self, evidence: Evidence, name: str) -> bool | None:
        value = evidence.fact(name)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value < self.limits[name] if name in self.limits else bool(value)
        return bool(value)
