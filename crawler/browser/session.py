"""One Chromium for one audit: launched at the first page, behind our proxy, ended on every path."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from crawler.browser.device import DESKTOP, PHONE, PHONE_SMALL, Device
from crawler.browser.fetched import Fetched
from crawler.browser.find import Found, find_browser
from crawler.browser.flags import SANDBOX, arguments, environment, sandboxed
from crawler.browser.processes import descendants, end, family, marked
from crawler.browser.proxy import Places, Proxy
from crawler.browser.sheet import BrowserFailed, Opened, Sheet
from crawler.browser.watch import watch
from crawler.ledger import Ledger
from crawler.options import CrawlOptions
from crawler.transport import Transport

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import BrowserContext, Playwright

__all__ = ["DESKTOP", "PHONE", "PHONE_SMALL", "Browser", "BrowserFailed", "Device", "Opened", "Sheet"]

#: Seconds for the start of the browser, and for each polite way of ending something before it is ended by force.
LAUNCH, POLITE = 25.0, 4.0
#: Launches after which a browser that keeps dying is left alone.
LAUNCHES = 4

log = logging.getLogger("decree43.browser")


class Browser:
    """Chromium for one audit.

    ``page`` gives a fresh, empty profile each time. Every way out goes through the audit's guard, resolver
    and ledger. A page that allocates without end loses its process; one that runs over its time is closed,
    and the whole browser is ended when it does not close. The next page then starts a new one.
    """

    def __init__(
        self,
        transport: Transport,
        ledger: Ledger,
        options: CrawlOptions,
        *,
        places: Places | None = None,
        found: Found | None = None,
    ) -> None:
        self.options = options
        self.ledger = ledger
        self.found = found or find_browser()
        self.proxy = Proxy(transport, ledger, options, places=places)
        self.fetched = Fetched(transport)
        #: Why it cannot be used; "" while it can.
        self.error = "" if self.found is not None else "no browser was found on this machine"
        #: Whether a page was opened at all.
        self.used = False
        self._driver: Playwright | None = None
        self._chromium: Chromium | None = None
        self._mark = ""
        self._watch: asyncio.Task[None] | None = None
        self._timers: set[asyncio.Task[None]] = set()
        self._launches = 0
        self._closed = False
        self._lock = asyncio.Lock()

    @property
    def version(self) -> str:
        """``chromium 156.0.8078.79``; "" without a browser."""
        return self.found.name if self.found is not None else ""

    @property
    def facts(self) -> dict[str, Any]:
        """``browser.version``, ``browser.used``, ``browser.error``."""
        return {"browser.version": self.version or None, "browser.used": self.used, "browser.error": self.error or None}

    @asynccontextmanager
    async def page(self, device: Device = DESKTOP, *, limit: float = 60.0, images: bool = True) -> AsyncIterator[Sheet]:
        """A page of its own for ``limit`` seconds; raises BrowserFailed when there is no browser.

        What is awaited on ``sheet.page`` raises playwright's Error when the page crashes or runs over its time;
        at the end of the block that error becomes BrowserFailed with the reason in ``sheet.broken``.
        ``images=False`` leaves pictures, fonts, sounds and films out.
        """
        from playwright.async_api import Error

        chromium = await self._ready()
        context: BrowserContext | None = None
        timer: asyncio.Task[None] | None = None
        sheet: Sheet | None = None
        try:
            try:
                context = await asyncio.wait_for(self._context(chromium, device), LAUNCH)
                sheet = Sheet(self, await asyncio.wait_for(context.new_page(), LAUNCH), device, limit)
                await asyncio.wait_for(sheet.prepare(images=images), LAUNCH)
            except (Error, TimeoutError) as error:
                await self._kill()
                raise BrowserFailed(f"the browser gave no page: {_first_line(error)}") from error
            timer = asyncio.ensure_future(self._cut(sheet, context, limit))
            self._timers.add(timer)
            timer.add_done_callback(self._timers.discard)
            self.used = True
            yield sheet
        except Error as error:
            if sheet is not None and sheet.broken:
                raise BrowserFailed(sheet.broken) from error
            raise BrowserFailed(_first_line(error)) from error
        finally:
            if timer is not None:
                timer.cancel()
            if sheet is not None:
                sheet.forget()
            if context is not None:
                await self._end_of(context)

    async def _context(self, chromium: Chromium, device: Device) -> BrowserContext:
        context = await chromium.new_context(
            **device.context(self._agent(device)),
            accept_downloads=False,
            ignore_https_errors=True,  # a certificate error is a finding of its own, and the audit goes on
            service_workers="block",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            permissions=[],
        )
        # Whatever is asked for is refused: an empty list of permissions turns all of them off.
        await context.grant_permissions([])
        return context

    def _agent(self, device: Device) -> str:
        assert self.found is not None
        return f"{device.agent(self.found.version)} {self.options.user_agent}"

    async def _cut(self, sheet: Sheet, context: BrowserContext, limit: float) -> None:
        while (left := sheet.deadline - time.monotonic()) > 0:  # a page that is used again gets more time
            await asyncio.sleep(left)
        sheet.broken = sheet.broken or f"the page was cut off after {limit:.0f} s"
        await self._end_of(context)

    async def _end_of(self, context: BrowserContext) -> None:
        """Closes a profile; a browser that does not answer is ended."""
        closing = asyncio.ensure_future(context.close())
        closing.add_done_callback(lambda task: None if task.cancelled() else task.exception())  # read by nobody else
        try:
            done, _ = await asyncio.wait({closing}, timeout=POLITE)
        except asyncio.CancelledError:
            closing.cancel()
            raise
        if not done:
            log.warning("the browser did not close a page and was ended")
            closing.cancel()
            await self._kill()

    # -- start and end -------------------------------------------------------------------------

    async def _ready(self) -> Chromium:
        async with self._lock:
            if self._closed:
                raise BrowserFailed("the browser was closed")
            if self._chromium is not None and self._chromium.is_connected():
                return self._chromium
            if self.error:
                raise BrowserFailed(self.error)
            await self._kill()
            if self._launches >= LAUNCHES:
                self.error = "the browser died again and again"
                raise BrowserFailed(self.error)
            self._launches += 1
            try:
                self._chromium = await asyncio.wait_for(self._launch(), LAUNCH)
            except ImportError:
                self.error = "the package playwright is not installed"
                raise BrowserFailed(self.error) from None
            except Exception as error:  # whatever keeps a browser from starting: named, and the audit goes on
                self.error = f"the browser did not start: {_first_line(error)}"
                await self._kill()
                raise BrowserFailed(self.error) from error
            except asyncio.CancelledError:
                await self._kill()
                raise
            main = marked(self._mark)
            if main is not None:
                self._watch = asyncio.ensure_future(watch(main.pid))
            return self._chromium

    async def _launch(self) -> Chromium:
        from playwright.async_api import async_playwright

        assert self.found is not None
        if self._launches == 1:
            await self.proxy.open()
        self._mark = f"--decree43-mark={os.getpid()}-{secrets.token_hex(8)}"
        self._driver = await async_playwright().start()
        return await self._driver.chromium.launch(
            executable_path=str(self.found.path),
            headless=True,
            chromium_sandbox=sandboxed(),
            args=[*arguments(self.proxy.address), self._mark],
            env=environment(self.found),
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
            timeout=LAUNCH * 1000,
        )

    async def _kill(self) -> None:
        """Ends driver and browser by force and waits until they are gone."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        driver, self._driver = self._driver, None
        self._chromium = None
        pids = self._pids(driver)
        end(pids)
        if driver is not None:
            with contextlib.suppress(Exception):  # its connection is gone, which is what was wanted
                await asyncio.wait_for(driver.stop(), POLITE)
        until = time.monotonic() + POLITE
        while self._mark and (left := marked(self._mark)) is not None and time.monotonic() < until:
            end([p.pid for p in family(left.pid)])
            await asyncio.sleep(0.05)
        self._mark = ""

    def _pids(self, driver: Playwright | None) -> list[int]:
        main = marked(self._mark)
        pids = [p.pid for p in family(main.pid)] if main is not None else []
        own = {p.pid: p for p in descendants(os.getpid())}
        if main is not None and main.parent in own and main.parent != os.getpid():
            pids.append(main.parent)  # the driver
        process = getattr(getattr(getattr(driver, "_impl_obj", None), "_connection", None), "_transport", None)
        process = getattr(process, "_proc", None)
        if process is not None and process.returncode is None:
            pids += [process.pid, *(p.pid for p in descendants(process.pid))]
        return list(dict.fromkeys(pids))

    async def close(self) -> None:
        """Ends the browser and its proxy, politely where it answers; safe to call again."""
        self._closed = True
        for timer in list(self._timers):
            timer.cancel()
        main = marked(self._mark)
        pids = [p.pid for p in family(main.pid)] if main is not None else []
        try:
            if self._chromium is not None and self._chromium.is_connected():
                with contextlib.suppress(Exception):  # ended by force below
                    await asyncio.wait_for(self._chromium.close(), POLITE)
            if self._driver is not None:
                driver = self._driver
                with contextlib.suppress(Exception):
                    await asyncio.wait_for(driver.stop(), POLITE)
                    self._driver = None
        finally:
            await self._kill()
            await self.proxy.close()
            left = {p.pid for p in descendants(os.getpid())} & set(pids)
            end(sorted(left))


def _first_line(error: BaseException) -> str:
    if "No usable sandbox" in str(error):
        return f"no usable sandbox; this system forbids user namespaces: leave {SANDBOX} out"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:200]
