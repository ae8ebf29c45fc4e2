"""Taking in what came back: pages, feeds and sitemaps, each with its outcome."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.page import Outcome, Page
from crawler.answers import Answer, is_challenge, is_html
from crawler.feeds import is_feed, take_feed
from crawler.fetching import Fetcher
from crawler.frontier import Rank, Target
from crawler.harvest import Harvest
from crawler.reader import Reader, Unreadable
from crawler.record import Record
from crawler.recorder import Recorder
from crawler.sitemaps import read_sitemap
from crawler.soft404 import NotFoundStyle

_SITEMAPS = (8, 60)  # focused, exhaustive
_FEEDS = (12, 60)


class Intake:
    """Fetches a target and puts what it turned out to be into the record; ``kept`` is told of pages."""

    def __init__(
        self,
        fetcher: Fetcher,
        record: Record,
        harvest: Harvest,
        style: NotFoundStyle,
        reader: Reader,
        kept: Callable[[Page, bool], None],
        recorder: Recorder | None = None,
    ) -> None:
        self.fetcher = fetcher
        self.record = record
        self.harvest = harvest
        self.frontier = harvest.frontier
        self.belongs = harvest.belongs
        self.style = style
        self.reader = reader
        self.hosts: frozenset[str] = frozenset()
        #: HTML pages read so far, the doubles and soft 404s among them.
        self.html = 0
        self._kept = kept
        self.recorder = recorder
        #: How pages are asked for: plainly, or through the browser where scripts build them.
        self.get: Callable[[str], Awaitable[Answer]] = fetcher.get

    async def feed(self, target: Target) -> None:
        """A feed, up to a number of them."""
        if len(self.record.feeds) < _FEEDS[self.frontier.exhaustive]:
            await self.page(target)

    def _feed(self, answer: Answer, url: str) -> None:
        taken = take_feed(answer, url)
        self.record.feeds[url] = taken.feed
        if self.recorder is not None:
            self.recorder.feed(answer, taken)

    async def page(self, target: Target) -> None:
        answer = await (self.get if target.kind == "page" else self.fetcher.get)(target.url)
        final = answer.final_url
        fetch = answer.fetch()
        if answer.outcome is Outcome.BUDGET:
            target.taken = False
        if answer.outcome is not Outcome.OK:
            self.record.fetch(fetch, answer.hops)
            return
        if is_feed(answer.body) or (target.kind == "feed" and not is_html(answer.content_type, answer.body)):
            self._feed(answer, target.url)
            self.record.fetch(replace(fetch, outcome=Outcome.NOT_HTML), answer.hops)
            return
        if not is_html(answer.content_type, answer.body):
            self.record.fetch(replace(fetch, outcome=Outcome.NOT_HTML), answer.hops)
            return
        declared = target.kind == "feed" and not target.label
        if declared or (target.kind == "feed" and target.url.lower().endswith((".xml", ".rss", ".atom"))):
            self._feed(answer, target.url)
        if is_challenge(answer.body):
            self.record.fetch(replace(fetch, outcome=Outcome.BLOCKED, error="a challenge page"), answer.hops)
            return
        if answer.hops and final in self.record.pages and final != getattr(self.record.home, "url", ""):
            self.record.alias(final, answer.hops)
            self.record.fetch(fetch, answer.hops)
            return
        try:
            page = await self.reader.read(answer, target.depth, self.hosts)
        except Unreadable as error:
            self._unreadable(answer, error)
            return
        self.html += 1
        outcome = self.style.outcome(page, answer, self.record.home)
        if outcome is not Outcome.OK:
            kept = final if outcome is Outcome.REDIRECT_HOME else ""
            self.record.fetch(replace(fetch, outcome=outcome, final_url=kept), answer.hops)
            return
        if answer.hops:
            self.frontier.mark(final)
        self.keep(page, answer, target)

    def read(self, answer: Answer, depth: int) -> Page | None:
        """The facts of a page, read at once; None where it breaks the reader."""
        try:
            return self.reader.here(answer, depth, self.hosts)
        except Unreadable as error:
            self._unreadable(answer, error)
            return None

    def _unreadable(self, answer: Answer, error: Unreadable) -> None:
        """One page that breaks the reader must not end the visit."""
        words = f"the page could not be read: {error}"
        self.record.fetch(replace(answer.fetch(Outcome.ERROR), error=words), answer.hops)

    def keep(self, page: Page, answer: Answer, target: Target) -> None:
        near = target.rank <= Rank.SUBMENU
        new = self.record.keep(page, order=target.order, aliases=(*answer.hops, target.url), near=near)
        fetch = answer.fetch(sha256=page.sha256)
        self.record.fetch(fetch, answer.hops)
        if new:
            self.harvest.take(page, target)
        else:
            self.record.fetch(replace(fetch, final_url=self.record.twin_of(page)), answer.hops)
        self._kept(page, new)

    async def sitemap(self, target: Target) -> None:
        if len(self.record.sitemaps) >= _SITEMAPS[self.frontier.exhaustive]:
            return
        answer = await self.fetcher.get(target.url)
        self.record.fetch(answer.fetch(Outcome.NOT_HTML if answer.outcome is Outcome.OK else None), answer.hops)
        if answer.outcome in (Outcome.BUDGET, Outcome.ROBOTS):
            return
        sitemap = read_sitemap(answer, target.url)
        self.record.sitemaps[target.url] = sitemap
        if self.recorder is not None:
            self.recorder.sitemap(answer, sitemap)
        for url in sitemap.locations:
            if not self.belongs(url):
                continue
            if sitemap.is_index:
                self.frontier.push(Target(url, 1, Rank.SITEMAP_FIT, "sitemap"))
            else:
                self.harvest.from_sitemap(url)
