"""How old a section's newest item is, and what that means under a threshold."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from checks.content import own_items, own_tables
from checks.hits import Hit
from core.dates import address_date
from core.evidence import Evidence
from core.page import DateRole, DateSource, Page, SeenDate
from core.text import any_phrase, fold
from core.workdays import workdays_between

_YEAR = re.compile(r"(?<![\d/.])(20\d\d)(?![\d/])")
_PAGER = re.compile(r"^(?:2|trang 2|tiep|tiep theo|trang sau|trang tiep|sau|next|older posts|cuoi|trang cuoi|last)$")
_OWN = (DateRole.PUBLISHED, DateRole.UPDATED)
_METADATA = (DateSource.META, DateSource.JSONLD)


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest date of a section, the address of the item, and how it is known."""

    seen: SeenDate
    url: str
    #: True when only a document's issue date is shown, not when it was put up.
    by_issue: bool = False


def newest(evidence: Evidence, hits: tuple[Hit, ...], *, titles: bool = False) -> Newest | None:
    """The newest item over all pages of a section; future dates are suspicious, not fresh (field-notes 18)."""
    best: Newest | None = None
    fallback: Newest | None = None
    for hit in hits:
        if hit.page is None:
            continue
        for seen, url in _dates(evidence, hit.page, titles):
            if seen.day > evidence.today:
                continue
            if seen.role in _OWN:
                if best is None or seen.day > best.seen.day:
                    best = Newest(seen, url)
            elif fallback is None or seen.day > fallback.seen.day:
                fallback = Newest(seen, url, by_issue=True)
    if best is None or (fallback is not None and fallback.seen.day > best.seen.day):
        return fallback or best
    return best


def _dates(evidence: Evidence, page: Page, titles: bool) -> list[tuple[SeenDate, str]]:
    found: list[tuple[SeenDate, str]] = []
    wanted: tuple[DateRole, ...] = (*_OWN, DateRole.ISSUED, DateRole.ANSWERED, DateRole.START)
    if titles:
        wanted = (*wanted, DateRole.OTHER, DateRole.EVENT)
    for item in own_items(page, evidence):
        detail = evidence.page(item.url) if item.url else None
        own = detail.published if detail is not None else None
        if own is not None:
            found.append((own, item.url))
        found += [(d, item.url or page.url) for d in item.dates if d.role in wanted]
    if not any(s.role in _OWN for s, _ in found):
        # A list's own metadata says when the page was made, not when its newest entry was put up.
        lists = bool(own_items(page, evidence)) or any(len(t.rows) > 1 for t in own_tables(page))
        found += [(d, page.url) for d in page.dates if d.role in wanted and not (lists and d.source in _METADATA)]
    if not found:
        in_address = ((address_date(i.url, evidence.today), i.url) for i in own_items(page, evidence) if i.url)
        found += [(d, url) for d, url in in_address if d is not None]
    if not found:
        everywhere = evidence.home.feeds if evidence.home is not None else ()
        for feed in evidence.feeds:
            if feed.url in page.feeds and feed.url not in everywhere:
                found += [(d, e.url) for e in feed.entries for d in e.dates]
    return found


def age(newest_day: dt.date, today: dt.date, limit: int) -> int:
    """Age in the unit of a threshold of ours: working days under 8 days, else calendar days (design 4.4)."""
    return workdays_between(newest_day, today) if limit < 8 else (today - newest_day).days


def posts_per_month(evidence: Evidence, hits: tuple[Hit, ...]) -> int:
    """Items put up per 30 days, from those listed; a first page of several that spans less is scaled up."""
    days: dict[str, dt.date] = {}
    for hit in hits:
        if hit.page is None:
            continue
        for item in own_items(hit.page, evidence):
            detail = evidence.page(item.url) if item.url else None
            seen = item.published or (detail.published if detail is not None else None)
            if seen is not None and seen.day <= evidence.today:
                days[item.url or item.title] = seen.day
    recent = [d for d in days.values() if (evidence.today - d).days <= 30]
    if not days or not recent:
        return 0
    span = (evidence.today - min(days.values())).days
    paged = any(_PAGER.match(fold(k.label)) for h in hits if h.page is not None for k in h.page.links)
    if paged and len(recent) == len(days) and span < 30:
        return round(len(recent) * 30 / max(span, 1))
    return len(recent)


def newest_year(evidence: Evidence, hits: tuple[Hit, ...], names: tuple[str, ...] = ()) -> int | None:
    """The newest year, not after today's, that entries, files, headings or text of a section name.

    Where lines say what the section is about (``names``, folded), only their years count: a budget page lists
    this year's estimates above an old report.
    """
    found: list[int] = []
    telling: list[int] = []
    for hit in hits:
        if hit.page is None:
            continue
        page = hit.page
        words = [page.title, *page.text.split("\n"), *(h.text for h in page.headings)]
        words += [a.text for a in page.attachments]
        words += [a.url.rsplit("/", 1)[-1] for a in page.attachments]
        words += [i.title for i in own_items(page, evidence)]
        words += [" ".join(row) for t in page.tables for row in t.rows]
        for text in words:
            years = [int(y) for y in _YEAR.findall(text)]
            found += years
            if years and names and any_phrase(fold(text), names) is not None:
                telling += years
    named = [y for y in telling or found if y <= evidence.today.year]
    dates = [d.day.year for h in hits if h.page for i in own_items(h.page, evidence) for d in i.dates]
    return max(named or [y for y in dates if y <= evidence.today.year], default=None)
