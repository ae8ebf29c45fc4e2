"""Links: zones, names, dead ones, hidden ones, parents."""

from __future__ import annotations

import pytest

from core.page import Link, Page, Zone
from crawler.extract import extract

URL = "http://so.tinh.gov.vn/web/guest"


def page(html: str, url: str = URL) -> Page:
    return extract(html.encode(), url)


def only(html: str) -> Link:
    (link,) = page(html).links
    return link


def by_name(found: Page, name: str) -> Link:
    return next(link for link in found.links if link.label == name)


@pytest.mark.parametrize(
    ("html", "zone"),
    [
        ("<nav>{}</nav>", Zone.MENU),
        ("<div role=navigation>{}</div>", Zone.MENU),
        ('<div class="navbar navbar-default">{}</div>', Zone.MENU),
        ('<div id="mainMenu">{}</div>', Zone.MENU),
        ('<ul id="menu-chinh" class="sf-menu">{}</ul>', Zone.MENU),
        ("<header>{}</header>", Zone.HEADER),
        ('<div id="banner">{}</div>', Zone.HEADER),
        ('<div class="top-header">{}</div>', Zone.HEADER),
        ("<header><nav>{}</nav></header>", Zone.MENU),
        ("<footer>{}</footer>", Zone.FOOTER),
        ('<div class="chan-trang">{}</div>', Zone.FOOTER),
        ('<div id="ft"><ul class=menu>{}</ul></div>', Zone.FOOTER),
        ("<aside>{}</aside>", Zone.SIDE),
        ('<div class="cot-trai">{}</div>', Zone.SIDE),
        ('<div class="col-left">{}</div>', Zone.SIDE),
        ('<div id="sidebar"><ul class="menu">{}</ul></div>', Zone.SIDE),
        ('<ol class="breadcrumb">{}</ol>', Zone.BREADCRUMB),
        ('<div class="duong-dan">{}</div>', Zone.BREADCRUMB),
        ('<div aria-label="Breadcrumb" role=navigation>{}</div>', Zone.BREADCRUMB),
        ("<article><header>{}</header></article>", Zone.BODY),
        ('<div class="panel panel-default"><div class="panel-header">{}</div></div>', Zone.BODY),
        ('<ul class="nav nav-tabs">{}</ul>', Zone.BODY),
        ('<div class="box-footer">{}</div>', Zone.BODY),
        ('<div class="pagination nav-links">{}</div>', Zone.BODY),
        ("<div>{}</div>", Zone.BODY),
    ],
)
def test_zones(html: str, zone: Zone) -> None:
    rest = "<div><p>" + "Nội dung chính của trang nói về hoạt động của Sở trong tuần qua. " * 12 + "</p></div>"
    found = page(f"<body>{html.format('<li><a href=/hd>Hỏi đáp</a></li>')}{rest}</body>")
    assert by_name(found, "Hỏi đáp").zone is zone


def test_a_wrapper_named_like_a_menu_is_not_one() -> None:
    words = "Ủy ban nhân dân tỉnh tổ chức hội nghị tổng kết công tác năm. " * 20
    found = page(f'<div class="has-left-menu"><div id="menu"><h1>Tin</h1><p>{words}</p><a href=/a>Bài</a></div></div>')
    assert by_name(found, "Bài").zone is Zone.BODY
    assert words.strip() in found.text


TABLES = """<table width="100%"><tr><td><img src="banner.jpg"></td></tr>
<tr><td><a href="/">Trang chủ</a> | <a href="/gt.aspx">Giới thiệu</a> | <a href="/tin.aspx">Tin tức</a> | <a
href="/vb.aspx">Văn bản</a>
 | <a href="/lh.aspx">Liên hệ</a></td></tr>
<tr><td width="20%"><table><tr><td><a href="/cb">Công báo</a></td></tr><tr><td><a href="/dvc">Dịch vụ công</a></td></tr>
<tr><td><a href="/tk">Thống kê</a></td></tr><tr><td><a href="/da">Dự án, đấu thầu</a></td></tr></table></td>
<td><p>Sở Tài chính tổ chức hội nghị tổng kết công tác năm 2026 với sự tham gia của đông đảo cán bộ, công chức các
phòng ban trong tỉnh.
Hội nghị đã nghe báo cáo kết quả thực hiện nhiệm vụ và thảo luận phương hướng năm tới, nhiều ý kiến đã được nêu ra.</p>
<a href="/bai-1.aspx">Hội nghị tổng kết công tác năm và triển khai nhiệm vụ năm tới của toàn ngành</a></td></tr>
<tr><td colspan="2">Bản quyền thuộc Sở Tài chính. Địa chỉ: số 1 đường Trần Phú. Điện thoại: 0214.3840.123. <a
href="/map">Sơ đồ cổng</a></td></tr></table>"""


