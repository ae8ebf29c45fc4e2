"""The browser's way out: guard, resolver and ledger of the audit, over HTTP and through tunnels."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from core.page import Outcome
from crawler.browser.proxy import MARK, Proxy
from crawler.browser.session import Browser
from crawler.guard import Guard
from crawler.ledger import Entry, Ledger
from crawler.options import CrawlOptions
from crawler.resolver import Resolver
from crawler.run import run
from crawler.transport import Transport
from tests.browsers import needs_browser
from tests.crawler.little import LittlePortal, Reply, page

Ask = Callable[[bytes], Awaitable[bytes]]


def through(options: CrawlOptions, work: Callable[[Ask], Awaitable[None]], **more: int) -> list[Entry]:
    """Runs with a proxy open; what the ledger holds afterwards."""

    async def inside() -> list[Entry]:
        road = Transport(options, Guard(allow_hosts=options.allow_hosts), Resolver(options.resolver))
        if options.proxy:
            where = urlsplit(options.proxy)
            road.guard.admit_proxy(where.hostname or "", where.port or 80)
        ledger = Ledger()
        proxy = Proxy(road, ledger, options, **more)
        await proxy.open()

        async def ask(raw: bytes) -> bytes:
            reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(proxy.address).port)
            writer.write(raw)
            answer = await asyncio.wait_for(reader.read(), 10.0)
            writer.close()
            return answer

        try:
            await work(ask)
        finally:
            await proxy.close()
            await road.close()
        assert ledger.requests == len(ledger.entries)
        assert ledger.spent == 0
        return ledger.entries

    return run(inside())


def get(url: str, *heads: str) -> bytes:
    return "\r\n".join([f"GET {url} HTTP/1.1", f"Host: {urlsplit(url).netloc}", *heads, "", ""]).encode()


def admitting(portal: LittlePortal, **more: str) -> CrawlOptions:
    return CrawlOptions(allow_hosts=(f"127.0.0.1:{portal.port}",), **more)


def test_a_request_is_passed_on_and_entered(portal: LittlePortal) -> None:
    portal.pages["/trang?x=1"] = Reply("nội dung", headers={"X-Own": "yes"})

    async def work(ask: Ask) -> None:
        raw = await ask(get(f"{portal.root}/trang?x=1", "Proxy-Connection: keep-alive", "Cookie: a=b"))
        assert raw.startswith(b"HTTP/1.1 200") and "nội dung".encode() in raw and b"X-Own: yes" in raw
        assert portal.heads["Cookie"] == "a=b" and "Proxy-Connection" not in portal.heads

    (entry,) = through(admitting(portal), work)
    assert (entry.url, entry.status, entry.outcome) == (f"{portal.root}/trang?x=1", 200, Outcome.OK)
    assert entry.part and entry.bytes > 0


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://127.0.0.1:{other}/", "guard"),
        ("http://localhost:{other}/", "guard"),
        ("http://[::1]:{other}/", "guard"),
        ("http://2130706433:{other}/", "guard"),
        ("http://169.254.169.254/latest/", "guard"),
        ("http://khong-co.invalid/", "no_host"),
    ],
)
def test_what_the_guard_refuses_is_refused_and_entered(portal: LittlePortal, url: str, outcome: str) -> None:
    other = LittlePortal()
    url = url.format(other=other.port)

    async def work(ask: Ask) -> None:
        assert f"{MARK}: {outcome}".encode() in await ask(get(url))
        where = urlsplit(url).netloc
        raw = await ask(f"CONNECT {where if ':' in where.strip('[]') else where + ':443'} HTTP/1.1\r\n\r\n".encode())
        assert raw.startswith((b"HTTP/1.1 403", b"HTTP/1.1 502"))

    plain, tunnel = through(admitting(portal), work)
    other.close()
    assert other.asked == []
    assert (str(plain.outcome), str(tunnel.outcome), tunnel.method) == (outcome, outcome, "CONNECT")


def test_a_request_too_many_is_not_made(portal: LittlePortal) -> None:
    portal.pages["/"] = "x"

    async def work(ask: Ask) -> None:
        assert (await ask(get(portal.url))).startswith(b"HTTP/1.1 200")
        assert (await ask(get(portal.url))).startswith(b"HTTP/1.1 429")

    assert len(through(admitting(portal), work, most=1)) == 1


def test_what_the_browser_asks_for_its_own_sake_goes_nowhere(portal: LittlePortal) -> None:
    async def work(ask: Ask) -> None:
        for host in ("update.googleapis.com", "accounts.google.com", "clients2.google.com"):
            assert (await ask(f"CONNECT {host}:443 HTTP/1.1\r\n\r\n".encode())).startswith(b"HTTP/1.1 403")

    assert through(admitting(portal), work) == []


@pytest.mark.parametrize(
    "raw", [b"rubbish\r\n\r\n", b"GET /relative HTTP/1.1\r\n\r\n", b"GET ftp://a/ HTTP/1.1\r\n\r\n"]
)
def test_what_is_no_proxy_request_is_refused(portal: LittlePortal, raw: bytes) -> None:
    async def work(ask: Ask) -> None:
        assert not (await ask(raw)).startswith(b"HTTP/1.1 200")

    assert through(admitting(portal), work) == []


def test_the_users_own_proxy_is_gone_through(portal: LittlePortal) -> None:
    """The little portal plays the proxy: it is asked for the whole address."""
    portal.otherwise = lambda method, path: Reply(f"asked for {path}")

    async def work(ask: Ask) -> None:
        assert b"asked for http://192.0.2.7/trang" in await ask(get("http://192.0.2.7/trang"))

    with_proxy = CrawlOptions(proxy=f"http://an:mat@127.0.0.1:{portal.port}", allow_hosts=("192.0.2.7",))
    (entry,) = through(with_proxy, work)
    assert entry.outcome is Outcome.OK
    assert portal.heads["Proxy-Authorization"].startswith("Basic ")


@needs_browser
def test_https_goes_through_a_tunnel_and_each_request_is_entered(portal: LittlePortal, certificate: Path) -> None:
    """With a certificate nobody trusts: that is a finding of another probe, and no reason not to look."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    portal.server.socket = context.wrap_socket(portal.server.socket, server_side=True)
    portal.pages["/"] = page("Trang chủ", "<script>fetch('/du-lieu')</script>")
    root = f"https://127.0.0.1:{portal.port}"

    async def look() -> list[Entry]:
        road = Transport(admitting(portal), Guard(allow_hosts=(f"127.0.0.1:{portal.port}",)), Resolver())
        browser = Browser(road, Ledger(), road.options)
        try:
            async with browser.page() as sheet:
                opened = await sheet.open(f"{root}/")
                assert (opened.outcome, opened.status) == (Outcome.OK, 200)
        finally:
            await browser.close()
            await road.close()
        return browser.ledger.entries

    entries = run(look())
    assert {f"{root}/", f"{root}/du-lieu"} <= {e.url for e in entries if e.method == "GET"}
    tunnels = [e for e in entries if e.method == "CONNECT"]
    assert tunnels and sum(e.bytes for e in tunnels) > 500


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX-Last: 1\r\n\r\n",
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
    ],
    ids=["length", "chunks", "no body"],
)
def test_an_answer_ends_though_the_server_does_not_hang_up(answer: bytes) -> None:
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]

    async def stay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await reader.read()  # told to close, and does not
        writer.close()

    async def work(ask: Ask) -> None:
        server = await asyncio.start_server(stay, sock=door)
        raw = await ask(get(f"http://127.0.0.1:{port}/"))
        assert raw.split(b"\r\n\r\n", 1)[1] == answer.split(b"\r\n\r\n", 1)[1]
        server.close()

    (entry,) = through(CrawlOptions(allow_hosts=(f"127.0.0.1:{port}",)), work)
    assert entry.status == int(answer[9:12])
