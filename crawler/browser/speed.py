"""How fast a page loads here: FCP, LCP, TBT and bytes, from the browser's own timeline.

FCP and LCP are the moments of the first and the largest contentful paint. TBT is, as in Lighthouse, the time beyond
50 ms of every long task after FCP, here until the page has rested for a second after its load. Bytes are those that
came over the network, heads included. Nothing is slowed down on purpose. Speed Index is not measured: it needs a film
of the load.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.browser.asking import NoAnswer, ask, count, number, script, words

if TYPE_CHECKING:
    from playwright.async_api import CDPSession
    from playwright.async_api import Page as Tab

#: A task is long beyond so many milliseconds.
LONG = 50.0
#: Seconds without a long task after the load at which the measure ends, and at which it ends anyway.
REST, LONGEST = 1.0, 8.0
#: Seconds after which an answer is slow.
_BUSY = 0.1
_READ = "() => window.__decree43_speed ? window.__decree43_speed() : {}"


@dataclass(frozen=True, slots=True)
class Load:
    """One load with an empty cache. Milliseconds since it began; None for what the timeline does not say."""

    fcp: float | None
    lcp: float | None
    tbt: float | None
    bytes: int


class Meter:
    """Watches one load: made before the page is opened, read after it."""

    def __init__(self, tab: Tab, session: CDPSession) -> None:
        self._tab = tab
        self._session = session
        self._bytes = 0
        session.on("Network.loadingFinished", self._came)

    def _came(self, event: dict[str, Any]) -> None:
        self._bytes += count(event.get("encodedDataLength"))

    async def read(self) -> Load:
        """The figures, once the page has rested. Raises NoAnswer."""
        until = time.monotonic() + LONGEST
        known, since = -1, time.monotonic()
        while True:
            asked = time.monotonic()
            seen = await ask(self._tab, _READ)
            now = time.monotonic()
            tasks = _tasks(seen.get("tasks"))
            # A slow answer comes from a busy page, which tells of its long task only a moment later.
            if not seen.get("load") or len(tasks) != known or now - asked > _BUSY:
                known, since = len(tasks), now
            if now >= until or now - since >= REST:
                break
            await asyncio.sleep(0.2)
        fcp, lcp = number(seen.get("fcp")) or None, number(seen.get("lcp")) or None
        tbt = None if fcp is None else blocked(tasks, fcp)
        return Load(fcp, max(lcp, fcp or 0) if lcp else None, tbt, self._bytes)


async def meter(tab: Tab) -> Meter:
    """Gets an empty page ready to be measured. Raises NoAnswer."""
    from playwright.async_api import Error

    try:
        await tab.add_init_script(script("speed"))
        session = await tab.context.new_cdp_session(tab)
        made = Meter(tab, session)
        await session.send("Network.enable")
    except Error as error:
        raise NoAnswer(words(str(error), 200)) from None
    return made


def blocked(tasks: Sequence[tuple[float, float]], fcp: float) -> float:
    """Milliseconds beyond 50 of every long task (start, duration); of one that began before FCP its part after it."""
    total = 0.0
    for start, took in tasks:
        after = took if start >= fcp else start + took - fcp
        total += max(0.0, after - LONG)
    return total


def median(loads: Sequence[Load]) -> Load:
    """The middle of each figure; None where fewer than half of the loads had it."""

    def middle(values: Sequence[float | None]) -> float | None:
        known = [v for v in values if v is not None]
        return statistics.median(known) if len(known) * 2 > len(values) else None

    return Load(
        middle([x.fcp for x in loads]),
        middle([x.lcp for x in loads]),
        middle([x.tbt for x in loads]),
        round(middle([float(x.bytes) for x in loads]) or 0),
    )


def _tasks(value: object) -> list[tuple[float, float]]:
    listed = value[:2000] if isinstance(value, list) else []
    return [(number(t[0]), number(t[1])) for t in listed if isinstance(t, list) and len(t) == 2]
