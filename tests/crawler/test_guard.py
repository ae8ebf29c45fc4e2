"""Only admitted addresses are connected to, however they are spelt and whoever sends us there."""

from __future__ import annotations

import ipaddress

import pytest

from core.page import Outcome
from crawler.guard import Guard, is_public, literal, split_host
from crawler.options import CrawlOptions
from tests.crawler.little import LittlePortal, Reply, little_portal, page, visit


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 100.100.100.200 0.0.0.0 224.0.0.1
    255.255.255.255 192.0.2.1 198.18.0.1 ::1 :: fe80::1 fc00::1 fd00:ec2::254 ff02::1 fec0::1 2001:db8::1
    ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1:: 2001::1 ::127.0.0.1
    """.split(),
)
def test_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", "8.8.8.8 113.160.1.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split())
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "spelling",
    "2130706433 0x7f000001 0x7f.1 0177.0.0.1 127.1 127.0.1 017700000001 [::ffff:7f00:1] 127.0.0.1. １２７.0.0.1"
    "".split(),
)
def test_odd_spellings_are_addresses(spelling: str) -> None:
    found = literal(spelling)
    assert found is not None
    assert not is_public(found)


@pytest.mark.parametrize("name", ["localhost", "example.vn", "1.2.3.4.5", "0x", "a.1", "300.1.1.1", "08.1.1.1"])
def test_names_are_no_addresses(name: str) -> None:
    assert literal(name) is None or name == "0x"


def test_start_addresses_are_admitted_on_three_ports_only() -> None:
    guard = Guard(allow_private=True)
    here = ipaddress.ip_address("127.0.0.1")
    guard.admit_start([here], 8080)
    assert [p for p in (80, 443, 8080, 22, 5432) if guard.admits("localhost", here, p)] == [80, 443, 8080]
    assert not guard.admits("localhost", ipaddress.ip_address("127.0.0.2"), 8080)


def test_without_allow_private_the_start_host_is_refused_too() -> None:
    guard = Guard()
    here = ipaddress.ip_address("127.0.0.1")
    guard.admit_start([here], 80)
    assert not guard.admits("localhost", here, 80)


def test_allow_host_by_name_and_by_address() -> None:
    guard = Guard(allow_hosts=["noi-bo.example:8081", "10.0.0.5"])
    assert guard.admits("noi-bo.example", ipaddress.ip_address("10.0.0.9"), 8081)
    assert not guard.admits("noi-bo.example", ipaddress.ip_address("10.0.0.9"), 22)
    assert guard.admits("any.example", ipaddress.ip_address("10.0.0.5"), 9000)
    assert not guard.admits("noi-bo.example", ipaddress.ip_address("169.254.169.254"), 8081)


def test_split_host() -> None:
    assert split_host("[::1]:53") == ("::1", 53)
    assert split_host("::1") == ("::1", None)
    assert split_host("Dns.Example:5353") == ("dns.example", 5353)
    assert split_host("dns.example") == ("dns.example", None)


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.2:{port}/x",
        "http://[::1]:{port}/x",
        "http://2130706434:{port}/x",
    ],
)
def test_redirects_to_private_addresses_are_not_followed(portal: LittlePortal, target: str) -> None:
    where = target.format(port=portal.port)
    portal.pages["/"] = page("Trang chủ", menu={"/xa": "Giới thiệu"})
    portal.pages["/xa"] = Reply("", 302, headers={"Location": where})
    done = visit(portal, hosts=("169.254.169.254", "127.0.0.2", "::1", "2130706434", "127.0.0.2:" + str(portal.port)))
    fetch = done.evidence.fetches[f"{portal.root}/xa"]
    assert fetch.outcome in (Outcome.GUARD, Outcome.EXTERNAL)
    assert len(done.evidence.pages) == 1


def test_home_that_redirects_to_a_private_address_is_unreachable(portal: LittlePortal) -> None:
    portal.pages["/"] = Reply("", 302, headers={"Location": "http://127.0.0.2:9/"})
    done = visit(portal)
    assert done.evidence.stopped_because == "unreachable"
    assert done.evidence.fetches[portal.url].outcome is Outcome.GUARD


def test_private_start_needs_allow_private(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ")
    done = visit(portal, options=CrawlOptions())
    assert done.evidence.fetches[portal.url].outcome is Outcome.GUARD
    assert done.evidence.stopped_because == "unreachable"
    assert not portal.asked


def test_allow_host_makes_another_server_part_of_the_portal(portal: LittlePortal) -> None:
    with little_portal() as other:
        portal.pages["/"] = page("Trang chủ", menu={f"{other.root}/hd": "Hỏi đáp"})
        other.pages["/hd"] = page("Hỏi đáp")
        closed = visit(portal)
        assert closed.evidence.fetches[f"{other.root}/hd"].outcome is Outcome.EXTERNAL
        opened = visit(
            portal,
            hosts=(f"127.0.0.1:{other.port}",),
            options=CrawlOptions(allow_private=True, allow_hosts=(f"127.0.0.1:{other.port}",)),
        )
        assert opened.evidence.page(f"{other.root}/hd") is not None


def test_start_under_localhost(portal: LittlePortal) -> None:
    portal.pages["/"] = page("Trang chủ", menu={"/a": "Giới thiệu"})
    portal.pages["/a"] = page("Giới thiệu")
    assert len(visit(f"http://localhost:{portal.port}/").evidence.pages) == 2


def test_an_odd_spelling_is_not_asked(portal: LittlePortal) -> None:
    done = visit(f"http://2130706433:{portal.port}/")
    assert [f.outcome for f in done.evidence.fetches.values()] == [Outcome.GUARD]
    assert not portal.asked
