"""Citizens' data leaves question-and-answer pages; counts, dates and subjects stay."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json

import pytest

from core.page import Page
from crawler.extract import extract, redact

TODAY = dt.date(2026, 11, 20)
NAME = "Nguyễn Văn Mạnh"


def page(html: str, url: str = "http://a.gov.vn/hoi-dap") -> Page:
    return extract(f"<html><body>{html}</body></html>".encode(), url, today=TODAY)


def kept(found: Page) -> str:
    """Everything that is kept, as one text."""
    plain = dataclasses.asdict(dataclasses.replace(found, meta={}, sha256=""))
    return json.dumps({**plain, "meta": dict(found.meta)}, default=str, ensure_ascii=False)


QUESTIONS = {
    "labels": f"<div class=q><h3><a href=/hd/1>Thủ tục cấp lại sổ đỏ</a></h3><p>Người hỏi: {NAME} - Ngày hỏi: "
        f"01/11/2026</p><p>Địa chỉ: thôn Nậm Sỏ, xã Tả Phời</p><p>Điện thoại: 0912 345 678</p></div>",
    "one line": f"<div>Người gửi: {NAME} | Email: manh.nv@gmail.com | Ngày gửi: 01/11/2026</div><p>Câu hỏi: Thủ tục "
        f"cấp lại sổ đỏ thế nào?</p>",
    "label and value apart": f"<div>Họ và tên:</div><div>{NAME}</div><div>Ngày hỏi:</div><div>01/11/2026</div><p>Thủ "
        f"tục cấp lại sổ đỏ</p>",
    "table": f"<table><tr><th>STT</th><th>Người hỏi</th><th>Câu hỏi</th><th>Ngày hỏi</th></tr><tr><td>1</td>"
        f"<td>{NAME}</td><td><a href=/hd/1>Thủ tục cấp lại sổ đỏ</a></td><td>01/11/2026</td></tr></table>",
    "two columns": f"<table><tr><td>Họ và tên người gửi</td><td>{NAME}</td></tr><tr><td>Số CMND</td><td>063123456</td>"
        f"</tr><tr><td>Ngày gửi</td><td>01/11/2026</td></tr><tr><td>Nội dung câu hỏi</td><td>Thủ tục cấp lại sổ "
        f"đỏ</td></tr></table>",
    "in the words": f"<p>Tôi là {NAME}, trú tại thôn Nậm Sỏ, xã Tả Phời, số điện thoại 0912.345.678. Xin hỏi: Thủ tục "
        f"cấp lại sổ đỏ. Ngày hỏi: 01/11/2026</p>",
    "in the title": f"<ul><li><a href=/hd/1>Công dân {NAME} hỏi: Thủ tục cấp lại sổ đỏ</a><span>Ngày hỏi: "
        f"01/11/2026</span></li></ul>",
    "identity card": f"<p>Người hỏi: {NAME} (CCCD: 063085001234)</p><p>Ngày hỏi: 01/11/2026</p><p>Thủ tục cấp lại sổ "
        f"đỏ</p>",
    "capitals": f"<p>NGƯỜI HỎI: {NAME.upper()}</p><p>Ngày hỏi: 01/11/2026</p><p>Thủ tục cấp lại sổ đỏ</p>",
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_names_and_addresses_go_and_the_question_stays(name: str) -> None:
    found = redact(page(QUESTIONS[name]))
    text = kept(found)
    for secret in (NAME, NAME.upper(), "Mạnh", "Nậm Sỏ", "0912", "345.678", "gmail.com", "063123456", "063085001234"):
        assert secret not in text
    assert "Thủ tục cấp lại sổ đỏ" in text
    assert "2026-11-01" in text


def test_the_agency_s_own_contacts_stay() -> None:
    found = redact(
        page("<h1>Hỏi đáp</h1><p>Gửi câu hỏi về: hoidap@laocai.gov.vn</p><footer>Điện thoại: 0214.3840.123</footer>")
    )
    assert "hoidap@laocai.gov.vn" in found.text
    assert "0214.3840.123" in found.footer_text


def test_counts_and_roles_are_unchanged() -> None:
    before = page(QUESTIONS["table"] + "<p>Trả lời ngày 10/11/2026: Sở Tài nguyên trả lời như sau.</p>")
    after = redact(before)
    assert len(after.items) == len(before.items) == 1
    assert [i.dates for i in after.items] == [i.dates for i in before.items]
    assert after.dates == before.dates
    assert len(after.tables[0].rows) == 1


def test_other_pages_are_left_alone() -> None:
    found = page(
        "<h1>Danh bạ</h1><table><tr><th>Họ và tên</th><th>Điện thoại</th></tr><tr><td>Trần Thị B</td><td>"
        "0912345678</td></tr></table>",
        "http://a.gov.vn/danh-ba",
    )
    assert redact(found) is found


def test_redacting_twice_changes_nothing() -> None:
    for html in QUESTIONS.values():
        once = redact(page(html))
        assert redact(once) == once


def test_a_festival_is_no_question() -> None:
    """ "Ngày hội" and "ngày hỏi" are one word without accents."""
    html = "<h1>Ngày hội sách</h1><p>Ông Nguyễn Văn Mạnh gửi lời chào đến NGÀY HỘI văn hóa đọc.</p>"
    found = page(html, "http://a.gov.vn/tin-tuc/ngay-hoi-sach")
    assert redact(found) is found


def test_a_contact_page_with_a_form_keeps_the_agency_s_numbers() -> None:
    html = (
        "<h1>Liên hệ</h1><p>Địa chỉ: Số 88 Nguyễn Huệ, thành phố Tân An</p><p>Tel: 0272.3826.001. Đường dây nóng: "
        "0912 345 678. Email: soxaydungtanan@gmail.com</p><form method=post><input name=hoten title='Họ tên'>"
        "<textarea name=noidung title='Nội dung câu hỏi'></textarea><button>Gửi câu hỏi</button></form>"
    )
    found = redact(page(html, "http://a.gov.vn/lien-he"))
    for own in ("88 Nguyễn Huệ", "0272.3826.001", "0912 345 678", "soxaydungtanan@gmail.com"):
        assert own in found.text


def test_a_bare_mobile_among_questions_goes() -> None:
    found = redact(page("<h1>Hỏi đáp</h1><p>Xin hỏi về đất đai, gọi lại cho tôi 0912 345 678</p>"))
    assert "0912" not in kept(found)


def test_a_directory_beside_a_box_of_questions_is_left_alone() -> None:
    html = (
        "<h1>Danh bạ công vụ</h1><table><tr><th>Họ và tên</th><th>Chức vụ</th><th>Điện thoại</th></tr><tr>"
        "<td>Trần Thị Bình</td><td>Chánh Văn phòng</td><td>0912345678</td></tr></table>"
        "<div><h3>Hỏi đáp</h3><a href=/hd/1>Câu hỏi về thủ tục cấp lại sổ đỏ</a></div>"
    )
    found = page(html, "http://a.gov.vn/danh-ba")
    assert redact(found) is found


def test_who_answered_does_not_uncover_who_asked() -> None:
    html = (
        f"<h1>Hỏi đáp</h1><p>Người hỏi: {NAME}</p><p>Điện thoại: 0203.3825.111</p><p>Người trả lời: Trần Thị Bình</p>"
        "<p>Chức vụ: Giám đốc Sở</p>"
    )
    text = kept(redact(page(html)))
    assert NAME not in text
    assert "0203.3825.111" not in text


@pytest.mark.parametrize(
    "heading", ["Phản ánh kiến nghị", "Người Dân Kiến Nghị", "Sở Tư pháp trả lời kiến nghị", "PHẢN ÁNH KIẾN NGHỊ"]
)
def test_what_a_section_is_called_is_no_name(heading: str) -> None:
    html = f"<h1>{heading}</h1><p>{heading} về quy định: gửi về Văn phòng UBND tỉnh.</p><a href=/x>{heading}</a>"
    found = redact(page(html, "http://a.gov.vn/phan-anh-kien-nghi"))
    assert found.h1 == heading
    assert heading in found.text
    assert "[đã ẩn]" not in kept(found)


@pytest.mark.parametrize(
    "words",
    [
        f"Công dân {NAME} phản ánh: Đường liên thôn hỏng nặng",
        f"Ông {NAME} (xã Tả Phời) kiến nghị: Đường liên thôn hỏng nặng",
        f"Bà {NAME}, thôn Bến, hỏi: Đường liên thôn hỏng nặng bao giờ sửa?",
        f"Người kiến nghị: {NAME}</p><p>Nội dung: Đường liên thôn hỏng nặng",
        f"Bạn đọc {NAME} gửi thư: Đường liên thôn hỏng nặng",
        f"{NAME} phản ánh Đường liên thôn hỏng nặng",
    ],
)
def test_who_complains_goes_and_the_complaint_stays(words: str) -> None:
    found = redact(page(f"<h1>Phản ánh kiến nghị</h1><div><p>{words}</p></div>", "http://a.gov.vn/phan-anh-kien-nghi"))
    text = kept(found)
    assert NAME not in text and "Mạnh" not in text
    assert "Đường liên thôn hỏng nặng" in text
    assert found.h1 == "Phản ánh kiến nghị"


def test_what_shares_a_line_with_a_name_is_kept() -> None:
    """ "Người kiến nghị: A. Nội dung: …" is read as one field: only the name goes."""
    line = (
        f"Người kiến nghị: {NAME}. Nội dung: Đề nghị sửa đường liên thôn Bản Pho. Trả lời: Sở Giao thông sẽ sửa trong "
        "quý IV."
    )
    before = page(f"<h1>Phản hồi kiến nghị</h1><p>{line}</p>")
    after = redact(before)
    assert NAME in kept(before) and NAME not in kept(after)
    assert "Đề nghị sửa đường liên thôn Bản Pho" in after.text and "Sở Giao thông sẽ sửa" in after.text
    assert any("Bản Pho" in f.value for f in after.fields) or not after.fields
    assert redact(after) == after


@pytest.mark.parametrize("address", ["số 9, đường Ngày Mới, phường Nội Dung", "tổ 3, Nội dung phố"])
def test_an_address_goes_whole(address: str) -> None:
    after = redact(page(f"<p>Người hỏi: {NAME}</p><p>Địa chỉ: {address}</p><p>Câu hỏi: Bao giờ có sổ đỏ?</p>"))
    assert NAME not in kept(after) and address not in kept(after)
