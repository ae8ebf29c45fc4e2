"""Lists as each system writes them: titles, addresses, dates; tables and labelled fields."""

from __future__ import annotations

import datetime as dt

import pytest

from core.page import DateRole, DateSource, Item, Page
from crawler.extract import extract

TODAY = dt.date(2026, 11, 20)


def page(html: str, url: str = "http://a.gov.vn/tin-tuc") -> Page:
    return extract(f"<html><body>{html}</body></html>".encode(), url, today=TODAY)


def seen(items: tuple[Item, ...]) -> list[tuple[str, str, list[str]]]:
    return [
        (i.title, i.url.removeprefix("http://a.gov.vn"), [f"{d.day} {d.role.value}" for d in i.dates]) for i in items
    ]


A = "Sở tổ chức hội nghị triển khai nhiệm vụ"
B = "Thông báo tuyển dụng viên chức năm 2026"
TWO = [(A, "/a", ["2026-11-18 published"]), (B, "/b", ["2026-11-17 published"])]

LISTS = {
    "list": f"<ul><li><a href=/a>{A}</a> <span>(18/11/2026)</span></li><li><a href=/b>{B}</a> <span>(17/11/2026)"
        f"</span></li></ul>",
    "date inside the link": f"<ul><li><a href=/a>{A} (18/11/2026)</a></li><li><a href=/b>{B} (17-11)</a></li></ul>",
    "date first": f"<ul><li>18/11/2026: <a href=/a>{A}</a></li><li>17/11/2026: <a href=/b>{B}</a></li></ul>",
    "paragraphs": f"<p><a href=/a>{A}</a> (18-11-2026)</p><p><a href=/b>{B}</a> (17-11-2026)</p>",
    "flat headings": f"<h3><a href=/a>{A}</a></h3><span>18/11/2026 08:30</span><p>Tóm tắt ngắn.</p>"
    f"<h3><a href=/b>{B}</a></h3><span>17/11/2026 09:30</span><p>Tóm tắt khác.</p>",
    "definition list": f"<dl><dt><a href=/a>{A}</a></dt><dd>18/11/2026</dd><dt><a href=/b>{B}</a></dt><dd>"
        f"17/11/2026</dd></dl>",
    "liferay": '<div class="asset-abstract first"><h3 class="asset-title"><a href="/a">'
    + A
    + '</a></h3><div class="asset-metadata">'
    '<span class="metadata-entry metadata-publish-date">18/11/26</span></div><div class="asset-summary">Tóm tắt <a '
    'href="/a">Đọc thêm</a></div></div>'
    '<div class="asset-abstract last"><h3 class="asset-title"><a href="/b">' + B + '</a></h3><div '
        'class="asset-metadata">'
    '<span class="metadata-entry metadata-publish-date">17/11/26</span></div><div class="asset-summary">Tóm tắt <a '
    'href="/b">Đọc thêm</a></div></div>',
    "sharepoint": f'<ul class="dfwp-list"><li class="dfwp-item"><div class="item link-item"><a href="/a" '
        f'title="">{A}</a><div class="description">18/11/2026 2:12 PM</div></div></li>'
    f'<li class="dfwp-item"><div class="item link-item"><a href="/b">{B}</a><div class="description">17/11/2026 9:12 '
    f'AM</div></div></li></ul>',
    "nukeviet": f'<div class="news_column"><div class="panel panel-default clearfix"><div class="panel-body"><a '
        f'href="/a" title="{A}"><img src="/1.jpg" class="img-thumbnail"></a>'
    f'<h3><a href="/a" title="{A}">{A}</a></h3><div class="text-muted"><ul class="list-unstyled list-inline"><li><em '
    f'class="fa fa-clock-o"></em> 18/11/2026 04:10:00 PM</li><li>Đã xem: 12</li></ul></div><p>Tóm tắt</p></div></div>'
    f'<div class="panel panel-default clearfix"><div class="panel-body"><h3><a href="/b">{B}</a></h3><div '
    f'class="text-muted"><ul class="list-unstyled list-inline"><li><em class="fa fa-clock-o"></em> 17/11/2026 '
    f'04:10:00 PM</li><li>Đã xem: 9</li></ul></div></div></div></div>',
    "dotnetnuke": f'<table class="article-list"><tr><td><a class="title" href="/a">{A}</a><br><span class="date">Thứ '
        f'Tư, 18/11/2026 | 08:00</span></td></tr>'
    f'<tr><td><a class="title" href="/b">{B}</a><br><span class="date">Thứ Ba, 17/11/2026 | 08:00</span></td></tr>'
    f'</table>',
    "wordpress": f'<article id="post-1" class="post-1 post type-post"><header class="entry-header"><h2 '
        f'class="entry-title"><a href="/a" rel="bookmark">{A}</a></h2>'
    f'<div class="entry-meta"><span class="posted-on"><a href="/2026/11/18/"><time class="entry-date published" '
    f'datetime="2026-11-18T08:26:00+07:00">18 Tháng Mười Một, 2026</time></a></span> <span class="byline"><a '
    f'href="/author/admin/">Quản trị viên</a></span></div></header><div class="entry-summary"><p>Tóm tắt</p></div>'
    f'</article>'
    f'<article id="post-2" class="post-2 post type-post"><header class="entry-header"><h2 class="entry-title"><a '
    f'href="/b" rel="bookmark">{B}</a></h2>'
    f'<div class="entry-meta"><span class="posted-on"><a href="/2026/11/17/"><time class="entry-date published" '
    f'datetime="2026-11-17T08:26:00+07:00">17 Tháng Mười Một, 2026</time></a></span> <span class="byline"><a '
    f'href="/author/admin/">Quản trị viên</a></span></div></header><div class="entry-summary"><p>Tóm tắt</p></div>'
    f'</article>',
    "joomla": f'<div class="blog"><div class="items-row cols-1 row-0"><div class="item column-1"><h2><a '
        f'href="/a">{A}</a></h2><dl class="article-info"><dd class="published">Được đăng ngày 18 Tháng 11 2026</dd>'
        f'</dl></div></div>'
    f'<div class="items-row cols-1 row-1"><div class="item column-1"><h2><a href="/b">{B}</a></h2><dl '
    f'class="article-info"><dd class="published">Được đăng ngày 17 Tháng 11 2026</dd></dl></div></div></div>',
    "layout table": f"<table><tr><td><img src=i.gif></td><td><a href=/a>{A}</a></td><td>18/11/2026</td></tr><tr><td>"
        f"<img src=i.gif></td><td><a href=/b>{B}</a></td><td>17/11/2026</td></tr></table>",
    "whole cards are links": f'<div><a class="card" href="/a"><h4>{A}</h4><span>18/11/2026</span></a><a class="card" '
        f'href="/b"><h4>{B}</h4><span>17/11/2026</span></a><a class="card" href="/c"><h4>Công bố thủ tục hành chính '
        f'mới ban hành</h4><span>16/11/2026</span></a></div>',
}  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_lists(name: str) -> None:
    found = page(LISTS[name])
    assert seen(found.items)[:2] == TWO
    assert len({i.group for i in found.items}) == 1


