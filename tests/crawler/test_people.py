"""Nobody who asked, complained or was received is named in what is kept, however a page spells it."""

from __future__ import annotations

import dataclasses
import json

import pytest

from crawler.extract.citizens import is_qa
from crawler.extract.people import officials_in, people
from crawler.extract.redact_text import redact_text
from crawler.extract.scrub import scrub
from crawler.feeds import read_feed, take_feed
from crawler.reading import read
from tests.crawler.test_extract_redact import TODAY, kept, page
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
        "/", "<h2>Hỏi đáp</h2><ul><li>Bao giờ có sổ đỏ? (Trần Quốc Khuyến, 0912345678)</li></ul>", "Khuyến 0912",
        "sổ đỏ",
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
        "<h1>Kết quả tiếp công dân</h1><table>"
        "<tr><th>STT</th><th>Họ và tên công dân</th><th>Địa chỉ</th>"
        "<th>Nội dung</th></tr>"
        "<tr><td>1</td><td>Quách Thị Lụa</td><td>Thôn 3 xã Y</td><td>Khiếu nại đền bù</td></tr></table>",
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
    "two words that are a place as well": ("/hoi-dap", f"{ASK}<p>Cao Lan</p>", "Lan", "sổ đỏ"),
    "given name first": ("/hoi-dap", f"{ASK}<div>Gửi bởi <b>Nụ Lê</b></div>", "Nụ", "Gửi bởi"),
    "home list, what one says": (
        "/", "<h2>Ý kiến bạn đọc</h2><p>Đặng Thái Sơn: rất hài lòng</p><p>Phan Thị Thu: cảm ơn Sở</p>", "Sơn Thu",
        "cảm ơn Sở",
    ),
    "last on a page that begins with a post": (
        "/", "<h2>Lãnh đạo</h2><p>Tin tức</p><h2>Hỏi đáp</h2><p>Khi nào nộp thuế?</p><p>Tô Hoài</p>", "Tô Hoài", "thuế"
    ),
    "in a remark": ("/hoi-dap", f"{ASK}<!-- Trần Quốc Khuyến --><p>Đất</p>", "Khuyến", "Đất"),
    "in a script": ("/hoi-dap", f'{ASK}<script>var q = ["Trần Quốc Khuyến", "Đất"];</script>', "Khuyến", "Đất"),
    "escaped": ("/hoi-dap", f'{ASK}<script>q = "Tr\\u1ea7n Qu\\u1ed1c An"</script>', "u1ed1c", "q ="),
    "in a description": (
        "/hoi-dap", f'<meta name=description content="Câu hỏi của ông Trần Khuyến">{ASK}', "Khuyến", "Câu hỏi"
    ),
    "value of a field": ("/hoi-dap", f'{ASK}<input name=ten value="Trần Quốc Khuyến">', "Khuyến", "name=ten"),
    "telephone after a dot": ("/hoi-dap", f"{ASK}<p>ĐT.0912345678.</p>", "0912", "ĐT"),
    "telephone after a dash": ("/hoi-dap", f"{ASK}<p>gọi-0912345678</p>", "0912", "gọi"),
    "telephone in brackets": ("/hoi-dap", f"{ASK}<p>gọi (0912) 345 678</p>", "0912 678", "gọi"),
    "card at the end of a sentence": ("/hoi-dap", f"{ASK}<p>Số của tôi là 010099998888.</p>", "0100", "Số của"),
    "card in groups": ("/hoi-dap", f"{ASK}<p>căn cước công dân số 0100 9999 8888</p>", "9999", "căn cước"),
}  # fmt: skip


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_citizen_is_named_in_what_is_kept(name: str) -> None:
    path, html, gone, stays = SPELLINGS[name]
    found = reading(html, HOST + path)
    if path == "/":
        found = read(answer(f"<html><body>{html}</body></html>".encode(), HOST + path), 0, today=TODAY)
    assert found.kept is not None and not found.facts
    everything = found.kept.decode() + kept(found.page)
    assert [word for word in gone.split() if word in everything] == []
    assert stays in found.kept.decode()


def test_those_who_answer_lead_and_receive_stay() -> None:
    html = (
        f"{ASK}<p>Người hỏi: Trần Quốc Khuyến</p><p>Trả lời: Ông Nguyễn Văn Bách, Giám đốc Sở</p><p>KT. GIÁM ĐỐC</p>"
        "<p>PHÓ GIÁM ĐỐC</p><p>Đỗ Thị Thơm</p><p>Người trả lời: Vương Thị Mây</p>"
    )
    text = kept(reading(html).page)
    assert "Khuyến" not in text
    assert [name for name in ("Nguyễn Văn Bách", "Đỗ Thị Thơm", "Vương Thị Mây") if name not in text] == []


