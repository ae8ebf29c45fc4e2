"""The door of the crawl: one reactor loop for the process, any number of portals in it at once."""

from __future__ import annotations

import asyncio
import atexit
import datetime as dt
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from core.plan import CrawlPlan
from core.portal import Portal
from crawler.options import Crawl, CrawlOptions, Progress
from crawler.visit import Settled, Visit

T = TypeVar("T")
_loop: asyncio.AbstractEventLoop | None = None


def loop() -> asyncio.AbstractEventLoop:
    """The process's one event loop, with Twisted's asyncio reactor upon it; made at the first call."""
    global _loop
    if _loop is None:
        from twisted.internet import asyncioreactor

        _loop = asyncio.new_event_loop()
        asyncio.set_event_loop(_loop)
        asyncioreactor.install(_loop)
        from twisted.internet import reactor

        reactor.startRunning(installSignalHandlers=False)  # type: ignore[attr-defined]  # a module in name only
        atexit.register(_loop.close)
    return _loop


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine to its end in the process's loop; may be called again and again."""
    return loop().run_until_complete(coroutine)


async def crawl(
    portal: Portal,
    plan: CrawlPlan,
    *,
    today: dt.date,
    options: CrawlOptions,
    settled: Settled,
    progress: Callable[[Progress], None],
    stop: asyncio.Event,
) -> Crawl:
    """Visits a portal; several may be visited at once in one loop.

    ``settled`` is asked now and then with the evidence so far: True ends the crawl, a set names the
    duties still open. Setting ``stop`` ends it within two seconds with what there is.
    """
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.settings import Settings

    from crawler import settings as project
    from crawler.spiders.portal import PortalSpider

    settings = Settings()
    settings.setmodule(project, priority="project")
    visit = Visit(portal, plan, today=today, options=options, settled=settled, progress=progress, stop=stop)
    runner = AsyncCrawlerRunner(settings)
    failure: list[BaseException] = []
    visit.on_failure = failure.append
    try:
        await runner.crawl(PortalSpider, visit=visit)
    finally:
        await visit.transport.close()
    if failure:
        raise failure[0]
    return visit.result()