def test_the_time_of_day_is_kept() -> None:
    found = page(LISTS["nukeviet"])
    assert [i.dates[0].minute for i in found.items] == [16 * 60 + 10] * 2


def test_relative_dates_hang_on_today() -> None:
    found = page(
        f"<ul><li><a href=/a>{A}</a><i>2 giờ trước</i></li><li><a href=/b>{B}</a><i>3 ngày trước</i></li></ul>"
    )
    assert [str(i.dates[0].day) for i in found.items] == ["2026-11-20", "2026-11-17"]
    assert found.items[0].dates[0].source is DateSource.RELATIVE


def test_home_blocks_are_lists_of_their_own() -> None:
    block = '<div class="box"><h2><a href="/muc-{n}">Mục tin số {n}</a></h2><ul class="ds">{rows}</ul>'
    block += '<a href="/muc-{n}">Xem thêm</a></div>'
    rows = "".join(
        f"<li><a href='/{i}'>Tin số {i} về hoạt động của tỉnh nhà</a><span>1{i}/11/2026</span></li>" for i in range(4)
    )
    found = page("<div class=row>" + "".join(block.format(n=n, rows=rows) for n in (1, 2, 3)) + "</div>")
    assert [len([i for i in found.items if i.group == g]) for g in (0, 1, 2)] == [4, 4, 4]
    assert not any("Mục tin" in i.title for i in found.items)


