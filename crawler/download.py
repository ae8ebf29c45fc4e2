"""Scrapy's way to the network: our transport, one per crawler, for http and https alike."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response

from core.page import Outcome
from crawler.transport import FetchFailed, Transport


class Downloads(BaseDownloadHandler):
    """Asks the transport of the crawler's spider, and gives up at once when the crawl is told to stop."""

    lazy: ClassVar[bool] = True  # type: ignore[misc]  # Scrapy declares it without ClassVar

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        spider = crawler.spider
        self._transport: Transport = spider.transport  # type: ignore[union-attr]
        self._halt: asyncio.Event = spider.halt  # type: ignore[union-attr]

    async def download_request(self, request: Request) -> Response:
        """The answer; raises FetchFailed."""
        if self._halt.is_set():
            raise FetchFailed(Outcome.BUDGET, "the crawl was told to stop")
        meta = request.meta
        if "on_start" in meta:
            meta["on_start"]()
        asking = asyncio.ensure_future(
            self._transport.exchange(
                request.method,
                request.url,
                {k.decode("latin-1"): v[-1].decode("latin-1") for k, v in request.headers.items()},
                timeout=meta["download_timeout"],
                peek=meta.get("peek", False),
            )
        )
        stopping = asyncio.ensure_future(self._halt.wait())
        try:
            await asyncio.wait({asking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                asking.cancel()
                await asyncio.wait({asking})
                raise FetchFailed(Outcome.BUDGET, "the crawl was told to stop")
            raw = asking.result()
        finally:
            stopping.cancel()
        meta["download_latency"] = raw.latency
        meta["raw"] = raw
        headers = Headers([(k, v.encode("utf-8", "surrogateescape")) for k, v in raw.headers])
        return Response(request.url, status=raw.status, headers=headers, body=raw.body)

    async def close(self) -> None:
        """Closes the connections; the second of the two schemes finds them closed."""
        await self._transport.close()
