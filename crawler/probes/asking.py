"""One request of a probe: within robots and the budget, spaced like the crawl's, and entered in the ledger."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit, urlunsplit

from core.page import Outcome
from crawler.answers import by_status
from crawler.guard import is_public
from crawler.ledger import Entry
from crawler.probes.scene import Scene
from crawler.resolver import NoSuchHost
from crawler.transport import FetchFailed, Raw, Refused, Transport

#: Seconds one request may take.
PATIENCE = 12.0


async def ask(scene: Scene, url: str, *, method: str = "GET", over: Transport | None = None) -> Raw:
    """The answer, redirects not followed; raises FetchFailed, also for what may not be asked."""
    transport = over or scene.transport
    rules = scene.rules(url) or scene.rules(_other_scheme(url))
    if rules is not None and not rules.allows(url):
        scene.ledger.refused_by_robots.append(url)
        raise FetchFailed(Outcome.ROBOTS, "forbidden by robots.txt")
    if scene.ledger.spent >= scene.budget.max_requests:
        raise FetchFailed(Outcome.BUDGET, "the budget was spent")
    await _pause(scene, url, rules.delay if rules is not None else 0.0)
    heads = {
        "User-Agent": scene.options.user_agent,
        "Accept": "text/html,*/*;q=0.8",
        "Accept-Language": "vi,en;q=0.5",
        "Accept-Encoding": "gzip, deflate",
    }
    scene.ledger.open()
    began = time.monotonic()
    outcome, status, size, seconds = Outcome.ERROR, None, 0, 0.0
    try:
        raw = await transport.exchange(method, url, heads, timeout=min(PATIENCE, scene.options.total_timeout))
        outcome, status, size, seconds = by_status(raw.status), raw.status, raw.size, raw.seconds
    except FetchFailed as failed:
        outcome, size, seconds = failed.outcome, failed.size, failed.seconds
        raise
    finally:  # a probe that is cut off has asked all the same
        scene.ledger.close(Entry(url, method, outcome, status, size, seconds or time.monotonic() - began, began))
    return raw


async def _pause(scene: Scene, url: str, wanted: float) -> None:
    """The distance between two requests to a public server, more where its robots.txt asks for more."""
    parts = urlsplit(url)
    try:
        found = await scene.transport.resolver.addresses(parts.hostname or "")
    except (NoSuchHost, Refused):
        return
    delay = scene.options.public_delay if any(is_public(a) for a in found) else 0.0
    delay = max(delay, min(wanted, scene.options.longest_crawl_delay))
    last = max((e.began for e in scene.ledger.entries), default=0.0)
    await asyncio.sleep(max(0.0, last + delay - time.monotonic()))


def head(raw: Raw, name: str) -> str:
    """A header of the answer by its name in small letters, "" when it is not there."""
    return next((v for k, v in raw.headers if k.lower() == name), "")


def _other_scheme(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(scheme="http" if parts.scheme == "https" else "https"))
