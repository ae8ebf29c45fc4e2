"""HTTPS: sound, expired, self-signed, of another host, not there; redirects, HSTS and service hosts."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from crawler.probes import tls
from tests.crawler.little import LittlePortal, Reply, page
from tests.lab.certificates import Authority
from tests.lab.name_server import NameServer
from tests.lab.scenes import facts_of

HOST = "bon.khong.lab"


@contextmanager
def secured(context: ssl.SSLContext | None, address: str = "127.0.0.1", port: int = 0) -> Iterator[LittlePortal]:
    portal = LittlePortal(address, port, context)
    portal.pages["/"] = page("Cổng thông tin tỉnh Liên Sơn")
    try:
        yield portal
    finally:
        portal.close()


def look(url: str, internet: NameServer, **more: Any) -> dict[str, Any]:
    return facts_of(tls.probe, url, internet.where, **more)


def test_a_sound_certificate(internet: NameServer, authority: Authority) -> None:
    with secured(authority.server(HOST)) as portal:
        portal.pages["/"] = Reply(page("Cổng"), headers={"Strict-Transport-Security": "max-age=31536000"})
        facts = look(f"https://{HOST}:{portal.port}/", internet)
        assert (facts["tls.ok"], facts["tls.error"], facts["tls.problem"]) == (True, None, None)
        assert facts["tls.protocol"] == "TLSv1.3" and facts["tls.issuer"] == "CN=Lab"
        assert facts["tls.days_left"] in (29, 30) and facts["tls.hsts"] == 31536000
        assert facts["tls.redirect"] is None  # a port of its own says nothing about port 80


@pytest.mark.parametrize(
    ("made", "problem"),
    [
        ({"host": HOST, "expired": True}, "expired"),
        ({"host": HOST, "self_signed": True}, "self_signed"),
        ({"host": "khac.khong.lab"}, "wrong_host"),
    ],
)
def test_a_broken_chain_is_named_and_read_all_the_same(
    internet: NameServer, authority: Authority, made: dict[str, Any], problem: str
) -> None:
    with secured(authority.server(**made)) as portal:
        facts = look(f"https://{HOST}:{portal.port}/", internet)
        assert (facts["tls.ok"], facts["tls.problem"]) == (False, problem)
        assert facts["tls.error"] and facts["tls.expires"] and facts["tls.protocol"]
        assert (facts["tls.days_left"] < 0) is (problem == "expired")


def test_an_authority_nobody_knows(internet: NameServer, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with secured(authority.server(HOST)) as portal:
        facts = look(f"https://{HOST}:{portal.port}/", internet)
        assert (facts["tls.ok"], facts["tls.problem"]) == (False, "untrusted")


def test_an_http_portal_is_tried_on_443(internet: NameServer) -> None:
    with secured(None) as portal:
        facts = look(f"http://{HOST}:{portal.port}/", internet)
        assert facts["tls.problem"] == "refused" and facts["tls.ok"] is False


def test_a_portal_by_number_over_http_has_no_certificate_to_judge(internet: NameServer) -> None:
    with secured(None) as portal:
        assert "tls.ok" not in look(portal.url, internet)


def test_through_a_proxy_no_handshake_is_made(internet: NameServer, authority: Authority) -> None:
    with secured(authority.server(HOST)) as portal:
        url = f"https://{HOST}:{portal.port}/"

        async def by_proxy(scene: Any) -> dict[str, Any]:
            from dataclasses import replace

            return await tls.probe(replace(scene, options=replace(scene.options, proxy="http://127.0.0.1:1")))

        assert set(facts_of(by_proxy, url, internet.where)) == {"tls.hsts", "tls.redirect"}


def test_service_hosts(internet: NameServer, authority: Authority) -> None:
    service = f"dichvucong.{HOST}".replace(HOST, "cong.khong.lab")
    with (
        secured(authority.server(service, expired=True)) as counter,
        secured(authority.server("cong.khong.lab")) as portal,
    ):
        menu = {f"https://{service}:{counter.port}/": "Dịch vụ công", f"https://congbao.{HOST}/": "Của nơi khác"}
        portal.pages["/"] = page("Cổng", menu=menu)
        facts = look(f"https://cong.khong.lab:{portal.port}/", internet, allow_hosts=(service,))
        assert facts["tls.services"] == {service: "expired"}
        hidden = look(f"https://cong.khong.lab:{portal.port}/", internet)
        assert hidden["tls.services"] == {service: "not_admitted"}  # could not look


@pytest.mark.parametrize(("answer", "redirect"), [("https", True), ("page", False), ("nothing", None)])
def test_plain_http_leads_to_https(
    internet: NameServer, authority: Authority, monkeypatch: pytest.MonkeyPatch, answer: str, redirect: bool | None
) -> None:
    """On the real ports, at a loopback address of its own."""
    internet.extra["rieng.khong.lab"] = address = "127.43.20.11"
    host = "rieng.khong.lab"
    try:
        with secured(authority.server(host), address, 443), secured(None, address, 80) as plain:
            if answer == "https":
                plain.pages["/"] = Reply("", 301, headers={"Location": f"https://{host}/"})
            elif answer == "nothing":
                plain.pages["/"] = Reply("", 503)
            facts = look(f"https://{host}/", internet)
            assert facts["tls.redirect"] is redirect
            if answer == "page":
                over_http = look(f"http://{host}/", internet)
                assert (over_http["tls.ok"], over_http["tls.redirect"]) == (True, False)
    except PermissionError:
        pytest.skip("ports 80 and 443 are not ours to open here")


def test_a_portal_asked_by_http_that_was_led_to_https(internet: NameServer, authority: Authority) -> None:
    with secured(authority.server(HOST)) as portal:
        facts = look(f"https://{HOST}:{portal.port}/", internet, start=f"http://{HOST}/")
        assert facts["tls.redirect"] is True
