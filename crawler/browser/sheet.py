"""One page in the browser: opened, settled, and why it broke when it did."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from core.page import Outcome
from crawler.answers import by_status
from crawler.browser.access import hidden, present
from crawler.browser.device import Device
from crawler.browser.proxy import MARK
from crawler.browser.quiet import Quiet
from crawler.ledger import Entry

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Response

    from crawler.browser.session import Browser

#: Seconds an address may take to answer, and its scripts to come to rest.
ANSWER, REST = 30.0, 10.0
#: Not asked for when pages are only read.
_NOT_READ = tuple(
    f"*.{end}{tail}"
    for end in ("png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "svg", "woff", "woff2", "ttf", "otf", "mp3", "mp4")
    for tail in ("", "?*")
)
_NET = {
    "ERR_NAME_NOT_RESOLVED": Outcome.DNS,
    "ERR_CONNECTION_REFUSED": Outcome.REFUSED,
    "ERR_CONNECTION_RESET": Outcome.REFUSED,
    "ERR_CONNECTION_CLOSED": Outcome.REFUSED,
    "ERR_EMPTY_RESPONSE": Outcome.REFUSED,
    "ERR_TOO_MANY_REDIRECTS": Outcome.BAD_REDIRECT,
    "ERR_TIMED_OUT": Outcome.TIMEOUT,
    "ERR_CONNECTION_TIMED_OUT": Outcome.TIMEOUT,
    "ERR_SSL_PROTOCOL_ERROR": Outcome.TLS,
    "ERR_ABORTED": Outcome.NOT_HTML,  # a download
}


class BrowserFailed(Exception):
    """There is no browser, or the page crashed, hung or ran over its time; the text says which."""


@dataclass(frozen=True, slots=True)
class Opened:
    """How opening an address ended. ``status`` is that of the document; ``seconds`` until it came to rest."""

    outcome: Outcome
    status: int | None
    final_url: str
    seconds: float
    error: str = ""


class Sheet:
    """A page of its own: ``page`` is playwright's Page, ``device`` what it is shown on."""

    def __init__(self, browser: Browser, page: Page, device: Device, limit: float) -> None:
        self.page = page
        self.device = device
        self.browser = browser
        #: Why the page broke; "" while it is whole.
        self.broken = ""
        self.quiet = Quiet(page)
        self.deadline = time.monotonic() + limit
        self._began: dict[Request, float] = {}

    async def prepare(self, *, images: bool) -> None:
        """Closes the doors: dialogs and downloads are dismissed by playwright itself, windows here."""
        page, context = self.page, self.page.context
        context.on("page", lambda other: asyncio.ensure_future(_close(other)) if other is not page else None)
        page.on("crash", lambda _: self._crashed())
        page.on("request", self._asked)
        page.on("requestfinished", lambda request: self._ended(request, Outcome.OK))
        page.on("requestfailed", lambda request: self._ended(request, Outcome.ERROR))
        self.browser.fetched.listen(page)
        page.set_default_timeout(ANSWER * 1000)
        await present(page, self.browser.options.access)
        if not images:
            session = await context.new_cdp_session(page)
            await session.send("Network.enable")
            await session.send("Network.setBlockedURLs", {"urls": list(_NOT_READ)})

    def extend(self, limit: float) -> None:
        """So many seconds from now, for a page that is used again."""
        self.deadline = time.monotonic() + limit

    async def open(self, url: str, *, settle: bool = True, timeout: float = ANSWER) -> Opened:
        """Goes to an address and waits until its scripts have come to rest; raises BrowserFailed when it breaks.

        An address that does not answer is no error: the outcome says what happened.
        """
        from playwright.async_api import Error, TimeoutError

        began = time.monotonic()
        timeout = max(1.0, min(timeout, self.deadline - began))
        answer: Response | None = None
        outcome, words = Outcome.OK, ""
        try:
            answer = await self._goto(url, timeout)
        except TimeoutError:
            outcome, words = Outcome.TIMEOUT, "no answer in time"
        except Error as error:
            chromium = self.page.context.browser
            if self.page.is_closed() or chromium is None or not chromium.is_connected():
                self.broken = self.broken or "the browser died"
            if self.broken:
                raise BrowserFailed(self.broken) from error
            outcome, words = self._named(str(error), url)
        if answer is not None:
            said = answer.headers.get(MARK.lower(), "")
            outcome = Outcome(said) if said else by_status(answer.status)
            words = "" if outcome is Outcome.OK else f"HTTP {answer.status}"
        if outcome is Outcome.OK and settle:
            await self.settle()
            await self.browser.fetched.settled()
        if self.broken:
            raise BrowserFailed(self.broken)
        ours = answer is not None and MARK.lower() in answer.headers
        status = answer.status if answer is not None and not ours else None
        return Opened(outcome, status, self.page.url, time.monotonic() - began, words)

    async def _goto(self, url: str, timeout: float) -> Response | None:
        from playwright.async_api import Error

        for _ in range(3):
            try:
                return await self.page.goto(url, wait_until="domcontentloaded", timeout=timeout * 1000)
            except Error as error:
                if "interrupted by another navigation" not in str(error) or self.broken:
                    raise
                await asyncio.sleep(0.1)  # the error page of the address before this one was still on its way
        return await self.page.goto(url, wait_until="domcontentloaded", timeout=timeout * 1000)

    async def settle(self, most: float = REST) -> bool:
        """Waits until nothing is on its way and nothing on the page changes; False when it never rests."""
        from playwright.async_api import Error

        most = max(0.5, min(most, self.deadline - time.monotonic()))
        try:
            return await asyncio.wait_for(self.quiet.wait(most), most + 2.0)
        except (TimeoutError, Error) as error:
            if self.broken:
                raise BrowserFailed(self.broken) from error
            return False

    async def evaluate(self, script: str, argument: Any = None, timeout: float = 10.0) -> Any:
        """What a script of ours answers on the page; raises BrowserFailed when it does not."""
        from playwright.async_api import Error

        try:
            answer = await asyncio.wait_for(self.page.evaluate(script, argument), timeout)
            return hidden(answer, self.browser.options.access)
        except TimeoutError:
            raise BrowserFailed(self.broken or "the page's scripts never rest") from None
        except Error as error:
            raise BrowserFailed(self.broken or str(error).splitlines()[0][:200]) from error

    def _named(self, said: str, url: str) -> tuple[Outcome, str]:
        parts = urlsplit(url)
        known = self.browser.proxy.failures.get(f"{parts.hostname}:{parts.port or 443}")
        if known is not None and parts.scheme == "https":
            return known
        for code, outcome in _NET.items():
            if code in said:
                return outcome, code
        return Outcome.ERROR, said.splitlines()[0][:200] if said else "an error"

    def _crashed(self) -> None:
        self.broken = self.broken or "the page crashed the browser"

    def _asked(self, request: Request) -> None:
        self._began[request] = time.monotonic()
        if request.url.startswith("https:"):
            self.browser.ledger.open(part=True)

    def _ended(self, request: Request, outcome: Outcome) -> None:
        """What went through a tunnel: the proxy sees no more of it than how much it was."""
        began = self._began.pop(request, None)
        if began is None or not request.url.startswith("https:"):
            return
        seconds = time.monotonic() - began
        entry = Entry(request.url, request.method, outcome, None, 0, seconds, began, part=True)
        self.browser.ledger.close(entry)

    def forget(self) -> None:
        """Requests still under way at the end of the page have ended with it."""
        for request in list(self._began):
            self._ended(request, Outcome.ERROR)


async def _close(window: Page) -> None:
    with contextlib.suppress(Exception):  # it may have closed itself
        await window.close()
