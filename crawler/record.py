"""What a crawl has gathered so far, and its evidence at any moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.evidence import Evidence, Feed, SearchTrial, Sitemap
from core.page import GONE, Fetch, Outcome, Page
from core.plan import CrawlPlan
from core.portal import Portal
from crawler.frontier import Frontier
from crawler.reading import KEPT_WHOLE, Pool

_NOT_TRIED = frozenset({Outcome.EXTERNAL, Outcome.BUDGET, Outcome.ROBOTS})
_DEAD = GONE | {Outcome.DNS}
#: Addresses of other agencies that are remembered.
_EXTERNAL = 2_000
#: Shortest main text that can tell two pages apart or make them one.
_TELLING = 200


class Record:
    """Pages, ends of requests, feeds, sitemaps and trials of one crawl."""

    def __init__(self, portal: Portal, plan: CrawlPlan, today: dt.date, frontier: Frontier) -> None:
        self.portal = portal
        self.plan = plan
        self.today = today
        self.home: Page | None = None
        self.pages: dict[str, Page] = {}
        self.fetches: dict[str, Fetch] = {}
        self.feeds: dict[str, Feed] = {}
        self.sitemaps: dict[str, Sitemap] = {}
        self.searches: list[SearchTrial] = []
        self.facts: dict[str, Any] = {}
        self._frontier = frontier
        self._order: dict[str, int] = {}
        self._aliases: dict[str, dict[str, None]] = {}
        self._digests: dict[int, str] = {}
        self._pool = Pool()
        self._external = 0
        self._sampled: set[str] = set()

    def keep(self, page: Page, *, order: int, aliases: Iterable[str] = (), near: bool = False) -> bool:
        """Keeps a page; False when the same content is already kept under another address."""
        digest = _digest(page)
        twin = self._digests.get(digest) if digest else None
        if page.url in self.pages:
            twin = page.url
        if twin is not None and twin in self.pages:
            self.alias(twin, (*aliases, page.url))
            return False
        if digest:
            self._digests[digest] = page.url
        whole = near or page.depth <= 1 or len(self.pages) < KEPT_WHOLE
        target = self._frontier.known.get(page.url)
        url = target.url if target is not None else page.url  # the same string everywhere
        self.pages[url] = self._pool.share(page, url, whole=whole)
        self._order[url] = order
        self.alias(page.url, aliases)
        if self.home is None:
            self.home = self.pages[page.url]
        return True

    def twin_of(self, page: Page) -> str:
        """Where the content of a page is kept."""
        if page.url in self.pages:
            return page.url
        return self._digests.get(_digest(page), page.url)

    def alias(self, url: str, others: Iterable[str]) -> None:
        """Other addresses that lead to a kept page."""
        for other in others:
            if other != url:
                self._aliases.setdefault(url, {})[other] = None

    def fetch(self, fetch: Fetch, hops: Iterable[str] = ()) -> None:
        """How asking for an address ended; the addresses passed through on the way ended alike."""
        self.fetches[fetch.url] = fetch
        if fetch.outcome is Outcome.OK and fetch.final_url:
            hops = (*hops, fetch.final_url)
        for hop in hops:
            if hop not in self.fetches:
                self.fetches[hop] = replace(fetch, url=hop)

    def sampled(self, url: str) -> None:
        """A link was only tried for the dead-link rate."""
        self._sampled.add(url)

    def external(self, url: str) -> None:
        """An address of another agency, which is not asked."""
        if url not in self.fetches and self._external < _EXTERNAL:
            self._external += 1
            self.fetches[url] = Fetch(url, Outcome.EXTERNAL)

    def evidence(self, stopped_because: str = "") -> Evidence:
        """Everything so far, frozen. Without a reason the crawl is still under way."""
        known = self._frontier.known
        for url, first in self._frontier.twins.items():
            asked = self.fetches.get(first)
            if asked is not None and url not in self.fetches:
                self.fetches[url] = replace(asked, url=url)
        linked = {t.url for t in known.values() if t.kind in ("page", "file") and t.depth} | self._sampled
        tried = [f for f in map(self.fetches.get, linked) if f is not None and f.outcome not in _NOT_TRIED]
        self.facts |= {"links.tried": len(tried), "links.dead": sum(f.outcome in _DEAD for f in tried)}
        pages = [self._finished(p, known) for p in self.pages.values()]
        pages.sort(key=lambda p: (p.depth, self._order[p.url]))
        if self.home is not None:
            pages.sort(key=lambda p: p.url != self.home.url if self.home else False)
        return Evidence(
            portal=self.portal,
            today=self.today,
            pages=tuple(pages),
            fetches=MappingProxyType(dict(self.fetches)),
            facts=MappingProxyType(dict(self.facts)),
            plan=self.plan,
            feeds=tuple(self.feeds[u] for u in sorted(self.feeds)),
            sitemaps=tuple(self.sitemaps.values()),
            searches=tuple(self.searches),
            stopped_because=stopped_because or "frontier",
            taken_at=dt.datetime.now(dt.UTC),
        )

    def _finished(self, page: Page, known: dict[str, Any]) -> Page:
        target = known.get(page.url)
        depth = min(page.depth, target.depth) if target is not None and page.depth else page.depth
        aliases = tuple(self._aliases.get(page.url, ()))
        if depth == page.depth and aliases == page.aliases:
            return page
        page = replace(page, depth=depth, aliases=aliases)
        self.pages[page.url] = page
        return page


def _digest(page: Page) -> int:
    """Equal for pages with the same title, main text and entries; 0 where there is too little to tell."""
    if "shell" in page.traits or (page.text_length < _TELLING and len(page.items) < 3):
        return 0
    return hash((page.title, page.text_length, page.text, tuple(i.url for i in page.items[:60])))
