"""Counting the dated items of every section an audit found (``core.updates``)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from checks.catalogue import shipped
from checks.content import own_items
from checks.hits import words_of
from checks.sections import search
from core.data_files import read_yaml
from core.evidence import Evidence
from core.page import UNSEEN, DateRole, Item, Page, SeenDate
from core.text import fold
from core.updates import PORTAL, PREFIX, Month, Volume

_DAY = (DateRole.PUBLISHED, DateRole.UPDATED, DateRole.ISSUED, DateRole.ANSWERED)
_PAGER = re.compile(
    r"\d{1,4}|trang \d{1,4}|(?:tiep|sau)(?: theo)?|trang (?:sau|tiep|cuoi)|cuoi|next|last|older posts|(?:xem|tai) them"
)
#: Links a script makes: the list goes on, but no address leads there.
_SCRIPTED = frozenset({"javascript", "hash", "no_href"})
#: Pages of one list that are followed.
_MOST_PAGES = 500


@cache
def _not_published() -> frozenset[str]:
    """Duties whose page lists something that was never put up as an item."""
    return frozenset(read_yaml(shipped("rulesets", "ranking", "updates.yaml"))["not_published"])


@dataclass(slots=True)
class _Tally:
    """Items seen so far, each once by its address, else by its title; None: no date."""

    items: dict[str, SeenDate | None] = field(default_factory=dict)
    pages: int = 0
    more: bool = False
    #: Of several lists together: the newest of their oldest days.
    reach: dt.date | None = None
    #: Undated items of lists that show dates, of several lists together.
    undated: int = 0

    def add(self, item: Item, seen: SeenDate | None) -> None:
        key = item.url or item.title
        if self.items.get(key) is None:
            self.items[key] = seen

    def volume(self, url: str, evidence: Evidence) -> Volume:
        days = [seen.day for seen in self.items.values() if seen is not None and seen.day <= evidence.today]
        months = Counter(str(Month.of(day)) for day in days)
        undated = self.undated + sum(seen is None for seen in self.items.values())
        oldest, newest = min(days, default=None), max(days, default=None)
        return Volume(url, months, oldest, newest, undated, self.pages, self.more, self.reach or oldest)


def volumes(evidence: Evidence) -> dict[str, Volume]:
    """Volumes by rule, and under ``portal`` of all sections, the home page and the feeds together.

    Days after the audit's own are left out: they announce something.
    """
    found: dict[str, Volume] = {}
    whole = _Tally()
    for rule, wording in words_of(evidence).wordings.items():
        if not (wording.applies and wording.section):
            continue
        tally = _Tally()
        starts = [h.page for h in search(evidence, rule).accepted if h.page is not None and not h.is_file]
        for page, last in _lists(evidence, starts):
            tally.pages, tally.more = tally.pages + 1, tally.more or last
            for item in own_items(page, evidence):
                tally.add(item, _seen(item, evidence))
        if not any(tally.items.values()):
            continue
        volume = found[rule] = tally.volume(starts[0].url, evidence)
        if rule in _not_published():
            continue
        whole.items |= {k: v for k, v in tally.items.items() if v is not None}
        whole.pages, whole.more = whole.pages + tally.pages, whole.more or tally.more
        whole.undated += volume.undated
        whole.reach = max(filter(None, (whole.reach, volume.reach)), default=None)
    for item, seen in _elsewhere(evidence):
        if seen is not None:
            whole.add(item, seen)
    if whole.items:
        found[PORTAL] = whole.volume(evidence.portal.url, evidence)
    return found


def facts(evidence: Evidence) -> dict[str, object]:
    """The volumes as facts of an audit."""
    return {PREFIX + rule: volume.as_fact() for rule, volume in volumes(evidence).items()}


def _elsewhere(evidence: Evidence) -> Iterable[tuple[Item, SeenDate | None]]:
    """Items of the home page and of the feeds."""
    if evidence.home is not None:
        for item in own_items(evidence.home, evidence):
            yield item, _seen(item, evidence)
    for feed in evidence.feeds:
        for entry in feed.entries:
            yield entry, entry.dates[0] if entry.dates else None


def _lists(evidence: Evidence, starts: Iterable[Page]) -> Iterable[tuple[Page, bool]]:
    """A section's pages and the further pages of their lists that were read; whether the list goes on unread."""
    queue = list({page.url: page for page in starts}.values())
    known = {page.url for page in queue}
    for page in queue:
        unread = any(k.dead in _SCRIPTED and _PAGER.fullmatch(fold(k.label)) for k in page.links)
        for url in _further(page):
            target = evidence.page(url)
            if target is None:
                fetch = evidence.fetch(url)
                unread = unread or fetch is None or fetch.outcome in UNSEEN
            elif target.url not in known and len(queue) < _MOST_PAGES:
                known.add(target.url)
                queue.append(target)
        yield page, unread


def _further(page: Page) -> Iterable[str]:
    """Addresses of further pages of the list on a page: numbers and "tiếp" that lead to the same place."""
    here = urlsplit(page.url)
    folder = here.path.rstrip("/").removesuffix(".html").removesuffix(".htm").removesuffix(".aspx")
    for link in page.links:
        if link.url and link.url != page.url and _PAGER.fullmatch(fold(link.label)):
            there = urlsplit(link.url)
            # /tin-tuc?trang=2, /tin-tuc/trang-2, and from there /tin-tuc/trang-3
            shared = there.path.startswith(folder) or here.path.rpartition("/")[0] == there.path.rpartition("/")[0]
            if there.netloc == here.netloc and shared:
                yield link.url


def _seen(item: Item, evidence: Evidence) -> SeenDate | None:
    """When an item was put up: by its own page, else by the list, else the day a document was issued."""
    detail = evidence.page(item.url) if item.url else None
    own = detail.published if detail is not None else None
    return own or next((d for role in _DAY for d in item.dates if d.role is role), None)