def test_a_schedule_of_receptions_is_left_alone() -> None:
    html = (
        "<h1>Lịch tiếp công dân</h1><table><tr><th>Ngày</th><th>Người tiếp</th><th>Nơi tiếp</th></tr><tr><td>10/11/2026"
        "</td><td>Ông Nguyễn Văn Bách - Giám đốc</td><td>Phòng tiếp dân</td></tr></table>"
        "<p>Điện thoại: 0214.3840.123</p>"
    )
    found = page(html, f"{HOST}/tiep-cong-dan")
    assert not is_qa(found)
    assert reading(html, f"{HOST}/tiep-cong-dan").kept is None


def test_a_list_of_who_was_received_counts_as_questions() -> None:
    assert is_qa(page(SPELLINGS["received"][1], f"{HOST}/tiep-cong-dan"))
    assert is_qa(page(SPELLINGS["complaint"][1], f"{HOST}/khieu-nai"))


@pytest.mark.parametrize(
    "line",
    ["Hồ Sơ Đất Đai", "Lý Lịch Tư Pháp", "ĐÀO TẠO NGHỀ", "Thành phố Hồ Chí Minh", "đường Nguyễn Văn Cừ", "Hà Giang",
     "Trường THPT Trần Quốc Tuấn", "quản lý văn bản", "Bà Rịa - Vũng Tàu", "LƯU TRỮ HỒ SƠ", "Sở Y Tế", "Cao Bằng"],
)  # fmt: skip
def test_places_and_things_are_no_people(line: str) -> None:
    assert people(f"Hỏi đáp\n{line}\nBao giờ có?", everywhere=True) == []


def test_far_from_questions_names_stay() -> None:
    lines = ["Hỏi đáp", "Bao giờ có sổ?", *(f"Tin thứ {n}" for n in range(9)), "Nguyễn Văn Bách", "Tin tức"]
    assert people("\n".join(lines), everywhere=False) == []


def test_contact_points_and_speakers_on_a_home_page_stay() -> None:
    lines = [
        "Hội Nông dân tỉnh", "Nguyễn Văn Bách", "Tin tức", "Tin 1", "Tin 2", "Hỏi đáp", "Bao giờ có sổ?",
        "Tin 3", "Tin 4", "Tin 5", "Ông Nguyễn Văn Hòa đề nghị các sở vào cuộc", "Vũ Thị Gấm - ĐT: 0214.3840.123",
        "Đầu mối: Lò A Dính",
    ]  # fmt: skip
    assert people("\n".join(lines), everywhere=False) == []


def test_an_official_is_known_by_the_post_beside_the_name() -> None:
    lines = "Giám đốc Sở: Nguyễn Văn Bách\nVũ Thị Gấm (Phó Chủ tịch UBND xã)\nTRƯỞNG PHÒNG\nLò A Dính\nHà Văn Lẻ hỏi"
    assert officials_in(lines) == {"Nguyễn Văn Bách", "Vũ Thị Gấm", "Lò A Dính"}


SECRET = ("Khuyến", "0912345678", "khuyentq", "010099998888")
PERSON = "Trần Quốc Khuyến, ĐT 0912345678, email khuyentq@gmail.com, CCCD 010099998888"


def rss(category: str, words: str) -> bytes:
    other = "<item><title>Sở họp</title><link>/a</link><description>Ông Nguyễn Văn Bách phát biểu</description></item>"
    return (
        f"<rss version='2.0'><channel><title>Mới nhất</title>{other}<item><title>Cấp sổ đỏ</title><link>/b</link>"
        f"<category>{category}</category><description>{words}</description></item></channel></rss>"
    ).encode()


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("Hỏi đáp", f"Người hỏi: {PERSON}"),
        ("<![CDATA[Hỏi - Đáp]]>", f"<![CDATA[<p>{PERSON}</p>]]>"),
        ("Tin", f"Người hỏi: {PERSON}"),
        ("Tin", f"&lt;p&gt;Người hỏi: {PERSON}&lt;/p&gt;"),
        ("Bạn đọc", f"&lt;b&gt;{PERSON}&lt;/b&gt;"),
    ],
)
def test_a_question_among_the_entries_of_a_feed_is_redacted(category: str, words: str) -> None:
    body = rss(category, words)
    asked = answer(body, f"{HOST}/rss.xml", "application/rss+xml")
    taken = take_feed(asked, asked.url)
    assert not taken.facts
    text = taken.kept.decode()
    assert [secret for secret in SECRET if secret in text] == []
    assert "Nguyễn Văn Bách phát biểu" in text and "Cấp sổ đỏ" in text
    assert read_feed(dataclasses.replace(asked, body=taken.kept), asked.url) == taken.feed
    assert len(taken.feed.entries) == 2


