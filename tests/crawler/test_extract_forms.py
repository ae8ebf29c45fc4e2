"""Forms: what they are for, on pages with forms, without and with one around everything."""

from __future__ import annotations

import pytest

from core.page import Form, FormPurpose, Page, Zone
from crawler.extract import extract

URL = "http://a.gov.vn/muc/"


def page(html: str) -> Page:
    return extract(f"<html><body>{html}</body></html>".encode(), URL)


def only(html: str) -> Form:
    (form,) = page(html).forms
    return form


@pytest.mark.parametrize(
    ("html", "purpose"),
    [
        ("<form action=/tim-kiem><input name=q><button>Tìm</button></form>", FormPurpose.SEARCH),
        ("<form><input type=search name=x placeholder='Nhập từ khóa'></form>", FormPurpose.SEARCH),
        ("<form role=search action=/><input name=s></form>", FormPurpose.SEARCH),
        ("<form action=/index.php method=post><input name=searchword value='Tìm kiếm...'><input type=hidden name=task "
            "value=search></form>", FormPurpose.SEARCH),
        ("<form><input name=u><input name=p type=password><input type=submit value='Đăng nhập'></form>",
            FormPurpose.LOGIN),
        ("<form><label>Loại văn bản <select name=l><option>Tất cả</option></select></label><label>Cơ quan ban hành "
            "<select name=c></select></label><input name=k placeholder='Trích yếu'><button>Tìm kiếm</button></form>",
            FormPurpose.DOCUMENT_SEARCH),
        ("<form><input name=sokyhieu><input name=tungay><input name=denngay><select name=loaivb></select><button>Tra "
            "cứu</button></form>", FormPurpose.DOCUMENT_SEARCH),
        ("<form><h3>Đặt câu hỏi</h3><input name=hoten placeholder='Họ và tên'><input type=email name=email><textarea "
            "name=nd placeholder='Nội dung câu hỏi'></textarea><button>Gửi câu hỏi</button></form>",
            FormPurpose.QUESTION),
        ("<form><input name=ten placeholder='Họ tên'><input name=email><textarea name=noidung></textarea><button>"
            "Gửi</button></form>", FormPurpose.QUESTION),
        ("<form id=commentform><textarea name=comment></textarea><input name=author><button>Gửi bình luận</button>"
            "</form>", FormPurpose.COMMENT),
        ("<form><label>Mã hồ sơ</label><input name=mahs><button>Tra cứu</button></form>", FormPurpose.LOOKUP),
        ("<form><p>Bình chọn</p><input type=radio name=v>Tốt<input type=radio name=v>Chưa tốt<button>Bình "
            "chọn</button></form>", FormPurpose.SURVEY),
        ("<form><input type=email name=email placeholder='Email của bạn'><button>Đăng ký nhận tin</button></form>",
            FormPurpose.NEWSLETTER),
    ],
)  # fmt: skip
def test_purposes(html: str, purpose: FormPurpose) -> None:
    assert only(html).purpose is purpose


def test_what_a_form_tells() -> None:
    form = only(
        "<header><form action='/tim-kiem?utm_source=x' method=GET><label for=k>Từ khóa</label><input id=k name=keyword>"
        "<select name=muc><option>Tin tức</option><option>Văn bản</option></select><input type=hidden name=t value=1>"
        "<input type=submit value='Tìm kiếm'></form></header>"
    )
    assert (form.action, form.method, form.zone) == ("http://a.gov.vn/tim-kiem", "get", Zone.HEADER)
    assert [(i.name, i.type, i.label) for i in form.inputs] == [("keyword", "text", "Từ khóa"), ("muc", "select", "")]
    assert form.inputs[1].options == ("Tin tức", "Văn bản")
    assert "Tìm kiếm" in form.text


def test_a_form_without_action_leads_to_the_page() -> None:
    assert only("<form><input name=q></form>").action == URL


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>Số ký hiệu</td><td><input name=a></td></tr></table>",
        "<div><div>Số ký hiệu</div><div><input name=a></div></div>",
        "<p>Số ký hiệu: <input name=a></p>",
        "<label>Số ký hiệu <input name=a></label>",
        "<label for=i>Số ký hiệu</label><input id=i name=a>",
        "<input name=a aria-label='Số ký hiệu'>",
        "<input name=a title='Số ký hiệu'>",
        "<span>Số ký hiệu</span> <input name=a>",
    ],
)
def test_labels(html: str) -> None:
    assert only(f"<form>{html}<button>Tìm</button></form>").inputs[0].label == "Số ký hiệu"


ASP = """<form method="post" action="./default.aspx" id="aspnetForm"><input
type="hidden" name="__VIEWSTATE" value="/wEP">
<div class="header"><div class="search"><input name="ctl00$txtSearch" type="text" id="txtSearch" title="Nhập từ khóa">
<input type="image" name="ctl00$btnSearch" src="/s.gif" alt="Tìm kiếm"></div></div>
<div class="content"><h2>Văn bản</h2><div class="boloc"><table><tr><td>Loại văn bản</td><td><select
name="ctl00$ddlLoai"><option>Tất cả</option></select></td></tr>
<tr><td>Số ký hiệu</td><td><input name="ctl00$txtSo"></td></tr><tr><td></td><td><a
class="btn" href="javascript:__doPostBack('ctl00$btnTim','')">Tìm</a></td></tr></table></div>
<p>Danh sách văn bản của cơ quan</p></div></form>"""


def test_one_form_around_the_whole_page() -> None:
    found = page(ASP)
    assert [(f.purpose, f.method, f.action, f.zone) for f in found.forms] == [
        (FormPurpose.SEARCH, "post", URL, Zone.HEADER),
        (FormPurpose.DOCUMENT_SEARCH, "post", URL, Zone.BODY),
    ]
    assert found.forms[0].inputs[0].name == "ctl00$txtSearch"
    assert "Danh sách văn bản của cơ quan" in found.text
    assert "Tất cả" not in found.text


def test_a_search_box_that_only_a_script_serves() -> None:
    form = only("<div class=search><input id=q placeholder='Tìm kiếm'><button onclick='search()'>Tìm</button></div>")
    assert (form.purpose, form.method, form.action) == (FormPurpose.SEARCH, "script", "")


def test_pages_without_controls_have_no_forms() -> None:
    assert page("<p>Tìm kiếm</p><form></form>").forms == ()
