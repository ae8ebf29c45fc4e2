"""Hostile and broken servers end as a named outcome; nothing hangs, nothing grows."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.page import Outcome
from crawler.options import CrawlOptions
from crawler.unpack import TooLarge, unpack
from tests.crawler.little import LittlePortal, Reply, page, visit

QUICK = CrawlOptions(allow_private=True, connect_timeout=0.5, total_timeout=0.6)


def outcome_of(portal: LittlePortal, reply: Reply | str, options: CrawlOptions | None = None) -> Outcome:
    portal.pages["/"] = page("Trang chủ", menu={"/x": "Giới thiệu"})
    portal.pages["/x"] = reply
    return visit(portal, options=options).evidence.fetches[f"{portal.root}/x"].outcome


def test_gzip_bomb_is_cut(portal: LittlePortal) -> None:
    bomb = gzip.compress(b"<html>" + b"A" * 40_000_000)
    assert outcome_of(portal, Reply(bomb, headers={"Content-Encoding": "gzip"})) is Outcome.TOO_LARGE


def test_packed_pages_are_read(portal: LittlePortal) -> None:
    body = page("Giới thiệu").encode()
    raw = zlib.compressobj(wbits=-15)
    for packed, name in (
        (gzip.compress(body), "gzip"),
        (zlib.compress(body), "deflate"),
        (raw.compress(body) + raw.flush(), "deflate"),
        (body, "gzip"),
    ):
        assert outcome_of(portal, Reply(packed, headers={"Content-Encoding": name})) is Outcome.OK


def test_unpack_limits() -> None:
    with pytest.raises(TooLarge):
        unpack(gzip.compress(b"0" * 2_000_000), "gzip", 1_000_000)
    assert unpack(gzip.compress(b"0" * 2_000)[:-9], "gzip", 1_000_000).startswith(b"000")


def test_large_body_is_not_read(portal: LittlePortal) -> None:
    assert outcome_of(portal, Reply(b"<html>" + b"A" * 11_000_000)) is Outcome.TOO_LARGE


def test_slow_page_times_out(portal: LittlePortal) -> None:
    assert outcome_of(portal, Reply(page("Chậm"), wait=2.0), QUICK) is Outcome.TIMEOUT


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, Outcome.NOT_FOUND),
        (410, Outcome.NOT_FOUND),
        (403, Outcome.BLOCKED),
        (401, Outcome.BLOCKED),
        (429, Outcome.BLOCKED),
        (500, Outcome.SERVER_ERROR),
        (400, Outcome.ERROR),
    ],
)
def test_statuses(portal: LittlePortal, status: int, outcome: Outcome) -> None:
    assert outcome_of(portal, Reply(page("?"), status)) is outcome


def test_a_file_under_a_menu_entry_is_not_html(portal: LittlePortal) -> None:
    assert outcome_of(portal, Reply(b"%PDF-1.4", type="application/pdf")) is Outcome.NOT_HTML


def test_html_without_a_type_is_read(portal: LittlePortal) -> None:
    assert outcome_of(portal, Reply(page("Giới thiệu"), type="application/octet-stream")) is Outcome.OK


def test_challenge_is_blocked(portal: LittlePortal) -> None:
    challenge = "<html><title>Just a moment...</title><body>Checking your browser</body></html>"
    assert outcome_of(portal, challenge) is Outcome.BLOCKED


def test_redirect_loops_and_chains(portal: LittlePortal) -> None:
    portal.pages["/"] = page(
        "Trang chủ", menu={"/vong": "Giới thiệu", "/dai/0": "Tin tức", "/ngan": "Liên hệ", "/hong": "Hỏng"}
    )
    portal.pages["/vong"] = Reply("", 302, headers={"Location": "/vong2"})
    portal.pages["/vong2"] = Reply("", 302, headers={"Location": "/vong"})
    for n in range(12):
        portal.pages[f"/dai/{n}"] = Reply("", 301, headers={"Location": f"/dai/{n + 1}"})
    portal.pages["/ngan"] = Reply("", 301, headers={"Location": "/ngan/2"})
    portal.pages["/ngan/2"] = Reply("", 307, headers={"Location": f"{portal.root}/lien-he"})
    portal.pages["/lien-he"] = page("Liên hệ")
    portal.pages["/hong"] = Reply("", 302, headers={"Location": "javascript:void(0)"})
    done = visit(portal).evidence
    assert done.fetches[f"{portal.root}/vong"].outcome is Outcome.BAD_REDIRECT
    assert done.fetches[f"{portal.root}/dai/0"].outcome is Outcome.BAD_REDIRECT
    assert done.fetches[f"{portal.root}/hong"].outcome is Outcome.BAD_REDIRECT
    contact = done.page(f"{portal.root}/ngan")
    assert contact is not None and contact.url == f"{portal.root}/lien-he"
    assert f"{portal.root}/ngan/2" in contact.aliases


def test_a_circle_that_a_cookie_ends(portal: LittlePortal) -> None:
    start = page("Trang chủ", menu={"/a": "Giới thiệu"})

    def insisting(method: str, path: str) -> Reply | str | None:
        if "phien=1" not in portal.heads.get("Cookie", ""):
            return Reply("", 302, headers={"Location": path, "Set-Cookie": "phien=1; path=/; HttpOnly"})
        return start if path == "/" else page("Giới thiệu") if path == "/a" else None

    portal.otherwise = insisting
    assert len(visit(portal).evidence.pages) == 2


def test_cookies_are_not_sent_without_need(portal: LittlePortal) -> None:
    portal.pages["/"] = Reply(page("Trang chủ", menu={"/a": "A"}), headers={"Set-Cookie": "theo-doi=1"})
    sent: list[str] = []
    portal.otherwise = lambda method, path: sent.append(portal.heads.get("Cookie", ""))
    visit(portal)
    assert set(sent) == {""}


def test_meta_refresh_home_is_followed(portal: LittlePortal) -> None:
    portal.pages["/"] = '<html><head><meta http-equiv="refresh" content="0;url=/vi/trang-chu"></head></html>'
    portal.pages["/vi/trang-chu"] = page("Cổng thông tin", menu={"/a": "Giới thiệu"})
    portal.pages["/a"] = page("Giới thiệu")
    done = visit(portal).evidence
    assert done.home is not None and done.home.url == f"{portal.root}/vi/trang-chu"
    assert done.page(portal.url) is done.home
    assert len(done.pages) == 2


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unreachable(url: str, options: CrawlOptions = QUICK) -> tuple[Outcome, str]:
    done = visit(url, options=options)
    assert done.evidence.pages == () and done.evidence.stopped_because == "unreachable"
    fetch = done.evidence.fetches[url]
    return fetch.outcome, fetch.error


def test_refused() -> None:
    assert unreachable(f"http://127.0.0.1:{free_port()}/")[0] is Outcome.REFUSED


def test_no_such_host() -> None:
    outcome, error = unreachable("http://khong-co.invalid/")
    assert outcome is Outcome.NO_HOST and error


def test_not_a_web_address() -> None:
    assert unreachable("mailto:a@b.vn")[0] is Outcome.ERROR


@pytest.mark.parametrize("status", [500, 503])
def test_home_page_with_an_error(portal: LittlePortal, status: int) -> None:
    portal.otherwise = lambda method, path: Reply("", status)
    assert unreachable(portal.url)[0] is Outcome.SERVER_ERROR
    portal.otherwise = lambda method, path: Reply("", status) if path == "/" else None
    outcome, error = unreachable(portal.url)
    assert outcome is Outcome.SERVER_ERROR and error == f"HTTP {status}"


def test_home_page_that_never_answers(portal: LittlePortal) -> None:
    portal.otherwise = lambda method, path: Reply("", wait=3.0)
    assert unreachable(portal.url)[0] is Outcome.TIMEOUT


def test_home_page_that_is_a_file(portal: LittlePortal) -> None:
    portal.pages["/"] = Reply(b"\x00\x01", type="application/zip")
    assert unreachable(portal.url)[0] is Outcome.NOT_HTML


@contextmanager
def raw_server(answer: bytes) -> Iterator[int]:
    """Takes connections, says something, hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        done = threading.Event()

        def serve() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(0.5)
                    try:
                        connection.recv(4096)
                        connection.sendall(answer)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            done.set()
            thread.join()


