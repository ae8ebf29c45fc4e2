"""The door of the crawl: one reactor loop for the process, any number of portals in it at once."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import datetime as dt
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any, TypeVar

from core.plan import CrawlPlan
from core.portal import Portal
from crawler.dns_query import Asker
from crawler.options import Crawl, CrawlOptions, Progress
from crawler.probes.registry import Probed, run_probes
from crawler.probes.scene import Scene
from crawler.recorder import Keep
from crawler.visit import Settled, Visit

T = TypeVar("T")
#: Seconds all probes of one audit may take together.
PROBES = 180.0
#: Seconds they may go on after the minutes of the audit are over.
GRACE = 20.0
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
    probe: bool = True,
    keep: Keep | None = None,
) -> tuple[Crawl, Probed]:
    """Visits a portal and probes it; several may be visited at once in one loop.

    ``settled`` is asked now and then with the evidence so far: True ends the crawl, a set names the
    duties still open. Setting ``stop`` ends it within two seconds with what there is. ``keep`` is given whatever
    comes in, to be archived.
    """
    from scrapy.crawler import AsyncCrawlerRunner
    from scrapy.settings import Settings

    from crawler import settings as project
    from crawler.spiders.portal import PortalSpider

    settings = Settings()
    settings.setmodule(project, priority="project")
    visit = Visit(portal, plan, today=today, options=options, settled=settled, progress=progress, stop=stop, keep=keep)
    runner = AsyncCrawlerRunner(settings)
    failure: list[BaseException] = []
    visit.on_failure = failure.append
    try:
        await runner.crawl(PortalSpider, visit=visit)
        if failure:
            raise failure[0]
        done = visit.result()
        probed = Probed({})
        if probe and done.evidence.home is not None and not stop.is_set():
            scene = _scene(visit, done, today, progress)
            try:
                probed = await _until(stop, run_probes(scene))
            finally:
                scene.asker.forget()
        probed = replace(probed, facts=probed.facts | visit.desk.facts)
        # Probes make requests too: the ledger's figures are told when they are done.
        sources = None
        if visit.recorder is not None:
            visit.recorder.finish()
            visit.recorder.screenshots(probed.facts)
            sources = visit.recorder.sources(done.evidence)
        return Crawl(done.evidence, visit.summary(), sources), probed
    finally:
        await visit.desk.close()
        await visit.transport.close()


def _scene(visit: Visit, done: Crawl, today: dt.date, progress: Callable[[Progress], None]) -> Scene:
    evidence, now = done.evidence, time.monotonic()

    def say(name: str) -> None:
        progress(Progress(len(evidence.pages), visit.ledger.requests, 0, visit.ledger.seconds, probe=name))

    return Scene(
        visit.portal,
        visit.plan.budget,
        evidence,
        visit.options,
        visit.transport,
        visit.ledger,
        today,
        browser=visit.desk.browser,
        deadline=min(now + PROBES, max(now, visit.fetcher.deadline) + GRACE),
        say=say,
        rules=visit.fetcher.robots.known,
        asker=Asker(visit.options.resolver),
    )


async def _until(stop: asyncio.Event, work: Coroutine[Any, Any, Probed]) -> Probed:
    """The probes' facts, or none when the audit is told to stop."""
    task = asyncio.ensure_future(work)
    while not task.done():
        # In short steps: an event set by a signal handler does not wake a loop that waits for the network.
        await asyncio.wait({task}, timeout=0.25)
        if stop.is_set():
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            return Probed({}, ("the probes were interrupted",))
    return task.result()
