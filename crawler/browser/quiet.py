"""When a page has come to rest: nothing on its way, nothing growing."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

#: Seconds without anything on its way, and without a change of the page.
STILL = 0.3
_STEP = 0.1
#: Streams of events and the like stay open for ever; a long poll is given up on.
_ENDLESS = frozenset({"eventsource", "websocket", "media", "ping", "manifest"})
_PATIENCE = 6.0
_SIZE = "() => document.body ? document.body.getElementsByTagName('*').length * 7 + document.title.length : 0"


class Quiet:
    """Counts what a page has on its way."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: dict[Request, float] = {}
        self._last = time.monotonic()
        page.on("request", self._begin)
        page.on("requestfinished", self._end)
        page.on("requestfailed", self._end)

    def _begin(self, request: Request) -> None:
        self._last = time.monotonic()
        if request.resource_type not in _ENDLESS:
            self._open[request] = self._last

    def _end(self, request: Request) -> None:
        if self._open.pop(request, None) is not None:
            self._last = time.monotonic()

    def _busy(self, now: float) -> bool:
        return any(now - began < _PATIENCE for began in self._open.values())

    async def wait(self, most: float) -> bool:
        """True once the page rests; False after ``most`` seconds. Raises playwright's Error when it broke."""
        end = time.monotonic() + most
        size, since = -1, time.monotonic()
        while (now := time.monotonic()) < end:
            if not self._busy(now) and now - self._last >= STILL / 2:
                new = int(await self._page.evaluate(_SIZE))
                if new != size:
                    size, since = new, now
                elif now - max(since, self._last) >= STILL:
                    return True
            await asyncio.sleep(_STEP)
        return False
