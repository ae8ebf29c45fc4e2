"""Main items on the home page or in the main menu (khoản 2 Điều 16 TT 32/2017)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look, label_of, page_proof
from checks.front import front
from checks.gate import not_looked
from checks.hits import Search, words_of
from checks.kind import Kind, failed, passed, unknown
from checks.say import say
from checks.sections import search
from checks.seen import home_cause
from core.evidence import Evidence
from core.finding import Answer, Candidate, Text, partial
from core.plan import Wording

#: Chapter II of the decree.
_CHAPTER_2 = ("ND43-10.", "ND43-11", "ND43-12", "ND43-13")


class Prominence(Kind):
    """The items of Chapter II (rules whose ids begin with one of ``rules``) are reached from the home page itself.

    Passes when at least ``min_share`` of them are linked from the home page. Partial when fewer are (0.5 from
    half of ``min_share`` on, else 0.25); the message names those deeper down and those nowhere. Fails when none
    is linked.
    Unknown when the home page was not read, no item was found, or items that could not be looked at could
    change the verdict.
    """

    key: ClassVar[str] = "prominence"

    min_share: float = Field(default=0.9, gt=0, le=1)
    rules: tuple[str, ...] = _CHAPTER_2

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        shown = {k.url for k in home.links if k.url and not k.hidden}
        near = 0
        far: list[Search] = []
        absent: list[Wording] = []
        causes: list[str] = []
        for wording in self._wordings(evidence):
            found = search(evidence, wording.rule)
            if found.best is not None:
                if _near(found, shown):
                    near += 1
                else:
                    far.append(found)
            elif unseen := not_looked(evidence, wording.rule, found):
                causes.append(unseen)
            else:
                absent.append(wording)
        if not near and not far:
            return could_not_look(causes[0] if causes else "no_section")
        judged = near + len(far) + len(absent)
        everything = judged + len(causes)
        if causes and self._ratio(near, everything) != self._ratio(near + len(causes), everything):
            why = say(f"cause_{causes[0]}")
            message = say("prominence_unseen", near=near, unseen=len(causes), why=why)
            return unknown(message, causes[0], proofs=(page_proof(home),))
        more: dict[str, Any] = {
            "proofs": (page_proof(home),),
            "candidates": tuple(_candidate(s) for s in far[:4]),
        }
        ratio = self._ratio(near, judged)
        if ratio == 1:
            return passed(say("prominence_ok", near=near, found=judged), **more)
        deep = _listed([f"“{label_of(s.best)}”" for s in far if s.best])
        nowhere = _listed([f"“{w.called or w.rule}”" for w in absent])
        parts = [say("prominence_few", near=near, found=judged)]
        parts += [say("prominence_deep", missing=deep)] if far else []
        parts += [say("prominence_nowhere", absent=nowhere)] if absent else []
        message = Text(" ".join(p.vi for p in parts), " ".join(p.en for p in parts))
        return partial(message, ratio=ratio, **more) if ratio else failed(message, **more)

    def _ratio(self, near: int, total: int) -> float:
        if near >= self.min_share * total:
            return 1.0
        if not near:
            return 0.0
        return 0.5 if near * 2 >= self.min_share * total else 0.25

    def _wordings(self, evidence: Evidence) -> list[Wording]:
        applying = [w for w in words_of(evidence).wordings.values() if w.applies]
        return [w for w in applying if w.rule.startswith(self.rules)] or applying


def _listed(labels: list[str]) -> Text:
    """The names, each once."""
    text = "; ".join(dict.fromkeys(labels))
    return Text(text, text)


def _near(found: Search, shown: set[str]) -> bool:
    return any(
        h.page is not None and (h.page.depth <= 1 or h.link.url in shown or h.page.url in shown) for h in found.accepted
    )


def _candidate(found: Search) -> Candidate:
    hit = found.best
    assert hit is not None and hit.page is not None
    depth, label = hit.page.depth, label_of(hit)
    return Candidate(hit.page.url, label, say("clicks_many", depth=depth, name=label, limit=1))
