"""Findings as Word and PDF: read back by independent readers, safe with hostile audits, the same bytes every time."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from core.finding import Text, Verdict
from reports import docx_paper, docx_report, findings_paper, paper, pdf_report
from reports.registry import load_formats, render
from tests import samples

VIETNAMESE = (
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"
)
HEADS = ["I. THÔNG TIN CHUNG", "II. KẾT QUẢ ĐÁNH GIÁ", "III. NHỮNG NỘI DUNG ĐẠT",
         "IV. NHỮNG NỘI DUNG CHƯA ĐẠT, ĐẠT MỘT PHẦN", "V. NHỮNG NỘI DUNG CHƯA ĐÁNH GIÁ ĐƯỢC", "VI. KIẾN NGHỊ",
         "BẢNG KẾT QUẢ THEO TỪNG NỘI DUNG", "DANH MỤC NỘI DUNG CẦN KHẮC PHỤC", "CHỨNG CỨ",
         "MỨC ĐỘ CẬP NHẬT CỦA CÁC MỤC"]  # fmt: skip


def word_of(audit, lang="vi"):
    return Document(io.BytesIO(docx_report.render(audit, lang)))


def text_of(data: bytes) -> str:
    """All words of a PDF, a space where a line ends."""
    return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def cells(document) -> str:
    return "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)


def test_the_word_file_has_the_form_of_an_official_document():
    document = word_of(samples.province())
    head = document.tables[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head.rows[0].cells[1].text
    assert "Độc lập - Tự do - Hạnh phúc" in head.rows[0].cells[1].text
    assert head.rows[1].cells[0].text == "Số: [… số …]/BC-[… ký hiệu …]"
    assert head.rows[1].cells[1].text == "[… địa danh …], ngày [……] tháng [……] năm 2026"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == HEADS
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert "PAGE" in section.header._element.xml and section.different_first_page_header_footer
    assert not document.sections[1].different_first_page_header_footer
    assert {f.get(qn("w:ascii")) for f in document.styles["Normal"].element.iter(qn("w:rFonts"))} == {"Times New Roman"}


def test_the_head_of_every_table_of_findings_is_repeated_and_no_row_is_cut():
    for table in word_of(samples.province()).tables:
        if table.style is not None and table.style.name == "Table Grid":
            assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
            assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_gaps_for_people_are_marked_in_colour():
    document = word_of(samples.province())
    found = [r for p in document.tables[0].rows[1].cells[0].paragraphs for r in p.runs]
    assert [r.text for r in found if r.font.highlight_color] == ["[… số …]", "[… ký hiệu …]"]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_duty_is_in_both_documents(lang):
    audit = samples.province()
    word, pdf = cells(word_of(audit, lang)), text_of(pdf_report.render(audit, lang))
    for finding in audit.findings:
        title = finding.title.vi if lang == "vi" else finding.title.en
        assert title in word
        assert squeezed(title) in pdf


def test_all_letters_of_vietnamese_are_in_the_pdf_and_its_fonts_are_embedded():
    letters = [VIETNAMESE[i : i + 12] for i in range(0, len(VIETNAMESE), 12)]
    finding = samples.finding("ND43-1", Verdict.FAIL, " ".join(letters), "Điều 1", 3)
    data = pdf_report.render(samples.province(findings=(finding,)))
    assert squeezed("".join(letters)) in text_of(data)
    fonts = {}
    for page in PdfReader(io.BytesIO(data)).pages:
        for font in page["/Resources"]["/Font"].values():
            fonts[font["/BaseFont"]] = font.get_object()
    assert fonts and all("LiberationSerif" in name for name in fonts)
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts.values())


def test_decomposed_letters_are_composed_and_foreign_ones_are_a_box():
    finding = samples.finding("ND43-1", Verdict.FAIL, "Ho\u0323p ba\u0301o 会議", "Điều 1", 3)
    text = text_of(pdf_report.render(samples.province(findings=(finding,))))
    assert "Họpbáo□□" in text


def test_pages_are_numbered_from_the_second_on():
    pages = PdfReader(io.BytesIO(pdf_report.render(samples.province()))).pages
    assert not pages[0].extract_text().startswith("1\n")
    assert [page.extract_text().split("\n")[0].strip() for page in pages[1:3]] == ["2", "3"]
    wide = next(p for p in pages if "CẦN KHẮC PHỤC" in p.extract_text()).mediabox
    upright = pages[0].mediabox
    assert upright.width < upright.height and wide.width > wide.height


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_the_same_audit_gives_the_same_bytes(format):
    assert render(samples.province(), format)[1] == render(samples.province(), format)[1]


def test_the_picture_lies_inside_and_says_what_it_shows():
    document = word_of(samples.province())
    (picture,) = document.inline_shapes
    assert picture._inline.docPr.get("descr").startswith("Tuổi của tin, bài mới nhất trong mỗi mục.")
    assert picture.width <= document.sections[-1].page_width - document.sections[-1].left_margin
    pages = PdfReader(io.BytesIO(pdf_report.render(samples.province()))).pages
    assert sum(len(page.images) for page in pages) == 1


def test_formats_are_known_by_name():
    assert {"docx", "pdf"} <= set(load_formats().names)
    assert render(samples.province(), "pdf")[0] == "report.pdf"


def test_a_hostile_audit_stays_text():
    audit = samples.hostile()
    data = docx_report.render(audit)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not any(b'TargetMode="External"' in content for content in parts.values())
    assert b"<script" not in parts["word/document.xml"]
    assert "<script>" in cells(word_of(audit))
    reader = PdfReader(io.BytesIO(pdf_report.render(audit)))
    assert not any(page.get("/Annots") for page in reader.pages)
    assert "/OpenAction" not in reader.trailer["/Root"] and "/AcroForm" not in reader.trailer["/Root"]
    assert "<script>alert(1)" in text_of(pdf_report.render(audit))


@pytest.mark.parametrize("bad", ["\x00", "\x1b[31m", "\ud800", "\ufffe", "\u202e", "\u2066", "<b>&amp;]]>"])
def test_characters_that_no_document_may_hold_cost_nothing(bad):
    finding = samples.finding("ND43-1", Verdict.FAIL, f"Trước{bad}sau", "Điều 1", 3, message=Text(bad, bad))
    audit = samples.province(findings=(finding,))
    assert "Trước" in cells(word_of(audit))
    assert "Trước" in text_of(pdf_report.render(audit))


def test_an_audit_without_findings_still_makes_both():
    audit = samples.province(findings=())
    assert "Chưa có nội dung nào đạt." in "\n".join(p.text for p in word_of(audit).paragraphs)
    assert "Khôngcó." in text_of(pdf_report.render(audit))


def test_an_endless_text_is_cut_and_a_tall_row_goes_over_the_page():
    long = samples.finding("ND43-1", Verdict.FAIL, "a" * 5000, "Điều 1", 3, message=Text("từ " * 3000, ""))
    audit = samples.province(findings=(long,) * 3)
    assert PdfReader(io.BytesIO(pdf_report.render(audit))).pages
    assert "…" in cells(word_of(audit))


def test_gaps_are_found_in_text():
    found = list(paper.runs("Số: [… số …]/BC-[……] hết", bold=True))
    assert [(r.text, r.gap) for r in found] == [
        ("Số: ", False), ("[… số …]", True), ("/BC-", False), ("[……]", True), (" hết", False)]  # fmt: skip
    assert [r.text for r in paper.runs("")] == [""]


def test_a_portals_name_is_not_said_twice():
    made = findings_paper.make(samples.province())
    assert made.subject == "Kết quả kiểm tra Cổng Thông tin điện tử tỉnh Mẫu"


def test_libreoffice_opens_the_word_file(tmp_path: Path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice here")
    (tmp_path / "a.docx").write_bytes(docx_paper.render(findings_paper.make(samples.province())))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    if "could not be loaded" in done.stderr:
        pytest.skip("this LibreOffice has no Writer")
    text = text_of((tmp_path / "a.pdf").read_bytes())
    assert all(squeezed(f.title.vi) in text for f in samples.province().findings)
