"""Where a body's own claims and the audit disagree, every report says so, and none says anything without claims."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json

import openpyxl
import pytest
from docx import Document
from jsonschema import Draft202012Validator
from lxml import html as markup

from checks.declared import compare
from core import audit_json
from core.audit import Audit
from core.figures import Claim
from core.text import clean
from reports import docx_report, html_report, markdown, xlsx_report
from reports.json_report import json_schema
from tests import samples

BEGINS, ENDS = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
LINK = "https://tinhmau.gov.vn/lich"


def claim(rule: str, points: float, of: float, link: str = "", note: str = "") -> Claim:
    return Claim("tinh-mau", rule, BEGINS, ENDS, points, of, link, note)


@pytest.fixture
def audit() -> Audit:
    """A claim above, one below, one that agrees, one that could not be judged, one of no duty."""
    audit = samples.province()
    unseen = next(f.rule for f in audit.findings if f.verdict.value == "unknown")
    claims = (
        claim("ND43-10.1.a.1", 3, 3),
        claim("ND43-10.1.b", 9.5, 12),
        claim("ND43-10.1.c.4", 5, 5, LINK, "=1+1"),
        claim(unseen, 2, 2, "javascript:alert(1)"),
        claim("XX-1", 1, 1),
    )
    return dataclasses.replace(audit, declared=compare(claims, audit.findings))


def test_report_json_holds_them_and_reads_them_back(audit: Audit) -> None:
    data = audit_json.audit_to_dict(audit)
    Draft202012Validator(json_schema()).validate(data)
    assert [(d["rule"], d["agreement"], d["gap"]) for d in data["declared"][:2]] == [
        ("ND43-10.1.c.4", "over", 5), ("ND43-10.1.b", "under", -2.5)]  # fmt: skip
    assert data["declared"][0]["text"]["vi"].startswith("tự chấm 5/5, kiểm tra: có tên mục “Lịch công tác”")
    assert audit_json.loads(audit_json.dumps(audit)) == audit_json.loads(audit_json.dumps(audit))
    again = audit_json.loads(audit_json.dumps(audit))
    assert [d.plain for d in again.declared] == data["declared"]
    assert again.declared[0].finding is next(f for f in again.findings if f.rule == "ND43-10.1.c.4")
    old = json.loads(audit_json.dumps(audit))
    del old["declared"]  # as earlier versions wrote it
    assert audit_json.audit_from_dict(old).declared == ()
    assert audit_json.audit_to_dict(samples.province())["declared"] == []


def test_the_page_lists_what_disagrees_and_links_to_the_duty(audit: Audit) -> None:
    page = markup.fromstring(html_report.render(audit).decode())
    (section,) = page.xpath("//section[@id='declared']")
    rows = section.xpath(".//tbody/tr")
    assert len(rows) == 4  # all but the one that agrees
    first = clean(rows[0].text_content())
    assert "5/5" in first and "+5" in first and "Không đạt" in first and "đang được cập nhật" in first
    assert rows[0].xpath(".//th/a/@href") == ["#ND43-10.1.c.4"] and rows[0].xpath(".//td//a/@href") == [LINK]
    assert "9,5/12" in rows[1].text_content() and "−2,5" in rows[1].text_content()
    assert not any("javascript" in href for href in page.xpath("//a/@href"))
    assert page.xpath("//nav//a[@href='#declared']")
    (card,) = page.xpath("//article[@id='ND43-10.1.c.4']//p[@class='claim']")
    assert "Tự chấm" in card.text_content() and "chênh +5 điểm" in clean(card.text_content())
    (same,) = page.xpath("//article[@id='ND43-10.1.a.1']//p[@class='claim']")
    assert "chênh" not in same.text_content()
    without = markup.fromstring(html_report.render(samples.province()).decode())
    assert not without.xpath("//*[@id='declared'] | //a[@href='#declared'] | //p[@class='claim']")


def test_all_claims_agree() -> None:
    audit = samples.province()
    audit = dataclasses.replace(audit, declared=compare([claim("ND43-10.1.a.1", 3, 3)], audit.findings))
    (section,) = markup.fromstring(html_report.render(audit).decode()).xpath("//section[@id='declared']")
    assert not section.xpath(".//table") and "Không có nội dung nào tự chấm khác" in section.text_content()
    text = "\n".join(p.text for p in Document(io.BytesIO(docx_report.render(audit))).paragraphs)
    assert "Không có nội dung nào tự chấm khác" in text


def test_the_document_has_them_as_its_last_appendix(audit: Audit) -> None:
    document = Document(io.BytesIO(docx_report.render(audit)))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[-1] == "ĐIỂM TỰ CHẤM VÀ KẾT QUẢ KIỂM TRA"
    lead = "cơ quan tự chấm 5 nội dung; 1 nội dung tự chấm cao hơn, 1 nội dung thấp hơn"
    assert sum(lead in p.text for p in document.paragraphs) == 2
    rows = [[c.text for c in row.cells] for row in document.tables[-1].rows]
    assert rows[0][2:] == ["Tự chấm", "Kết quả kiểm tra", "Chênh lệch"]
    assert rows[1][2] == "5/5" and rows[1][3].startswith("Không đạt. ") and rows[1][4] == "+5"
    assert rows[-1][1] == "XX-1" and rows[-1][4] == "–"


def test_the_workbook_has_a_sheet_of_them(audit: Audit) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_report.render(audit)))["Tự chấm"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[0] for row in rows] == [item.claim.rule for item in audit.declared]
    assert rows[0][2:5] == [5, 5, "Không đạt"] and rows[0][6:8] == ["Tự chấm cao hơn", 5]
    assert rows[0][9] == "=1+1" and sheet.cell(2, 10).data_type == "s"  # a remark never becomes a formula
    assert [row[6] for row in rows][2:] == ["Khớp", "Chưa kiểm tra được", "Không có nghĩa vụ này"]


def test_the_summary_for_a_pull_request_has_only_what_disagrees(audit: Audit) -> None:
    text = markdown.render(audit).decode()
    part = text.split("Tự chấm và kết quả kiểm tra (2)")[1].split("</details>")[0]
    assert "`ND43-10.1.c.4`" in part and "5/5" in part and "`ND43-10.1.b`" in part and "XX-1" not in part
    assert "Tự chấm" not in markdown.render(samples.province()).decode()


def test_since_when_a_result_stands() -> None:
    audit = dataclasses.replace(samples.province(), since={"ND43-10.1.c.4": dt.date(2024, 6, 5)})
    data = audit_json.audit_to_dict(audit)
    Draft202012Validator(json_schema()).validate(data)
    assert data["audit"]["since"] == {"ND43-10.1.c.4": "2024-06-05"}
    assert dict(audit_json.loads(audit_json.dumps(audit)).since) == audit.since
    page = markup.fromstring(html_report.render(audit).decode())
    (day,) = page.xpath("//dt[contains(., 'Kết quả này có từ')]/ancestor::article/@id")
    assert day == "ND43-10.1.c.4" and "05/06/2024" in page.xpath(f"string(//article[@id='{day}'])")
