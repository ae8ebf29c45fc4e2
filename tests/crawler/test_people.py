"""Nobody who asked, complained or was received is named in what is kept, however a page spells it."""

from __future__ import annotations

import pytest

from tests.crawler.test_extract_redact import kept
from tests.crawler.test_redact_html import answer, reading

HOST = "http://so.lienson.gov.vn"
ASK = "<h1>Hỏi đáp</h1><p>Thủ tục cấp lại sổ đỏ thế nào?</p>"

#: Address, what stands on the page, what must go, what must stay.
SPELLINGS = {
    "name in bold, mobile, date": (
        "/hoi-dap", f"{ASK}<p><b>Phạm Đình Khang</b> (0912345678) - 12/11/2026</p>", "Khang 0912", "12/11/2026"
    ),
    "given name in a greeting": (
        "/hoi-dap", f"{ASK}<p>Tôi là Phạm Đình Khang</p><p>Chào ông Khang, Sở trả lời như sau</p>", "Khang", "Chào ông"
    ),
    "greeting of somebody not named": ("/hoi-dap", f"{ASK}<p>Chào chị Gấm, Sở trả lời</p>", "Gấm", "Chào chị"),
    "question of, in capitals": ("/hoi-dap", f"{ASK}<p>Câu hỏi của: MAI XUÂN ĐỨC</p>", "ĐỨC MAI", "Câu hỏi của"),
    "small letters": ("/hoi-dap", f"{ASK}<p>lê thị nụ ở xã Tả Phời hỏi</p>", "nụ", "hỏi"),
    "account": ("/hoi-dap", f"{ASK}<p>STK 1903123456789 tại ngân hàng</p>", "1903", "ngân hàng"),
    "account in groups": ("/hoi-dap", f"{ASK}<p>số tài khoản: 1903 1234 5678</p>", "1903 5678", "tài khoản"),
    "attribute": ("/hoi-dap", f'{ASK}<img src="/a.jpg" alt="Ảnh chị Vũ Thị Gấm"><p>Vũ Thị Gấm</p>', "Gấm", "Ảnh chị"),
    "attribute alone": ("/hoi-dap", f'{ASK}<img src="/a.jpg" alt="Ảnh chị Vũ Thị Gấm">', "Gấm", "Ảnh chị"),
    "wife": ("/hoi-dap", f"{ASK}<p>Tôi cùng vợ Thào Thị Sua ở bản</p>", "Sua Thào", "cùng vợ"),
    "child": ("/hoi-dap", f"{ASK}<p>Xin hỏi cho con tôi Hoàng Minh Ước đi học</p>", "Ước", "con tôi"),
    "name alone": ("/hoi-dap/12", "<h1>Cấp lại sổ đỏ</h1><p>Lò A Dính</p><p>Bao giờ có sổ?</p>", "Dính", "sổ đỏ"),
    "two words alone": ("/hoi-dap/12", "<h1>Cấp lại sổ đỏ</h1><p>Lê Nụ</p><p>Bao giờ có sổ?</p>", "Nụ", "sổ đỏ"),
    "beside what is hidden": (
        "/hoi-dap-js", '<h1>Hỏi</h1><span class="n">Lục Thị Vân</span> <i>Tôi là Lục Thị Vân</i>', "Vân Lục", "Tôi là"
    ),
    "home list, brackets": (
        "/", "<h2>Hỏi đáp</h2><ul><li>Bao giờ có sổ đỏ? (Trần Quốc Khuyến, 0912345678)</li></ul>", "Khuyến 0912", "sổ đỏ"
    ),
    "home list, alone": (
        "/", "<h2>Câu hỏi mới</h2><div>Bao giờ có sổ đỏ?</div><span>Lò A Dính</span>", "Dính", "Bao giờ"
    ),
    "home list, other words": (
        "/", "<h3>Bạn đọc viết</h3><div>Nguyễn Thị Hoạt</div><div>Trần Quốc Khuyến hỏi về đất</div><p>0912345678</p>",
        "Hoạt Khuyến 0912", "về đất",
    ),
    "home side column": (
        "/", "<main><p>Tin tức của Sở</p></main><aside><h3>Bạn đọc viết</h3><div>Nguyễn Thị Hoạt</div></aside>",
        "Hoạt", "Tin tức của Sở",
    ),
    "name, address, wish": ("/gop-y", "<p>Ngô Bá Khá (Số 3 Lê Lợi): đề nghị sửa đường</p>", "Khá Lợi", "sửa đường"),
    "by, without a colon": ("/gop-y", "<p>Góp ý bởi Tạ Thị Lan</p><p>Nên thêm ghế</p>", "Tạ Lan", "thêm ghế"),
    "received": (
        "/tiep-cong-dan",
        "<h1>Kết quả tiếp công dân</h1><table><tr><th>STT</th><th>Họ và tên công dân</th><th>Địa chỉ</th><th>Nội dung</th>"
        "</tr><tr><td>1</td><td>Quách Thị Lụa</td><td>Thôn 3 xã Y</td><td>Khiếu nại đền bù</td></tr></table>",
        "Lụa Thôn", "Khiếu nại đền bù",
    ),
    "complaint": (
        "/khieu-nai", "<h1>Khiếu nại</h1><p>Đơn của ông Chu Văn Thắng, thôn Bến, CMND 063123456</p>", "Thắng 063123456",
        "Đơn của ông",
    ),
    "H'": ("/hoi-dap", f"{ASK}<p>H'Hen Niê hỏi</p>", "Hen Niê", "hỏi"),
    "K'": ("/hoi-dap", f"{ASK}<p>Chị K'Brêu Mai</p>", "Brêu", "Chị"),
    "Y": ("/hoi-dap", f"{ASK}<p>Y Moan Êñuôl hỏi về đất</p>", "Moan", "về đất"),
    "Giàng": ("/hoi-dap", f"{ASK}<p>Giàng Seo Vần</p>", "Vần", "sổ đỏ"),
    "card in groups": ("/hoi-dap", f"{ASK}<p>căn cước công dân số 0100 9999 8888</p>", "9999", "căn cước"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_citizen_is_named_in_what_is_kept(name: str) -> None:
    path, html, gone, stays = SPELLINGS[name]
    found = reading(html, HOST + path)
    if path == "/":
        from crawler.reading import read
        from tests.crawler.test_extract_redact import TODAY

        found = read(answer(f"<html><body>{html}</body></html>".encode(), HOST + path), 0, today=TODAY)
    assert found.kept is not None and not found.facts
    everything = found.kept.decode() + kept(found.page)
    assert [word for word in gone.split() if word in everything] == []
    assert stays in found.kept.decode()
