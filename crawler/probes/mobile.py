"""Does the portal work on a phone? Home page and pages of main sections on screens 390 and 360 pixels wide."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.page import Page
from crawler.browser.asking import NoAnswer
from crawler.browser.choice import section_pages
from crawler.browser.mobile import Look, Signature, data_address, look, picture, separate, signature, turn
from crawler.browser.visits import MARGIN, Visited, in_time, visit_each
from crawler.extract.citizens import is_qa
from crawler.extract.people import people
from crawler.extract.scrub import HIDDEN
from crawler.probes.scene import Scene

if TYPE_CHECKING:
    from crawler.browser.session import Opened, Sheet

#: Seconds for the whole probe, and those after which no further page is begun.
LIMIT, ENOUGH = 60.0, 40.0
#: Pages measured, the home page among them.
PAGES = 5
#: Screens measured, in CSS pixels: most phones of today, and small ones.
WIDTHS = (390, 360)
#: Pictures kept: the home page, and the page that runs over the screen furthest.
_PICTURES = 2
_FIRST_SCREEN = """() => {
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (lines.length < 400 && walker.nextNode()) {
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    if (box.height && box.top < innerHeight && box.bottom > 0) lines.push(walker.currentNode.data.trim().slice(0, 300));
  }
  return { lines };
}"""


@dataclass(frozen=True, slots=True)
class Phone:
    """One page on both screens, what it is built of, and its first screen as JPEG (empty: not kept)."""

    wide: Look
    narrow: Look | None
    built: Signature | None
    picture: bytes = b""

    @property
    def past(self) -> int:
        return max(self.wide.past, self.narrow.past if self.narrow is not None else 0)


async def probe(scene: Scene) -> dict[str, Any]:
    """``mobile.*``; nothing without a browser. ``mobile.outcome`` is "measured" or why the home page was not."""
    if scene.browser is None or scene.evidence.home is None:
        return {}
    return await in_time(_measured(scene), min(LIMIT, scene.left) - MARGIN, "mobile")


async def _measured(scene: Scene) -> dict[str, Any]:
    assert scene.browser is not None and scene.evidence.home is not None
    from crawler.browser.session import DESKTOP, PHONE

    chosen = {scene.url: scene.evidence.home}
    chosen |= {p.url: p for p in section_pages(scene.evidence, PAGES - 1)}

    async def measure(sheet: Sheet, opened: Opened) -> Phone:
        page = chosen.get(opened.final_url) or next((p for p in chosen.values() if opened.final_url in p.aliases), None)
        return await _on_phone(sheet, page, opened.final_url)

    async def build(sheet: Sheet, opened: Opened) -> Signature:
        return await signature(sheet.page)

    seen = await visit_each(scene.browser, PHONE, chosen, measure, seconds=min(ENOUGH, scene.left))
    if not seen or seen[0].result is None:
        return {"mobile.outcome": str(seen[0].outcome) if seen else "error"}
    desktop = await visit_each(scene.browser, DESKTOP, [scene.url], build, seconds=min(10.0, scene.left))
    return _facts(seen, desktop[0] if desktop else None)


async def _on_phone(sheet: Sheet, page: Page | None, url: str) -> Phone:
    tab = sheet.page
    wide = await look(tab, WIDTHS[0])
    built = await signature(tab)
    taken = await picture(tab) if page is not None and await _may_be_shown(sheet, page, url) else b""
    try:
        await turn(tab, WIDTHS[1])
        narrow = await look(tab, WIDTHS[1], turned=True)
        await turn(tab, WIDTHS[0])
    except NoAnswer:
        return Phone(wide, None, built, taken)
    return Phone(wide, narrow, built, taken)


async def _may_be_shown(sheet: Sheet, page: Page, url: str) -> bool:
    """Whether it is no page of questions or complaints, and nobody who asked is named on the first screen."""
    if page.depth and (is_qa(page) or HIDDEN in page.text):
        return False
    from crawler.browser.asking import ask

    try:
        found = await ask(sheet.page, _FIRST_SCREEN)
    except NoAnswer:
        return False
    lines = found.get("lines")
    text = "\n".join(line for line in lines if isinstance(line, str)) if isinstance(lines, list) else ""
    shown = dataclasses.replace(page, url=url, text=text, headings=(), fields=(), tables=(), forms=(), items=())
    return not is_qa(shown) and not people(text, everywhere=False)


def _facts(seen: Sequence[Visited[Phone]], desktop: Visited[Signature] | None) -> dict[str, Any]:
    pairs = [(v, v.result) for v in seen if v.result is not None]
    phones = [p for _, p in pairs]
    home, first = pairs[0]
    narrow = [p.narrow for p in phones if p.narrow is not None]
    whole = len(narrow) == len(phones)
    other = desktop.result if desktop is not None else None
    twin = separate(home.final_url, desktop.final_url, first.built, other) if desktop and desktop.final_url else None
    return {
        "mobile.outcome": "measured",
        "mobile.viewport": all(p.wide.viewport for p in phones),
        "mobile.overflow_390": max(p.wide.overflow for p in phones),
        "mobile.clipped_390": max(p.wide.clipped for p in phones),
        "mobile.overflow_360": max(n.overflow for n in narrow) if whole else None,
        "mobile.clipped_360": max(n.clipped for n in narrow) if whole else None,
        "mobile.text_small_share": _text([p.wide for p in phones]),
        "mobile.tap_small_share": _taps([p.wide for p in phones]),
        "mobile.tap_under_48_share": _share([(p.wide.under_48, p.wide.targets) for p in phones]),
        "mobile.separate": twin,
        "mobile.pages": [_row(v) for v in seen],
        "mobile.screenshots": _pictures(pairs),
    }


def _row(visited: Visited[Phone]) -> dict[str, Any]:
    row: dict[str, Any] = {"url": visited.final_url or visited.url, "outcome": str(visited.outcome)}
    if visited.result is None:
        return {**row, "error": visited.error}
    wide, narrow = visited.result.wide, visited.result.narrow
    return {
        **row,
        "viewport": wide.viewport,
        "past_390": wide.past,
        "past_360": narrow.past if narrow is not None else None,
        "culprit": wide.culprit or (narrow.culprit if narrow is not None else ""),
        "text_small_share": _text([wide]),
        "tap_small_share": _taps([wide]),
    }


def _pictures(pairs: Sequence[tuple[Visited[Phone], Phone]]) -> list[dict[str, Any]]:
    """The home page first, then the page that runs furthest over the screen."""
    worst = sorted(pairs[1:], key=lambda pair: -pair[1].past)
    kept = [pair for pair in (*pairs[:1], *worst) if pair[1].picture][:_PICTURES]
    return [{"url": v.final_url, "width": WIDTHS[0], "data": data_address(p.picture)} for v, p in kept]


def _text(looks: Sequence[Look]) -> float | None:
    """The share of text that is small; None where there is none (a frameset: frames are not looked into)."""
    return _share([(k.small_chars, k.chars) for k in looks])


def _taps(looks: Sequence[Look]) -> float | None:
    """The share of targets that are small; none to tap is no fault on a page with text."""
    share = _share([(k.small_targets, k.targets) for k in looks])
    return 0.0 if share is None and any(k.chars for k in looks) else share


def _share(counted: Sequence[tuple[int, int]]) -> float | None:
    total = sum(of for _, of in counted)
    return round(sum(part for part, _ in counted) / total, 4) if total else None
