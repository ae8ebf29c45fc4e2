"""Two at a time, robots.txt honoured, pauses kept, an honest name."""

from __future__ import annotations

import asyncio
import itertools
from types import SimpleNamespace

import pytest

from core.page import Outcome
from crawler import servers as politeness
from crawler.options import CrawlOptions
from tests.crawler.little import LittlePortal, Reply, page, visit


def many(portal: LittlePortal, count: int = 20, wait: float = 0.01) -> None:
    menu = {f"/muc-{n}": f"Mục {n}" for n in range(count)}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    for n in range(count):
        portal.pages[f"/muc-{n}"] = Reply(page(f"Mục {n}", menu=menu), wait=wait)


def test_never_more_than_two_requests_at_a_time(portal: LittlePortal) -> None:
    many(portal, 30)
    done = visit(portal)
    assert len(done.evidence.pages) == 31
    assert portal.most == 2


def test_the_ledger_holds_every_request(portal: LittlePortal) -> None:
    many(portal, 5, wait=0)
    done = visit(portal)
    assert done.summary.requests == len(portal.asked) == len(done.summary.ledger)
    assert sum(done.summary.fetch_outcomes.values()) == done.summary.requests
    assert done.summary.pages == 6
    assert done.summary.bytes > 0
    assert 1 <= done.summary.longest_burst_per_second <= done.summary.requests


