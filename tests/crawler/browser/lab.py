"""A browser on a little portal, without a crawl around it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from crawler.browser.processes import Process, descendants
from crawler.browser.session import Browser
from crawler.guard import Guard
from crawler.ledger import Ledger
from crawler.options import CrawlOptions
from crawler.resolver import Resolver
from crawler.transport import Transport
from tests.crawler.little import LittlePortal


def transport(portal: LittlePortal, options: CrawlOptions | None = None) -> Transport:
    """Admits the portal and nothing else that is private."""
    options = options or CrawlOptions(allow_hosts=(f"127.0.0.1:{portal.port}",))
    return Transport(options, Guard(allow_hosts=options.allow_hosts), Resolver(options.resolver))


@asynccontextmanager
async def browser_on(portal: LittlePortal) -> AsyncIterator[Browser]:
    """A browser for one portal; closed at the end, whatever happens."""
    road = transport(portal)
    browser = Browser(road, Ledger(), road.options)
    try:
        yield browser
    finally:
        await browser.close()
        await road.close()


async def children() -> list[Process]:
    """Processes that were left behind, after a moment for the system to sweep up."""
    for _ in range(20):
        left = [p for p in descendants(os.getpid()) if any(n in p.command for n in ("chrom", "playwright", "node"))]
        if not left:
            return []
        await asyncio.sleep(0.1)
    return left