def test_one_entry_is_a_list_too() -> None:
    found = page(
        f'<h1>Tin tức</h1><div class="list"><div class="item"><a href="/a">{A}</a><p>Ngày đăng: '
        f"18/11/2026</p></div></div>"
    )
    assert seen(found.items) == [TWO[0]]


def test_entries_without_dates_are_entries() -> None:
    found = page(f"<ul><li><a href=/a>{A}</a></li><li><a href=/b>{B}</a></li></ul>")
    assert seen(found.items) == [(A, "/a", []), (B, "/b", [])]


@pytest.mark.parametrize(
    "html",
    [
        "<div class=paging><a href=?p=1>1</a><a href=?p=2>2</a><a href=?p=3>3</a><a href=?p=2>Trang sau</a></div>",
        "<ul><li><a href=/a>Giới thiệu</a></li><li><a href=/b>Tin tức sự kiện</a></li><li><a href=/c>Văn bản</a></li>"
        "<li><a href=/d>Hỏi đáp</a></li></ul>",
        "<div><a href=https://facebook.com/sharer>Facebook</a><a href=https://zalo.me/share>Zalo</a><a href=/in>In "
        "bài viết</a></div>",
        "<nav><ul><li><a href=/a>Giới thiệu chung về cơ quan</a></li><li><a href=/b>Chức năng nhiệm vụ quyền hạn</a>"
        "</li></ul></nav>",
    ],
)
def test_what_is_no_list(html: str) -> None:
    assert page(html).items == ()


DOCUMENTS = """<table class="tbl"><thead><tr><th>STT</th><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th>
<th>Tải về</th></tr></thead><tbody>
<tr><td>1</td><td><a href="/vb/12">12/QĐ-UBND</a></td><td>18/11/2026</td><td>Quyết định ban hành quy chế làm
việc</td><td><a href="/f/12.pdf">Tải về</a></td></tr>
<tr><td>2</td><td><a href="/vb/13">13/QĐ-UBND</a></td><td>17/11/2026</td><td>Quyết định phê duyệt kế hoạch
năm 2027</td><td><a href="/f/13.pdf">Tải về</a></td></tr></tbody></table>"""


def test_document_tables() -> None:
    found = page(DOCUMENTS)
    assert seen(found.items) == [
        ("Quyết định ban hành quy chế làm việc", "/vb/12", ["2026-11-18 issued"]),
        ("Quyết định phê duyệt kế hoạch năm 2027", "/vb/13", ["2026-11-17 issued"]),
    ]
    (table,) = found.tables
    assert table.headers == ("STT", "Số ký hiệu", "Ngày ban hành", "Trích yếu", "Tải về")
    assert table.marked
    assert table.total_rows == 2
    assert table.urls[0] == ("http://a.gov.vn/vb/12", "http://a.gov.vn/f/12.pdf")
    assert {(f.name, f.value) for f in found.fields} >= {
        ("Số ký hiệu", "12/QĐ-UBND"),
        ("Trích yếu", "Quyết định ban hành quy chế làm việc"),
    }
    assert [(a.url, a.ext) for a in found.attachments] == [
        ("http://a.gov.vn/f/12.pdf", "pdf"),
        ("http://a.gov.vn/f/13.pdf", "pdf"),
    ]
    assert found.dates == ()


def test_a_head_row_without_th() -> None:
    found = page(DOCUMENTS.replace("<th>", "<td>").replace("</th>", "</td>").replace("thead", "tbody"))
    assert found.tables[0].headers[1] == "Số ký hiệu"
    assert not found.tables[0].marked
    assert found.items[0].dates[0].role is DateRole.ISSUED
    assert found.access.tables_without_headers == 1


