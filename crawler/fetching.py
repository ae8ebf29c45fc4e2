"""Asking for an address: robots, redirects, one retry, pauses, and a line in the ledger for each request."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response
from w3lib.url import safe_url_string

from core.page import Outcome
from crawler.answers import REDIRECTS, Answer, by_status, is_html, sent_on
from crawler.cookies import Cookies
from crawler.ledger import Entry, Ledger
from crawler.options import CrawlOptions
from crawler.resolver import NoSuchHost
from crawler.robots import Robots
from crawler.servers import Server, Servers
from crawler.transport import FetchFailed, Refused, Transport
from crawler.urls import canonical

MAX_HOPS = 8
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
_FAILURES = frozenset({Outcome.TIMEOUT, Outcome.REFUSED, Outcome.SERVER_ERROR})


class Fetcher:
    """The only way of this crawl to the network.

    ``belongs`` says whether a redirect's target is still the same agency; ``halt`` ends everything;
    ``lifeline`` is the address a server that failed too often is tried with.
    """

    def __init__(
        self,
        transport: Transport,
        options: CrawlOptions,
        ledger: Ledger,
        halt: asyncio.Event,
        *,
        max_requests: int,
        belongs: Callable[[str], bool],
    ) -> None:
        self.options = options
        self.ledger = ledger
        self.halt = halt
        self.max_requests = max_requests
        self.belongs = belongs
        self.servers = Servers(transport, options)
        self.ways = transport.ways
        self.robots = Robots(self._ask_robots, ignore=bool(options.ignore_robots))
        self._cookies = Cookies()
        self.deadline = float("inf")
        self.lifeline = ""
        self.engine: Any = None

    async def get(
        self,
        url: str,
        *,
        method: str = "GET",
        robots: bool = True,
        retry: bool = True,
        follow: bool = True,
        adopt: bool = False,
        peek: bool = False,
        timeout: float | None = None,
    ) -> Answer:
        """The end of asking for ``url``. ``adopt`` follows a redirect to whatever host it names."""
        asked, current = url, url
        hops: list[str] = []
        raw_seen: set[str] = set()
        spent = 0.0
        while True:
            raw_seen.add(current)
            here = canonical(current) or current
            refused = await self._forbidden(current) if robots else None
            answer = refused or await self._try(method, current, retry=retry, peek=peek, timeout=timeout)
            spent += answer.seconds
            target = self._target(answer, current) if follow and not refused else ""
            if not target:
                return _ended(answer, asked, here, hops, spent, answer.outcome, answer.error)
            hops.append(here)
            target = safe_url_string(target.split("#")[0])
            there = canonical(target)
            if not there:
                return _ended(answer, asked, target, hops, spent, Outcome.BAD_REDIRECT, "sent on to no web address")
            if target in raw_seen and self._cookies.insist(target):
                current, hops, raw_seen = url, [], set()
                continue
            if target in raw_seen or len(hops) > MAX_HOPS:
                why = "sent on in a circle" if target in raw_seen else "sent on too often"
                return _ended(answer, asked, there, hops, spent, Outcome.BAD_REDIRECT, why)
            if not adopt and not self.belongs(there):
                return _ended(answer, asked, there, hops, spent, Outcome.EXTERNAL, "sent on to another agency's host")
            current = target

    def _target(self, answer: Answer, current: str) -> str:
        if answer.status in REDIRECTS and answer.headers.get("location"):
            return urljoin(current, answer.headers["location"])
        if answer.outcome is Outcome.OK and is_html(answer.content_type, answer.body):
            target = sent_on(answer.body, current)
            return "" if canonical(target) == canonical(current) else target
        return ""

    async def _ask_robots(self, url: str) -> Answer:
        return await self.get(url, robots=False, timeout=min(15.0, self.options.total_timeout))

    async def _forbidden(self, url: str) -> Answer | None:
        rules = await self.robots.rules(url)
        if rules.allows(url):
            if rules.delay:
                self.servers.slow_down(await self.servers.of(url), rules.delay)
            return None
        why = "forbidden by robots.txt" if rules.kind == "found" else "robots.txt could not be read"
        self.ledger.refused_by_robots.append(url)
        return Answer(url, Outcome.ROBOTS, url, error=why, at=dt.datetime.now(dt.UTC))

    async def _try(self, method: str, url: str, *, retry: bool, peek: bool, timeout: float | None) -> Answer:
        try:
            server = await self.servers.of(url)
        except (NoSuchHost, Refused) as error:
            outcome = error.outcome if isinstance(error, NoSuchHost) else Outcome.GUARD
            answer = Answer(url, outcome, url, error=str(error), at=dt.datetime.now(dt.UTC))
            self.ledger.open()
            self._enter(answer, method, time.monotonic())
            return answer
        answer = await self._once(server, method, url, peek, timeout)
        wait = _retry_after(answer, self.options.longest_wait)
        if wait is not None:
            server.not_before = max(server.not_before, time.monotonic() + wait)
        again = answer.outcome in _FAILURES or answer.status == 429
        if retry and again and not self.halt.is_set() and server.down is None:
            await self._pause(0.1 if server.private else 1.0)
            answer = await self._once(server, method, url, peek, timeout)
        return answer

    async def _once(self, server: Server, method: str, url: str, peek: bool, timeout: float | None) -> Answer:
        async with server.gate:
            while (server.probing or server.not_before > time.monotonic()) and not self.halt.is_set():
                if server.not_before > self.deadline:
                    break
                await self._pause(max(0.05, server.not_before - time.monotonic()))
            if server.down is not None:
                outcome, why = server.down
                return Answer(url, outcome, url, error=why, at=dt.datetime.now(dt.UTC))
            late = server.not_before > self.deadline
            if late or self.halt.is_set() or self.ledger.spent >= self.max_requests:
                return Answer(url, Outcome.BUDGET, url, error="the budget was spent")
            answer = await self._send(server, method, url, peek, timeout)
        if answer.outcome is not Outcome.BUDGET and self.servers.count(server, answer.outcome in _FAILURES):
            await self._lifeline(server, answer)
        return answer

    async def _lifeline(self, server: Server, last: Answer) -> None:
        """After a pause the home page decides whether the server is still there; nobody else asks meanwhile."""
        await self._pause(server.not_before - time.monotonic())
        if not self.halt.is_set():
            found = await self._send(server, "GET", self.lifeline or last.url, False, None)
            if found.outcome in _FAILURES:
                server.down = (last.outcome, f"{last.error or 'no answer'}; the server stopped answering")
            else:
                server.failures = 0
        server.probing = False

    async def _send(self, server: Server, method: str, url: str, peek: bool, timeout: float | None) -> Answer:
        downloader = self.engine.downloader
        self.servers.prepare(server, downloader)
        began = [0.0]

        def start() -> None:
            began[0] = time.monotonic()

        request = Request(
            url,
            method=method,
            headers={
                "User-Agent": self.options.user_agent,
                "Accept": _ACCEPT,
                "Accept-Language": "vi,en;q=0.5",
                "Accept-Encoding": "gzip, deflate",
            }
            | ({"Range": "bytes=0-1023"} if peek and method == "GET" else {})
            | self._cookies.head(url),
            dont_filter=True,
            meta={
                "download_slot": server.key,
                "download_timeout": timeout or self.options.total_timeout,
                "autothrottle_dont_adjust_delay": server.private,
                "on_start": start,
                "peek": peek,
            },
        )
        at = dt.datetime.now(dt.UTC)
        self.ledger.open()
        try:
            response: Response = await self.engine.download_async(request)
        except FetchFailed as error:
            answer = Answer(url, error.outcome, url, error=error.error, seconds=error.seconds, size=error.size, at=at)
            self._enter(answer, method, began[0], made=bool(began[0]))
            return answer
        raw = request.meta["raw"]
        if raw.closes:  # the server has to notice the end before it is asked again
            await asyncio.sleep(0.002)
        self._cookies.offer(url, [v for k, v in raw.headers if k.lower() == "set-cookie"])
        outcome = by_status(raw.status)
        answer = Answer(
            url,
            outcome,
            url,
            raw.status,
            raw.body,
            (response.headers.get("Content-Type") or b"").decode("latin-1"),
            raw.size,
            raw.seconds,
            "" if outcome is Outcome.OK else f"HTTP {raw.status}",
            at,
            headers={k.lower(): v for k, v in raw.headers},
        )
        self._enter(answer, method, began[0])
        return answer

    def _enter(self, answer: Answer, method: str, began: float, *, made: bool = True) -> None:
        if not made:  # given up while it waited for its turn: never sent
            self.ledger.give_back()
            return
        self.ledger.close(Entry(answer.url, method, answer.outcome, answer.status, answer.size, answer.seconds, began))

    async def _pause(self, seconds: float) -> None:
        """Sleeps, but wakes up at once when the crawl is told to stop."""
        if seconds <= 0:
            return
        try:
            await asyncio.wait_for(self.halt.wait(), seconds)
        except TimeoutError:
            return

    def flush(self) -> None:
        """Lets everything that waits for its turn fail now; called once ``halt`` is set."""
        for slot in self.engine.downloader.slots.values() if self.engine is not None else ():
            slot.delay = 0.0
            if slot.latercall is not None:
                slot.latercall.cancel()
                slot.latercall = None
            self.engine.downloader._process_queue(slot)


def _ended(
    answer: Answer, asked: str, final: str, hops: list[str], spent: float, outcome: Outcome, error: str
) -> Answer:
    return Answer(
        asked,
        outcome,
        final,
        answer.status,
        answer.body,
        answer.content_type,
        answer.size,
        spent,
        error,
        answer.at,
        tuple(dict.fromkeys(hops)),
        answer.headers,
    )


def _retry_after(answer: Answer, longest: float) -> float | None:
    said = answer.headers.get("retry-after", "").strip()
    if not said or answer.status not in (429, 503):
        return None
    if said.isdigit():
        return min(float(said), longest)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return min(max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds()), longest)
