"""A scene for one probe: the home page read over the lab's own network, as a crawl would have left it."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from core.evidence import Evidence
from core.plan import Budget, CrawlPlan
from core.portal import Portal
from crawler.dns_query import Asker
from crawler.extract.page import extract
from crawler.guard import Guard
from crawler.ledger import Ledger
from crawler.options import CrawlOptions
from crawler.probes.names import port_of
from crawler.probes.scene import Scene
from crawler.resolver import Resolver
from crawler.run import run
from crawler.transport import Transport
from tests.crawler.little import LittlePortal, page

TODAY = dt.date.today()
PREFIXES = ("dichvucong", "congbao")


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


needs_ipv6_loopback = pytest.mark.skipif(not _has_ipv6(), reason="this machine has no ::1")

Probe = Callable[[Scene], Awaitable[dict[str, Any]]]


@asynccontextmanager
async def scene_at(url: str, resolver: str = "", **more: Any) -> AsyncIterator[Scene]:
    """``more``: fields of CrawlOptions, ``rules`` of the scene, ``start`` (the address asked for, if another)."""
    rules, start = more.pop("rules", lambda _: None), more.pop("start", url)
    options = CrawlOptions(allow_private=True, resolver=resolver, **more)
    guard = Guard(allow_private=True, allow_hosts=options.allow_hosts)
    transport = Transport(options, guard, Resolver(resolver))
    guard.admit_start(await transport.resolver.addresses(urlsplit(url).hostname or ""), port_of(url))
    portal = Portal(start)
    raw = await transport.exchange("GET", url, {}, timeout=10)
    heads = {k.lower(): v for k, v in raw.headers}
    home = extract(raw.body, url, content_type=heads.get("content-type", ""))
    seen = [t.error for t in transport.handshakes.values() if t.error]
    facts = {"home.headers": heads, "tls.ok": not seen if transport.handshakes else None, "tls.error": (*seen, None)[0]}
    evidence = Evidence(portal, TODAY, (home,), facts=facts, plan=CrawlPlan(service_prefixes=PREFIXES))
    asker = Asker(resolver)
    scene = Scene(portal, Budget(), evidence, options, transport, Ledger(), TODAY, rules=rules, asker=asker)
    try:
        yield scene
    finally:
        asker.forget()
        await transport.close()


def facts_of(probe: Probe, url: str, resolver: str = "", **more: Any) -> dict[str, Any]:
    """What a probe finds at an address."""

    async def asking() -> dict[str, Any]:
        async with scene_at(url, resolver, **more) as scene:
            return await probe(scene)

    return run(asking())


@contextmanager
def portals(*hosts: str) -> Iterator[tuple[LittlePortal, ...]]:
    """Little portals on several addresses, all on one port that is free on each."""
    for _ in range(20):
        started = [LittlePortal(hosts[0])]
        try:
            started += [LittlePortal(host, started[0].port) for host in hosts[1:]]
            break
        except OSError:  # taken on the other address
            for portal in started:
                portal.close()
    else:
        raise OSError("no port is free on every address")
    for portal in started:
        portal.pages["/"] = page("Cổng thông tin tỉnh Liên Sơn", menu={"/a": "Giới thiệu"})
        portal.pages["/a"] = page("Giới thiệu")
    try:
        yield tuple(started)
    finally:
        for portal in started:
            portal.close()
