"""Can people with disabilities use the portal? axe-core and a watch for moving text, on home and one section."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from crawler.browser.axe import SHARES, Fault, Inspection, inspect, points, share
from crawler.browser.choice import section_pages
from crawler.browser.visits import Visited, visit_each
from crawler.probes.scene import Scene

if TYPE_CHECKING:
    from crawler.browser.session import Opened, Sheet

#: Seconds for the whole probe, and for one page.
LIMIT, ENOUGH = 60.0, 45.0


async def probe(scene: Scene) -> dict[str, Any]:
    """``a11y.*``; nothing without a browser. ``a11y.outcome`` is "measured" or why the home page was not."""
    if scene.browser is None or scene.evidence.home is None:
        return {}
    browser = scene.browser
    from crawler.browser.session import DESKTOP

    async def measure(sheet: Sheet, opened: Opened) -> Inspection:
        return await inspect(sheet.page)

    async def one(url: str) -> list[Visited[Inspection]]:
        return await visit_each(browser, DESKTOP, [url], measure, seconds=min(ENOUGH, scene.left))

    urls = [scene.url, *(p.url for p in section_pages(scene.evidence, 1))]
    # Both at once: most of the time is spent watching whether text moves.
    seen = [v for listed in await asyncio.gather(*map(one, urls)) for v in listed]
    if not seen or seen[0].result is None:
        return {"a11y.outcome": str(seen[0].outcome) if seen else "error"}
    return _facts(seen)


def _facts(seen: list[Visited[Inspection]]) -> dict[str, Any]:
    pages = [v.result for v in seen if v.result is not None]
    moving = [_moving(p) for p in pages]
    facts: dict[str, Any] = {f"a11y.{part}": share(pages, part) for part in SHARES}
    return facts | {
        "a11y.outcome": "measured",
        "a11y.headings": round(sum(p.headings > 0 for p in pages) / len(pages), 4),
        "a11y.moving": None if None in moving else sum(m or 0 for m in moving),
        "a11y.movers": list(dict.fromkeys(name for p in pages for name in p.movers)),
        "a11y.violations": _violations(pages),
        "a11y.axe": pages[0].version,
        "a11y.pages": [
            {"url": v.url, "outcome": str(v.outcome), "moving": _moving(v.result) if v.result else None} for v in seen
        ],
    }


def _moving(page: Inspection) -> int | None:
    """What moves or blinks; a blink element counts although today's browsers leave it still."""
    if page.moving is None:
        return None
    return page.moving + sum(f.nodes for f in page.faults if f.rule == "blink")


def _violations(pages: list[Inspection]) -> list[dict[str, Any]]:
    """Broken rules of all pages, by point of the circular, the most frequent first."""
    found: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for page in pages:
        for fault in page.faults:
            found[fault.point, fault.rule].append(fault)
    listed = [
        {
            "point": point,
            "rule": rule,
            "vi": points()[rule]["vi"],
            "en": points()[rule]["en"],
            "impact": faults[0].impact,
            "nodes": sum(f.nodes for f in faults),
            "pages": len(faults),
            "examples": [e for f in faults for e in f.examples][:3],
        }
        for (point, rule), faults in found.items()
    ]
    return sorted(listed, key=lambda v: (v["point"], -v["nodes"], v["rule"]))
