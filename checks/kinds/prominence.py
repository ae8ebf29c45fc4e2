"""Main sections on the home page or in the main menu (khoản 2 Điều 16 TT 32/2017)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look, label_of, page_proof
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.sections import Search, search, words_of
from checks.seen import home_cause
from core.evidence import Evidence
from core.finding import Answer, Candidate, partial
from core.plan import Wording

#: Chapter II of the decree.
_CHAPTER_2 = ("ND43-10.", "ND43-11", "ND43-12", "ND43-13")


class Prominence(Kind):
    """The sections that were found can be reached from the home page itself.

    Passes when at least ``min_share`` of the sections found (of the duties whose ids begin with one of
    ``rules``) are linked from the home page. Partial when fewer are (0.5 from half of ``min_share`` on, else
    0.25); the message names the others. Fails when none is.
    Unknown when the home page was not read or no section was found.
    """

    key: ClassVar[str] = "prominence"

    min_share: float = Field(default=0.9, gt=0, le=1)
    rules: tuple[str, ...] = _CHAPTER_2

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = evidence.home
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        found = [s for w in self._wordings(evidence) if (s := search(evidence, w.rule)).best is not None]
        if not found:
            return could_not_look("no_section")
        shown = {k.url for k in home.links if k.url and not k.hidden}
        far = [s for s in found if not _near(s, shown)]
        near = len(found) - len(far)
        labels = list(dict.fromkeys(label_of(s.best) for s in far if s.best))
        more: dict[str, Any] = {"proofs": (page_proof(home),), "candidates": tuple(_candidate(s) for s in far[:4])}
        if near >= self.min_share * len(found):
            return passed(say("prominence_ok", near=near, found=len(found)), **more)
        missing = ", ".join(f"“{n}”" for n in labels[:6]) + ("…" if len(labels) > 6 else "")
        message = say("prominence_bad", near=near, found=len(found), missing=missing)
        if not near:
            return failed(message, **more)
        return partial(message, ratio=0.5 if near * 2 >= self.min_share * len(found) else 0.25, **more)

    def _wordings(self, evidence: Evidence) -> list[Wording]:
        applying = [w for w in words_of(evidence).wordings.values() if w.applies]
        return [w for w in applying if w.rule.startswith(self.rules)] or applying


def _near(found: Search, shown: set[str]) -> bool:
    return any(
        h.page is not None and (h.page.depth <= 1 or h.link.url in shown or h.page.url in shown) for h in found.accepted
    )


def _candidate(found: Search) -> Candidate:
    hit = found.best
    assert hit is not None and hit.page is not None
    depth, label = hit.page.depth, label_of(hit)
    return Candidate(hit.page.url, label, say("clicks_many", depth=depth, name=label, limit=1))