def test_draft_tables_have_start_and_deadline() -> None:
    found = page(
        "<table><tr><th>Tên dự thảo</th><th>Ngày bắt đầu</th><th>Ngày kết thúc</th></tr>"
        "<tr><td><a href=/dt1>Dự thảo Quyết định quy định mức thu phí</a></td><td>01/11/2026</td><td>30/11/2026</td>"
        "</tr></table>"
    )
    assert seen(found.items) == [
        ("Dự thảo Quyết định quy định mức thu phí", "/dt1", ["2026-11-01 start", "2026-11-30 deadline"])
    ]


def test_layout_tables_are_no_data() -> None:
    found = page(
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td><ul><li>x</li></ul></td></tr></table>"
    )
    assert found.tables == ()
    assert page("<table><tr><td><h2>A</h2><p>x</p></td><td><h2>B</h2></td></tr></table>").tables == ()


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>Số ký hiệu</td><td>12/QĐ-UBND</td></tr><tr><td>Ngày ban hành</td><td>18/11/2026</td></tr><tr>"
        "<td>Người ký:</td><td>Trần B</td></tr></table>",
        "<table><tr><th>Số ký hiệu</th><td>12/QĐ-UBND</td></tr><tr><th>Ngày ban hành</th><td>18/11/2026</td></tr><tr>"
        "<th>Người ký</th><td>Trần B</td></tr></table>",
        "<table><tr><td>Số ký hiệu</td><td>12/QĐ-UBND</td><td>Ngày ban hành</td><td>18/11/2026</td></tr><tr><td>Người "
        "ký</td><td>Trần B</td><td></td><td></td></tr></table>",
        "<dl><dt>Số ký hiệu</dt><dd>12/QĐ-UBND</dd><dt>Ngày ban hành:</dt><dd>18/11/2026</dd><dt>Người ký</dt><dd>"
        "Trần B</dd></dl>",
        "<p><b>Số ký hiệu:</b> 12/QĐ-UBND</p><p><strong>Ngày ban hành</strong>: 18/11/2026</p><p>- Người ký: Trần "
        "B</p>",
        "<div><span>Số ký hiệu:</span> <span>12/QĐ-UBND</span><br><span>Ngày ban hành:</span> <span>18/11/2026</span>"
        "<br>Người ký: Trần B</div>",
        "<div><div>Số ký hiệu:</div><div>12/QĐ-UBND</div></div><div><div>Ngày ban hành:</div><div>18/11/2026</div>"
        "</div><div><div>Người ký:</div><div>Trần B</div></div>",
    ],
)
def test_fields(html: str) -> None:
    found = page(html)
    values = {f.name: f.value for f in found.fields}
    assert values["Số ký hiệu"] == "12/QĐ-UBND"
    assert values["Ngày ban hành"] == "18/11/2026"
    assert values["Người ký"] == "Trần B"
    assert [(str(d.day), d.role) for d in found.dates] == [("2026-11-18", DateRole.ISSUED)]
    assert found.tables == ()


@pytest.mark.parametrize(
    ("link", "ext"),
    [
        ("<a href='/f/a.PDF'>Tải về</a>", "pdf"),
        ("<a href='/f/a.docx?v=1'>Tải</a>", "docx"),
        ("<a href='/download.aspx?file=a.rar'>x</a>", "rar"),
        ("<a href='/documents/10182/123/a.pdf/0f3a-9c?t=1'>x</a>", "pdf"),
        ("<a href='/Handlers/Download?id=12'>Quyet-dinh.pdf</a>", "pdf"),
        ("<a href='/download/12'>Tải về</a>", ""),
        ("<iframe src='/viewer.html?file=%2Ff%2Fa.pdf'></iframe>", "pdf"),
        ("<embed src='/f/a.pdf'>", "pdf"),
    ],
)
def test_attachments(link: str, ext: str) -> None:
    assert [a.ext for a in page(f"<p>{link}</p>").attachments] == [ext]


def test_a_page_is_no_attachment() -> None:
    assert page("<a href='/download.aspx'>Tải phần mềm</a><a href='http://a.gov.vn'>a.doc</a>").attachments == ()
