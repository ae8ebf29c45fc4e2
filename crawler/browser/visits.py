"""Opening several pages one after another in the audit's browser, each within its time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from core.page import Outcome
from crawler.browser.asking import NoAnswer

if TYPE_CHECKING:
    from crawler.browser.session import Browser, Device, Opened, Sheet

T = TypeVar("T")
#: Seconds for opening and measuring one page.
PAGE = 30.0


@dataclass(frozen=True, slots=True)
class Visited(Generic[T]):
    """A page that was asked for: ``result`` when it could be measured, else ``outcome`` and ``error`` say why."""

    url: str
    final_url: str = ""
    outcome: Outcome = Outcome.ERROR
    error: str = ""
    result: T | None = None


async def visit_each(
    browser: Browser,
    device: Device,
    urls: Iterable[str],
    measure: Callable[[Sheet, Opened], Awaitable[T]],
    *,
    seconds: float,
    prepare: Callable[[Sheet], Awaitable[None]] | None = None,
    settle: bool = True,
) -> list[Visited[T]]:
    """Measures pages in one profile, until ``seconds`` have gone by; what broke one page does not reach the next.

    The first page is tried however little time there is. ``prepare`` is called for every new profile.
    """
    from crawler.browser.session import BrowserFailed

    until = time.monotonic() + seconds
    done: list[Visited[T]] = []
    waiting = list(dict.fromkeys(urls))
    while waiting and (not done or time.monotonic() < until):
        async with AsyncExitStack() as profile:
            try:
                limit = max(5.0, until - time.monotonic()) + 5.0
                sheet = await profile.enter_async_context(browser.page(device, limit=limit))
                if prepare is not None:
                    await prepare(sheet)
                while waiting and (not done or time.monotonic() < until):
                    url = waiting.pop(0)
                    done.append(Visited(url))
                    left = min(PAGE, max(5.0, until - time.monotonic()))
                    done[-1] = await asyncio.wait_for(_one(sheet, url, measure, left, settle), left + 2.0)
            except (BrowserFailed, NoAnswer, TimeoutError) as error:
                if not done:
                    return [Visited(url, error=str(error)) for url in waiting[:1]]
                said = str(error) or "the page took too long"
                if done[-1].result is None and not done[-1].error:
                    outcome = Outcome.TIMEOUT if isinstance(error, TimeoutError) else Outcome.ERROR
                    done[-1] = Visited(done[-1].url, outcome=outcome, error=said)
                if browser.error:
                    break
    return done


async def _one(
    sheet: Sheet, url: str, measure: Callable[[Sheet, Opened], Awaitable[T]], left: float, settle: bool
) -> Visited[T]:
    opened = await sheet.open(url, settle=settle, timeout=left)
    if opened.outcome is not Outcome.OK:
        return Visited(url, opened.final_url, opened.outcome, opened.error or str(opened.outcome))
    return Visited(url, opened.final_url, Outcome.OK, "", await measure(sheet, opened))
