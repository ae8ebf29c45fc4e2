"""What to ask for next: a best-first heap, each address once, with caps where addresses multiply."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from crawler.urls import is_trap, twin_key


class Rank(IntEnum):
    """Order of asking; a focused crawl does not go beyond ``LAST_FOCUSED``."""

    START = 0  # frames, the site-map page
    MENU_EXACT = 10  # near links that read like an open duty
    MENU_FIT = 15
    MENU = 20  # every other menu, header, footer, side and site-map-page link
    FEED = 25
    HOME_BODY = 30  # short labels and pictures in the body of the home page
    SUBMENU_FIT = 35
    SEARCH = 38
    SUBMENU = 40
    ITEM = 50  # newest items, one round over all sections after the other
    FILE = 57
    BODY_FIT = 60
    BELOW = 62  # short links in a section's body to addresses below its own
    PLAIN_ITEM = 65  # items of sections that fit no duty
    SITEMAP_FIT = 70
    SAMPLE = 75
    LAST_FOCUSED = 79
    PAGER = 85
    REST = 90
    LAST = 95


#: Duties are only *not met* once these were looked at.
LOOKED_AT = Rank.SUBMENU

_DIGITS = re.compile(r"\d+")
_PAGER = re.compile(
    r"(?:[?&](?:page|p|trang|pageindex|currentpage|pagenumber|paged|start|limitstart|offset|cur|pg|_[\w]*_cur)=(\d+))|"
    r"/(?:page|trang|p)[-/_]?(\d+)(?:\.html?|\.aspx)?/?$",
    re.I,
)
_TRIALS = frozenset({"search", "sample"})
_WHEN = re.compile(r".*(?:date|month|year|week|ngay|thang|tuan)|day|nam")
_DATE_PATH = re.compile(r"/\d{4}[/-]\d{1,2}(?:[/-]\d{1,2})?/?$")


def pager_number(url: str) -> int:
    """The page number an address of a long list carries; 0 when it is no such address."""
    found = _PAGER.search(url)
    return int((found[1] or found[2])[:9]) if found else 0


@dataclass(slots=True, eq=False)
class Target:
    """An address to ask for. ``kind``: page, file, feed, sitemap, search, sample."""

    url: str
    depth: int
    rank: int
    kind: str = "page"
    label: str = ""
    #: Duties it may speak to; empty for any.
    rules: frozenset[str] = frozenset()
    #: Address of the section it was found through.
    section: str = ""
    #: Links in the body of this page count as menu links (site-map pages, frames).
    near: bool = False
    order: int = 0
    taken: bool = False


Heap = list[tuple[int, int, int, Target]]


class Frontier:
    """Keeps what was seen and what waits.

    An address is taken once; found again at a better rank it moves forward, found nearer to the home
    page its depth shrinks. Twins (print views, locale loops) are kept as other names of the first.
    """

    def __init__(self, *, exhaustive: bool = False) -> None:
        self.exhaustive = exhaustive
        self.known: dict[str, Target] = {}
        #: Other names of known addresses.
        self.twins: dict[str, str] = {}
        #: By the hash of the twin key: ten thousand more long strings would be kept for nothing.
        self._keys: dict[int, Target] = {}
        #: Pages and everything else wait apart, because only pages have a budget of their own.
        self._heaps: tuple[Heap, Heap] = ([], [])
        self._patterns: Counter[str] = Counter()
        self._shapes: dict[str, set[str]] = {}
        self._count = 0
        self.waiting = 0

    def push(self, target: Target) -> bool:
        """Adds an address; False when it is known, a trap or one too many of its pattern."""
        old = self.known.get(target.url)
        if old is None:
            key = hash(twin_key(target.url) if target.kind in ("page", "feed") else target.url)
            old = self._keys.get(key)
            if old is None:
                if target.rank > LOOKED_AT and (is_trap(target.url) or self._too_many(target.url)):
                    return False
                if target.kind == "page" and target.rank <= LOOKED_AT and is_trap(target.url) and target.depth > 1:
                    return False
                self._keys[key] = target
                self.known[target.url] = target
                self._add(target)
                self.waiting += 1
                return True
            if target.rank <= LOOKED_AT or len(self.twins) < 5_000:
                self.twins[target.url] = old.url
        old.depth = min(old.depth, target.depth)
        if not old.taken and target.rank < old.rank:
            old.rank, old.rules, old.label = target.rank, target.rules, target.label or old.label
            old.near = old.near or target.near
            self._add(old)
        return False

    def mark(self, url: str) -> bool:
        """An address was reached by another way (a redirect); True when it had not been known."""
        key = hash(twin_key(url))
        old = self.known.get(url) or self._keys.get(key)
        if old is not None:
            new = not old.taken
            if new:
                old.taken = True
                self.waiting -= 1
            return new
        self._keys[key] = self.known[url] = Target(url, 0, Rank.START, taken=True)
        return True

    def _add(self, target: Target) -> None:
        self._count += 1
        target.order = target.order or self._count
        heapq.heappush(self._heaps[target.kind != "page"], (target.rank, target.depth, self._count, target))

    def _too_many(self, url: str) -> bool:
        """Whether enough addresses of this pattern are known (facets, calendars, session-like values)."""
        parts = urlsplit(url)
        if not parts.query:
            if not _DATE_PATH.search(parts.path):
                return False
            pattern, most = _DIGITS.sub("0", parts.netloc + parts.path), 40
        else:
            names = sorted({p.partition("=")[0].lower() for p in parts.query.split("&")})
            shapes = self._shapes.setdefault(parts.netloc + parts.path, set())
            shape = "&".join(names)
            if shape not in shapes:
                if len(shapes) >= 12:
                    return True
                shapes.add(shape)
            pattern = f"{parts.netloc}{parts.path}?{shape}"
            most = 20_000 if len(names) < 3 else 300
            if any(_WHEN.fullmatch(name) for name in names):
                most = 40
            elif not self.exhaustive:
                most = 200 if len(names) < 3 else 60
        self._patterns[pattern] += 1
        return self._patterns[pattern] > most

    def pop(self, open_rules: frozenset[str] | None, *, pages: bool = True, busy: bool = False) -> Target | None:
        """The best address still waiting that this kind of crawl asks for; None when there is none.

        ``open_rules`` (None: all) leaves out items and body links of duties that are settled;
        ``pages=False`` leaves pages where they are, once the budget for them is spent; ``busy`` says that
        something is on its way, which trials wait for because it may bring what they need.
        """
        last = Rank.LAST if self.exhaustive else Rank.LAST_FOCUSED
        heaps = [heap for heap in self._heaps[0 if pages else 1 :] if self._ripe(heap, open_rules, last)]
        heaps = [heap for heap in heaps if not (busy and heap[0][3].kind in _TRIALS)]
        if not heaps:
            return None
        target = heapq.heappop(min(heaps, key=lambda heap: heap[0][:3]))[3]
        target.taken = True
        self.waiting -= 1
        return target

    def _ripe(self, heap: Heap, open_rules: frozenset[str] | None, last: int) -> bool:
        """Whether the best of a heap may be asked for; what is stale or settled on top of it goes."""
        while heap:
            rank, _, _, target = heap[0]
            if target.taken or rank != target.rank:
                heapq.heappop(heap)
                continue
            settled = open_rules is not None and target.rules and not target.rules & open_rules
            if settled and LOOKED_AT < rank < Rank.REST and target.kind == "page":
                heapq.heappop(heap)
                target.rank = Rank.REST
                self._add(target)
                continue
            return rank <= last
        return False

    def pages_wait(self) -> bool:
        """Whether a page waits that this kind of crawl would ask for."""
        last = Rank.REST if self.exhaustive else Rank.LAST_FOCUSED
        return any(not t.taken and t.kind == "page" and t.rank <= last for t in self.known.values())

    def left(self) -> list[Target]:
        """Addresses that should have been looked at and were not."""
        return [t for t in self.known.values() if not t.taken and t.kind == "page" and t.rank <= LOOKED_AT]
