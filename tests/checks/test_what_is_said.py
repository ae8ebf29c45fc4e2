"""Words of findings: codes of machines are told in Vietnamese, lists are parted alike, nothing is negated twice."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import checks
from checks.answers import date_proof
from checks.endings import in_place_of_xml, of_tls
from checks.say import join, say
from core.evidence import Feed, Sitemap
from core.finding import Text, Verdict
from core.page import DateRole, DateSource, Outcome, SeenDate
from tests.checks.contents import table
from tests.checks.portal import TODAY, ago, findings, gathered
from tests.checks.test_kinds_functions import BASE, FAIL, PARTIAL, check, evidence, page

_SENTENCES = {
    key: words
    for path in Path(checks.__file__).parent.glob("messages*.yaml")
    for key, words in yaml.safe_load(path.read_text("utf-8")).items()
}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("html", "trang HTML"), ("broken_xml", "lỗi"), ("no_feed", "RSS"), ("no_sitemap", "sơ đồ"),
        ("too_large", "quá lớn"), ("http_503", "503"), ("timeout", "không trả lời kịp"), ("dns", "tên miền"),
        ("something of old evidence", "không đúng định dạng"),
    ],
)  # fmt: skip
def test_what_came_in_place_of_xml_is_told_in_vietnamese(code: str, said: str) -> None:
    words = in_place_of_xml(code)
    assert said in words.vi and words.en and words.en != words.vi
    assert not words.vi.endswith(".")  # a sentence goes on around it


def test_a_broken_feed_and_sitemap_say_so() -> None:
    feed = check("feed", evidence(page(), feeds=(Feed(f"{BASE}/rss", error="html"),)), FAIL)
    assert feed.message.vi == "Kênh RSS không đọc được: máy chủ trả về một trang HTML."
    xml = check("xml_sitemap", evidence(page(), sitemaps=(Sitemap(f"{BASE}/sitemap.xml", error="broken_xml"),)), FAIL)
    assert "tệp XML bị lỗi" in xml.message.vi


@pytest.mark.parametrize(
    ("problem", "error", "said"),
    [
        ("expired", "certificate has expired", "đã hết hạn"),
        ("", "certificate has expired", "đã hết hạn"),
        ("", "self-signed certificate in certificate chain", "chứng thư gốc tự ký"),
        ("", "self-signed certificate", "chứng thư tự ký"),
        ("refused", "connection refused", "từ chối kết nối"),
        ("", "[Errno 113] odd", "“[Errno 113] odd”"),
        ("", "", "không thiết lập được kết nối an toàn"),
    ],
)
def test_what_is_wrong_with_a_connection_is_told_in_vietnamese(problem: str, error: str, said: str) -> None:
    assert said in of_tls(problem, error).vi


def test_https_names_the_fault_of_every_host() -> None:
    facts = {"tls.ok": True, "tls.services": {"a.tinh.gov.vn": "expired", "b.tinh.gov.vn": "wrong_host"}}
    message = check("https", evidence(page(), facts=facts), PARTIAL).message
    assert "a.tinh.gov.vn (chứng thư đã hết hạn); b.tinh.gov.vn (chứng thư cấp cho tên miền khác)" in message.vi
    assert "expired" not in message.vi


def test_lists_are_parted_by_semicolons() -> None:
    assert join([Text("họ, tên", "name"), Text("chức vụ", "title")]) == Text("họ, tên; chức vụ", "name; title")


@pytest.mark.parametrize(
    "key", sorted(k for k in _SENTENCES if k.startswith(("access_", "mobile_", "one_site_", "f_")))
)
def test_what_may_be_missing_is_named_without_a_no(key: str) -> None:
    """ "Còn thiếu: không có chữ nhấp nháy" says the contrary of what it means."""
    if not key.startswith("access_no"):
        assert "không" not in _SENTENCES[key]["vi"]


def test_no_sentence_says_that_nothing_is_missing() -> None:
    assert not [k for k, words in _SENTENCES.items() if "thiếu: không có" in words["vi"]]


def test_a_directory_that_shows_nothing_does_not_list_it() -> None:
    assert "nêu: ." not in say("officials_none", missing="chức vụ").vi


@pytest.mark.parametrize("source", DateSource)
def test_a_date_is_shown_once_with_its_source_and_trust(source: DateSource) -> None:
    proof = date_proof(SeenDate(TODAY, DateRole.PUBLISHED, source, "2026-11-20T08:00:00+07:00"), "http://a/")
    assert proof.value == "2026-11-20"
    assert "2026" not in proof.text and "độ tin cậy" in proof.text


def documents(*, posted: bool) -> dict[str, object]:
    rows = [
        (f"{n}/QĐ-UBND", ago(40 + n), f"<a href='/f/{n}.pdf'>Quyết định về việc quản lý chợ số {n}</a>")
        for n in range(1, 6)
    ]
    head = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/vb">Văn bản</a></li></ul>'
    body = table("Số ký hiệu|Ngày ban hành|Trích yếu", rows)
    files: dict[str, object] = {f"/f/{n}.pdf": {"outcome": "not_found"} for n in range(1, 6)}
    return {"/": f"{head}<p>Kính chào.</p>", "/vb": f"{head}<h1>Văn bản</h1>{body}", **({} if posted else files)}


def test_documents_whose_files_are_all_dead() -> None:
    finding = findings(gathered(documents(posted=False)))["ND43-10.1.e.2"]
    assert finding.verdict is Verdict.FAIL
    assert "không tải tệp về được" in finding.message.vi


def test_a_day_of_issue_alone_leaves_lateness_open() -> None:
    finding = findings(gathered(documents(posted=True)))["ND43-10.1.e.4"]
    assert (finding.verdict, finding.cause) == (Verdict.UNKNOWN, "no_date")
    assert "chỉ ghi ngày ban hành, không ghi ngày đăng" in finding.message.vi
    assert _SENTENCES["cause_no_date"]["vi"] == "trang không ghi đủ các ngày cần đối chiếu."


def test_no_tables_are_no_share_of_tables() -> None:
    message = check("accessibility", evidence(page(), facts={"a11y.contrast": 1.0}), PARTIAL).message
    assert "các trang đã xem không có bảng dữ liệu" in message.vi and "các trang đã xem không có hình" in message.vi
    assert "bảng dữ liệu (0%)" not in message.vi and "bảng dữ liệu (100%)" not in message.vi


def test_an_english_page_that_says_it_is_empty_is_none() -> None:
    head = '<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/en">English</a></li></ul>'
    empty = f"<html lang=en>{head}<h1>English</h1><p>There are no items to show in this view of the list.</p>"
    finding = findings(gathered({"/": f"{head}<p>Kính chào quý vị.</p>", "/en": empty}))["ND43-13"]
    assert finding.verdict is Verdict.FAIL and "trang trống" in finding.message.vi


def test_outcomes_of_feeds_have_words() -> None:
    assert all(in_place_of_xml(str(outcome)).vi for outcome in Outcome)
