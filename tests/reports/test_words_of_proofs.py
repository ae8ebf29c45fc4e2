"""Evidence is shown in words: codes of searches, forms and measurements, days once and as they are written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest

from checks.catalogue import load
from checks.say import say
from core.data_files import read_yaml
from core.finding import Citation, Proof, Text, Verdict
from core.page import DateSource
from reports import words
from reports.addresses import readable
from tests import samples
from tests.reports.test_html_report import parse, reading

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("proof", "vi"),
    [
        (Proof("search", "", "abc", "known"), "tiêu đề có thật trên cổng"),
        (Proof("search", "", "abc", "plain"), "tiêu đề đó gõ không dấu"),
        (Proof("search", "", "zzqx", "nonsense"), "từ vô nghĩa"),
        (Proof("form", "", "Tìm", "get"), "gửi qua địa chỉ (GET)"),
        (Proof("form", "", "Tìm", "POST"), "gửi trong nội dung (POST)"),
        (Proof("link", "", "Tin", "menu"), "trong trình đơn"),
        (Proof("link", "", "Tin", "not_found"), "Không có trang (404)"),
        (Proof("probe", "", "dns.aaaa", "False"), "không"),
        (Proof("probe", "", "ipv6.http", "None"), "không đo được"),
        (Proof("probe", "", "TLS", "expired"), "chứng thư đã hết hạn"),
        (Proof("probe", "", "tls.expires", "2026-12-24T23:59:59+00:00"), "24/12/2026"),
        (Proof("probe", "", "XML", "120"), "120"),
        (Proof("date", "", "", "2026-11-20"), "20/11/2026"),
        (Proof("date", "", "", "2026-11-02 / 2026-11-05"), "02/11/2026 / 05/11/2026"),
        (Proof("date", "", "", "2026-02-31"), "2026-02-31"),
        (Proof("page", "", "", "2026-11-20"), "2026-11-20"),
        (Proof("page", "", "Tin", None), ""),
        (
            Proof("probe", "", "Khung nhúng không có tên", "axe-core frame-title: 3"),
            "3 chỗ, theo quy tắc frame-title của axe-core",
        ),
        (Proof("link", "", "Tin", "footer"), "ở chân trang"),
    ],
)
def test_values_of_proofs_are_told_in_vietnamese(proof: Proof, vi: str) -> None:
    assert words.proof_value(proof).vi == vi


def test_names_of_measurements_are_told_in_vietnamese() -> None:
    assert words.proof_text(Proof("probe", "", "dns.aaaa")).vi == "bản ghi AAAA (IPv6)"
    assert words.proof_text(Proof("probe", "", "Tin của Sở")).vi == "Tin của Sở"
    assert words.proof_text(Proof("page", "", "TLS")).vi == "TLS"


@pytest.mark.parametrize(
    ("kind", "text", "en"),
    [
        ("date", "theo dữ liệu có cấu trúc của bài, độ tin cậy cao", "from the article's structured data, high trust"),
        ("date", "190/QĐ-SKHCN (ngày ban hành / ngày đăng)", "190/QĐ-SKHCN (issued / put up)"),
        (
            "date",
            "lịch ghi đến tuần từ 16/11/2026 đến 22/11/2026, đọc trong nội dung lịch trên trang, độ tin cậy cao",
            "the schedule covers the week from 16 Nov 2026 to 22 Nov 2026, read in the schedule itself, high trust",
        ),
        ("probe", "Khung nhúng không có tên", "A frame without a title"),
        ("link", "Khung nhúng không có tên", "Khung nhúng không có tên"),
    ],
)
def test_our_own_words_in_the_evidence_have_english_ones(kind: str, text: str, en: str) -> None:
    assert words.proof_text(Proof(kind, "", text)) == Text(text, en)


def test_every_sentence_that_checks_write_into_evidence_is_known_to_the_reports() -> None:
    axe = read_yaml(ROOT / "crawler" / "browser" / "axe_points.yaml")
    said = {f"date {source}": say(f"date_{source.value}") for source in DateSource}
    said |= {name: Text(entry["vi"], entry["en"]) for name, entry in axe.items()}
    said["moves"] = say("access_moves")
    assert len(said) > 30
    for text in said.values():
        assert words.proof_text(Proof("probe", "", text.vi)) == text


@pytest.mark.parametrize(
    ("clause", "document", "en"),
    [
        ("điểm b khoản 1 Điều 10", "NĐ 43/2011/NĐ-CP", "point b, clause 1, Article 10 of Decree 43/2011/NĐ-CP"),
        (
            "khoản 1 và khoản 2 Điều 5",
            "TT 32/2017/TT-BTTTT",
            "clause 1 and clause 2, Article 5 of Circular 32/2017/TT-BTTTT",
        ),
        ("", "QĐ 38/QĐ-BTTTT ngày 14/01/2021", "Decision 38/QĐ-BTTTT of 14 Jan 2021"),
        ("Điều 3", "Luật Tiếp cận thông tin 104/2016/QH13", "Article 3 of Law on Access to Information 104/2016/QH13"),
    ],
)
def test_citations_are_told_in_english(clause: str, document: str, en: str) -> None:
    cited = words.cite(Citation(document, clause))
    assert cited == Text(f"{clause} {document}".strip(), en)


def test_no_citation_of_a_catalogue_stays_vietnamese_in_english() -> None:
    found = {c for id in ("nd43-2011", "nd42-2022", "nd224-2026") for r in load(id).rules for c in r.citations}
    assert len(found) > 100
    for citation in found:
        assert not re.search(r"\b(điểm|khoản|Điều|Luật|NĐ|TT|QĐ|và|ngày|tiêu)\b (?!-)", words.cite(citation).en)


def test_an_address_is_short_and_without_escapes() -> None:
    home = "https://tinhmau.gov.vn/"
    assert readable("https://tinhmau.gov.vn/tin-t%E1%BB%A9c", home) == "/tin-tức"
    assert readable("https://so.gov.vn/a%FFb", home) == "so.gov.vn/a%FFb"
    long = readable("https://so.gov.vn/" + "x" * 200 + "/het.html", home, 60)
    assert len(long) == 60 and long.startswith("so.gov.vn/") and long.endswith("/het.html") and "…" in long
    assert readable("#", home) == readable("javascript:alert(1)", home) == ""


def test_a_date_is_shown_once_and_no_day_as_machines_write_it() -> None:
    proof = Proof("date", samples.HOME, "ngày hiển thị trên trang, độ tin cậy cao", "2026-11-20")
    found = samples.finding("X-1", Verdict.PASS, "Tin tức", "Điều 1", 1, evidence=(proof,))
    text = reading(parse(samples.province(findings=(found,))).get_element_by_id("X-1"))
    assert text.count("20/11/2026") == 1 and "2026-11-20" not in text


def test_a_day_to_come_is_what_is_covered_and_not_the_newest() -> None:
    audit = samples.province()
    ahead = samples.finding("X-1", Verdict.PASS, "Lịch", "Điều 1", 1, newest_date=audit.today + dt.timedelta(days=8))
    text = reading(parse(dataclasses.replace(audit, findings=(ahead,))).get_element_by_id("X-1"))
    assert "Nội dung ghi đến ngày29/11/2026" in text and "Ngày mới nhất" not in text


@pytest.mark.parametrize(("verdict", "shown"), [(Verdict.UNKNOWN, False), (Verdict.FAIL, True)])
def test_what_was_not_judged_is_not_sure_of_anything(verdict: Verdict, shown: bool) -> None:
    found = samples.finding("X-1", verdict, "Lịch", "Điều 1", 1, cause="timeout" if not shown else None)
    text = reading(parse(samples.province(findings=(found,))).get_element_by_id("X-1"))
    assert ("Độ chắc chắn" in text) is shown
