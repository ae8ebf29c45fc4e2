"""How fast do pages load here? FCP, LCP, TBT and bytes of home and one section, the median of three loads each."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from core.page import Outcome
from crawler.browser.asking import NoAnswer
from crawler.browser.choice import section_pages
from crawler.browser.speed import Load, Meter, median, meter
from crawler.browser.visits import visit_each
from crawler.probes.scene import Scene

if TYPE_CHECKING:
    from crawler.browser.session import Opened, Sheet

#: Seconds for the whole probe, and those after which no further load is begun.
LIMIT, ENOUGH = 60.0, 40.0
#: Loads of each page, each with an empty cache.
RUNS = 3
_FIGURES = ("fcp", "lcp", "tbt")


async def probe(scene: Scene) -> dict[str, Any]:
    """``perf.*`` of the slower page, figure by figure; nothing without a browser.

    ``perf.outcome`` is "measured" or why the home page was not.
    """
    if scene.browser is None or scene.evidence.home is None:
        return {}
    until = time.monotonic() + min(ENOUGH, scene.left)
    urls = [scene.url, *(p.url for p in section_pages(scene.evidence, 1))]
    loads: dict[str, list[Load]] = {url: [] for url in urls}
    outcome = Outcome.ERROR
    # The pages by turns, so that a busy minute does not fall upon one of them alone.
    for _ in range(RUNS):
        for url in urls:
            if loads[scene.url] and time.monotonic() >= until:
                break
            outcome, load = await _load(scene, url, max(5.0, until - time.monotonic()))
            if load is not None:
                loads[url].append(load)
            elif url == scene.url:
                return {"perf.outcome": str(outcome)}
    # Fewer loads than wanted say less than none of the second page, and are told for the home page.
    middle = {url: median(done) for url, done in loads.items() if done and (url == scene.url or len(done) == RUNS)}
    facts: dict[str, Any] = {
        f"perf.{name}_ms": _worst([getattr(m, name) for m in middle.values()]) for name in _FIGURES
    }
    return facts | {
        "perf.outcome": "measured",
        "perf.bytes": max(m.bytes for m in middle.values()),
        "perf.runs": len(loads[scene.url]),
        "perf.pages": [
            {"url": url, **{f"{name}_ms": _rounded(getattr(m, name)) for name in _FIGURES}, "bytes": m.bytes}
            for url, m in middle.items()
        ],
    }


async def _load(scene: Scene, url: str, seconds: float) -> tuple[Outcome, Load | None]:
    """One load in a profile of its own."""
    from crawler.browser.session import DESKTOP

    assert scene.browser is not None
    meters: list[Meter] = []

    async def prepare(sheet: Sheet) -> None:
        meters.append(await meter(sheet.page))

    async def measure(sheet: Sheet, opened: Opened) -> Load:
        if not meters:
            raise NoAnswer("the page could not be measured")
        return await meters[-1].read()

    seen = await visit_each(scene.browser, DESKTOP, [url], measure, seconds=seconds, prepare=prepare, settle=False)
    return (seen[0].outcome, seen[0].result) if seen else (Outcome.ERROR, None)


def _worst(values: list[float | None]) -> int | None:
    known = [v for v in values if v is not None]
    return round(max(known)) if known and len(known) == len(values) else None


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)