def test_table_layouts_without_any_telling_name() -> None:
    found = page(TABLES)
    assert {by_name(found, n).zone for n in ("Giới thiệu", "Tin tức", "Liên hệ", "Công báo", "Thống kê")} == {Zone.MENU}
    assert by_name(found, "Sơ đồ cổng").zone is Zone.FOOTER
    assert (
        by_name(found, "Hội nghị tổng kết công tác năm và triển khai nhiệm vụ năm tới của toàn ngành").zone is Zone.BODY
    )
    assert "Điện thoại: 0214.3840.123" in found.footer_text
    assert "Công báo" not in found.text
    assert "thảo luận phương hướng" in found.text


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<a href=/x>Hỏi  đáp</a>", ("Hỏi đáp",)),
        ("<a href=/x><b>HỎI</b> - <i>ĐÁP</i></a>", ("HỎI - ĐÁP",)),
        ("<a href=/x><span>Quyết </span><span>đ</span><span>ịnh</span></a>", ("Quyết định",)),
        ("<a href=/x><div>Hỏi</div><div>đáp</div></a>", ("Hỏi đáp",)),
        ("<a href=/x aria-label='Hỏi đáp'><i class=fa></i></a>", ("Hỏi đáp",)),
        ("<span id=n>Hỏi đáp</span><a href=/x aria-labelledby=n><i></i></a>", ("Hỏi đáp",)),
        ("<a href=/x title='Hỏi đáp'><img src=/i/1.png></a>", ("Hỏi đáp",)),
        ("<a href=/x><img src=/i/1.png alt='Hỏi đáp'></a>", ("Hỏi đáp",)),
        ("<a href=/x>&#72;&#7887;i &#273;&#225;p</a>", ("Hỏi đáp",)),
        ("<map><area href=/x alt='Hỏi đáp'></map>", ("Hỏi đáp",)),
        ("<a href=/x title='Mục hỏi đáp'>Hỏi đáp</a>", ("Hỏi đáp", "Mục hỏi đáp")),
    ],
)
def test_names(html: str, names: tuple[str, ...]) -> None:
    assert only(html).names == names


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x"><img src="/documents/1/lay-y-kien.png" alt=""></a>',
        '<a href="/x"><img data-src="/documents/1/LayYKien.PNG?t=1" src="data:image/gif;base64,R0"></a>',
        '<a href="/x" style="background:url(\'/img/lay_y_kien.jpg\')"></a>',
    ],
)
def test_a_picture_is_called_by_its_file(html: str) -> None:
    link = only(html)
    assert link.image == "lay y kien"
    assert link.label == "lay y kien"


@pytest.mark.parametrize(
    ("html", "dead"),
    [
        ("<a>Sơ đồ trang</a>", "no_href"),
        ("<a href='#'>Sơ đồ trang</a>", "hash"),
        ("<a href=''>Sơ đồ trang</a>", "hash"),
        ("<a href='#top'>Sơ đồ trang</a>", "hash"),
        ("<a href='javascript:void(0)'>Sơ đồ trang</a>", "javascript"),
        ("<a href='javascript:;' onclick='doIt()'>Sơ đồ trang</a>", "javascript"),
        ("<a href=\"javascript:__doPostBack('ctl00$Menu','1')\">Sơ đồ trang</a>", "javascript"),
        ("<a href='mailto:gopy@tinh.gov.vn'>Góp ý</a>", "mailto"),
        ("<a href='tel:02143840123'>Gọi</a>", "tel"),
        ("<a href='http://'>Sơ đồ</a>", "bad"),
        ("<a href='http://a b/'>Sơ đồ</a>", "bad"),
    ],
)
def test_dead_links(html: str, dead: str) -> None:
    link = only(html)
    assert (link.url, link.dead) == ("", dead)


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:void(0)' onclick=\"location.href='/x'\">Mục</a>",
        "<a href='#' onclick=\"window.open('/x','_blank')\">Mục</a>",
        "<a onclick=\"window.location = '/x'\">Mục</a>",
        "<a href=\"javascript:window.location.href='/x'\">Mục</a>",
        "<div onclick=\"location.href='/x';\">Mục</div>",
        "<span data-href='/x'>Mục</span>",
        "<button onclick=\"window.open('/x')\">Mục</button>",
        "<select><option value='/x'>Mục</option></select>",
        "<noscript><a href='/x'>Mục</a></noscript>",
        "<base href='http://so.tinh.gov.vn/'><a href='x'>Mục</a>",
    ],
)
def test_addresses_in_scripts_and_lists(html: str) -> None:
    link = only(html)
    assert (link.url, link.dead, link.label) == ("http://so.tinh.gov.vn/x", "", "Mục")


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <a href=/x>Hỏi đáp</a> -->",
        "<template><a href=/x>Hỏi đáp</a></template>",
        "<script>'<a href=/x>Hỏi đáp</a>'</script>",
        "<p>Hỏi đáp</p>",
        "<a name=top></a>",
    ],
)
def test_what_is_no_link(html: str) -> None:
    assert page(html).links == ()


