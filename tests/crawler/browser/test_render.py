"""Portals that scripts build: what is read through the browser, and what happens when that cannot be."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

import pytest

from crawler.browser import find
from crawler.browser.processes import descendants
from crawler.options import CrawlOptions
from crawler.run import run
from tests.browsers import needs_browser
from tests.crawler.browser.lab import children
from tests.crawler.little import LittlePortal, Reply, page, visit, visiting, words
from tests.script_portal import as_script

WITH = CrawlOptions(allow_private=True, browser=True)
SHELL = '<!doctype html><title>Sở</title><div id="app"></div><script src="/app.js"></script>'


def shell_with(portal: LittlePortal, script: str) -> None:
    """A shell whose script puts a page into it."""
    portal.pages["/"] = SHELL
    portal.pages["/app.js"] = Reply(f"const app = document.getElementById('app');{script}", type="text/javascript")
    portal.otherwise = lambda method, path: page(f"Trang {path}", words(path)) if "." not in path else None


@needs_browser
def test_addresses_that_only_scripts_know_are_read_and_nothing_is_clicked(portal: LittlePortal) -> None:
    shell_with(
        portal,
        """
        app.innerHTML = '<nav><ul><li><a href="/thuong">Thường</a></li><li><a class="a">Tin tức</a></li>'
          + '<li><span class="b">Văn bản</span></li><li><div data-route="/lien-he">Liên hệ</div></li>'
          + '<li><a href="#" onclick="go(\\'/gioi-thieu\\')">Giới thiệu</a></li></ul></nav><main><h1>Sở</h1></main>'
          + '<button class="c">Xóa</button>';
        const router = { push(to) { fetch('/bam' + to) } };
        window.go = router.push;
        app.querySelector('.a').addEventListener('click', () => router.push('/tin-tuc'));
        app.querySelector('.b').onclick = function () { router.push({ path: '/van-ban' }); };
        app.querySelector('.c').addEventListener('click', () => fetch('/xoa', { method: 'POST' }));
        """,
    )
    done = visit(portal, options=WITH)
    read = {p.url.removeprefix(portal.root) for p in done.evidence.pages}
    assert {"/", "/thuong", "/tin-tuc", "/van-ban", "/lien-he", "/gioi-thieu"} <= read
    assert not [p for p in portal.paths() if p.startswith(("/bam", "/xoa"))]
    assert done.evidence.facts["crawl.rendered"] is True
    assert done.evidence.facts["browser.used"] is True


@needs_browser
def test_a_menu_that_only_scripts_bring_is_seen(portal: LittlePortal) -> None:
    menu = {f"/muc-{n}": f"Chuyên mục số {n}" for n in range(5)}
    items = "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in menu.items())
    portal.pages["/"] = (
        f"<!doctype html><title>Sở</title><header><nav></nav></header><main><h1>Sở</h1>{words('Sở')}</main>"
        f'<script>document.querySelector("nav").innerHTML = "<ul>{items}</ul>";</script>'
    )
    portal.otherwise = lambda method, path: page(f"Trang {path}", words(path)) if "." not in path else None
    done = visit(portal, options=WITH)
    assert set(menu) <= {p.url.removeprefix(portal.root) for p in done.evidence.pages}


@needs_browser
def test_plain_portals_are_read_without_the_browser(portal: LittlePortal) -> None:
    menu = {f"/muc-{n}": f"Chuyên mục số {n}" for n in range(5)}
    portal.pages["/"] = page("Trang chủ", menu=menu, head="<script>1</script>")
    portal.otherwise = lambda method, path: page(f"Trang {path}", words(path)) if "." not in path else None
    facts = visit(portal, options=WITH).evidence.facts
    assert (facts["crawl.rendered"], facts["browser.used"]) == (False, False)
    assert str(facts["browser.version"]).startswith("chromium ")


@needs_browser
def test_budget_robots_and_two_at_a_time_hold_in_the_browser_too(portal: LittlePortal) -> None:
    portal.otherwise = lambda method, path: as_script(path, hash=False)
    portal.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /van-ban\n", type="text/plain")
    done = visit(portal, options=WITH, max_pages=6)
    assert done.evidence.stopped_because == "budget"
    assert len(done.evidence.pages) <= 7
    assert portal.most <= 3  # two, and one that has just been answered
    asked = [p for p in portal.paths() if "van-ban" in p]
    assert asked == []
    summary = done.summary
    assert summary.requests + summary.browser_requests == len(summary.ledger) >= len(portal.asked) - 1


@needs_browser
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hung"])
def test_a_browser_that_dies_or_hangs_in_the_crawl_does_not_end_it(portal: LittlePortal, sign: int) -> None:
    portal.otherwise = lambda method, path: as_script(path, hash=False)
    hit: list[int] = []

    async def disturb() -> None:
        while not hit:
            await asyncio.sleep(0.1)
            if len(portal.asked) > 12:
                hit.extend(
                    p.pid for p in descendants(os.getpid()) if "--type=" not in p.command and "chrom" in p.command
                )
                for pid in hit:
                    os.kill(pid, sign)

    async def look() -> None:
        other = asyncio.ensure_future(disturb())
        done = await visiting(portal, options=WITH, max_minutes=1.0)
        other.cancel()
        assert hit
        assert done.evidence.home is not None and done.evidence.pages
        assert not await children()

    run(look())


@needs_browser
def test_stopping_ends_a_rendered_crawl_at_once(portal: LittlePortal) -> None:
    portal.otherwise = lambda method, path: as_script(path, hash=False)

    async def look() -> None:
        stop = asyncio.Event()
        crawl = asyncio.ensure_future(visiting(portal, options=WITH, stop=stop))
        while len(portal.asked) < 15:
            await asyncio.sleep(0.05)
        stop.set()
        began = time.monotonic()
        done = await crawl
        assert time.monotonic() - began < 5.0
        assert done.evidence.stopped_because == "interrupted"
        assert not await children()

    run(look())


def test_without_a_browser_a_shell_stays_a_shell(
    portal: LittlePortal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(find.VARIABLE, str(tmp_path / "none"))
    shell_with(portal, "app.innerHTML = '<p>x</p>'")
    evidence = visit(portal, options=WITH).evidence
    assert evidence.home is not None and "shell" in evidence.home.traits
    assert evidence.facts["browser.error"] == "no browser was found on this machine"