def test_honest_user_agent_with_contact(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ")
    done = visit(portal, options=CrawlOptions(allow_private=True, contact="mailto:cds@example.vn\r\nX: y"))
    assert len(portal.agents) == 1
    agent = portal.agents.pop()
    assert agent == done.summary.user_agent
    assert agent.startswith("decree43/") and "(+mailto:cds@example.vn X: y)" in agent


def test_robots_is_asked_first_and_honoured(portal: LittlePortal) -> None:
    portal.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /kin\nDisallow: /*?q=", type="text/plain")
    portal.pages["/"] = page("Trang chủ", menu={"/kin": "Kín", "/mo": "Mở", "/chuyen": "Chuyển"})
    portal.pages["/mo"] = page("Mở")
    portal.pages["/chuyen"] = Reply("", 302, headers={"Location": "/kin/sau"})
    portal.otherwise = lambda method, path: page("Kín") if path.startswith("/kin") else None
    done = visit(portal)
    assert portal.paths()[0] == "/robots.txt"
    assert not [p for p in portal.paths() if p.startswith("/kin")]
    assert done.evidence.fetches[f"{portal.root}/kin"].outcome is Outcome.ROBOTS
    assert done.evidence.fetches[f"{portal.root}/chuyen"].outcome is Outcome.ROBOTS
    assert done.evidence.facts["crawl.robots"] == "found"
    assert done.evidence.facts["crawl.robots_blocked"] == 2


def test_an_inspector_may_ignore_robots_with_a_reason(portal: LittlePortal) -> None:
    portal.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /", type="text/plain")
    portal.pages["/"] = page("Trang chủ", menu={"/a": "Giới thiệu"})
    portal.pages["/a"] = page("Giới thiệu")
    closed = visit(portal)
    assert closed.evidence.stopped_because == "unreachable"
    assert closed.evidence.fetches[portal.url].outcome is Outcome.ROBOTS
    opened = visit(portal, options=CrawlOptions(allow_private=True, ignore_robots="theo Quyết định 1/QĐ"))
    assert len(opened.evidence.pages) == 2
    assert opened.evidence.facts["crawl.ignored_robots"]


def test_html_instead_of_robots_is_no_rule(portal: LittlePortal) -> None:
    portal.pages["/robots.txt"] = page("Disallow: /")
    portal.pages["/"] = page("Trang chủ")
    done = visit(portal)
    assert len(done.evidence.pages) == 1
    assert done.evidence.facts["crawl.robots"] == "html"


def test_unreachable_robots_closes_the_portal(portal: LittlePortal) -> None:
    portal.pages["/robots.txt"] = Reply("", 503)
    portal.pages["/"] = page("Trang chủ", menu={"/a": "Giới thiệu"})
    done = visit(portal)
    assert portal.paths().count("/robots.txt") == 2
    assert done.evidence.pages == ()
    assert done.evidence.fetches[portal.url].outcome is Outcome.ROBOTS
    assert done.evidence.facts["crawl.robots"] == "unreachable"


def test_crawl_delay_is_kept(portal: LittlePortal) -> None:
    portal.pages["/robots.txt"] = Reply("User-agent: *\nCrawl-delay: 0.3", type="text/plain")
    portal.pages["/"] = page("Trang chủ", menu={"/a": "A", "/b": "B"})
    visit(portal)
    moments = [at for _, _, at in portal.asked[1:]]
    assert len(moments) > 3
    assert min(later - earlier for earlier, later in itertools.pairwise(moments)) > 0.25


def test_retry_after_is_respected_and_the_page_read(portal: LittlePortal) -> None:
    menu = {"/a": "Giới thiệu"}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    told: list[str] = []

    def busy(method: str, path: str) -> Reply | str | None:
        if path != "/a":
            return None
        told.append(path)
        return Reply("", 503, headers={"Retry-After": "1"}) if len(told) == 1 else page("Giới thiệu")

    portal.otherwise = busy
    done = visit(portal)
    first, second = (at for _, p, at in portal.asked if p == "/a")
    assert second - first >= 0.95
    assert done.evidence.page(f"{portal.root}/a") is not None


def test_one_retry_and_no_more(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ", menu={"/a": "Giới thiệu"})
    portal.pages["/a"] = Reply("", 500)
    done = visit(portal)
    assert portal.paths().count("/a") == 2
    assert done.evidence.fetches[f"{portal.root}/a"].outcome is Outcome.SERVER_ERROR


def test_a_server_that_stops_answering_is_left_in_peace(portal: LittlePortal) -> None:
    menu = {f"/muc-{n}": f"Mục {n}" for n in range(40)}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    portal.otherwise = lambda method, path: Reply("", 503) if path.startswith("/muc") else None
    asked = {"n": 0}

    def dying(method: str, path: str) -> Reply | str | None:
        if path.startswith("/muc"):
            asked["n"] += 1
            portal.pages["/"] = Reply("", 503)
            return Reply("", 503)
        return None

    portal.otherwise = dying
    done = visit(portal)
    assert asked["n"] <= 14
    assert done.evidence.stopped_because == "unreachable"
    assert len(done.evidence.pages) == 1


def test_broken_pages_alone_do_not_stop_the_crawl(portal: LittlePortal) -> None:
    menu = {f"/hong-{n}": f"Hỏng {n}" for n in range(12)} | {"/tot": "Tốt"}
    portal.pages["/"] = page("Trang chủ", menu=menu)
    portal.pages["/tot"] = page("Tốt")
    portal.otherwise = lambda method, path: Reply("", 500) if path.startswith("/hong") else None
    done = visit(portal)
    assert done.evidence.page(f"{portal.root}/tot") is not None
    assert done.evidence.stopped_because == "frontier"


def test_public_servers_are_given_half_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    async def slots() -> dict[str, float]:
        async def admitted(host: str, port: int) -> tuple[object, ...]:
            import ipaddress

            return (ipaddress.ip_address({"cong.vn": "113.160.0.1", "noi-bo": "10.0.0.1"}[host]),)

        downloader = SimpleNamespace(per_slot_settings={}, slots={})
        known = politeness.Servers(SimpleNamespace(admitted=admitted), CrawlOptions())  # type: ignore[arg-type]
        for url in ("https://cong.vn/", "http://noi-bo/"):
            known.prepare(await known.of(url), downloader)
        assert await known.of("https://cong.vn/") is await known.of("http://cong.vn:8080/")
        return {key: row["delay"] for key, row in downloader.per_slot_settings.items()}

    assert asyncio.run(slots()) == {"113.160.0.1": 0.5, "10.0.0.1": 0.0}


def test_half_a_second_between_two_requests_to_a_public_server(
    portal: LittlePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(politeness, "is_public", lambda address: True)
    portal.pages["/"] = page("Trang chủ", menu={"/a": "A", "/b": "B"})
    portal.pages["/a"], portal.pages["/b"] = page("A"), page("B")
    done = visit(portal)
    assert len(done.evidence.pages) == 3
    moments = [at for _, _, at in portal.asked]
    # a request may arrive late, and the next one then seems early: only the whole way is sure
    assert moments[-1] - moments[0] > 0.4 * (len(moments) - 1)
    assert done.summary.longest_burst_per_second <= 3