def test_a_feed_of_news_is_kept_as_it_came() -> None:
    body = rss("Tin tức", "Ông Nguyễn Văn Bách trả lời phỏng vấn")
    asked = answer(body, f"{HOST}/rss.xml", "application/rss+xml")
    assert take_feed(asked, asked.url).kept is body


BODIES = {
    "text": ("/phan-anh.txt", "text/plain", f"Họ tên: {PERSON}\nNội dung: đường hỏng\n"),
    "text without a label": ("/phan-anh.txt", "text/plain", f"{PERSON}\nNội dung: đường hỏng\n"),
    "text told by itself": ("/t/1.txt", "text/plain", f"Người hỏi: {PERSON}\nNội dung: đường hỏng\n"),
    "csv": ("/cau-hoi.csv", "text/csv",
            "Họ tên,Điện thoại,Email,CCCD,Nội dung\n"
            "Trần Quốc Khuyến,0912345678,khuyentq@gmail.com,010099998888,đường hỏng\n"),
    "csv with who answers": ("/cau-hoi.csv", "text/csv",
                             "Họ tên;Điện thoại;Địa chỉ;Câu hỏi;Người trả lời\n"
                             "Trần Quốc Khuyến;0912345678;Thôn 3 xã Y;đường hỏng;Nguyễn Văn Sở\n"),
    "json with who answers": ("/api/hoi-dap", "application/json",
                              json.dumps([{"hoTen": "Trần Quốc Khuyến", "Người trả lời": "Nguyễn Văn Sở",
                                           "Câu hỏi": "Tôi là Trần Quốc Khuyến, đường hỏng"}])),
    "csv with semicolons": ("/cau-hoi.csv", "application/octet-stream",
            'ho_ten;sdt;noi_dung\n"Khuyến";0912345678;đường hỏng\n'),
    "json": ("/api/hoi-dap", "application/json",
             json.dumps({"hoTen": "Khuyến", "sdt": "0912345678", "nd": "đường hỏng của Trần Quốc Khuyến"})),
    "json as text": ("/api/hoi-dap", "application/json",
                     json.dumps([{"q": PERSON, "nd": "đường hỏng"}], ensure_ascii=False)),
    "xml": ("/gop-y.xml", "text/xml", f"<ds><nguoi>{PERSON}</nguoi><nd>đường hỏng</nd></ds>"),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_texts_tables_and_data_of_questions_are_redacted(name: str) -> None:
    path, kind, text = BODIES[name]
    new = redact_text(text.encode(), HOST + path, kind).decode()
    plain = json.dumps(json.loads(new), ensure_ascii=False) if "json" in kind else new
    assert [secret for secret in SECRET if secret in plain] == []
    assert "đường hỏng" in plain


@pytest.mark.parametrize(
    ("path", "kind", "body"),
    [
        ("/robots.txt", "text/plain", f"# {PERSON} hoi-dap".encode()),
        ("/hoi-dap/a.css", "text/css", b"/* 0912345678 */ a { }"),
        ("/hoi-dap/a.pdf", "application/pdf", b"%PDF 0912345678"),
        ("/sitemap-hoi-dap.xml", "text/xml", b"<urlset><url><loc>http://a/0912345678</loc></url></urlset>"),
        ("/so-lieu.csv", "text/csv", "Họ tên,Chức vụ\nNguyễn Văn Bách,Giám đốc\n".encode()),
        ("/lien-he.txt", "text/plain", "Chánh Văn phòng: Nguyễn Văn Bách, 0912345678".encode()),
    ],
)
def test_what_is_not_of_questions_is_kept_as_it_came(path: str, kind: str, body: bytes) -> None:
    assert redact_text(body, HOST + path, kind) is body


@pytest.mark.parametrize("name", SPELLINGS)
def test_hiding_twice_changes_nothing(name: str) -> None:
    path, html, _, _ = SPELLINGS[name]
    once = reading(html, HOST + path).kept
    if once is not None:  # what stands at the side of a home page is only looked for there
        assert reading(once, HOST + path).kept in (None, once)


def test_a_label_in_letters_of_any_size() -> None:
    assert "Khuyến" not in scrub("NGƯỜI KHIẾU NẠI: Trần Quốc Khuyến")


def test_a_home_page_in_old_letters_is_kept_as_it_came() -> None:
    """What could not be looked through is kept where nothing says that people asked on it."""
    body = "<html><body><h1>Sở</h1><p>Tin tức</p></body></html>".encode() + b"\xff\xfe"
    assert read(answer(body, f"{HOST}/"), 0, today=TODAY).kept is None
