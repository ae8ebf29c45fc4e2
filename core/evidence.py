"""Everything an audit saw, frozen and dated. Checks read it and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from core.page import Fetch, Item, Link, Outcome, Page
from core.plan import CrawlPlan
from core.portal import Portal

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SearchTrial:
    """The portal's own search, really asked once."""

    #: "known" (a title that is on the portal), "plain" (the same without accents) or "nonsense".
    kind: str
    query: str
    url: str
    outcome: Outcome
    #: The answer page, when one came back.
    page: Page | None = None
    #: Address of the article whose title was asked for.
    expected_url: str = ""
    #: Typed into the box by the browser: the answer may stand on the page itself, without an address of its own.
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """An RSS or Atom feed: its entries with titles, addresses and dates.

    ``error`` when it is none: html, no_feed, broken_xml, http_404 …, or an outcome.
    """

    url: str
    title: str = ""
    entries: tuple[Item, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Sitemap:
    """An XML sitemap or index, as read.

    ``error`` when it is none: html, no_sitemap, broken_xml, too_large, http_404 …, or an outcome.
    """

    url: str
    locations: tuple[str, ...] = ()
    total: int = 0
    is_index: bool = False
    error: str = ""


@dataclass(frozen=True)
class Evidence:
    """What one visit gathered.

    ``pages`` holds the HTML pages read, home page first; ``fetches`` the end of every request by
    canonical address (redirect sources included); ``facts`` what probes and the crawl measured, by
    dotted name, None where it could not be measured.
    """

    portal: Portal
    today: dt.date
    pages: tuple[Page, ...] = ()
    fetches: Mapping[str, Fetch] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    plan: CrawlPlan = CrawlPlan()
    feeds: tuple[Feed, ...] = ()
    sitemaps: tuple[Sitemap, ...] = ()
    searches: tuple[SearchTrial, ...] = ()
    #: "settled", "frontier", "budget", "time", "interrupted", "unreachable"
    stopped_because: str = "frontier"
    taken_at: dt.datetime | None = None

    @cached_property
    def memo(self) -> dict[str, Any]:
        """Pure results derived from this evidence, shared by the checks of one run."""
        return {}

    @cached_property
    def _by_url(self) -> dict[str, Page]:
        found: dict[str, Page] = {}
        for page in self.pages:
            for url in (page.url, *page.aliases):
                found.setdefault(url, page)
            for panel in page.panels:
                found.setdefault(panel.url, panel)
        return found

    @property
    def home(self) -> Page | None:
        """The home page, when it could be read."""
        return self.pages[0] if self.pages and self.pages[0].depth == 0 else None

    def page(self, url: str) -> Page | None:
        """The page at an address, redirects and twins followed; None when it was not read.

        An inner address that only leads back to the home page has no page of its own.
        """
        if url in self._by_url:
            return self._by_url[url]
        fetch = self.fetches.get(url)
        if fetch is None or fetch.outcome is not Outcome.OK:
            return None
        return self._by_url.get(fetch.final_url)

    def fetch(self, url: str) -> Fetch | None:
        """How the request for an address ended; None when it was never asked."""
        return self.fetches.get(url)

    def within(self, clicks: int) -> tuple[Page, ...]:
        """Pages at most so many clicks from the home page."""
        return tuple(p for p in self.pages if p.depth <= clicks)

    def links(self, clicks: int | None = None) -> Iterator[tuple[Page, Link]]:
        """Every link with the nearest page it stands on, nearest pages first; what all pages share comes once."""
        for page, link in self._nearest_links:
            if clicks is not None and page.depth > clicks:
                break
            yield page, link

    @cached_property
    def _nearest_links(self) -> tuple[tuple[Page, Link], ...]:
        found: list[tuple[Page, Link]] = []
        seen: set[int] = set()  # the crawl keeps equal links as one object: comparing them by value costs seconds
        for page in sorted(self.pages, key=lambda p: p.depth):
            for link in page.links:
                if id(link) not in seen:
                    seen.add(id(link))
                    found.append((page, link))
        return tuple(found)

    def fact(self, name: str) -> Any:
        """A measured fact, or None."""
        return self.facts.get(name)
