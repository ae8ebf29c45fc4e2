"""The IPv6 probe: good, dead, other content, not there, and every way of not being able to look."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from protego import Protego

from core.page import Outcome
from crawler import ipv6_route
from crawler.probes import asking, ipv6
from crawler.probes.scene import Scene
from crawler.robots import Rules
from crawler.run import run
from tests.crawler.little import Reply, page
from tests.lab.name_server import NameServer
from tests.lab.scenes import facts_of, needs_ipv6_loopback, portals, scene_at

pytestmark = needs_ipv6_loopback
BOTH = ("127.0.0.1", "::1")


def look(port: int, internet: NameServer, host: str = "cong.khong.lab", **more: Any) -> dict[str, Any]:
    return facts_of(ipv6.probe, f"http://{host}:{port}/", internet.where, **more)


def test_the_same_page_over_both(internet: NameServer) -> None:
    with portals(*BOTH) as (four, six):
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.status"], facts["ipv6.same"]) == (True, 200, True)
        assert facts["ipv6.ports"][str(four.port)] is True
        assert six.paths() == ["/"] and four.paths().count("/") == 2  # once for the scene, once to compare


def test_dates_and_counters_make_no_other_page(internet: NameServer) -> None:
    with portals(*BOTH) as (four, six):
        for portal, day, count in ((four, "21/11/2026", "12.345"), (six, "22/11/2026", "12.346")):
            text = f"<p>Hôm nay {day}. Lượt truy cập: {count}. Cổng thông tin điện tử của tỉnh Liên Sơn.</p>"
            portal.pages["/"] = page("Cổng thông tin tỉnh Liên Sơn", text)
        assert look(four.port, internet)["ipv6.same"] is True


def test_another_page_over_ipv6(internet: NameServer) -> None:
    with portals(*BOTH) as (four, six):
        six.pages["/"] = page("Welcome to nginx!", "<p>If you see this page, the web server is installed.</p>")
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.same"]) == (True, False)


def test_an_error_over_ipv6_only(internet: NameServer) -> None:
    with portals(*BOTH) as (four, six):
        six.pages["/"] = Reply("Forbidden", 403)
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.status"]) == (False, 403)


def test_nothing_listens_on_the_ipv6_address(internet: NameServer) -> None:
    with portals("127.0.0.1") as (four,):
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.error"]) == (False, "refused")
        assert facts["ipv6.ports"][str(four.port)] is False


def test_no_ipv6_address_is_nothing_to_connect_to(internet: NameServer) -> None:
    with portals("127.0.0.1") as (four,):
        facts = look(four.port, internet, "bon.khong.lab")
        assert facts["ipv6.http"] is None and facts["ipv6.cause"] is None


def test_ipv6_only(internet: NameServer) -> None:
    with portals(*BOTH) as (four, _):
        facts = look(four.port, internet, "sau.khong.lab")
        assert (facts["ipv6.http"], facts["ipv6.same"]) == (True, None)


def test_without_a_route_nothing_is_said_of_the_portal(internet: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ipv6, "routes", lambda found: False)
    with portals(*BOTH) as (four, six):
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.cause"]) == (None, "no_ipv6_route")
        assert six.paths() == []


def test_a_translated_route_proves_only_what_works(internet: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ipv6, "routes", lambda found: None)
    with portals(*BOTH) as (four, _):
        assert look(four.port, internet)["ipv6.http"] is True
    with portals("127.0.0.1") as (four,):
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.cause"]) == (None, "no_ipv6_route")


def _forbidding(_: str) -> Rules:
    return Rules("found", Protego.parse("User-agent: *\nDisallow: /"))


def test_robots_and_budget_hold_for_probes_too(internet: NameServer) -> None:
    async def spent(scene: Scene) -> dict[str, Any]:
        return await ipv6.probe(replace(scene, budget=replace(scene.budget, max_pages=-27)))  # no request is left

    with portals(*BOTH) as (four, six):
        assert look(four.port, internet, rules=_forbidding)["ipv6.http"] is None
        assert facts_of(spent, f"http://cong.khong.lab:{four.port}/", internet.where)["ipv6.http"] is None
        assert six.paths() == []


def test_silence_over_ipv6_alone_and_over_both(internet: NameServer, monkeypatch: pytest.MonkeyPatch) -> None:
    with portals(*BOTH) as (four, six):
        six.pages["/"] = Reply("", wait=1.5)
        monkeypatch.setattr(asking, "PATIENCE", 0.5)
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.error"]) == (False, "timeout")

        def gone(method: str, path: str) -> Reply | None:  # the scene's own visit is the last that is answered
            return Reply("", wait=1.5) if four.paths().count("/") > 3 else None

        four.otherwise, _ = gone, four.pages.pop("/")
        facts = look(four.port, internet)
        assert (facts["ipv6.http"], facts["ipv6.cause"]) == (None, "connection")


def test_every_request_is_in_the_ledger(internet: NameServer) -> None:
    async def asking(port: int) -> list[tuple[str, Outcome]]:
        async with scene_at(f"http://cong.khong.lab:{port}/", internet.where) as scene:
            await ipv6.probe(scene)
            return [(e.method, e.outcome) for e in scene.ledger.entries]

    with portals(*BOTH) as (four, _):
        assert run(asking(four.port)) == [("GET", Outcome.OK)] * 2


def test_name_servers_over_ipv6(internet: NameServer) -> None:
    from crawler.probes.name_servers import reachable

    def ask(**more: Any) -> bool | None:
        async def asking(scene: Scene, port: int) -> bool | None:
            return await reachable(scene, port)

        with portals("127.0.0.1") as (four,):
            return facts_of(lambda s: asking(s, 1), f"http://bon.khong.lab:{four.port}/", internet.where, **more)  # type: ignore[arg-type,return-value]

    assert ask() is None  # a private address that nobody admitted
    assert ask(allow_hosts=("ns.lab",)) is False  # nothing answers on that port


@pytest.mark.parametrize(
    ("source", "route"),
    [("2600::5", True), ("fd00::2", None), ("fe80::1", False)],
)
def test_a_route_is_as_good_as_the_source_the_kernel_chooses(
    monkeypatch: pytest.MonkeyPatch, source: str, route: bool | None
) -> None:
    class Trial:
        def __init__(self, *_: object) -> None: ...
        def __enter__(self) -> Trial:
            return self

        def __exit__(self, *_: object) -> None: ...
        def connect(self, where: tuple[str, int]) -> None: ...

        getsockname: Callable[[Any], tuple[str, int]] = lambda self: (source, 0)

    monkeypatch.setattr(ipv6_route.socket, "socket", Trial)
    assert ipv6_route.route_to(ipaddress.IPv6Address("2a00::1")) is route


def test_no_route_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("Network is unreachable")

    monkeypatch.setattr(ipv6_route.socket, "socket", refuse)
    assert ipv6_route.routes([ipaddress.IPv6Address("2a00::1")]) is False
    assert ipv6_route.routes([ipaddress.IPv4Address("127.0.0.1")]) is None
