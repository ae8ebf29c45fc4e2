"""The browser: opened and measured by, cut off when it must be, and gone afterwards on every path."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from core.page import Outcome
from crawler.browser import session, watch
from crawler.browser.find import Found
from crawler.browser.processes import marked
from crawler.browser.session import DESKTOP, PHONE, Browser, BrowserFailed
from crawler.ledger import Ledger
from crawler.run import run
from tests.browsers import needs_browser
from tests.crawler.browser.lab import browser_on, children, transport
from tests.crawler.little import LittlePortal, Reply, page

pytestmark = needs_browser


def test_a_page_is_opened_and_every_request_is_in_the_ledger(portal: LittlePortal) -> None:
    portal.pages["/"] = Reply("", 302, headers={"Location": "/trang-chu"})
    portal.pages["/trang-chu"] = page("Trang chủ", head='<script src="/a.js"></script>')
    portal.pages["/a.js"] = Reply("fetch('/du-lieu')", type="text/javascript")

    async def look() -> None:
        async with browser_on(portal) as browser:
            async with browser.page(PHONE) as sheet:
                opened = await sheet.open(portal.url)
                assert (opened.outcome, opened.status) == (Outcome.OK, 200)
                assert opened.final_url == f"{portal.root}/trang-chu"
                width, agent, touch = await sheet.page.evaluate(
                    "[screen.width, navigator.userAgent, 'ontouchstart' in window]"
                )
                assert (width, touch) == (390, True)
                assert "Mobile" in agent and "decree43/" in agent
            asked = {e.url.removeprefix(portal.root): e.status for e in browser.ledger.entries}
            assert {"/": 302, "/trang-chu": 200, "/a.js": 200, "/du-lieu": 404}.items() <= asked.items()
            assert browser.ledger.spent == 0
            assert browser.facts["browser.used"] is True
        assert not await children()

    run(look())


def test_nothing_goes_round_the_guard(portal: LittlePortal) -> None:
    """Not to another port of this machine, by name or address, from a page, a frame, a socket or a redirect."""
    with_other = LittlePortal()
    other = with_other.root
    portal.pages["/"] = page(
        "Trang chủ",
        f'<img src="{other}/anh.png"><iframe src="{other}/khung"></iframe><script>'
        f"fetch('{other}/lay').catch(() => 0); new WebSocket('{other.replace('http', 'ws')}/ws');"
        f"fetch('http://localhost:{with_other.port}/ten').catch(() => 0);"
        f"fetch('http://[::1]:{with_other.port}/sau').catch(() => 0);"
        f"navigator.sendBeacon('{other}/bao'); fetch('/chuyen').catch(() => 0)</script>",
    )
    portal.pages["/chuyen"] = Reply("", 302, headers={"Location": f"{other}/den"})

    async def look() -> list[str]:
        async with browser_on(portal) as browser:
            async with browser.page() as sheet:
                await sheet.open(portal.url)
                refused = await sheet.open(f"{other}/thang")
                assert refused.outcome is Outcome.GUARD and refused.status is None
            return [e.url for e in browser.ledger.entries if e.outcome is Outcome.GUARD]

    refused = run(look())
    with_other.close()
    assert with_other.asked == []
    assert {f"{other}{p}" for p in ("/anh.png", "/khung", "/lay", "/den", "/thang")} <= set(refused)


def test_alerts_windows_downloads_and_prompts_come_to_nothing(portal: LittlePortal) -> None:
    portal.pages["/"] = page(
        "Trang chủ",
        '<a id="tai" href="/tep" download>Tải</a><script>alert(1); window.answer = confirm("?");'
        "window.open('/cua-so'); Notification.requestPermission().then(p => window.may = p);"
        "document.getElementById('tai').click()</script>",
    )
    portal.pages["/tep"] = Reply("x" * 100, type="application/zip", headers={"Content-Disposition": "attachment"})

    async def look() -> None:
        async with browser_on(portal) as browser, browser.page() as sheet:
            opened = await sheet.open(portal.url)
            assert opened.outcome is Outcome.OK
            assert await sheet.page.evaluate("window.answer") is False
            assert await sheet.page.evaluate("window.may") in ("denied", "default", None)
            await asyncio.sleep(0.3)
            assert len(sheet.page.context.pages) == 1

    run(look())


@pytest.mark.parametrize(
    "script",
    ["while (true) {}", "for (;;) alert(1)", "setInterval(() => { for (let i = 0; i < 1e11; i++); }, 0)"],
    ids=["loop", "alerts", "timer"],
)
def test_an_endless_script_is_cut_off(portal: LittlePortal, script: str) -> None:
    portal.pages["/"] = page("Trang chủ", f"<script>{script}</script>")
    portal.pages["/lanh"] = page("Trang lành")

    async def look() -> None:
        async with browser_on(portal) as browser:
            began = time.monotonic()
            try:
                async with browser.page(limit=5.0) as sheet:
                    opened = await sheet.open(portal.url, timeout=3.0)
                    if opened.outcome is Outcome.OK:
                        await sheet.evaluate("1", timeout=30.0)
            except BrowserFailed as error:
                assert "cut off" in str(error) or "rest" in str(error)
            assert time.monotonic() - began < 12
            async with browser.page() as sheet:  # and the next page is fine
                assert (await sheet.open(f"{portal.root}/lanh")).outcome is Outcome.OK
        assert not await children()

    run(look())


def test_a_page_that_allocates_without_end_loses_its_process(
    portal: LittlePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "LARGEST", 300 * 1024 * 1024)
    portal.pages["/"] = page(
        "Trang chủ",
        "<script>const kept = []; setInterval(() => kept.push(new Uint8Array(16e6).fill(7)), 20)</script>",
    )

    async def look() -> None:
        async with browser_on(portal) as browser:
            with pytest.raises(BrowserFailed, match="crashed"):
                async with browser.page(limit=20.0) as sheet:
                    await sheet.open(portal.url)
                    await sheet.evaluate("new Promise(() => 0)", timeout=18.0)
        assert not await children()

    run(look())


def test_a_browser_that_is_killed_is_named_and_the_next_page_gets_a_new_one(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ")

    async def look() -> None:
        async with browser_on(portal) as browser:
            with pytest.raises(BrowserFailed):
                async with browser.page() as sheet:
                    await sheet.open(portal.url)
                    main = marked(browser._mark)
                    assert main is not None
                    os.kill(main.pid, signal.SIGKILL)
                    await asyncio.sleep(0.2)
                    await sheet.open(portal.url)
            async with browser.page(DESKTOP) as sheet:
                assert (await sheet.open(portal.url)).status == 200
        assert not await children()

    run(look())


def test_a_browser_that_hangs_is_ended(portal: LittlePortal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "POLITE", 1.0)
    portal.pages["/"] = page("Trang chủ")

    async def look() -> None:
        async with browser_on(portal) as browser, browser.page() as sheet:
            await sheet.open(portal.url)
            main = marked(browser._mark)
            assert main is not None
            os.kill(main.pid, signal.SIGSTOP)
        assert not await children()

    run(look())


def test_cancelling_leaves_nothing_behind(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ", "<script>while (true) {}</script>")

    async def work() -> None:
        async with browser_on(portal) as browser, browser.page() as sheet:
            await sheet.open(portal.url)

    async def look() -> None:
        task = asyncio.ensure_future(work())
        await asyncio.sleep(2.5)
        task.cancel()
        await asyncio.wait({task}, timeout=15.0)
        assert task.cancelled()
        assert not await children()

    run(look())


def test_a_browser_that_is_none_is_named(portal: LittlePortal, tmp_path: Path) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)

    async def look() -> None:
        road = transport(portal)
        browser = Browser(road, Ledger(), road.options, found=Found(broken, "1.0"))
        try:
            with pytest.raises(BrowserFailed, match="did not start"):
                async with browser.page():
                    raise AssertionError("no page comes of this")
            assert browser.facts["browser.error"]
        finally:
            await browser.close()
            await road.close()
        assert not await children()

    run(look())
