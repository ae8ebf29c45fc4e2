"""Evidence is shown in words: codes of searches, forms and measurements, days once and as they are written."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from core.finding import Proof, Verdict
from reports import words
from tests import samples
from tests.reports.test_html_report import parse, reading


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
    ],
)
def test_values_of_proofs_are_told_in_vietnamese(proof: Proof, vi: str) -> None:
    assert words.proof_value(proof).vi == vi


def test_names_of_measurements_are_told_in_vietnamese() -> None:
    assert words.proof_text(Proof("probe", "", "dns.aaaa")).vi == "bản ghi AAAA (IPv6)"
    assert words.proof_text(Proof("probe", "", "Tin của Sở")).vi == "Tin của Sở"
    assert words.proof_text(Proof("page", "", "TLS")).vi == "TLS"


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
