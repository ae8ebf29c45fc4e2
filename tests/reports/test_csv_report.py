"""report.csv: one row a duty, opened right by spreadsheets, and never a formula."""

import csv
import dataclasses
import io

import pytest

from core.finding import Text, Verdict
from reports import csv_report
from reports.sheets.cells import could_be_formula, csv_safe
from tests import samples

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1", "\u200b=1+1", "＝1+1", "'=1+1")


def rows(audit, lang="vi"):
    data = csv_report.render(audit, lang)
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n") == len(audit.findings) + 1
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if lang == "vi" else ","))


def test_one_row_for_each_duty_in_vietnamese_form():
    audit = samples.province()
    found = rows(audit)
    assert [row["Mã"] for row in found] == [f.rule for f in audit.findings]
    partial = next(row for row in found if row["Mã"] == "ND43-10.1.c.1")
    assert (partial["Kết quả"], partial["Điểm"], partial["Tỷ lệ đạt"]) == ("Đạt một phần", "1,25", "0,25")
    assert partial["Ngày mới nhất"] == "2026-08-27"
    assert partial["Căn cứ"] == "điểm c khoản 1 Điều 10 NĐ 43/2011/NĐ-CP"


def test_english_takes_commas_and_points():
    found = rows(samples.province(), "en")
    partial = next(row for row in found if row["Id"] == "ND43-10.1.c.1")
    assert (partial["Result"], partial["Points"]) == ("Partly met", "1.25")


def test_what_could_not_be_judged_has_a_cause_and_no_points():
    unseen = next(row for row in rows(samples.province()) if row["Mã"] == "TT32-15.4")
    assert unseen["Điểm"] == "" and unseen["Điểm tối đa"] == "3" and unseen["Độ chắc chắn"] == ""
    assert unseen["Lý do chưa đánh giá được"] == "Máy kiểm tra không có đường truyền IPv6"


def test_an_unconfirmed_citation_says_so():
    row = next(row for row in rows(samples.province()) if row["Mã"] == "TCTT-19.1.e.TC")
    assert "chưa đối chiếu nguyên văn" in row["Căn cứ"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_begins_a_formula(text):
    assert could_be_formula(text)
    assert csv_safe(text).startswith("'")
    bad = samples.finding(text, Verdict.FAIL, text, text, 5, message=Text(text, text), fix=Text(text, text))
    for row in rows(samples.province(findings=(bad,))):
        assert not [cell for cell in row.values() if cell[:1] in "=+-@\t\r＝" and cell]


def test_no_text_begins_a_formula_after_another_separator():
    """Opened with other settings, a cell may end at a comma within it."""
    assert csv_safe("a,=1+1;@x, -2") == "a,'=1+1;'@x, '-2"
    assert csv_safe("Điều 10, khoản 1 – điểm a") == "Điều 10, khoản 1 – điểm a"
    assert csv_safe("https://a.gov.vn/?q=1&b=-2") == "https://a.gov.vn/?q=1&b=-2"


def test_numbers_of_ours_stay_numbers():
    assert csv_report.csv_bytes([[-1.5, 3, 0.25, None, "x"]], "vi") == b'\xef\xbb\xbf-1,5;3;0,25;;"x"\r\n'


def test_hostile_text_keeps_its_place():
    audit = samples.hostile()
    found = rows(audit)
    assert len(found) == len(audit.findings) and all(len(row) == len(csv_report.HEADS) for row in found)
    raw = csv_report.render(audit)
    assert b"\x00" not in raw and b"\x1b" not in raw and "\u202e".encode() not in raw


def test_a_quotation_mark_stays_in_its_cell():
    bad = samples.finding("X", Verdict.FAIL, 'a";"=1+1', "khoản 1", 5)
    (row,) = rows(samples.province(findings=(bad,)))
    assert row["Nghĩa vụ"] == 'a";"=1+1'.replace(';"=', ';"=')


def test_the_same_audit_gives_the_same_bytes():
    audit = samples.province()
    assert csv_report.render(audit) == csv_report.render(dataclasses.replace(audit))
