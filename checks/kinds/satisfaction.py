"""Visitors can rate online how satisfied they are with the information (điểm b khoản 3 Điều 10 NĐ 224/2026)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look, page_proof
from checks.gate import not_looked
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, readable, stop_cause
from core.evidence import Evidence
from core.finding import Answer, Candidate, Confidence, Proof, partial
from core.page import GONE, UNSEEN, Form, Link, Page
from core.plan import Wording
from core.text import any_phrase, fold, shorten

#: A longer label is a headline.
_LONGEST = 90


class Satisfaction(Kind):
    """A rating of the portal's information is offered: on its articles, by a form with ``answers``, or by a link.

    Passes when a form offers at least two of ``answers``, articles carry a rating control, or a link called like
    ``names`` leads to a page that is there. Partial (0.5) when the only one found is about something else
    (``others``: procedures, one-stop desks, public services).
    Fails when everything was looked at and there is none, or its link leads nowhere.
    Unknown when the home page, the rating's page or a menu entry that could lead to it was not read.
    """

    key: ClassVar[str] = "satisfaction"

    names: tuple[str, ...] = Field(min_length=1)
    answers: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    def wording(self) -> Wording:
        return Wording(self.rule, tuple(fold(n) for n in self.names), section=False)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause:
            return could_not_look(cause)
        for page in readable(evidence):
            if any(self._asks(form) for form in page.forms) and not self._about_others(page.h1 or page.title):
                return passed(say("rating_form"), proofs=(page_proof(page),), confidence=Confidence.HIGH)
        rated = [p for p in readable(evidence) if "article" in p.traits and "rating" in p.controls]
        if rated:
            message = say("rating_articles", pages=len(rated))
            return passed(message, proofs=tuple(page_proof(p) for p in rated[:3]), confidence=Confidence.MEDIUM)
        return self._by_link(evidence)

    def _by_link(self, evidence: Evidence) -> Answer:
        beside: list[tuple[Page, Link]] = []
        near: list[Candidate] = []
        unseen: str | None = None
        for page, link in self._links(evidence):
            name = shorten(link.label, 80)
            fetch = evidence.fetch(link.url) if link.url else None
            if not link.url or link.dead or (fetch is not None and fetch.outcome in GONE):
                near.append(Candidate(link.url or link.href, name, say("link_dead", name=name)))
            elif fetch is not None and fetch.outcome in UNSEEN:
                unseen = unseen or stop_cause(evidence, fetch.outcome)
            elif self._about_others(f"{link.label} | {link.parent}"):
                beside.append((page, link))
            else:
                message = say("rating_link", name=name)
                return passed(message, proofs=(_proof(page, link),), confidence=Confidence.MEDIUM)
        cause = unseen or not_looked(evidence, self.rule)
        if cause:
            return could_not_look(cause)
        more: dict[str, Any] = {"candidates": tuple(dict.fromkeys(near))[:4]}
        if beside:
            message = say("rating_other", name=shorten(beside[0][1].label, 80))
            return partial(message, ratio=0.5, proofs=(_proof(*beside[0]),), **more)
        return failed(near[0].why_not if near else say("rating_none", pages=len(evidence.pages)), **more)

    def _links(self, evidence: Evidence) -> Iterator[tuple[Page, Link]]:
        names = [fold(n) for n in self.names]
        for page, link in evidence.links():
            if not link.hidden and any(len(n) <= _LONGEST and any_phrase(fold(n), names) for n in link.names):
                yield page, link

    def _asks(self, form: Form) -> bool:
        said = fold(" | ".join([form.text, *(f"{i.label} | {' | '.join(i.options)}" for i in form.inputs)]))
        return sum(any_phrase(said, [fold(a)]) is not None for a in self.answers) >= 2

    def _about_others(self, text: str) -> bool:
        return any_phrase(fold(text), [fold(o) for o in self.others]) is not None


def _proof(page: Page, link: Link) -> Proof:
    return Proof("link", link.url, shorten(link.label, 80), link.zone.value, page.fetched_at, page.sha256)
