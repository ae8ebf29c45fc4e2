"""The English version (Điều 13)."""

from __future__ import annotations

from typing import Any, ClassVar

from checks import advice
from checks.answers import could_not_look, label_of, not_there, page_proof
from checks.content import own_items, seen
from checks.gate import not_looked
from checks.hits import Search, words_of
from checks.kinds.section import SectionKind
from checks.parts import Part
from checks.say import day, join, say
from checks.sections import search
from checks.shapes import told
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, failed, partial, passed
from core.hosts import host_of
from core.page import GONE, Link, Page, SeenDate
from core.text import any_phrase, fold, slug_words


class English(SectionKind):
    """About the body, contacts of officials and services are also given in English.

    The language of the pages is detected, not believed from the switch. Passes when English pages
    show all ``parts``; partial when some are missing or no newer than ``fresh`` allows; fails when there
    is no English page or all of them hold nothing, the switch leads to a Vietnamese page, or only a machine
    translation is offered (that is worth a half at most). Unknown when the English pages could not be read.
    """

    key: ClassVar[str] = "english"
    min_english: float = 0.7
    machine_hosts: tuple[str, ...] = ()

    def judge(self, evidence: Evidence) -> Answer:
        switches = self._switches(evidence)
        pages = [p for p in evidence.pages if p.language == "en" and p.depth > 0]
        if not pages:
            return self._no_pages(evidence, switches)
        empty = [p for p in pages if _holds_nothing(p, evidence)]
        if len(empty) == len(pages):
            return failed(say("english_empty"), proofs=tuple(page_proof(p) for p in empty[:4]))
        pages = [p for p in pages if p not in empty]
        text = fold(" ".join(f"{p.title} {p.text} {' '.join(k.label for k in p.links[:80])}" for p in pages))
        there = [part for part in self.parts if self._shows(part, pages, text)]
        lacking = [part.title.text() for part in self.parts if part not in there]
        newest = max((d.day for p in pages for d in self._dates(p, evidence) if d.day <= evidence.today), default=None)
        more: dict[str, Any] = {"proofs": tuple(page_proof(p) for p in pages[:4]), "newest_date": newest}
        if len(there) < (self.full_parts or len(self.parts)):
            ratio = 0.5 if len(there) >= self.half_parts else 0.25
            more |= advice.whole(say("english_add", missing=join(lacking)))
            return partial(say("english_lack", missing=join(lacking)), ratio=ratio, **more)
        if self.fresh is not None and newest is not None:
            full, half = self.fresh.limits(evidence.portal.kind)
            old = (evidence.today - newest).days
            if old > full:
                unit = say("days")
                message = say("stale", name=self.names[0], day=day(newest), age=old, limit=full, unit=unit)
                law = self.fresh.law.text() if self.fresh.law else None
                more |= advice.whole(advice.update(self.names[0], say("update_english", limit=full), law))
                return partial(message, ratio=0.5 if old <= half else 0.25, **more)
        return passed(say("english_ok", found=join([p.title.text() for p in there])), **more)

    def _dates(self, page: Page, evidence: Evidence) -> list[SeenDate]:
        items = [d for i in own_items(page, evidence) for d in i.dates]
        return [*([page.published] if page.published else []), *items]

    def _shows(self, part: Part, pages: list[Page], text: str) -> bool:
        """A part is there when an English page carries its name or its cues, with text behind it."""
        names = tuple(fold(n) for n in (*part.names, *part.cues))
        slugs = {fold(s) for s in part.slugs}
        for page in pages:
            own = fold(f"{page.title} {' '.join(h.text for h in page.headings)}")
            if (any_phrase(own, names) or slug_words(page.url) in slugs) and (
                page.text_length > 80 or page.items or page.tables
            ):
                return True
        return any_phrase(text, tuple(fold(c) for c in part.cues)) is not None

    def _switches(self, evidence: Evidence) -> list[Link]:
        words = words_of(evidence)
        near = [k for _, k in evidence.links(1)]
        return [k for k in near if words.link(k).get(self.rule, None) is not None]

    def _no_pages(self, evidence: Evidence, switches: list[Link]) -> Answer:
        found = Search() if not switches else search(evidence, self.rule)
        cause = not_looked(evidence, self.rule, found)
        machine = [k for _, k in evidence.links(1) if host_of(k.url) in self.machine_hosts]
        if machine:
            return partial(
                say("english_machine"), ratio=0.25, proofs=(Proof("link", machine[0].url, machine[0].label),)
            )
        if cause:
            return could_not_look(cause, found)
        live = [k for k in switches if k.url and evidence.page(k.url) is not None]
        if live:
            return failed(say("english_false", name=live[0].label), proofs=(Proof("link", live[0].url, live[0].label),))
        dead = [k for k in switches if not k.url or getattr(evidence.fetch(k.url), "outcome", None) in GONE]
        if dead and found.rejected:
            return not_there(evidence, self.rule, label_of(found.rejected[0]), found)
        return failed(say("english_none"), confidence=Confidence.HIGH)


def _holds_nothing(page: Page, evidence: Evidence) -> bool:
    """Whether an English page has nothing of its own: "There are no items to show in this view"."""
    about = seen(page, evidence)
    says = any_phrase(fold(page.text), (*told("filler"), *told("empty_list"))) is not None
    return about.placeholder or (not about.listed and about.length < (_LITTLE if says else _NEXT_TO_NOTHING))


#: Characters up to which a page that says it has no items says nothing else, and any page says nothing.
_LITTLE, _NEXT_TO_NOTHING = 300, 30
