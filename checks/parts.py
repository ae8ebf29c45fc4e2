"""Named parts of a duty: which are there and which are missing."""

from __future__ import annotations

import re
from collections import Counter

from pydantic import BaseModel, ConfigDict

from checks.assess import assess
from checks.content import Fit, body_text, own_items, own_tables
from checks.hits import Search
from checks.labels import article_addresses
from checks.match import STRONG, lexicon
from checks.names import own_names
from checks.plain import parts_below, plainly_other
from checks.sample import detail_pages
from core.bodies import BodyKind
from core.evidence import Evidence
from core.finding import Text
from core.page import UNSEEN, Outcome, Page, Zone
from core.text import any_phrase, fold, slug_words


class Words(BaseModel):
    """A name in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    vi: str
    en: str

    def text(self) -> Text:
        return Text(self.vi, self.en)


class Part(BaseModel):
    """One part a duty names: its labels, slugs, and words on the section's page that show it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: Words
    names: tuple[str, ...] = ()
    slugs: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    #: Two different ones of these on the section's pages show the part: fields by which services are sorted.
    examples: tuple[str, ...] = ()
    #: So many entries or rows of the section show it: a list; 0: not by counting.
    min_entries: int = 0
    #: Heads of a column or names of a choice that show it: by which services are sorted.
    columns: tuple[str, ...] = ()
    #: So many lists, each under a heading of its own, show it; 0: not by that.
    groups: int = 0
    negatives: tuple[str, ...] = ()
    #: What the page behind a link of its name must be, as for a section.
    content: str = "any"
    applies_to: tuple[BodyKind, ...] = ()

    def applies(self, kind: BodyKind) -> bool:
        return not self.applies_to or kind in self.applies_to


#: Pages of a section that are searched for its parts.
_READ = 30


def find_part(part: Part, evidence: Evidence, found: Search, rule: str = "") -> Page | None:
    """The page that shows a part: the section's own pages by its cues, else a living link under its name.

    ``rule`` is the duty it is part of: a page that says nothing of the part and plainly is another duty's is none.
    """
    cues = tuple(fold(c) for c in (*part.cues, *part.names))
    names = {fold(n) for n in part.names}
    own = [p for page in detail_pages(evidence, found) for p in page.panels if _is_called(fold(p.title), names)]
    if own:  # a tab of the part's own name: what stands under it decides
        return next((p for p in own if assess(p, part.content, evidence, named=True).fit >= Fit.GOOD), None)
    below = [p for h in found.accepted if h.page and h.content.plain for p in parts_below(h.page, evidence)]
    for page in (*detail_pages(evidence, found)[:_READ], *found.below, *below):
        memo = evidence.memo.setdefault("body_text", {})
        if page.url not in memo:
            memo[page.url] = " | ".join(
                (
                    body_text(page),
                    *(fold(h.text) for h in page.headings),
                    *(fold(f"{i.alt} {i.name}") for i in page.images),
                )
            )
        if any_phrase(memo[page.url], cues) or _shown(part, page, evidence):
            return page
    return _linked(part, evidence, rule)


def _shown(part: Part, page: Page, evidence: Evidence) -> bool:
    """Whether a page shows a part by examples, as names of their own, or by the length of its lists."""
    if part.examples:
        wanted = {fold(e) for e in part.examples}
        if len(wanted & {n.removeprefix("linh vuc ").removeprefix("nganh ") for n in _names_on(page)}) >= 2:
            return True
    if part.columns and not {fold(c) for c in part.columns}.isdisjoint(_columns(page)):
        return True
    if part.groups and min(len(own_tables(page)), len(_subheads(page, evidence))) >= part.groups:
        return True
    rows = sum(len(t.rows) for t in page.tables)
    return bool(part.min_entries) and max(rows, len(own_items(page, evidence))) >= part.min_entries


def _columns(page: Page) -> set[str]:
    """Folded heads of tables, and names and first choices of selections in the main column."""
    names = {h for t in page.tables for n, h in enumerate(t.headers) if any(r[n].strip() for r in t.rows if n < len(r))}
    boxes = [i for f in page.forms if f.zone in (Zone.BODY, Zone.FRAME) for i in f.inputs if i.options]
    names |= {name for box in boxes for name in (box.label, *box.options[:1])}
    return {fold(n).removeprefix("chon ").removeprefix("theo ").removeprefix("loc theo ") for n in names}


