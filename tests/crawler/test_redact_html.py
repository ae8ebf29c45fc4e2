"""The HTML of pages of questions is kept without askers' data; what is read from it again is what was judged."""

from __future__ import annotations

import dataclasses
import datetime as dt
import unicodedata

import pytest

from core.page import Outcome
from crawler.answers import Answer
from crawler.extract import extract, markup, redact
from crawler.extract.redact_html import redact_html
from crawler.extract.scrub import HIDDEN
from crawler.reading import Reading, read, read_kept
from tests.crawler.test_extract_redact import NAME, QUESTIONS, TODAY

AT = dt.datetime(2026, 11, 20, 2, 3, 4, tzinfo=dt.UTC)
SECRETS = (NAME, NAME.upper(), "Mạnh", "Nậm Sỏ", "0912", "345.678", "gmail.com", "063123456", "063085001234")


def answer(body: bytes, url: str = "http://a.gov.vn/hoi-dap", kind: str = "text/html; charset=utf-8") -> Answer:
    return Answer(url, Outcome.OK, url, 200, body, kind, len(body), at=AT)


def reading(html: str | bytes, url: str = "http://a.gov.vn/hoi-dap", kind: str = "text/html; charset=utf-8") -> Reading:
    """Read as a crawl reads, and read again from what it keeps: the same to the last fact."""
    body = f"<html><body>{html}</body></html>".encode() if isinstance(html, str) else html
    asked = answer(body, url, kind)
    found = read(asked, 1, today=TODAY)
    kept = dataclasses.replace(asked, body=body if found.kept is None else found.kept)
    again = read_kept(kept, 1, today=TODAY, facts=found.facts, read_as=found.page.read_as)
    assert again == found.page
    assert again.panels == found.page.panels
    return found


@pytest.mark.parametrize("name", QUESTIONS)
def test_askers_go_and_the_question_and_its_date_stay(name: str) -> None:
    found = reading(QUESTIONS[name])
    assert found.kept is not None
    text = found.kept.decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert "Thủ tục cấp lại sổ đỏ" in text
    assert "01/11/2026" in text
    assert not found.facts, "the page itself is kept, not only what was read on it"


def test_what_is_read_hardly_changes() -> None:
    for name, html in QUESTIONS.items():
        body = f"<html><body>{html}</body></html>".encode()
        old, new = redact(extract(body, "http://a.gov.vn/hoi-dap", today=TODAY)), reading(html).page
        assert (old.title, old.tables, len(old.items)) == (new.title, new.tables, len(new.items)), name
        assert [i.dates for i in old.items] == [i.dates for i in new.items], name


@pytest.mark.parametrize(
    ("html", "gone", "stays"),
    [
        (f'<p>Người hỏi: {NAME}</p><p title="Câu hỏi của {NAME}">Xin hỏi</p>', NAME, "Câu hỏi của"),
        (f"<p>Người hỏi: {NAME}</p><!-- {NAME}, 0912345678 --><p>x</p>", "0912345678", "<p>x</p>"),
        (f'<p>Người hỏi: {NAME}</p><script>var q={{"hoTen":"{NAME}","so":7}};</script>', NAME, '"so":7'),
        (f"<p>Người hỏi: {NAME}</p><script>t='Nguy\\u1ec5n V\\u0103n M\\u1ea1nh';</script>", "M\\u1ea1nh", "t='"),
        (f'<p>Người hỏi: {NAME}</p><input type="hidden" name="__VIEWSTATE" value="TmFt">', "TmFt", "__VIEWSTATE"),
        (f'<p>Người hỏi: {NAME}</p><a href="mailto:m@gmail.com" title="{NAME}">thư</a>', "m@gmail", 'href="mailto:"'),
        ('<p>Người hỏi: A</p><a href="mailto:vp@so.lienson.gov.vn">thư</a>', "Người hỏi: A<", "vp@so.lienson.gov.vn"),
        ("<p>Người hỏi: Nguy&#7877;n V&#259;n M&#7841;nh</p><p>H&#7887;i</p>", "M&#7841;nh", "H&#7887;i"),
        ("<p>Người hỏi: Nguyễn  Văn\n Mạnh</p><p>Hỏi</p>", "Mạnh", "Hỏi"),
        (f"<p>Người hỏi: <b>Nguyễn</b> <i>Văn Mạnh</i></p><p>{NAME} hỏi: đất</p>", "Mạnh", "đất"),
        (
            '<p>Người hỏi: An</p><script type="application/ld+json">{"@type":"QAPage","mainEntity":{"@type":"Question",'
            '"author":{"@type":"Person","name":"Lan"},"text":"Gọi 0912345678"}}</script>',
            "Lan",
            '"QAPage"',
        ),
    ],
    ids="attribute comment script escaped hidden mail office entities spaces inline linked-data".split(),
)  # fmt: skip
def test_nothing_hides_in_the_markup(html: str, gone: str, stays: str) -> None:
    found = reading(f"<h1>Hỏi đáp</h1>{html}")
    assert found.kept is not None and not found.facts
    text = found.kept.decode()
    assert gone not in text
    assert "0912345678" not in text
    assert stays in text


