"""Bodies in every encoding that portals send, with the right header, a wrong one and none."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract import extract
from crawler.extract.charset import decode

TEXT = "Ủy ban nhân dân tỉnh thông báo kết quả đấu thầu mua sắm công và lịch tiếp công dân. Quyết định số một."
PAGE = f"<html><head><title>Sở Tài chính</title></head><body><h1>Đấu thầu</h1><p>{TEXT * 3}</p></body></html>"
TONES = "\u0300\u0301\u0303\u0309\u0323"


def cp1258(text: str) -> bytes:
    """Vietnamese as windows-1258 writes it: the letter, then its tone as a character of its own."""
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in TONES)
        out += unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES)) + tone
    return out.encode("cp1258")


@pytest.mark.parametrize(
    ("body", "header", "traits"),
    [
        (PAGE.encode(), "text/html; charset=utf-8", set()),
        (PAGE.encode(), "", set()),
        (b"\xef\xbb\xbf" + PAGE.encode(), "text/html; charset=iso-8859-1", {"wrong_charset"}),
        (PAGE.encode(), "text/html; charset=windows-1252", {"wrong_charset"}),
        (PAGE.replace("<head>", "<head><meta charset=tcvn>").encode(), "", set()),
        (PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').encode(), "", {"wrong_charset"}),
        (PAGE.encode("utf-16"), "text/html", set()),
        (cp1258(PAGE), "text/html; charset=windows-1258", {"cp1258"}),
        (cp1258(PAGE), "text/html; charset=utf-8", {"cp1258", "wrong_charset"}),
        (cp1258(PAGE), "", {"cp1258"}),
        (unicodedata.normalize("NFD", PAGE).encode(), "text/html; charset=utf-8", {"nfd"}),
        (PAGE.encode("ascii", "xmlcharrefreplace"), "text/html; charset=utf-8", {"entities"}),
        (PAGE.encode() + b"<p>\xff\xfe</p>", "text/html; charset=utf-8", set()),
    ],
    ids=["utf-8", "no header", "bom", "header lies", "unknown meta", "meta lies", "utf-16", "cp1258",
        "cp1258 as utf-8", "cp1258 bare", "nfd", "entities", "two bad bytes"],
)  # fmt: skip
def test_the_words_are_right(body: bytes, header: str, traits: set[str]) -> None:
    page = extract(body, "http://a.gov.vn/", content_type=header)
    assert page.h1 == "Đấu thầu"
    assert page.title == "Sở Tài chính"
    assert TEXT in page.text
    assert page.language == "vi"
    assert page.traits & {"wrong_charset", "cp1258", "nfd", "entities", "mojibake", "legacy_font"} == traits


def test_utf8_read_as_latin1_is_told_and_not_hidden() -> None:
    body = TEXT.encode().decode("cp1252", "replace").encode()
    assert "mojibake" in decode(b"<p>" + body * 2 + b"</p>").traits


TCVN3 = "Uû ban nh©n d©n tØnh ®· ban hµnh QuyÕt ®Þnh vÒ viÖc ®Êu thÇu mua s¾m c«ng; ®Ò nghÞ c¸c c¬ quan thùc hiÖn"
VNI = "Uûy ban nhaân daân tænh ñaõ ban haønh Quyeát ñònh veà vieäc ñaáu thaàu mua saém coâng cuûa caùc cô quan"


@pytest.mark.parametrize(
    "text", [f"<font face='.VnTime'>{TCVN3}", f"<p style='font-family:VNI-Times'>{VNI}", TCVN3 * 4]
)
def test_legacy_fonts(text: str) -> None:
    assert "legacy_font" in decode(text.encode("utf-8")).traits
    assert "legacy_font" in decode(text.encode("cp1252")).traits


def test_a_font_name_left_by_word_proves_nothing() -> None:
    assert "legacy_font" not in decode(f"<p style='font-family:.VnTime'>{TEXT}</p>".encode()).traits


def test_zero_width_letters_and_soft_hyphens_are_not_shown() -> None:
    page = extract("<h1>Hỏi\u200b đáp\u00ad</h1>".encode(), "http://a.gov.vn/")
    assert page.h1 == "Hỏi đáp"


@given(
    st.binary(max_size=400),
    st.sampled_from(
        ["", "text/html; charset=utf-8", "text/html; charset=utf-16", "text/html; charset=x", "charset=windows-1258"]
    ),
)
def test_any_bytes_are_read(body: bytes, header: str) -> None:
    extract(body, "http://a.gov.vn/", content_type=header)
    extract(b"<html><body><p>" + body, "http://a.gov.vn/", content_type=header)
