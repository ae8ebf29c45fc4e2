"""What opens a preview goes to its origin only, and is hidden in every spelling."""

import base64
import html
import json
import re
import time
from collections.abc import Callable
from urllib.parse import quote

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


#: Every sign that some escape is made for, and a letter that is more than one byte.
TOKEN, PASSWORD = "Tok'en&99xx/yy<z>Q \"x\\y%+-1", "P@ss:wörd-2026"
ODD = Access(
    origin_of("https://preview.example.gov.vn/"),
    (("X-Preview-Token", TOKEN), ("Authorization", f"Basic {base64.b64encode(f'an:{PASSWORD}'.encode()).decode()}")),
    (f"an:{PASSWORD}", PASSWORD),
)


def each(how: str) -> Callable[[str], str]:
    """Every letter of the text by its number."""
    return lambda text: "".join(how.format(ord(char)) for char in text)


def php(text: str) -> str:
    """As htmlspecialchars writes it."""
    return html.escape(text).replace("&#x27;", "&#039;")


def slashed(text: str) -> str:
    """As json_encode writes it."""
    return json.dumps(text)[1:-1].replace("/", "\\/")


def hexed(text: str) -> str:
    """As json_encode writes it with all its JSON_HEX_ flags."""
    told = json.dumps(text)[1:-1].replace('\\"', "\\u0022")
    return "".join(f"\\u{ord(c):04X}" if c in "<>&'" else c for c in told)


def partly(text: str) -> str:
    """One letter of three in each of three ways."""
    return "".join((quote(c, safe=""), f"&#x{ord(c):X};", c)[n % 3] for n, c in enumerate(text))


@pytest.mark.parametrize(
    "spelled",
    [
        str, html.escape, php, slashed, hexed, partly, quote,
        lambda text: quote(text, safe=""),
        lambda text: quote(quote(text, safe=""), safe=""),
        lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text, safe="")).replace("%20", "+"),
        lambda text: json.dumps(text)[1:-1],
        lambda text: json.dumps(json.dumps(text))[3:-3],
        lambda text: php(php(text)),
        lambda text: json.dumps(php(text))[1:-1].replace("&", "\\u0026"),
        lambda text: text.replace("ö", "&ouml;").replace("'", "&apos;").replace("@", "&commat;").replace("&9", "&AMP9"),
        lambda text: text.replace("ö", "o\u0308"),
        each("&#{};"), each("&#0{};"), each("&#x{:x};"), each("\\u{:04x}"), each("\\u{:04X}"), each("\\x{:02x}"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("secret", [TOKEN, PASSWORD])
def test_a_secret_is_found_however_a_page_escapes_it(secret: str, spelled: Callable[[str], str]) -> None:
    told = f"<b>a {spelled(secret)}</b>"
    assert ODD.hide(told) == f"<b>a {HIDDEN}</b>"
    assert ODD.hide_bytes(told.encode()) == f"<b>a {HIDDEN}</b>".encode()


def test_a_page_in_an_old_encoding_tells_nothing_either() -> None:
    assert ODD.hide_bytes(f"a {PASSWORD} b".encode("cp1252")) == f"a {HIDDEN} b".encode()


def test_a_first_letter_with_an_accent_is_found_in_every_form() -> None:
    access = Access(origin_of("https://a.gov.vn/"), (("X", "y"),), ("ởđây-2026", "\\&-2026-x"))
    for told in (
        "ởđây-2026",
        "o\u031b\u0309đây-2026",
        "o&#795;%CC%89đây-2026",
        "\\u1edfđây-2026",
        "\\\\&amp;-2026-x",
        "%5C&-2026-x",
    ):
        assert access.hide(f"a {told} b") == f"a {HIDDEN} b"
        assert access.hide_bytes(f"a {told} b".encode()).decode() == f"a {HIDDEN} b"


def test_a_long_token_goes_whole() -> None:
    token = "eyJhbGciOiJSUzI1NiJ9." + "Zm9v-YmFy_" * 150 + "'&x"
    long = Access(origin_of("https://a.gov.vn/"), (("Authorization", f"Bearer {token}"),))
    for spelled in (token, php(token), quote(token, safe=""), slashed(token)):
        assert long.hide(f'"{spelled}" Zm9v') == long.hide_bytes(f'"{spelled}" Zm9v'.encode()).decode()
        assert long.hide(f'"{spelled}" Zm9v') == f'"{HIDDEN}" Zm9v'


def test_words_that_look_alike_stay() -> None:
    for told in ("Tok&#039;en", "tok'en&99xx/yy<z>q", "p%40ss%3Awörd", "&#80;&#64;", "a\\/b %2f &amp; \\u0027"):
        assert ODD.hide(told) == told and ODD.hide_bytes(told.encode()) == told.encode()


@pytest.mark.parametrize(
    "unit", [b"<p>Ch\xc3\xa0o &amp; 100%</p>\n", b'{\\"a\\":\\"\\u1ea1\\/\\"},', b"\\", b"&", b"%25", b"P"]
)
def test_looking_for_secrets_takes_no_time_to_speak_of(unit: bytes) -> None:
    data = unit * (2_000_000 // len(unit))
    ODD.hide_bytes(b"")  # the pattern is made once
    began = time.process_time()
    assert ODD.hide_bytes(data) == data
    assert time.process_time() - began < 8
