"""Pages of portals that scripts build: asked for plainly first, then opened in the browser and read from there."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from urllib.parse import urldefrag

from core.page import Outcome, Page, Zone
from crawler.answers import Answer, is_html
from crawler.browser.session import Browser, BrowserFailed, Sheet
from crawler.browser.snapshot import LISTEN, snapshot
from crawler.fetching import Fetcher
from crawler.urls import canonical

#: Pages open at a time, and the seconds one may take.
AT_ONCE, LIMIT = 2, 30.0
#: Links of a menu that only scripts bring, beyond those of the plain page.
MENU = 3
_MENU = frozenset({Zone.MENU, Zone.HEADER})

log = logging.getLogger("decree43.browser")


@dataclass(slots=True)
class _Seat:
    """A page that stays open for one address after the other, so that scripts and styles are fetched once."""

    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    sheet: Sheet | None = None


class Renderer:
    """Gives rendered pages in place of plain answers; where the browser fails, the plain answer as it came."""

    def __init__(self, browser: Browser, fetcher: Fetcher) -> None:
        self.browser = browser
        self._fetcher = fetcher
        self._seats: asyncio.Queue[_Seat] = asyncio.Queue()
        for _ in range(AT_ONCE):
            self._seats.put_nowait(_Seat())
        self._next: dict[str, float] = {}

    async def get(self, url: str, *, adopt: bool = False) -> Answer:
        """The end of asking for ``url``, with the rendered document as its body."""
        plain, route = urldefrag(url)
        if route:  # one document for all routes: it was read when the crawl began
            answer = await self._route(url, plain)
        else:
            answer = await self._fetcher.get(url, adopt=adopt)
        if answer.outcome is not Outcome.OK or (not route and not is_html(answer.content_type, answer.body)):
            return answer
        return await self.render(answer)

    async def _route(self, url: str, plain: str) -> Answer:
        fetcher, now = self._fetcher, dt.datetime.now(dt.UTC)
        rules = await fetcher.robots.rules(plain)
        if not rules.allows(plain):
            fetcher.ledger.refused_by_robots.append(url)
            return Answer(url, Outcome.ROBOTS, url, error="forbidden by robots.txt", at=now)
        if fetcher.halt.is_set() or fetcher.ledger.spent >= fetcher.max_requests:
            return Answer(url, Outcome.BUDGET, url, error="the budget was spent")
        return Answer(url, Outcome.OK, url, 200, content_type="text/html; charset=utf-8", at=now)

    async def render(self, answer: Answer) -> Answer:
        """The answer with the document as the browser has it after its scripts; ends at once on a halt."""
        work = asyncio.ensure_future(self._rendered(answer))
        stop = asyncio.ensure_future(self._fetcher.halt.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            return replace(answer, outcome=Outcome.BUDGET, error="the budget was spent")
        finally:
            stop.cancel()
            if not work.done():
                work.cancel()
                await asyncio.wait({work}, timeout=1.0)

    async def _rendered(self, answer: Answer) -> Answer:
        seat = await self._seats.get()
        began = time.monotonic()
        try:
            await self.turn(answer.final_url)
            sheet = await self._sheet(seat)
            sheet.extend(LIMIT)
            if "#" in answer.final_url:  # a route alone would not load the page anew
                await sheet.open("about:blank", settle=False)
            opened = await sheet.open(answer.final_url)
            if opened.outcome is not Outcome.OK:
                log.info("%s in the browser: %s", answer.final_url, opened.error)
                return answer
            body = await snapshot(sheet)
            return self._moved(answer, body, sheet.page.url, time.monotonic() - began)
        except BrowserFailed as error:
            log.info("%s in the browser: %s", answer.final_url, error)
            await self._leave(seat)
            return answer
        except asyncio.CancelledError:
            seat.sheet = None
            raise
        finally:
            self._seats.put_nowait(seat)

    def _moved(self, answer: Answer, body: bytes, where: str, seconds: float) -> Answer:
        ways = self._fetcher.ways
        final = ways.told(canonical(where) or answer.final_url)
        here = canonical(answer.final_url) or answer.final_url
        hops = answer.hops
        if final != here:
            if not self._fetcher.belongs(final):
                why = "sent on to another agency's host"
                return replace(answer, outcome=Outcome.EXTERNAL, final_url=final, hops=(*hops, here), error=why)
            hops = tuple(dict.fromkeys((*hops, here)))
        kind = "text/html; charset=utf-8"
        body = ways.body(body, final, kind)
        return replace(
            answer,
            body=body,
            content_type=kind,
            final_url=final,
            hops=hops,
            size=len(body),
            seconds=answer.seconds + seconds,
            rendered=True,
        )

    async def _sheet(self, seat: _Seat) -> Sheet:
        if seat.sheet is None or seat.sheet.broken:
            await self._leave(seat)
            sheet = await seat.stack.enter_async_context(self.browser.page(limit=LIMIT, images=False))
            await sheet.page.add_init_script(LISTEN)
            seat.sheet = sheet
        return seat.sheet

    async def _leave(self, seat: _Seat) -> None:
        stack, seat.stack, seat.sheet = seat.stack, AsyncExitStack(), None
        with contextlib.suppress(BrowserFailed):
            await stack.aclose()

    async def turn(self, url: str) -> None:
        """Keeps the distance between two pages of a public server, and its crawl-delay."""
        server = await self._fetcher.servers.of(url)
        delay = self._fetcher.servers.delay(server)
        start = max(time.monotonic(), self._next.get(server.key, 0.0))
        self._next[server.key] = start + delay
        await asyncio.sleep(max(0.0, start - time.monotonic()))

    async def close(self) -> None:
        """Lets the open pages go."""
        while not self._seats.empty():
            await self._leave(self._seats.get_nowait())


def menu_links(page: Page) -> int:
    """Live links of the page's menus."""
    return len({link.url for link in page.links if link.url and link.zone in _MENU})


def may_need_scripts(page: Page, answer: Answer) -> bool:
    """Whether the plain home page is a shell, or has no menu and scripts that could bring one."""
    return "shell" in page.traits or (menu_links(page) < MENU and b"<script" in answer.body.lower())


def needs_scripts(plain: Page, rendered: Page) -> bool:
    """Whether the rendered home page shows that the portal has to be read through the browser."""
    if "shell" in plain.traits:
        return "shell" not in rendered.traits
    return menu_links(rendered) >= menu_links(plain) + MENU
