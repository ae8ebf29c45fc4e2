"""What opens a preview goes to its origin only, and is hidden in every spelling."""

import base64

import pytest

from core.access import HIDDEN, Access, origin_of

LOGIN = base64.b64encode(b"an:mat-khau+1").decode()
ACCESS = Access(
    origin_of("https://preview.example.gov.vn/x"),
    (("Authorization", f"Basic {LOGIN}"), ("Cookie", "phien=bi-mat-cua-phien; b=2")),
    ("an:mat-khau+1", "mat-khau+1"),
)


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://A.gov.vn/x", "https://a.gov.vn:443"),
        ("http://a.gov.vn", "http://a.gov.vn:80"),
        ("http://a.gov.vn:8080/", "http://a.gov.vn:8080"),
        ("http://[::1]:8080/", "http://::1:8080"),
        ("ftp://a.gov.vn/", ""),
        ("http://a.gov.vn:x/", ""),
        ("", ""),
    ],
)
def test_an_origin_names_scheme_host_and_port(url: str, origin: str) -> None:
    assert origin_of(url) == origin


@pytest.mark.parametrize(
    "url",
    [
        "http://preview.example.gov.vn/",
        "https://preview.example.gov.vn:8443/",
        "https://example.gov.vn/",
        "https://preview.example.gov.vn.evil.example/",
        "https://preview.example.gov.vn@evil.example/",
        "//preview.example.gov.vn/",
    ],
)
def test_no_other_origin_gets_anything(url: str) -> None:
    assert ACCESS.onto(url, {"Accept": "*/*"}) == {"Accept": "*/*"}


def test_the_own_origin_gets_all_and_keeps_its_cookies() -> None:
    sent = ACCESS.onto("https://preview.example.gov.vn/tin-tuc", {"cookie": "JSESSIONID=1", "authorization": "x"})
    assert sent == {"Authorization": f"Basic {LOGIN}", "Cookie": "JSESSIONID=1; phien=bi-mat-cua-phien; b=2"}


@pytest.mark.parametrize(
    "told", ["mat-khau+1", "an:mat-khau+1", "mat-khau%2B1", LOGIN, "phien=bi-mat-cua-phien", f"x Basic {LOGIN} y"]
)
def test_no_spelling_of_a_secret_stays(told: str) -> None:
    for hidden in (ACCESS.hide(f"a {told} b"), ACCESS.hide_bytes(f"a {told} b".encode()).decode()):
        assert HIDDEN in hidden
        assert not any(word in hidden for word in ("mat-khau", LOGIN, "bi-mat"))


def test_a_weak_secret_spoils_no_page_and_no_address() -> None:
    weak = Access("https://demo-2026.gov.vn:443", (("X-A", "demo"), ("X-B", "demo-2026")))
    page = b'<a href="https://demo-2026.gov.vn/demo/">'
    assert weak.hide_bytes(page) == page
    assert weak.hide("https://demo-2026.gov.vn/ demo") == "https://demo-2026.gov.vn/ demo"
    short = Access("https://a.gov.vn:443", (("X-A", "tin1"),))
    assert short.hide_bytes(b"/tin1/") == b"/tin1/" and short.hide("/tin1/") == "/[hidden]/"


def test_ordinary_words_stay() -> None:
    assert ACCESS.hide("b=2 và Basic") == "b=2 và Basic"
    assert Access().hide("mat-khau+1") == "mat-khau+1"


def test_its_own_picture_shows_nothing() -> None:
    assert "mat-khau" not in repr(ACCESS) and LOGIN not in repr(ACCESS) and "phien" not in repr(ACCESS)