def _subheads(page: Page, evidence: Evidence) -> list[str]:
    """Headings of parts of the page, those of boxes beside left out."""
    lower = {fold(h.text) for h in page.headings if h.level > 2}
    return [h for h in _own_headings(page, evidence) if h in lower]


def _names_on(page: Page) -> set[str]:
    """What stands on a page by itself: headings, cells, options, lines, links."""
    names = {h.text for h in page.headings} | {i.title for i in page.items} | set(page.text.split("\n"))
    names |= {cell for t in page.tables for row in t.rows for cell in row}
    names |= {option for form in page.forms for box in form.inputs for option in box.options}
    names |= {link.label for link in page.links if link.zone in (Zone.BODY, Zone.SIDE)}
    # "Đất đai (12)", "1. Hộ tịch"
    return {fold(re.sub(r"\(?\d+\)?", " ", name)).strip() for name in names if len(name) <= 60}


def _linked(part: Part, evidence: Evidence, rule: str) -> Page | None:
    names = {fold(n) for n in part.names}
    slugs = {fold(s) for s in part.slugs}
    negatives = tuple(fold(n) for n in part.negatives)
    memo = evidence.memo.setdefault("short_links", [])
    if not memo:
        seen: set[tuple[str, str]] = set()
        articles = article_addresses(evidence)
        for page, link in evidence.links():
            key = (link.url, link.label)
            near = link.zone is not Zone.BODY or page.depth <= 2
            if link.zone is Zone.BODY and link.url in articles:
                continue
            if link.url and near and not link.hidden and key not in seen and len(link.label) <= 90:
                seen.add(key)
                memo.append((fold(link.label), slug_words(link.url), link.url))
    for label, slug, url in memo:
        if any_phrase(label, negatives):
            continue
        target = evidence.page(url)
        headed = target is not None and any(h in names for h in _own_headings(target, evidence))
        if not (headed or slug in slugs or _is_called(label, names)):
            continue
        if target is None or target is evidence.home or _is_other(part, target, evidence):
            continue
        own = own_names(target, evidence)
        named = not own or any(_is_called(n, names) for n in own)
        content = assess(target, part.content, evidence, named=named)
        if content.by_name and _is_anothers(target, evidence, rule):
            continue
        shown = part.content == "any" and (target.images or "map_embed" in target.traits)
        if content.fit >= Fit.GOOD or shown:
            return target
    return None


def _is_anothers(page: Page, evidence: Evidence, rule: str) -> bool:
    words = lexicon(evidence.plan.wordings)
    wording = words.wordings.get(rule)
    return wording is not None and plainly_other(page, evidence, wording, words) > 0


def _own_headings(page: Page, evidence: Evidence) -> list[str]:
    """The page's first headings, folded, without those of boxes that stand on page after page."""
    counts: Counter[str] = evidence.memo.setdefault("headings", Counter())
    if not counts:
        counts.update(h for p in evidence.pages for h in {fold(x.text) for x in p.headings})
    most = max(2, len(evidence.pages) // 10)
    return [h for h in (fold(x.text) for x in page.headings[:6]) if counts[h] <= most]


def _is_other(part: Part, page: Page, evidence: Evidence) -> bool:
    """Whether the page behind a part's label calls itself by another duty's name."""
    words = lexicon(evidence.plan.wordings)
    names = own_names(page, evidence)[:2]
    own = {fold(n) for n in part.names}
    if not names or any(n in own or _mostly(n, own) for n in names):
        return False
    found = words.label(names[0])
    return any(m.score >= 95 for m in found.values())


def unseen_part(part: Part, evidence: Evidence) -> Outcome | None:
    """What kept us from reading the page behind a link of the part's name; None when there is no such link."""
    names = {fold(n) for n in part.names}
    for _, link in evidence.links(2):
        if link.url and not link.hidden and fold(link.label) in names:
            fetch = evidence.fetch(link.url)
            if evidence.page(link.url) is None and fetch is not None and fetch.outcome in UNSEEN:
                return fetch.outcome
    return None


def _is_called(label: str, names: set[str]) -> bool:
    return label in names or _mostly(label, names)


def _mostly(label: str, names: set[str]) -> bool:
    size = len(label.split())
    return any(f" {n} " in f" {label} " and len(n.split()) * 100 >= size * STRONG * 0.8 for n in names if n)
