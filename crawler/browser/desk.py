"""The browser of one audit: found once the portal answers, launched when something needs it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core.page import Outcome, Page
from crawler.answers import Answer
from crawler.browser.by_hand import ByHand
from crawler.browser.find import find_browser
from crawler.browser.render import Renderer, may_need_scripts, needs_scripts
from crawler.browser.session import Browser, BrowserFailed
from crawler.fetching import Fetcher
from crawler.options import CrawlOptions
from crawler.transport import Transport

log = logging.getLogger("decree43.browser")


class Desk:
    """Holds the browser, and what the crawl does with it."""

    def __init__(self, transport: Transport, options: CrawlOptions, fetcher: Fetcher) -> None:
        self._transport = transport
        self._options = options
        self._fetcher = fetcher
        #: None with ``--no-browser``, where none was found, and before ``ready``.
        self.browser: Browser | None = None
        self.renderer: Renderer | None = None
        self._looked = False

    async def ready(self) -> Browser | None:
        """Looks for a browser the first time; does not launch it."""
        if self._options.browser and not self._looked:
            self._looked = True
            found = await asyncio.to_thread(find_browser)
            if found is not None:
                self.browser = Browser(
                    self._transport, self._fetcher.ledger, self._options, places=self._place, found=found
                )
                self.renderer = Renderer(self.browser, self._fetcher)
        return self.browser

    async def _place(self, url: str) -> asyncio.Semaphore:
        return (await self._fetcher.servers.of(url)).gate

    async def home(
        self, answer: Answer, page: Page, read: Callable[[Answer, int], Page | None]
    ) -> tuple[Answer, Page] | None:
        """The rendered home page when the portal has to be read through the browser; None when plain HTML does."""
        if not may_need_scripts(page, answer) or await self.ready() is None or self.renderer is None:
            return None
        rendered = await self.renderer.render(answer)
        if rendered is answer or rendered.outcome is not Outcome.OK:
            return None
        seen = read(rendered, 0)
        return (rendered, seen) if seen is not None and needs_scripts(page, seen) else None

    async def by_hand(self, home: str, query: str, names: tuple[str, ...]) -> Answer | None:
        """The answer of the home page's search box to a word typed into it; None when it could not be asked."""
        if self.browser is None or self.renderer is None or self._fetcher.halt.is_set():
            return None
        work = asyncio.ensure_future(self._hand(self.browser, self.renderer, home, query, names))
        stop = asyncio.ensure_future(self._fetcher.halt.wait())
        try:
            await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
            return work.result() if work.done() else None
        finally:
            stop.cancel()
            if not work.done():
                work.cancel()
                await asyncio.wait({work}, timeout=1.0)

    async def _hand(
        self, browser: Browser, renderer: Renderer, home: str, query: str, names: tuple[str, ...]
    ) -> Answer | None:
        await renderer.turn(home)
        try:
            answer = await ByHand(browser, home, names).ask(query)
        except BrowserFailed as error:
            log.info("the search box could not be used: %s", error)
            return None
        if answer is None:
            return None
        ways = self._fetcher.ways
        body = ways.body(answer.body, answer.final_url, answer.content_type)
        return replace(answer, body=body, final_url=ways.told(answer.final_url))

    @property
    def facts(self) -> dict[str, Any]:
        """``browser.version``, ``browser.used``, ``browser.error``; the error says why there is none."""
        if self.browser is not None:
            return self.browser.facts
        why = "switched off" if not self._options.browser else "no browser was found on this machine"
        return {"browser.version": None, "browser.used": False, "browser.error": why if self._looked else None}

    async def close(self) -> None:
        """Ends the browser, whatever it is doing."""
        if self.browser is not None and self.renderer is not None:
            await asyncio.shield(self.browser.close())
            await self.renderer.close()  # nothing is left to close, but what was entered has to be left
