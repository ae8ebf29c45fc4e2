"""Samples of a section: its entries with their detail pages, documents with fields, dates and files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from checks.content import own_items
from checks.hits import Search
from core.dates import find_dates
from core.evidence import Evidence
from core.page import Attachment, DateRole, Item, Page, SeenDate
from core.text import fold


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a section's list with the page behind it, when that was read."""

    item: Item
    page: Page | None
    listed_on: Page

    def day(self, *roles: DateRole) -> SeenDate | None:
        """The first date of one of these roles, on the detail page, else in the list."""
        dates = (*(self.page.dates if self.page else ()), *self.item.dates, *self._labelled())
        return next((d for r in roles for d in dates if d.role is r), None)

    def _labelled(self) -> list[SeenDate]:
        """Dates of the detail page's labelled values: "Ngày ban hành: 13/11/2026"."""
        if self.page is None:
            return []
        pairs = [(f.name, f.value) for f in self.page.fields]
        pairs += [(r[0], r[1]) for t in self.page.tables for r in t.rows if len(r) == 2]
        return [d for name, value in pairs for d in find_dates(f"{name}: {value}", self.listed_on_day)]

    @property
    def listed_on_day(self) -> dt.date:
        """The day the evidence was taken, for dates without a year."""
        at = self.listed_on.fetched_at
        return at.date() if at is not None else dt.date(2100, 1, 1)

    def _row(self) -> tuple[str, ...]:
        """The cells of the table row the entry stands in."""
        for table in self.listed_on.tables:
            for row, urls in zip(table.rows, table.urls, strict=False):
                if self.item.url in urls or self.item.title in row:
                    return row
        return ()

    def words(self) -> str:
        """Title, summary and, where read, the detail page's text and fields."""
        parts = [self.item.title, self.item.summary, *self._row()]
        if self.page is not None:
            parts += [self.page.text, *(f"{f.name}: {f.value}" for f in self.page.fields)]
        return "\n".join(parts)


def entries(evidence: Evidence, found: Search) -> list[Entry]:
    """Entries of a section's pages, without repeats, in page order."""
    seen: set[str] = set()
    result = []
    for hit in found.accepted:
        if hit.page is None:
            continue
        for item in own_items(hit.page, evidence):
            key = item.url or item.title
            if key not in seen:
                seen.add(key)
                result.append(Entry(item, evidence.page(item.url) if item.url else None, hit.page))
    return result


def detail_pages(evidence: Evidence, found: Search) -> list[Page]:
    """The section's pages and the detail pages read from them."""
    pages = [h.page for h in found.accepted if h.page is not None]
    pages += [e.page for e in entries(evidence, found) if e.page is not None]
    return list({p.url: p for p in pages}.values())


def field_names(page: Page) -> str:
    """Folded names of labelled fields and table heads, padded and parted for phrase search."""
    names = [f.name for f in page.fields if f.value.strip()]
    for table in page.tables:
        if table.rows:
            names += table.headers
    return " | " + " | ".join(fold(n) for n in names) + " | "


def shows(page: Page, cues: tuple[str, ...]) -> bool:
    """Whether a page gives one of the fields by a labelled value or a table column."""
    names = field_names(page)
    return any(f" {fold(c)} " in names for c in cues)


def files_of(entry: Entry) -> tuple[Attachment, ...]:
    """Files of an entry: on its detail page, or linked in the list itself."""
    if entry.page is not None and entry.page.attachments:
        return entry.page.attachments
    row = next((u for t in entry.listed_on.tables for u in t.urls if entry.item.url in u), ())
    return tuple(a for a in entry.listed_on.attachments if a.url == entry.item.url or a.url in row)
