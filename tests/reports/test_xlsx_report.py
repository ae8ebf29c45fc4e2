"""report.xlsx as openpyxl reads it: sheets, types, links, filters, frozen heads; and nothing of it is a formula."""

import dataclasses
import datetime as dt
import io
import textwrap
import zipfile

import openpyxl
import pytest

from core.finding import Proof, Text, Verdict
from reports import xlsx_report
from reports.ranking import advice, fixes
from reports.sheets import book as books
from tests import samples


def opened(audit, lang="vi"):
    return openpyxl.load_workbook(io.BytesIO(xlsx_report.render(audit, lang)))


@pytest.fixture(scope="module")
def book():
    return opened(samples.province())


def column(sheet, head):
    """The cells under a head, which is in both languages."""
    number = next(c.column for c in sheet[1] if head in str(c.value).split("\n"))
    return [row[number - 1] for row in sheet.iter_rows(min_row=2)]


def test_sheets_and_heads_in_both_languages(book):
    assert book.sheetnames == ["Tổng hợp", "Nghĩa vụ", "Bằng chứng", "Việc cần làm", "Biểu đồ"]
    assert book["Nghĩa vụ"]["C1"].value == "Nghĩa vụ\nDuty"
    english = opened(samples.province(), "en")
    assert english.sheetnames == ["Summary", "Duties", "Evidence", "Fix list", "Charts"]
    assert english["Duties"]["C1"].value == "Duty\nNghĩa vụ"


def test_every_duty_stands_there_with_typed_cells(book):
    sheet, audit = book["Nghĩa vụ"], samples.province()
    assert [c.value for c in column(sheet, "Mã")] == [f.rule for f in audit.findings]
    points = column(sheet, "Điểm")
    assert [c.value for c in points] == [f.points for f in audit.findings]
    assert {c.number_format for c in points if c.value is not None} == {"0.00"}
    dates = [c for c in column(sheet, "Ngày mới nhất") if c.value is not None]
    assert [c.value.date() for c in dates] == [f.newest_date for f in audit.findings if f.newest_date]
    assert {c.number_format for c in dates} == {"dd/mm/yyyy"}
    words = {"pass": "Đạt", "partial": "Đạt một phần", "fail": "Không đạt", "unknown": "Chưa đánh giá được"}
    for cell, finding in zip(column(sheet, "Kết quả"), audit.findings, strict=True):
        assert cell.value == words.get(finding.verdict.value, "Không áp dụng")
        assert cell.fill.fgColor.rgb not in (None, "00000000")


def test_filters_and_frozen_heads(book):
    for name, frozen in (("Nghĩa vụ", "D2"), ("Bằng chứng", "B2"), ("Việc cần làm", "D2")):
        sheet = book[name]
        assert sheet.freeze_panes == frozen
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"
        assert sheet.print_title_rows == "$1:$1"
        assert all(sheet.column_dimensions[c.column_letter].width >= 5 for c in sheet[1])


def test_addresses_wrap_and_heads_have_three_lines(book):
    for cell in column(book["Bằng chứng"], "Địa chỉ"):
        assert cell.value is None or cell.alignment.wrap_text
    for sheet in (book["Nghĩa vụ"], book["Bằng chứng"], book["Việc cần làm"]):
        for cell in sheet[1]:
            room = int(sheet.column_dimensions[cell.column_letter].width) - 2
            assert sum(len(textwrap.wrap(part, room)) for part in cell.value.split("\n")) <= 3, cell.value
    long = "https://tinhmau.gov.vn/" + "muc-rat-dai/" * 9
    proof = dataclasses.replace(samples.province().findings[0].evidence[0], url=long, text="")
    one = dataclasses.replace(samples.province().findings[0], title=Text("A", "A"), evidence=(proof,), candidates=())
    assert opened(samples.province(findings=(one,)))["Bằng chứng"].row_dimensions[2].height > 20


def test_links_lead_where_they_say(book):
    duties, evidence = book["Nghĩa vụ"], book["Bằng chứng"]
    for cell, rule in zip(column(duties, "Bằng chứng"), column(duties, "Mã"), strict=True):
        if cell.value is not None:
            sheet, _, place = cell.hyperlink.location.rpartition("!")
            assert sheet == "'Bằng chứng'" and evidence[place].value == rule.value
    for cell in column(evidence, "Mã"):
        assert duties[cell.hyperlink.location.rpartition("!")[2]].value == cell.value
    address = next(c for c in column(duties, "Địa chỉ mục") if c.value)
    assert address.hyperlink.target.startswith("https://tinhmau.gov.vn/")


def test_evidence_and_near_misses(book):
    audit = samples.province()
    count = sum(len(f.evidence) + len(f.candidates) for f in audit.findings)
    counted = [c.value for c in column(book["Bằng chứng"], "Được tính")]
    assert len(counted) == count
    assert counted.count("Không") == sum(len(f.candidates) for f in audit.findings)


