"""The spider: one visit to one portal, its pages as items when it is run on its own."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import asdict, replace
from typing import Any

import scrapy

from core.audit import VIETNAM
from core.page import Page
from core.plan import Budget, CrawlPlan
from core.portal import Portal
from crawler.options import CrawlOptions
from crawler.visit import Visit


class PortalSpider(scrapy.Spider):
    """Visits ``url``. ``python -m scrapy crawl portal -a url=http://127.0.0.1:8080/ -a allow_private=1 -O pages.jsonl``

    Other arguments: ``max_pages``, ``max_minutes``, ``exhaustive``, ``contact``. The product hands in a
    ``visit`` of its own instead and takes the pages from there.
    """

    name = "portal"

    def __init__(self, url: str = "", visit: Visit | None = None, **arguments: Any) -> None:
        super().__init__()
        self.alone = visit is None
        self.visit = visit or _visit(url, arguments)
        self.transport = self.visit.transport
        self.halt = self.visit.halt

    async def start(self) -> AsyncIterator[Any]:
        """Runs the visit; yields page items when run alone."""
        if not self.alone:
            await self.visit.run(self.crawler.engine)
            return
        pages: asyncio.Queue[Page | None] = asyncio.Queue()
        self.visit.on_page = pages.put_nowait
        running = asyncio.ensure_future(self.visit.run(self.crawler.engine))
        running.add_done_callback(lambda _: pages.put_nowait(None))
        while (page := await pages.get()) is not None:
            yield _item(page)
        await running
        await self.transport.close()

    @classmethod
    def from_crawler(cls, crawler: scrapy.crawler.Crawler, *args: Any, **kwargs: Any) -> PortalSpider:
        """As Scrapy makes spiders."""
        spider = cls(*args, **kwargs)
        spider._set_crawler(crawler)
        return spider


def _item(page: Page) -> dict[str, Any]:
    facts = asdict(replace(page, meta=dict(page.meta)))
    for name in ("controls", "traits"):
        facts[name] = sorted(facts[name])
    return facts


def _visit(url: str, arguments: dict[str, Any]) -> Visit:
    def yes(name: str) -> bool:
        return str(arguments.get(name, "")).lower() in ("1", "true", "yes")

    budget = Budget(
        max_pages=int(arguments.get("max_pages", 300)),
        max_minutes=float(arguments.get("max_minutes", 15)),
        exhaustive=yes("exhaustive"),
    )
    options = CrawlOptions(allow_private=yes("allow_private"), contact=str(arguments.get("contact", "")))
    return Visit(
        Portal(url),
        CrawlPlan(budget=budget),
        today=dt.datetime.now(VIETNAM).date(),
        options=options,
        settled=lambda evidence: False,
        progress=lambda progress: None,
        stop=asyncio.Event(),
    )
