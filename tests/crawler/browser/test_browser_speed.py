"""The browser's own timeline: what it says of a quick page and of a slow one, compared within one run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.browser.speed import Load, Meter, blocked, median, meter
from tests.crawler.browser.tabs import Tabs, needs_browser, tabs
from tests.crawler.little import LittlePortal

PROSE = "<p>" + " ".join(["Thông tin chỉ đạo, điều hành của tỉnh Liên Sơn"] * 20) + "</p>"
BLOCK = (
    "<script>addEventListener('load', () => requestAnimationFrame(() => setTimeout(() => {"
    " const end = performance.now() + 1000; while (performance.now() < end); }, 50)))</script>"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Tabs]:
    with tabs() as running:
        yield running


def load(browser: Tabs, url: str) -> Load:
    made: list[Meter] = []

    async def ready(tab: object) -> None:
        made.append(await meter(tab))  # type: ignore[arg-type]

    async def read(tab: object) -> Load:
        return await made[0].read()

    return browser.measure(url, read, first=ready)


@needs_browser
def test_a_blocking_script_shows_in_tbt_and_a_heavy_page_in_bytes(browser: Tabs, portal: LittlePortal) -> None:
    portal.pages["/"] = f"<h1>Cổng</h1>{PROSE}"
    portal.pages["/cham"] = f"<h1>Cổng</h1>{PROSE}<!--{'x' * 200_000}-->{BLOCK}"
    quick, slow = load(browser, portal.url), load(browser, f"{portal.url}cham")
    assert quick.tbt is not None and slow.tbt is not None
    assert slow.tbt > quick.tbt + 500
    assert slow.bytes > 200_000 > quick.bytes > 0
    for one in (quick, slow):
        assert one.fcp is not None and one.lcp is not None
        assert 0 < one.fcp <= one.lcp


@needs_browser
def test_a_page_that_paints_nothing_has_no_figures(browser: Tabs, portal: LittlePortal) -> None:
    portal.pages["/"] = "<!doctype html><title>Trống</title>"
    empty = load(browser, portal.url)
    assert (empty.fcp, empty.lcp, empty.tbt) == (None, None, None)


def test_only_what_is_beyond_fifty_milliseconds_after_the_first_paint_blocks() -> None:
    assert blocked([(0, 400)], fcp=500) == 0
    assert blocked([(400, 300)], fcp=500) == 150
    assert blocked([(600, 40), (700, 90), (900, 150)], fcp=500) == 140


def test_the_median_of_three_loads() -> None:
    loads = [Load(900, 1500, 10, 100), Load(300, 700, 0, 100), Load(400, None, 30, 120)]
    assert median(loads) == Load(400, 1100, 10, 100)
    assert median([Load(1, None, 0, 1), Load(1, None, 0, 1), Load(1, 9, 0, 1)]).lcp is None