def test_a_page_of_no_questions_is_kept_as_it_came() -> None:
    heads, row = "<tr><th>Họ và tên</th><th>Chức vụ</th></tr>", f"<tr><td>{NAME}</td><td>Giám đốc</td></tr>"
    assert reading(f"<h1>Danh bạ</h1><table>{heads}{row}</table>", "http://a.gov.vn/danh-ba").kept is None


def test_the_agency_s_address_at_the_foot_stays() -> None:
    foot = "<footer>Địa chỉ: số 1 đường Hùng Vương</footer>"
    found = reading(f"<main><p>Người hỏi: {NAME}</p><p>Địa chỉ: thôn Nậm Sỏ</p></main>{foot}")
    assert found.kept is not None
    assert "số 1 đường Hùng Vương" in found.kept.decode()
    assert "Nậm Sỏ" not in found.kept.decode()


def test_a_short_name_in_a_column_of_askers_goes() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>Lan</td><td>Câu {n}</td></tr>" for n in range(3))
    found = reading(f"<table><tr><th>STT</th><th>Người hỏi</th><th>Câu hỏi</th></tr>{rows}</table>")
    assert found.kept is not None
    text = found.kept.decode()
    assert "Lan" not in text
    assert "Người hỏi" in text and "Câu 2" in text


def encoded(letter: str, charset: str) -> bytes:
    """A letter in a charset; windows-1258 has its tones as signs of their own."""
    try:
        return letter.encode(charset)
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
        return (unicodedata.normalize("NFC", apart.replace(tone, "")) + tone).encode(charset)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "cp1258"])
def test_other_charsets_keep_theirs_or_only_the_facts(charset: str) -> None:
    text = f'<html><head><meta charset="{charset}"></head><body><h1>Hỏi đáp</h1><p>Người hỏi: {NAME}</p></body></html>'
    body = {"utf-16-le": b"\xff\xfe"}.get(charset, b"") + b"".join(encoded(c, charset) for c in text)
    found = reading(body, kind=f"text/html; charset={charset}")
    assert found.kept is not None
    assert "Mạnh" not in found.kept.decode(charset, "replace")
    assert "Mạnh" not in found.page.text
    assert found.facts is (charset == "cp1258"), "in letters with loose tones names cannot be found as they are written"
    assert found.page.sha256


@pytest.mark.parametrize("rest", ["<a " * 200_000, "<a title='" * 200_000, "<" * 500_000, "<!--" * 200_000])
def test_markup_without_an_end_is_no_trap(rest: str) -> None:
    found = markup.tokens(f"<p>Hỏi</p>{rest}")
    assert [t.name for t in found[:3]] == ["p", "", "/p"]
    assert markup.lines_of(found).text.startswith("Hỏi\n")


def test_tokens_make_the_page_up_again() -> None:
    source = (
        "<!doctype html><a href='x>y' b=\"1>2\">1 < 2</a><!-- c --><script>if (a<b) '</p>'</script><![CDATA[x]]>&lt;"
    )
    found = markup.tokens(source)
    assert "".join(t.raw for t in found) == source
    assert [t.name for t in found if t.kind == "tag"] == ["!", "a", "/a", "script", "/script"]


def test_what_was_hidden_is_hidden_once() -> None:
    page = extract(b"<h1>H\xe1\xbb\x8fi \xc4\x91\xc3\xa1p</h1>", "http://a.gov.vn/hoi-dap", today=TODAY)
    body = f"<h1>Hỏi đáp</h1><p>Người hỏi: {HIDDEN}</p>".encode()
    assert redact_html(body, dataclasses.replace(page), "text/html") == body
