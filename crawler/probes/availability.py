"""Does the portal go on answering: the home page a few times, some seconds apart, and the times of the whole crawl."""

from __future__ import annotations

import asyncio
import datetime as dt
from typing import Any

from core.page import Outcome
from crawler.guard import is_public
from crawler.probes.asking import ask
from crawler.probes.names import addresses
from crawler.probes.scene import Scene
from crawler.transport import FetchFailed

#: Times the home page is asked for.
TIMES = 3
#: Seconds between them on the internet, and on a private network.
APART = 2.0
APART_PRIVATE = 0.1
#: The portal's own silence; what we may not or cannot ask says nothing.
_DOWN = frozenset({Outcome.TIMEOUT, Outcome.REFUSED, Outcome.SERVER_ERROR, Outcome.TLS})


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``availability.share`` (0 to 1 of the requests answered, None when none could be made),
    ``availability.checks``, ``availability.hours`` (how long the portal was watched, crawl included), and
    ``availability.p50_ms``, ``availability.p95_ms`` (response times of the crawl)."""
    apart = APART if any(is_public(a) for a in await addresses(scene)) else APART_PRIVATE
    answers: list[bool] = []
    for turn in range(TIMES):
        if turn:
            await asyncio.sleep(apart)
        try:
            answers.append((await ask(scene, scene.url)).status < 500)
        except FetchFailed as failed:
            if failed.outcome in _DOWN:
                answers.append(False)
    watched = (dt.datetime.now(dt.UTC) - scene.ledger.started_at).total_seconds() / 3600
    return {
        "availability.share": round(sum(answers) / len(answers), 4) if answers else None,
        "availability.checks": len(answers),
        "availability.hours": round(watched, 3),
        "availability.p50_ms": scene.ledger.percentile_ms(0.50),
        "availability.p95_ms": scene.ledger.percentile_ms(0.95),
    }
