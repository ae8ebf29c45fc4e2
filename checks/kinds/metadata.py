"""Metadata by Dublin Core (Điều 14; TT 24/2011/TT-BTTTT)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from checks.answers import could_not_look, page_proof
from checks.articles import articles
from checks.hits import words_of
from checks.kind import Kind, passed
from checks.parts import Words
from checks.say import BETWEEN, say
from checks.sections import search
from checks.seen import home_cause, names, percent, sampled
from core.evidence import Evidence
from core.finding import Answer, Text, partial
from core.page import Page

#: Articles looked at besides the home page and the sections.
_ARTICLES = 5


class Element(BaseModel):
    """One mandatory element and the names it goes by."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    names: tuple[str, ...] = Field(min_length=1)
    title: Words | None = None

    def text(self) -> Text:
        return self.title.text() if self.title else Text(self.id, self.id)

    def on(self, page: Page) -> bool:
        """Whether the page gives it a value; ``dc.date.issued`` is a kind of ``dc.date``."""
        wanted = [_plain(n) for n in self.names]
        return any(
            value.strip() and any(_plain(name) == w or _plain(name).startswith(f"{w}.") for w in wanted)
            for name, value in page.meta.items()
        )


class Metadata(Kind):
    """The six mandatory elements stand in the home page, the sections found, and articles.

    Passes when every element has a value on at least ``share`` of these pages.
    Partial when some elements or pages lack it (ratio by what is there), or when there is no Dublin Core but
    other metadata (``fallback`` names, JSON-LD): 0.5.
    Never fails: Điều 7 TT 24/2011 allows a separate store. Without any metadata in the pages it is unknown.
    """

    key: ClassVar[str] = "metadata"

    elements: tuple[Element, ...] = Field(min_length=1)
    fallback: tuple[str, ...] = ()
    share: float = Field(default=0.9, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        pages = _sample(evidence)
        if not pages:
            return could_not_look(home_cause(evidence) or "no_sample")
        shares = {e.id: sum(e.on(p) for p in pages) / len(pages) for e in self.elements}
        other = self._other(pages)
        first = next((p for p in pages if any(e.on(p) for e in self.elements)), pages[0])
        more: dict[str, Any] = {"proofs": (page_proof(first),), "confidence": sampled(pages)}
        if not any(shares.values()):
            if other:
                return partial(say("meta_fallback", found=BETWEEN.join(other[:4])), ratio=0.5, **more)
            return could_not_look("needs_browser" if home_cause(evidence) == "needs_browser" else "not_in_html")
        lacking = [
            say("meta_missing_share", name=e.text(), share=percent(shares[e.id]))
            for e in self.elements
            if shares[e.id] < self.share
        ]
        if not lacking:
            return passed(say("meta_all", elements=len(self.elements), pages=len(pages)), **more)
        credit = sum(min(s / self.share, 1.0) for s in shares.values()) / len(shares)
        ratio = max(min(round(credit, 2), 0.95), 0.5 if other else 0.25)
        return partial(say("meta_some", pages=len(pages), missing=names(lacking)), ratio=ratio, **more)

    def _other(self, pages: list[Page]) -> list[str]:
        wanted = {_plain(n): n for n in self.fallback}
        found = [wanted[_plain(n)] for p in pages for n, v in p.meta.items() if v.strip() and _plain(n) in wanted]
        return list(dict.fromkeys(found)) + (["JSON-LD"] if any(p.jsonld_types for p in pages) else [])


def _plain(name: str) -> str:
    return name.strip().lower().replace(":", ".").replace("_", ".")


def _sample(evidence: Evidence) -> list[Page]:
    hits = [search(evidence, rule).best for rule, w in words_of(evidence).wordings.items() if w.applies]
    found = [h.page for h in hits if h is not None and h.page is not None]
    home = [evidence.home] if evidence.home is not None else []
    pages = {p.url: p for p in [*home, *found, *articles(evidence)[:_ARTICLES]]}
    return list(pages.values())
