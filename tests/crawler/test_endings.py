"""Why a crawl ends: settled, spent, out of time, interrupted, nothing left; and two at once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from core.evidence import Evidence
from core.page import Outcome
from core.plan import Standing, Wording
from crawler.run import run
from tests.crawler.little import LittlePortal, Reply, little_portal, page, visit, visiting


def wide(portal: LittlePortal, count: int, wait: float = 0.0) -> None:
    menu = {f"/muc-{n}": f"Mục {n}" for n in range(count)}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    for n in range(count):
        portal.pages[f"/muc-{n}"] = Reply(page(f"Mục {n}", menu=menu), wait=wait)


def test_nothing_left(portal: LittlePortal) -> None:
    wide(portal, 5)
    assert visit(portal).evidence.stopped_because == "frontier"


def test_page_budget_is_kept_and_the_rest_named(portal: LittlePortal) -> None:
    wide(portal, 30)
    done = visit(portal, max_pages=10)
    assert len(done.evidence.pages) == 10
    assert done.evidence.stopped_because == "budget"
    assert done.summary.requests <= 55
    left = [f for f in done.evidence.fetches.values() if f.outcome is Outcome.BUDGET]
    assert len(left) == 21


def test_request_budget_is_kept(portal: LittlePortal) -> None:
    menu = {f"/muc-{n}": f"Mục {n}" for n in range(90)}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    done = visit(portal, max_pages=4)
    assert len(portal.asked) == done.summary.requests == 46
    assert done.evidence.stopped_because == "budget"


def test_settled_stops_the_crawl(portal: LittlePortal) -> None:
    wide(portal, 59)
    asked: list[int] = []

    def settled(evidence: Evidence) -> bool:
        asked.append(len(evidence.pages))
        return len(evidence.pages) >= 20

    done = visit(portal, settled=settled, max_pages=100)
    assert done.evidence.stopped_because == "settled"
    assert asked and asked[0] >= 20
    assert len(done.evidence.pages) < 40


def test_items_of_settled_duties_are_left_out(portal: LittlePortal) -> None:
    menu = {"/tin-tuc": "Tin tức"} | {f"/muc-{n}": f"Mục {n}" for n in range(30)}
    wide(portal, 30)
    entries = "".join(
        f'<li><a href="/tin/{n}">Tin số {n} về việc triển khai nhiệm vụ</a> <span>0{n}/10/2026</span></li>'
        for n in range(1, 9)
    )
    portal.pages["/"] = page("Trang chủ", menu=menu)
    portal.pages["/tin-tuc"] = page("Tin tức", f"<ul>{entries}</ul>")
    portal.otherwise = lambda method, path: page(f"Tin {path}") if path.startswith("/tin/") else None
    news = Wording(rule="NEWS", strong=("tin tuc",))
    other = Wording(rule="OTHER", strong=("lien he",))
    open_ones = visit(portal, wordings=(news, other))
    assert len([p for p in open_ones.evidence.pages if "/tin/" in p.url]) == 5
    closed = visit(portal, wordings=(news, other), settled=lambda e: Standing(frozenset({"OTHER"})))
    assert not [p for p in closed.evidence.pages if "/tin/" in p.url]
    assert closed.evidence.stopped_because == "frontier"


def test_time_is_kept(portal: LittlePortal) -> None:
    wide(portal, 50, wait=0.3)
    began = time.monotonic()
    done = visit(portal, max_minutes=1 / 60)
    assert time.monotonic() - began < 8
    assert done.evidence.stopped_because == "time"
    assert done.evidence.pages


@pytest.mark.parametrize("wait", [0.1, 20.0])
def test_interruption_ends_it_at_once(portal: LittlePortal, wait: float) -> None:
    wide(portal, 50, wait=wait)

    async def interrupted() -> tuple[float, Evidence]:
        stop = asyncio.Event()
        crawling = asyncio.ensure_future(visiting(portal, stop=stop))
        while len(portal.asked) < 6:  # robots.txt, the home page, two that cannot exist, two sections
            await asyncio.sleep(0.02)
        stop.set()
        began = time.monotonic()
        done = await crawling
        return time.monotonic() - began, done.evidence

    seconds, evidence = run(interrupted())
    assert seconds < 6  # two where nothing else runs; the server would take twenty
    assert evidence.stopped_because == "interrupted"
    assert evidence.home is not None
    assert len(evidence.pages) < 30


def test_interruption_while_the_home_page_is_awaited(portal: LittlePortal) -> None:
    portal.pages["/"] = Reply(page("Trang chủ"), wait=20)

    async def interrupted() -> Evidence:
        stop = asyncio.Event()
        asyncio.get_running_loop().call_later(0.3, stop.set)
        return (await visiting(portal, stop=stop)).evidence

    began = time.monotonic()
    assert run(interrupted()).stopped_because == "interrupted"
    assert time.monotonic() - began < 6


def test_a_signal_handler_may_set_the_event(portal: LittlePortal) -> None:
    portal.pages["/"] = Reply(page("Trang chủ"), wait=20)
    stop = asyncio.Event()
    before = signal.signal(signal.SIGUSR1, lambda *_: stop.set())
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGUSR1))
    timer.start()
    try:
        began = time.monotonic()
        done = run(visiting(portal, stop=stop))
    finally:
        timer.join()
        signal.signal(signal.SIGUSR1, before)
    assert time.monotonic() - began < 6
    assert done.evidence.stopped_because == "interrupted"


def test_two_portals_in_one_loop_at_once() -> None:
    with little_portal() as one, little_portal() as two:
        wide(one, 20, wait=0.03)
        wide(two, 20, wait=0.03)

        async def both() -> list[Evidence]:
            done = await asyncio.gather(visiting(one), visiting(two, max_pages=10))
            return [d.evidence for d in done]

        first, second = run(both())
        assert len(first.pages) == 21 and len(second.pages) == 10
        assert {p.url.split("/")[2] for p in first.pages} == {f"127.0.0.1:{one.port}"}
        assert {p.url.split("/")[2] for p in second.pages} == {f"127.0.0.1:{two.port}"}
        assert one.asked[-1][2] > two.asked[0][2]
        assert one.most <= 2 and two.most <= 2


def test_exhaustive_reads_every_page(portal: LittlePortal) -> None:
    wide(portal, 3)
    for n in range(40):
        portal.pages[f"/sau/{n}"] = page(
            f"Bài {n}", f'<p>Nội dung bài {n}.</p><p><a href="/sau/{n + 1}">Bài tiếp theo {n + 1}</a></p>'
        )
    portal.pages["/muc-0"] = page(
        "Mục 0", '<p><a href="/sau/0">Bài đầu tiên trong loạt bài dài về chuyển đổi số</a></p>'
    )
    done = visit(portal, exhaustive=True)
    assert len(done.evidence.pages) == 44
    assert done.evidence.stopped_because == "frontier"


def test_scrapy_runs_the_spider_alone(portal: LittlePortal, tmp_path: Path) -> None:
    wide(portal, 4)
    out = tmp_path / "pages.jsonl"
    root = Path(__file__).parents[2]
    arguments = ["crawl", "portal", "-a", f"url={portal.url}", "-a", "allow_private=1", "-O", str(out)]
    listed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=root, capture_output=True, text=True, check=True, timeout=120
    )
    assert listed.stdout.split() == ["portal"]
    ran = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments], cwd=root, capture_output=True, text=True, check=True, timeout=120
    )
    pages = [json.loads(line) for line in out.read_text().splitlines()]
    assert len(pages) == 5, ran.stderr
    assert pages[0]["url"] == portal.url
    assert ran.stderr == ""
