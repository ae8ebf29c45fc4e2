"""How many clicks it takes to reach a section (khoản 2 Điều 11 TT 32/2017)."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.answers import candidates, could_not_look, label_of, link_proof, page_proof
from checks.gate import not_looked
from checks.hits import Why
from checks.kind import Kind, failed, passed
from checks.match import STRONG
from checks.say import say
from checks.sections import search
from checks.seen import home_cause
from core.evidence import Evidence
from core.finding import Answer, Confidence


class Clicks(Kind):
    """The section of another ``rule`` is no more than ``clicks`` clicks from the home page.

    Passes or fails by the shortest way found to the section's page; a link of that name to another host
    counts with the page it stands on (medium confidence).
    Fails too when everything was looked at and there is no such section.
    Unknown when the section may be there unseen, or the home page was not read.
    """

    key: ClassVar[str] = "clicks"

    clicks: int = Field(default=3, gt=0)
    section: str = Field(default="ND43-18.2", alias="rule")

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause:
            return could_not_look(cause)
        found = search(evidence, self.section)
        pages = [h for h in found.accepted if h.page is not None]
        if pages:
            hit = min(pages, key=lambda h: h.page.depth if h.page else 99)
            assert hit.page is not None
            return self._answer(label_of(hit), hit.page.depth, proofs=(page_proof(hit.page), link_proof(hit)))
        away = [h for h in found.rejected if h.why is Why.OTHER_AGENCY and h.score >= STRONG and not h.link.hidden]
        if away:
            hit = min(away, key=lambda h: h.depth)
            return self._answer(label_of(hit), hit.depth + 1, proofs=(link_proof(hit),), confidence=Confidence.MEDIUM)
        cause = not_looked(evidence, self.section, found)
        if cause:
            return could_not_look(cause, found)
        return failed(say("clicks_none", pages=len(evidence.pages)), candidates=candidates(found))

    def _answer(self, name: str, depth: int, **more: object) -> Answer:
        words = {"name": name, "depth": depth, "limit": self.clicks}
        if depth <= self.clicks:
            return passed(say("clicks_ok", **words), "", **more)
        return failed(say("clicks_many", **words), "", **more)
