"""Names are resolved by the named resolver, both address families, once per crawl."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from app.settings import checked_resolver
from core.errors import UsageError
from core.page import Outcome
from crawler.options import CrawlOptions
from crawler.resolver import NoSuchHost, Resolver
from crawler.run import run
from tests.crawler.little import little_portal, page, visit


@contextmanager
def dns_server(names: dict[str, list[str]]) -> Iterator[tuple[str, list[str]]]:
    """Answers A and AAAA questions from a table; gives its address and the names asked."""
    asked: list[str] = []
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    server.settimeout(0.05)
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                wire, who = server.recvfrom(4096)
            except TimeoutError:
                continue
            query = dns.message.from_wire(wire)
            question = query.question[0]
            name = question.name.to_text(omit_final_dot=True)
            asked.append(name)
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.RA
            version = {1: 4, 28: 6}.get(question.rdtype)
            found = [a for a in names.get(name, []) if ipaddress.ip_address(a).version == version]
            if name not in names:
                reply.set_rcode(dns.rcode.NXDOMAIN)
            elif found:
                reply.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", question.rdtype, found))
            server.sendto(reply.to_wire(), who)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}", asked
    finally:
        done.set()
        thread.join()
        server.close()


def test_both_families_and_no_such_name() -> None:
    with dns_server({"hai.test": ["127.0.0.1", "::1"], "rong.test": []}) as (where, asked):

        async def ask() -> None:
            resolver = Resolver(where)
            assert {str(a) for a in await resolver.addresses("hai.test")} == {"127.0.0.1", "::1"}
            await resolver.addresses("HAI.test.")
            assert asked.count("hai.test") == 2  # A and AAAA, once each
            with pytest.raises(NoSuchHost, match="no such name"):
                await resolver.addresses("khong.test")
            with pytest.raises(NoSuchHost, match="no address"):
                await resolver.addresses("rong.test")

        run(ask())


def test_portal_under_a_name_only_the_named_resolver_knows() -> None:
    with (
        little_portal() as portal,
        dns_server({"cong.test": ["127.0.0.1"], "dv.cong.test": ["127.0.0.2"]}) as (where, _),
    ):
        options = CrawlOptions(allow_private=True, resolver=where)
        root = f"http://cong.test:{portal.port}"
        portal.pages["/"] = page(
            "Trang chủ", menu={"/a": "Giới thiệu", f"http://dv.cong.test:{portal.port}/": "Dịch vụ"}
        )
        portal.pages["/a"] = page("Giới thiệu")
        done = visit(f"{root}/", options=options, hosts=("dv.cong.test",)).evidence
        assert done.page(f"{root}/a") is not None
        assert done.fetches[f"http://dv.cong.test:{portal.port}/"].outcome is Outcome.GUARD
        gone = visit(f"http://mat.test:{portal.port}/", options=options).evidence
        assert gone.fetches[f"http://mat.test:{portal.port}/"].outcome is Outcome.NO_HOST


def test_ipv6_only_host() -> None:
    with little_portal("::1") as portal, dns_server({"sau.test": ["::1"]}) as (where, _):
        portal.pages["/"] = page("Trang chủ", menu={"/a": "Giới thiệu"})
        portal.pages["/a"] = page("Giới thiệu")
        named = visit(f"http://sau.test:{portal.port}/", options=CrawlOptions(allow_private=True, resolver=where))
        assert len(named.evidence.pages) == 2
        assert len(visit(portal).evidence.pages) == 2


def test_a_resolver_without_an_address_is_no_crash() -> None:
    async def ask() -> None:
        await Resolver("nothing.invalid:53").addresses("portal.example.vn")

    with pytest.raises(NoSuchHost, match=r"nothing\.invalid"):
        run(ask())


@pytest.mark.parametrize("text", ["nothing.invalid", "127.0.0.1:99999", ":53"])
def test_a_wrong_resolver_is_refused_at_the_door(text: str) -> None:
    with pytest.raises(UsageError, match="máy chủ tên miền"):
        checked_resolver(text)


def test_a_resolver_by_number_is_taken_as_it_is() -> None:
    assert checked_resolver(" 127.0.0.1:5353 ") == "127.0.0.1:5353"
