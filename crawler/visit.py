"""One visit to a portal: the home page first, then best-first until settled, spent or done."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import itertools
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from core.audit import CrawlSummary
from core.evidence import Evidence
from core.hosts import same_agency
from core.page import Fetch, Outcome, Page
from core.plan import CrawlPlan, Standing
from core.portal import Portal
from crawler import soft404
from crawler.answers import Answer
from crawler.arrival import Arrival
from crawler.browser.desk import Desk
from crawler.fetching import Fetcher
from crawler.frontier import Frontier, Rank, Target
from crawler.guard import Guard, split_host
from crawler.harvest import Harvest
from crawler.intake import Intake
from crawler.ledger import Ledger
from crawler.measures import crawl_facts, home_facts
from crawler.options import Crawl, CrawlOptions, Progress
from crawler.reader import Reader
from crawler.record import Record
from crawler.recorder import Keep, Recorder
from crawler.resolver import Resolver
from crawler.transport import Transport
from crawler.trials import Trials
from crawler.urls import canonical, host_of

Settled = Callable[[Evidence], bool | Standing]
logger = logging.getLogger(__name__)

#: Two are on their way, the others wait for their turn so that the server is never idle; where all is read anyway, more
#: of them, so that the process which reads beside is never idle either.
WORKERS, WORKERS_FOR_ALL = 4, 8
#: Twentieths of a second a page that is being read has, once the visit is told to end.
_LAST_PAGE = 20


class Visit:
    """Everything one crawl knows. ``run`` does it, ``result`` tells it."""

    def __init__(
        self,
        portal: Portal,
        plan: CrawlPlan,
        *,
        today: dt.date,
        options: CrawlOptions,
        settled: Settled,
        progress: Callable[[Progress], None],
        stop: asyncio.Event,
        keep: Keep | None = None,
    ) -> None:
        self.portal = portal
        self.plan = plan
        self.options = options
        self.stop = stop
        self.halt = asyncio.Event()
        self.guard = Guard(allow_private=options.allow_private, allow_hosts=options.allow_hosts)
        if options.proxy:
            proxy = urlsplit(options.proxy)
            self.guard.admit_proxy(proxy.hostname or "", proxy.port or (443 if proxy.scheme == "https" else 80))
        #: Hands what comes in to the archive, when one is kept.
        self.recorder = Recorder(keep, today) if keep is not None else None
        self.transport = Transport(options, self.guard, Resolver(options.resolver), recorder=self.recorder)
        self.ledger = Ledger()
        budget = plan.budget
        self.fetcher = Fetcher(
            self.transport,
            options,
            self.ledger,
            self.halt,
            max_requests=budget.max_requests,
            belongs=self.belongs,
        )
        self.frontier = Frontier(exhaustive=budget.exhaustive)
        self.record = Record(portal, plan, today, self.frontier)
        self.harvest = Harvest(self.frontier, plan, self.belongs, self.record.external)
        self.style = soft404.NotFoundStyle()
        self.desk = Desk(self.transport, options, self.fetcher)
        self.trials = Trials(self.fetcher, self.record, self.style, self.recorder)
        self.reader = Reader(today, recorder=self.recorder)
        self.intake = Intake(
            self.fetcher, self.record, self.harvest, self.style, self.reader, self._kept, self.recorder
        )
        #: Told of every page that is kept.
        self.on_page: Callable[[Page], None] | None = None
        #: Told of an error of our own, which Scrapy would only log.
        self.on_failure: Callable[[BaseException], None] | None = None
        self.reason = ""
        self._settled = settled
        self._progress = progress
        self._hosts = {split_host(h)[0] for h in options.allow_hosts}
        self._home = portal
        self._private = False
        self._begun = 0
        self._busy = 0
        self._asked_at = 0
        self._wake = asyncio.Event()

    def belongs(self, url: str) -> bool:
        """Whether an address is the same agency's (design 4.4)."""
        if same_agency(url, self.portal, self.plan.service_prefixes):
            return True
        if self._home is not self.portal and same_agency(url, self._home, self.plan.service_prefixes):
            return True
        return bool(self._hosts) and (urlsplit(url).hostname or "").lower() in self._hosts

    async def run(self, engine: Any) -> None:
        """The whole visit, through Scrapy's downloader."""
        self.fetcher.engine = engine
        budget = self.plan.budget
        seconds = budget.max_minutes * 60
        self.fetcher.deadline = time.monotonic() + seconds
        self.transport.open()
        watch = asyncio.ensure_future(self._watch(seconds))
        try:
            arrival = Arrival(self.fetcher, self.record, self.guard, self.transport)
            answer = await arrival.at(self.portal)
            self._private = arrival.private
            if answer is None or not await self._start(answer):
                self.reason = self.reason or "unreachable"
            else:
                async with asyncio.TaskGroup() as group:
                    for _ in range(WORKERS_FOR_ALL if budget.exhaustive else WORKERS):
                        group.create_task(self._work())
                self._measure()
        except Exception as error:
            if self.on_failure is not None:
                self.on_failure(error)
            raise
        finally:
            watch.cancel()
            self.halt.set()
            self.fetcher.flush()
            await self.reader.close()

    async def _watch(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stop.is_set() and (left := end - time.monotonic()) > 0:
            # In short steps: an event set by a signal handler does not wake a loop that waits for the network.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stop.wait(), min(left, 0.25))
        self.reason = self.reason or ("interrupted" if self.stop.is_set() else "time")
        self.halt.set()
        for moment in itertools.count():  # what still comes to the downloader's queues must not wait there
            self.fetcher.flush()
            if moment == _LAST_PAGE:
                await self.reader.close()
            self._wake.set()
            await asyncio.sleep(0.05)

    async def _start(self, answer: Answer) -> bool:
        """The home page and what is asked right after it; False when it cannot be read."""
        self._home = replace(self.portal, url=answer.final_url)
        hosts = (host_of(canonical(self.portal.url)), host_of(answer.final_url))
        self.intake.hosts = self.trials.hosts = frozenset(hosts)
        page = self.intake.read(answer, 0)
        if page is None:
            return False
        self.record.facts |= home_facts(answer)
        if await self.desk.ready() is not None:
            self.trials.hand = self.desk.by_hand
        rendered = await self.desk.home(answer, page, self.intake.read)
        if rendered is not None and self.desk.renderer is not None:
            answer, page = rendered
            self.intake.get = self.trials.get = self.desk.renderer.get
        self.record.facts["crawl.rendered"] = rendered is not None
        target = Target(page.url, 0, Rank.START, near=True, taken=True)
        self.frontier.mark(page.url)
        for hop in answer.hops:
            self.frontier.mark(hop)
        self.fetcher.lifeline = page.url
        self.trials.remember(answer, page)
        self.intake.html += 1
        self.intake.keep(page, answer, target)
        await self.trials.unknown_addresses(page)
        rules = await self.fetcher.robots.rules(page.url)
        root = "/".join(page.url.split("/", 3)[:3])
        for url in dict.fromkeys([*(canonical(u, page.url) for u in rules.sitemaps), f"{root}/sitemap.xml"]):
            if url and self.belongs(url):
                self.frontier.push(Target(url, 1, Rank.START, "sitemap"))
        self.frontier.push(Target("search:", 0, Rank.ITEM + 1, "search"))
        self.frontier.push(Target("sample:", 0, Rank.LAST if self.plan.budget.exhaustive else Rank.SAMPLE, "sample"))
        return True

    # -- the loop ------------------------------------------------------------------------------

    async def _work(self) -> None:
        while not self.halt.is_set() and not self.reason:
            pages = self._begun + self.intake.html < self.plan.budget.max_pages
            target = self.frontier.pop(self.harvest.open_rules, pages=pages, busy=self._busy > 0)
            if target is None:
                if not self._busy:
                    self._finish()
                    if not self.reason:
                        continue  # sections turned up whose entries are worth a look
                    break
                self._wake.clear()
                await self._wake.wait()
                continue
            self._busy += 1
            self._begun += target.kind == "page"
            try:
                await self._handle(target)
            finally:
                self._busy -= 1
                self._begun -= target.kind == "page"
                self._wake.set()
            if self.ledger.spent >= self.plan.budget.max_requests:
                self.reason = self.reason or "budget"
            if self.options.settle_every <= self.intake.html - self._asked_at:
                self._ask_settled()
        self._wake.set()

    def _finish(self) -> None:
        """Nothing is left that may be asked for: why that is so."""
        if self.reason:
            return
        main = self.fetcher.servers.known(self.record.home.url) if self.record.home else None
        if main is not None and main.down is not None:
            self.reason = "unreachable"
            return
        spent = self.intake.html >= self.plan.budget.max_pages and self.frontier.pages_wait()
        if self._ask_settled() and not spent:
            return
        self.reason = self.reason or ("budget" if spent else "frontier")

    def _ask_settled(self) -> bool:
        """Lets the duties be judged by the pages so far; True when that put more into the frontier."""
        self._asked_at = self.intake.html
        if self.plan.budget.exhaustive or self.record.home is None:
            return False
        evidence = self.record.evidence()
        answer = self._settled(evidence)
        if answer is True:
            self.reason = self.reason or "settled"
        if isinstance(answer, bool):
            return False
        self.harvest.open_rules = answer.open
        waited = self.frontier.waiting
        for url, rules in answer.sections.items():
            page = evidence.page(url)
            if page is not None:
                self.harvest.sample(page, rules)
        return self.frontier.waiting > waited

    async def _handle(self, target: Target) -> None:
        if target.kind == "search":
            last = target.rank > Rank.PLAIN_ITEM
            if not await self.trials.ask_search(unread=last):  # once more when some article was read
                self.frontier.push(Target("search:again", 0, Rank.PLAIN_ITEM + 1, "search"))
        elif target.kind == "sample":
            await self.trials.sample_links(self.harvest, self.plan.budget.link_sample, private=self._private)
        elif target.kind == "file":
            await self.trials.file(target.url)
        elif target.kind == "sitemap":
            await self.intake.sitemap(target)
        elif target.kind == "feed":
            await self.intake.feed(target)
        else:
            await self.intake.page(target)

    def _kept(self, page: Page, new: bool) -> None:
        if new and self.recorder is not None:
            self.recorder.kept(page)
        if new and self.on_page is not None:
            self.on_page(page)
        done, asked, seconds = len(self.record.pages), self.ledger.requests, self.ledger.seconds
        self._progress(Progress(done, asked, self.frontier.waiting, seconds, page.url))

    # -- the end -------------------------------------------------------------------------------

    def _measure(self) -> None:
        for target in self.frontier.left():
            if target.url not in self.record.fetches:
                self.record.fetch(Fetch(target.url, Outcome.BUDGET))

    def result(self) -> Crawl:
        """What was gathered, whatever ended the visit."""
        crawl_facts(self)
        self.record.facts |= self.desk.facts
        return Crawl(self.record.evidence(self.reason or "frontier"), self.summary())

    def summary(self) -> CrawlSummary:
        """The requests so far in figures."""
        return self.ledger.summary(
            pages=len(self.record.pages),
            stopped_because=self.reason or "frontier",
            user_agent=self.options.user_agent,
            robots=crawl_facts(self),
        )