def test_no_handshake_possible() -> None:
    with raw_server(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert unreachable(f"https://127.0.0.1:{port}/")[0] is Outcome.TLS
    with raw_server(b"") as port:
        assert unreachable(f"https://127.0.0.1:{port}/")[0] is Outcome.TLS


def test_what_is_no_http() -> None:
    with raw_server(b"SSH-2.0-OpenSSH_9.2\r\n") as port:
        assert unreachable(f"http://127.0.0.1:{port}/")[0] is Outcome.ERROR
    with raw_server(b"") as port:
        assert unreachable(f"http://127.0.0.1:{port}/")[0] is Outcome.REFUSED


def test_certificate_error_is_a_fact_and_the_crawl_goes_on(portal: LittlePortal, certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    # The handshake is left to the thread of each connection, or one that never speaks would hold up all others.
    portal.server.socket = context.wrap_socket(portal.server.socket, server_side=True, do_handshake_on_connect=False)
    portal.pages["/"] = page("Trang chủ", menu={"/a": "Giới thiệu"})
    portal.pages["/a"] = page("Giới thiệu")
    done = visit(f"https://127.0.0.1:{portal.port}/").evidence
    assert len(done.pages) == 2
    assert done.facts["tls.ok"] is False
    assert "self-signed" in done.facts["tls.error"]
    assert done.facts["http.final_scheme"] == "https"