@pytest.mark.parametrize(
    ("html", "hidden"),
    [
        ("<div style='display:none'><a href=/x>M</a></div>", True),
        ("<div style='visibility: hidden'><a href=/x>M</a></div>", True),
        ("<div hidden><a href=/x>M</a></div>", True),
        ("<a href=/x style='display: none'>M</a>", True),
        ("<a href=/x aria-hidden=true>M</a>", True),
        ("<style>.an{color:red;display:none}</style><div class='an'><a href=/x>M</a></div>", True),
        ("<style>@media (max-width:600px){.an{display:none}}</style><div class='an'><a href=/x>M</a></div>", False),
        ("<div class='d-none'><a href=/x>M</a></div>", True),
        ("<div class='d-none d-md-block'><a href=/x>M</a></div>", False),
        ("<nav><ul><li><a href=#>N</a><ul style='display:none'><li><a href=/x>M</a></li></ul></li></ul></nav>", False),
        ("<nav style='display:none'><a href=/x>M</a></nav>", False),
        ("<nav><a href=/x style='display:none'>M</a></nav>", True),
        ("<a href=/x>M</a>", False),
    ],
)
def test_hidden(html: str, hidden: bool) -> None:
    assert by_name(page(html), "M").hidden is hidden


@pytest.mark.parametrize(
    "head",
    [
        "<a href=/vb>Văn bản</a>",
        "<a href='#'>Văn bản</a>",
        "<a>Văn bản</a>",
        "<span>Văn bản</span>",
        "Văn bản",
        "<a href='#'><span>Văn bản</span><i class='caret'></i></a>",
    ],
)
def test_entries_know_the_entry_above(head: str) -> None:
    found = page(
        f"<nav><ul><li>{head}<ul class=sub><li><a href=/qppl>VBQPPL</a><ul><li><a href=/nq>Nghị quyết</a></li></ul>"
        f"</li></ul></li>"
        "<li><a href=/lh>Liên hệ</a></li></ul></nav>"
    )
    assert by_name(found, "VBQPPL").parent == "Văn bản"
    assert by_name(found, "VBQPPL").group
    assert by_name(found, "Nghị quyết").parent == "VBQPPL"
    assert by_name(found, "Liên hệ").parent == ""
    assert not by_name(found, "Liên hệ").group


def test_bootstrap_drop_downs() -> None:
    found = page(
        '<nav><div class="dropdown"><button class="btn">Văn bản</button><div class="dropdown-menu">'
        '<a class="dropdown-item" href="/qppl">VBQPPL</a></div></div></nav>'
    )
    assert by_name(found, "VBQPPL").parent == "Văn bản"


def test_words_without_a_link() -> None:
    found = page(
        "<nav><ul><li><a href=/a>Tin tức</a></li><li>Sơ đồ trang</li></ul></nav><main><p>Góp ý dự thảo</p></main>"
        "<footer><p>Liên hệ</p></footer>"
    )
    assert {"Sơ đồ trang", "Góp ý dự thảo", "Liên hệ"} <= set(found.loose_words)
    assert "Tin tức" not in found.loose_words


def test_frames_maps_and_refresh() -> None:
    found = page(
        '<meta http-equiv=refresh content="0; url=/portal"><iframe src="https://www.google.com/maps/embed?pb=1">'
        "</iframe>"
        '<iframe src="/lich.html"></iframe>'
    )
    assert found.frames == ("https://www.google.com/maps/embed?pb=1", "http://so.tinh.gov.vn/lich.html")
    assert "map_embed" in found.traits
    assert [(k.zone, k.url) for k in found.links] == [(Zone.FRAME, "http://so.tinh.gov.vn/portal")]
    framed = page('<html><frameset cols="20%,*"><frame src="menu.htm"><frame src="main.htm"></frameset></html>')
    assert "frameset" in framed.traits
    assert framed.frames == ("http://so.tinh.gov.vn/web/menu.htm", "http://so.tinh.gov.vn/web/main.htm")


def test_menus_of_two_pages_are_one_object_in_memory() -> None:
    html = "<nav>" + "".join(f"<a href=/m{i}>Mục {i}</a>" for i in range(9)) + "</nav><p>{}</p>"
    one, other = page(html.format("một"), URL + "/1"), page(html.format("hai"), URL + "/2")
    assert all(a is b for a, b in zip(one.links, other.links, strict=True))


def test_relative_menu_addresses_depend_on_the_folder() -> None:
    html = "<nav><a href=tin.html>Tin tức</a><a href=vb.html>Văn bản</a></nav>"
    assert page(html, "http://a.vn/x/1").links[0].url == "http://a.vn/x/tin.html"
    assert page(html, "http://a.vn/y/1").links[0].url == "http://a.vn/y/tin.html"
