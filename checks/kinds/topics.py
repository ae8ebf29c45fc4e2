"""Many matters that must be made public, each with a section of its own somewhere on the portal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from checks.answers import could_not_look, page_proof
from checks.gate import not_looked
from checks.kind import Kind, failed, passed
from checks.parts import Words
from checks.say import join, say
from checks.seen import home_cause
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, partial
from core.page import GONE, Page
from core.plan import Wording
from core.text import any_phrase, fold, shorten

#: A longer label is a headline and no section's name.
_LONGEST = 90


class Topic(BaseModel):
    """One matter, and what its section or paper may be called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: Words
    names: tuple[str, ...] = Field(min_length=1)


class Topics(Kind):
    """At least so many of the ``topics`` have a link of their own, on a page called like ``names`` or any other.

    A link counts when its label holds one of the topic's names and it leads to a page that is there and not empty.
    Passes with ``full_topics`` of them, is partial with ``half_topics`` (0.5) or with any (0.25), and fails with none.
    The message names what is missing. Medium confidence: that a section is there does not prove it complete.
    Unknown when too few were found and not everything could be looked at.
    """

    key: ClassVar[str] = "topics"

    names: tuple[str, ...] = Field(min_length=1)
    topics: tuple[Topic, ...] = Field(min_length=1)
    full_topics: int = Field(gt=0)
    half_topics: int = Field(default=1, gt=0)

    def wording(self) -> Wording:
        names = (*self.names, *(n for t in self.topics for n in t.names))
        return Wording(self.rule, tuple(dict.fromkeys(fold(n) for n in names)), section=False)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause:
            return could_not_look(cause)
        labels = list(_labels(evidence))
        seen = {t.id: _place(t, labels) for t in self.topics}
        there = [t for t in self.topics if seen[t.id] is not None]
        lacking = [t for t in self.topics if seen[t.id] is None]
        proofs = tuple(place for t in there if (place := seen[t.id]) is not None)
        listing = next((p for p in evidence.pages if any_phrase(fold(p.h1 or p.title), self._folded)), None)
        more: dict[str, Any] = {
            "proofs": (*((page_proof(listing),) if listing is not None else ()), *proofs)[:8],
            "confidence": Confidence.MEDIUM,
        }
        words = {"count": len(there), "total": len(self.topics), "full": self.full_topics}
        if len(there) >= self.full_topics:
            return passed(say("topics_ok", **words), **more)
        cause = not_looked(evidence, self.rule)
        if cause:
            return could_not_look(cause)
        missing = join([t.title.text() for t in lacking])
        if not there:
            return failed(say("topics_none", missing=missing))
        ratio = 0.5 if len(there) >= self.half_topics else 0.25
        return partial(say("topics_some", missing=missing, **words), ratio=ratio, **more)

    @property
    def _folded(self) -> list[str]:
        return [fold(n) for n in self.names]


def _labels(evidence: Evidence) -> Iterator[tuple[str, Proof]]:
    """Labels of links that lead somewhere, folded, each with its proof."""
    for page, link in evidence.links():
        if not link.url or link.dead or link.hidden or len(link.label) > _LONGEST or _empty(evidence, link.url):
            continue
        name = shorten(link.label, 80)
        yield fold(link.label), Proof("link", link.url, name, link.zone.value, page.fetched_at, page.sha256)


def _empty(evidence: Evidence, url: str) -> bool:
    fetch = evidence.fetch(url)
    target: Page | None = evidence.page(url)
    return (target is not None and "placeholder" in target.traits) or (
        target is None and fetch is not None and fetch.outcome in GONE
    )


def _place(topic: Topic, labels: list[tuple[str, Proof]]) -> Proof | None:
    names = [fold(n) for n in topic.names]
    return next((proof for label, proof in labels if any_phrase(label, names)), None)