def test_evidence_is_told_in_words_with_addresses_by_their_path():
    base = samples.province().findings[0]
    seen = (
        Proof("link", "https://tinhmau.gov.vn/gioi-thieu", "Giới thiệu", "menu"),
        Proof("date", "https://tinhmau.gov.vn/", "Tin", "2026-10-31"),
        Proof("probe", "https://tinhmau.gov.vn/", "availability.checks", "3"),
        Proof("link", "https://a.example.vn/", "A", "footer"),
        Proof("link", "#", "Danh bạ", "side"),
    )
    audit = samples.province(findings=(dataclasses.replace(base, evidence=seen, candidates=()),))
    sheet = opened(audit)["Bằng chứng"]
    assert [c.value for c in column(sheet, "Giá trị")] == [
        "trong trình đơn", "31/10/2026", "3", "ở chân trang", "ở cột bên",
    ]  # fmt: skip
    assert [c.value for c in column(sheet, "Nội dung thấy được")][2] == "số lần đo"
    where = column(sheet, "Địa chỉ")
    assert [c.value for c in where] == ["/gioi-thieu", "/", "/", "a.example.vn/", None]
    assert where[0].hyperlink.target == "https://tinhmau.gov.vn/gioi-thieu"


def test_the_fix_list_is_ordered_by_what_is_gained(book):
    audit, sheet = samples.province(), book["Việc cần làm"]
    gains = [c.value for c in column(sheet, "Điểm được thêm")]
    scored = fixes(audit)
    assert gains == [round(f.gain, 2) for f in scored] + [None] * len(advice(audit))
    assert [c.value for c in column(sheet, "TT")] == list(range(1, len(gains) + 1))


def test_the_summary_says_the_score(book):
    audit = samples.province()
    cells = [c.value for row in book["Tổng hợp"].iter_rows() for c in row if c.value is not None]
    for number in (audit.score.value, audit.score.low, audit.score.high):
        assert round(number, 3) in cells
    assert audit.portal.name in cells and dt.datetime(2026, 11, 21) in cells
    assert any("không phải kết quả của Bộ" in str(c) for c in cells)


def test_the_picture_has_its_table(book):
    sheet = book["Biểu đồ"]
    assert len(sheet._images) == 1
    rules = [c.value for c in sheet["A"] if c.value]
    dated = [f for f in samples.province().findings if f.newest_date]
    assert {f.rule for f in dated} <= set(rules)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_nothing_hostile_becomes_a_formula_or_a_link(lang):
    attacks = ("=1+1", "+A1", "-A1", "@SUM(1)", '=HYPERLINK("http://x","y")', "{=1}", "=cmd|'/c calc'!A1")
    bad = tuple(
        samples.finding(
            text,
            Verdict.FAIL,
            text,
            text,
            5,
            message=Text(text, text),
            fix=Text(text, text),
            evidence=(Proof("link", text, text, text, samples.NOW), Proof("page", f"javascript:{text}", text)),
        )
        for text in attacks
    )
    for audit in (samples.province(findings=bad), samples.hostile()):
        for sheet in opened(audit, lang):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f"
                    if isinstance(cell.value, str) and cell.value[:1] in "=+-@" and cell.value:
                        assert cell.quotePrefix
                    if cell.hyperlink and cell.hyperlink.target:
                        assert cell.hyperlink.target.startswith(("http://", "https://"))
        data = zipfile.ZipFile(io.BytesIO(xlsx_report.render(audit, lang)))
        sheets = [data.read(name) for name in data.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in xml or b"<f " in xml for xml in sheets)


def test_an_empty_audit_and_one_without_a_score():
    empty = samples.province(findings=())
    assert opened(empty)["Nghĩa vụ"].max_row == 1
    unseen = tuple(f for f in samples.province_findings() if f.verdict is Verdict.UNKNOWN)
    cells = [c.value for row in opened(samples.province(findings=unseen))["Tổng hợp"].iter_rows() for c in row]
    assert "Chưa đủ căn cứ để tính điểm" in cells


def test_links_beyond_what_a_sheet_holds_are_text(monkeypatch):
    monkeypatch.setattr(books, "MOST_LINKS", 3)
    sheet = opened(samples.province())["Nghĩa vụ"]
    assert sum(c.hyperlink is not None for row in sheet.iter_rows() for c in row) == 3
    assert sum(str(c.value).startswith("https://") for c in column(sheet, "Địa chỉ mục")) > 3


def test_the_same_audit_gives_the_same_bytes():
    one, two = (xlsx_report.render(samples.province()) for _ in range(2))
    assert one == two
    made = openpyxl.load_workbook(io.BytesIO(one)).properties
    assert made.created == dt.datetime(2026, 11, 21) and made.title.startswith("Kết quả kiểm tra: ")
