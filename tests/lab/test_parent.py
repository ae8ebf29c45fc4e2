"""The portal above, asked on a little internet of our own."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from core.parent import parent_host
from core.plan import CrawlPlan
from crawler.probes import parent
from crawler.probes.scene import Scene
from tests.crawler.little import LittlePortal, Reply
from tests.lab.name_server import NameServer, make_zone, serving
from tests.lab.scenes import facts_of, portals

HOME = (
    "<body><header><h1>Cổng thông tin điện tử tỉnh Liên Sơn</h1></header><main><p>Chào mừng</p>{links}</main>"
    "<footer>Cơ quan chủ quản: UBND tỉnh Liên Sơn</footer></body>"
)


@pytest.fixture
def province() -> Iterator[NameServer]:
    hosts = "so.tinh 300 IN A 127.0.0.1\ntinh 300 IN A 127.0.0.2\nxa.khong 300 IN A 127.0.0.1\n"
    with serving(NameServer([make_zone("gov.vn.", hosts, sign=False)])) as server:
        yield server


@pytest.fixture
def both() -> Iterator[tuple[LittlePortal, LittlePortal]]:
    with portals("127.0.0.1", "127.0.0.2") as (own, above):
        yield own, above


def facts(server: NameServer, own: LittlePortal, host: str = "so.tinh.gov.vn", **more: Any) -> dict[str, Any]:
    checks = more.pop("checks", frozenset({"component"}))

    async def probe(scene: Scene) -> dict[str, Any]:
        evidence = dataclasses.replace(scene.evidence, plan=CrawlPlan(checks=checks))
        return await parent.probe(dataclasses.replace(scene, evidence=evidence))

    url = f"http://{host}:{own.port}/"
    return facts_of(probe, url, server.where, allow_hosts=(f"tinh.gov.vn:{own.port}",), **more)


def test_its_link_and_its_frame_are_read(province: NameServer, both: tuple[LittlePortal, LittlePortal]) -> None:
    own, above = both
    link = f'<a href="http://so.tinh.gov.vn:{own.port}/">Sở Tài chính</a>'
    above.pages["/"] = HOME.format(links=link)
    found = facts(province, own)
    assert found["parent.links_here"] is True
    assert found["parent.link"] == "Sở Tài chính"
    assert found["parent.url"] == f"http://tinh.gov.vn:{own.port}/"
    assert "Liên Sơn" in found["parent.header"] and "chủ quản" in found["parent.footer"]
    assert [path for _, path, _ in above.asked] == ["/robots.txt", "/"]


def test_no_link_is_said(province: NameServer, both: tuple[LittlePortal, LittlePortal]) -> None:
    own, above = both
    above.pages["/"] = HOME.format(links='<a href="/tin">Tin tức</a>')
    assert facts(province, own)["parent.links_here"] is False


def test_a_redirect_is_followed(province: NameServer, both: tuple[LittlePortal, LittlePortal]) -> None:
    own, above = both
    above.pages["/"] = Reply("", 302, headers={"Location": "/trang-chu"})
    above.pages["/trang-chu"] = HOME.format(links="")
    assert facts(province, own)["parent.url"].endswith("/trang-chu")


def test_robots_txt_is_kept_to(province: NameServer, both: tuple[LittlePortal, LittlePortal]) -> None:
    own, above = both
    above.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /", type="text/plain")
    above.pages["/"] = HOME.format(links="")
    assert facts(province, own) == {"parent.error": "robots"}
    assert [path for _, path, _ in above.asked] == ["/robots.txt"]


@pytest.mark.parametrize("status", [404, 503])
def test_a_parent_that_does_not_answer_is_not_blamed(
    province: NameServer, both: tuple[LittlePortal, LittlePortal], status: int
) -> None:
    own, above = both
    above.pages["/"] = Reply("", status)
    found = facts(province, own)
    assert found["parent.error"] == f"HTTP {status}"
    assert "parent.links_here" not in found


def test_a_parent_without_a_name_is_not_there(province: NameServer, both: tuple[LittlePortal, LittlePortal]) -> None:
    own, above = both
    assert facts(province, own, "xa.khong.gov.vn")["parent.error"] in ("no_host", "dns")
    assert not above.asked


def test_nobody_is_asked_when_no_check_needs_it(province: NameServer, both: tuple[LittlePortal, LittlePortal]) -> None:
    own, above = both
    assert facts(province, own, checks=frozenset({"section"})) == {}
    assert not above.asked


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://sokhcn.laocai.gov.vn/", "laocai.gov.vn"),
        ("https://www.sokhcn.laocai.gov.vn/x", "laocai.gov.vn"),
        ("https://laocai.gov.vn/sokhcn", "laocai.gov.vn"),
        ("https://laocai.gov.vn/", ""),
        ("https://sokhcn-laocai.vn/", ""),
        ("http://10.0.0.1/", ""),
        ("không phải địa chỉ", ""),
    ],
)
def test_whose_component_a_portal_is(url: str, host: str) -> None:
    assert parent_host(url) == host
