"""What scripts fetch while they build a page: told to the archive, as the answers of the crawl are.

Pictures, styles and scripts are not: nothing is judged by them, and the page as it was drawn is kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from typing import TYPE_CHECKING

from crawler.browser.proxy import MARK
from crawler.transport import Transport

if TYPE_CHECKING:
    from playwright.async_api import Page, Request

_DATA = frozenset({"xhr", "fetch"})
#: Answers of one audit, and bytes of each: a page that fetches without end must not fill the archive.
MOST, LARGEST = 60, 1_000_000
#: Addresses looked at for them.
_LOOKED_AT = 20 * MOST
#: Seconds that are waited for bodies still on their way when a page has come to rest.
_PATIENCE = 2.0


class Fetched:
    """The data of one audit's pages, each address once."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._seen: set[tuple[str, str]] = set()
        self._kept = 0
        self._coming: set[asyncio.Task[None]] = set()

    def listen(self, page: Page) -> None:
        """From now on the page's data are taken; nothing to do where no archive is kept."""
        if self._transport.recorder is not None:
            page.on("requestfinished", self._finished)

    async def settled(self) -> None:
        """Waits for bodies that are on their way; those that do not come are left out."""
        if self._coming:
            await asyncio.wait(set(self._coming), timeout=_PATIENCE)

    def _finished(self, request: Request) -> None:
        name = (request.method, request.url)
        if request.resource_type not in _DATA or name in self._seen or len(self._seen) >= _LOOKED_AT:
            return
        self._seen.add(name)
        task = asyncio.ensure_future(self._take(request))
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)

    async def _take(self, request: Request) -> None:
        with contextlib.suppress(Exception):  # the page was closed meanwhile, or the answer had no body
            response = await request.response()
            if response is None or MARK.lower() in response.headers:  # our own word for what could not be fetched
                return
            if int(response.headers.get("content-length") or 0) > LARGEST:
                return
            body, heads = await response.body(), await response.headers_array()
            at = dt.datetime.now(dt.UTC)
            if len(body) <= LARGEST and self._kept < MOST:
                self._kept += 1
                said = tuple((head["name"], head["value"]) for head in heads)
                self._transport.overheard(request.method, request.url, at, response.status, said, body)
