"""A real Chromium for tests of what is measured in a page; skipped with the reason where there is none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from crawler.browser.device import DESKTOP, PHONE, Device
from crawler.browser.find import find_browser
from tests.browsers import needs_browser

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

__all__ = ["Tabs", "needs_browser", "tabs"]

T = TypeVar("T")
Measure = Callable[["Page"], Awaitable[T]]


class Tabs:
    """A browser, and a loop of its own to drive it."""

    def __init__(self, runner: asyncio.Runner, browser: Browser) -> None:
        self._runner = runner
        self._browser = browser

    def measure(
        self, page: str, measure: Measure[T], device: Device = DESKTOP, first: Callable[[Page], Any] | None = None
    ) -> T:
        """What ``measure`` says of a page: an address, or the page itself. ``first`` sees it while it is empty."""

        async def one() -> T:
            context = await self._browser.new_context(**device.context(device.agent("156")))
            try:
                tab = await context.new_page()
                if first is not None:
                    await first(tab)
                if page.startswith("http"):
                    await tab.goto(page)
                else:
                    await tab.set_content(page)
                return await measure(tab)
            finally:
                await context.close()

        return self._runner.run(one())

    def on_phone(self, page: str, measure: Measure[T]) -> T:
        return self.measure(page, measure, PHONE)


@contextmanager
def tabs() -> Iterator[Tabs]:
    """A running browser; ended in the end."""
    from playwright.async_api import async_playwright

    found = find_browser()
    assert found is not None
    with asyncio.Runner() as runner:
        driver = runner.run(async_playwright().start())
        browser = runner.run(
            driver.chromium.launch(
                executable_path=str(found.path),
                args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
            )
        )
        try:
            yield Tabs(runner, browser)
        finally:
            runner.run(browser.close())
            runner.run(driver.stop())
