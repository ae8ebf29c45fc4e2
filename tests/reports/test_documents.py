"""Findings as Word and PDF: read back by independent readers, safe with hostile audits, the same bytes every time."""

from __future__ import annotations

import dataclasses
import datetime as dt
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

from core.finding import Citation, Proof, Text, Verdict
from reports import docx_paper, docx_report, findings_paper, paper, pdf_report, scores
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
    assert all(s._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1" for s in document.sections[1:])
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


def test_pages_are_numbered_from_the_second_on_and_anew_in_every_appendix():
    pages = PdfReader(io.BytesIO(pdf_report.render(samples.province(findings=many(20))))).pages
    heads = [page.extract_text().split("\n")[0].strip() for page in pages]
    assert heads[:2] == ["[… CƠ QUAN CHỦ QUẢN …] CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "2"] or heads[1] == "2"
    first = heads.index("Phụ lục II")
    assert [heads[first + n] for n in (1, 2)] == ["2", "3"]
    assert "Phụ lục I" in heads and "Phụ lục III" in heads and "1" not in heads
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


def many(count: int):
    """Duties not met, with long texts, and one in three that are only advised."""
    proof = samples.page("/van-ban", "Văn bản quy phạm pháp luật và văn bản quản lý hành chính")
    link = samples.page("/van-ban", "Văn bản", "link", value="menu")
    return tuple(
        samples.finding(
            f"ND43-10.{n}",
            Verdict.FAIL,
            f"Chuyên mục thứ {n} về văn bản quy phạm pháp luật",
            "điểm a khoản 1 Điều 10",
            0 if n % 3 == 0 else 3,
            title_en=f"Section {n} of legal documents and other documents",
            message=Text("Không thấy chuyên mục sau khi đã xem mọi trang. " * 8, "No such section was found. " * 8),
            fix=Text("Lập chuyên mục và đăng văn bản trong 2 ngày. " * 8, "Set up the section within 2 days. " * 8),
            citations=tuple(Citation(samples.ND43, f"điểm {c} khoản 1 Điều 10") for c in "abcdefg"),
            evidence=(proof, link, proof, proof, proof),
        )
        for n in range(1, count + 1)
    )


def test_the_findings_of_seventy_duties_are_no_book():
    half = [dataclasses.replace(f, verdict=Verdict.PASS) if n % 2 else f for n, f in enumerate(many(70))]
    data = pdf_report.render(samples.province(findings=tuple(half)))
    assert len(PdfReader(io.BytesIO(data)).pages) <= 15
    assert "đủchứngcứ" in text_of(data).lower() and "report.xlsx" in text_of(data)


def test_what_is_scored_and_what_is_advised_are_counted_apart():
    text = text_of(pdf_report.render(samples.province(findings=many(30))))
    assert squeezed("khắc phục 20 nội dung có tính điểm và xem xét 10 khuyến nghị không tính điểm nêu tại") in text
    assert squeezed("A. Nội dung có tính điểm (20)") in text and squeezed("B. Khuyến nghị không tính điểm (10)") in text
    assert squeezed("1. Nội dung có tính điểm: 20") in text and squeezed("2. Khuyến nghị không tính điểm: 10") in text
    advised = samples.province(findings=tuple(f for f in many(6) if not f.max_points))
    assert squeezed("xem xét 2 khuyến nghị không tính điểm nêu tại Phụ lục II;") in text_of(pdf_report.render(advised))


def test_points_are_told_of_what_could_be_judged():
    audit = samples.province()
    reached = scores.reached(audit)
    judged = sum(f.max_points or 0 for f in audit.findings if f.verdict is not Verdict.UNKNOWN)
    assert f"trên {judged:g} điểm đã kiểm tra được (tổng {audit.score.max_points:g} điểm)" in reached.vi
    assert audit.score.value == pytest.approx(audit.score.points / judged)
    assert squeezed(reached.vi) in text_of(pdf_report.render(audit))
    whole = samples.province(findings=tuple(f for f in audit.findings if f.verdict is not Verdict.UNKNOWN))
    assert "tổng" not in scores.reached(whole).vi


def test_every_appendix_says_what_it_belongs_to():
    told = "(Kèm theo Báo cáo số [… số …]/BC-[… ký hiệu …] ngày [……] tháng [……] năm 2026 của [… CƠ QUAN BAN HÀNH …])"
    document = word_of(samples.province())
    lines = [p.text for p in document.paragraphs]
    numbers = [n for n, line in enumerate(lines) if line.startswith("Phụ lục ")]
    assert [lines[n] for n in numbers] == ["Phụ lục I", "Phụ lục II", "Phụ lục III", "Phụ lục IV"]
    assert [lines[n + 2] for n in numbers] == [told] * 4
    assert text_of(pdf_report.render(samples.province())).count(squeezed(told)) == 4


def test_evidence_on_paper_is_in_words_and_no_command_is_in_the_letter():
    proofs = (
        Proof("probe", samples.HOME, "availability.checks", "3"),
        Proof("date", samples.HOME, "theo dữ liệu có cấu trúc của bài, độ tin cậy cao", "2026-10-31"),
        Proof("link", samples.HOME + "/tin-t%E1%BB%A9c", "Tin", "menu"),
    )
    found = (samples.finding(f"X-{p.kind}", Verdict.PASS, "Mục", "Điều 1", 1, evidence=(p,)) for p in proofs)
    audit = samples.province(findings=tuple(found))
    text = cells(word_of(audit))
    assert "Phép đo: số lần đo: 3" in text
    assert "Ngày tháng: theo dữ liệu có cấu trúc của bài, độ tin cậy cao: 31/10/2026; trang chủ" in text
    assert "Liên kết: “Tin” (trong trình đơn); /tin-tức" in text
    whole = text + "\n".join(p.text for p in word_of(audit).paragraphs)
    assert "`" not in whole and not re.search(r"decree43 [a-z]", whole)


def test_the_english_documents_are_in_english():
    document = word_of(samples.province(findings=many(3)), "en")
    text = cells(document) + "\n".join(p.text for p in document.paragraphs)
    assert "point a, clause 1, Article 10 of Decree 43/2011/NĐ-CP (+6)" in text
    assert not re.search(r"\b(khoản|điểm|Điều)\b", text)
    pages = PdfReader(io.BytesIO(pdf_report.render(samples.province(), "en"))).pages
    assert sum(page.extract_text().count("Maximum") for page in pages) == 2, "no head is broken"


def test_who_signs_stands_with_the_last_paragraphs():
    for count in range(1, 12):
        pages = [p.extract_text() for p in PdfReader(io.BytesIO(pdf_report.render(one_letter(count)))).pages]
        signed = squeezed(next(p for p in pages if "Nơi nhận" in p))
        assert squeezed("xin báo cáo./.") in signed
        assert squeezed("Đề nghị Cổng") in signed or "tăngtốiđa" in signed


def one_letter(count: int):
    return samples.province(findings=many(count))


def test_a_schedule_of_days_to_come_has_no_negative_age():
    audit = samples.province()
    ahead = samples.finding("X-1", Verdict.PASS, "Lịch", "Điều 1", 1, newest_date=audit.today + dt.timedelta(days=7))
    text = cells(word_of(samples.province(findings=(ahead,))))
    assert "trước 7 ngày" in text and "\n-7" not in text


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
