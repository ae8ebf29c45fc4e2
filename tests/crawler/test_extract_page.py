"""The page as a whole: title, text, dates of an article, language, metadata, controls, traits."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.page import DateRole, DateSource, Page
from crawler.extract import extract

TODAY = dt.date(2026, 11, 20)
PROSE = (
    "Ủy ban nhân dân tỉnh vừa tổ chức hội nghị tổng kết công tác cải cách hành chính và chuyển đổi số của toàn tỉnh. "
)


def page(html: str, url: str = "http://a.gov.vn/tin/bai-1.html") -> Page:
    return extract(html.encode(), url, today=TODAY)


ARTICLE = f"""<html lang="vi"><head><title>Hội nghị tổng kết - Sở Nội vụ</title>{{head}}</head><body>
<header><img src="/logo.png" alt="Sở Nội vụ"><div class="clock">Thứ Sáu, 20/11/2026</div><nav><a href="/">Trang
chủ</a><a href="/tin">Tin tức</a></nav></header>
<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="/tin">Tin tức</a> » <span>Hội nghị tổng kết</span></div>
<main><h1>Hội nghị tổng kết công tác cải cách hành chính</h1>{{byline}}
<p>{PROSE * 3}</p><p>Căn cứ Quyết định số 12/QĐ-UBND ngày 05/07/2018 của Chủ tịch UBND tỉnh. {PROSE}</p>
<p>{PROSE * 2}</p>
<p>Sáng 12/11/2026, tại Hội trường UBND tỉnh, hội nghị đã khai mạc với sự tham dự của nhiều đại biểu.</p>
<img src="/anh/hoi-nghi.jpg"><p>Tác giả: Trần B</p></main>
<footer>Giấy phép số 12/GP-TTĐT cấp ngày 15/03/2012. © 2026. Địa chỉ: 1 Trần Phú. Điện thoại: 0214.3840.123</footer>
</body></html>"""


def article(head: str = "", byline: str = "<p>Thứ Tư, 18/11/2026 | 08:26</p>") -> Page:
    return page(ARTICLE.format(head=head, byline=byline))


def test_an_article() -> None:
    found = article()
    assert found.title == "Hội nghị tổng kết - Sở Nội vụ"
    assert found.h1 == "Hội nghị tổng kết công tác cải cách hành chính"
    assert found.breadcrumb == ("Trang chủ", "Tin tức", "Hội nghị tổng kết")
    assert found.language == found.declared_lang == "vi"
    assert "article" in found.traits
    assert "placeholder" not in found.traits
    assert "Trang chủ" not in found.text
    assert "Giấy phép" not in found.text
    assert found.text.startswith("Hội nghị tổng kết công tác cải cách hành chính\n")
    assert "Điện thoại: 0214.3840.123" in found.footer_text
    assert [(i.name, i.has_alt) for i in found.images] == [("hoi nghi", False)]
    assert found.items == ()


def test_the_dates_of_an_article_and_those_that_are_not() -> None:
    found = article()
    assert found.published is not None
    assert (str(found.published.day), found.published.minute) == ("2026-11-18", 8 * 60 + 26)
    roles = {str(d.day): d.role for d in found.dates}
    assert roles == {
        "2026-11-18": DateRole.PUBLISHED,
        "2018-07-05": DateRole.ISSUED,
        "2026-11-12": DateRole.EVENT,
        "2026-11-20": DateRole.CLOCK,
        "2012-03-15": DateRole.LICENCE,
    }


@pytest.mark.parametrize(
    ("head", "byline", "day", "source"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-16T20:00:00Z"}</script>',
            "", "2026-11-17", DateSource.JSONLD),
        ('<script type="application/ld+json">{"@graph":[{"@type":"WebPage"},'
         '{"@type":"Article","datePublished":"2026-11-16"}]}</script>', "", "2026-11-16", DateSource.JSONLD),
        ('<meta property="article:published_time" content="2026-11-15T08:00:00+07:00">', "<p>18/11/2026</p>",
            "2026-11-15", DateSource.META),
        ('<meta name="DC.Date.Issued" content="14/11/2026">', "", "2026-11-14", DateSource.META),
        ("", "<time datetime='2026-11-13T01:00:00Z'>13 tháng 11</time>", "2026-11-13", DateSource.TIME),
        ("", "<span>Đăng ngày 12 - 10 - 2026</span>", "2026-10-12", DateSource.VISIBLE),
        ("", "<div class=date>Ngày đăng:</div><div>12/10/2026 14:39 PM</div>", "2026-10-12", DateSource.VISIBLE),
        ("", "<i>2 ngày trước</i>", "2026-11-18", DateSource.RELATIVE),
    ],
)  # fmt: skip
def test_sources_of_the_date_in_their_order_of_trust(head: str, byline: str, day: str, source: DateSource) -> None:
    found = article(head, byline).published
    assert found is not None
    assert (str(found.day), found.source) == (day, source)


def test_an_article_without_a_date_has_none() -> None:
    assert article("", "").published is None


def test_broken_data_blocks_are_passed_over() -> None:
    found = article('<script type="application/ld+json">{"@type": "NewsArticle", </script>')
    assert found.jsonld_types == ()


def test_the_clock_of_a_page_without_zones() -> None:
    found = page(f"<table><tr><td>Thứ Sáu, 20/11/2026</td></tr><tr><td><p>{PROSE * 4}</p></td></tr></table>")
    assert [d.role for d in found.dates] == [DateRole.CLOCK]


def test_metadata_feeds_and_canonical() -> None:
    found = page(
        '<head><meta charset=utf-8><META NAME="Description" CONTENT="Cổng"><meta property="og:title" content="T">'
        '<meta name="DC.Title" content="D">'
        '<meta name=viewport content="width=device-width"><meta name=generator content="NukeViet v4.5"><link '
        'rel=canonical href="/tin/bai-1.html?utm_source=x">'
        '<link rel=alternate type="application/rss+xml" href="/rss/tin.xml"><link rel=alternate '
        'type="application/atom+xml" href="/atom.xml">'
        '<script type="application/ld+json">'
        '[{"@type":["Organization","GovernmentOrganization"]},{"@type":"BreadcrumbList"}]</script></head>'
    )
    assert found.meta["description"] == "Cổng"
    assert found.meta["og:title"] == "T"
    assert found.meta["dc.title"] == "D"
    assert found.meta["generator"] == "NukeViet v4.5"
    assert found.canonical == "http://a.gov.vn/tin/bai-1.html"
    assert found.feeds == ("http://a.gov.vn/rss/tin.xml", "http://a.gov.vn/atom.xml")
    assert found.jsonld_types == ("Organization", "GovernmentOrganization", "BreadcrumbList")
    assert "viewport" in found.traits


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PROSE, "vi"),
        (
            "The People's Committee of the province has held a conference on administrative reform and digital "
            "transformation.",
            "en",
        ),
        (
            "Uy ban nhan dan tinh da to chuc hoi nghi tong ket cong tac cai cach hanh chinh va chuyen doi so cua "
            "vi trong tinh",
            "vi",
        ),
        ("Xin chào", ""),
        ("", ""),
    ],
)
def test_language_is_told_by_the_words_and_not_by_lang(text: str, language: str) -> None:
    found = page(f'<html lang="en-US"><body><p>{text}</p></body></html>')
    assert found.language == language
    assert found.declared_lang == "en-us"


@pytest.mark.parametrize(
    ("html", "control"),
    [
        ("<a href='#' onclick='window.print()'>In</a>", "print"),
        ("<a href='javascript:window.print()'><i class='fa fa-print'></i></a>", "print"),
        ("<a href='/vi/news/print/tin/bai-1.html'><img src=/p.gif alt=''></a>", "print"),
        ("<span>In bài viết</span><button>In bài viết</button>", "print"),
        ("<a href='/x'>Bản in</a>", "print"),
        ("<a href='/vi/news/savefile/tin/bai-1.html'>Lưu bài viết</a>", "save"),
        ("<a href='/x' title='Lưu bài'><i></i></a>", "save"),
        ("<a href='https://sp.zalo.me/share_inline?x=1'>Z</a>", "share_zalo"),
        ("<div class='zalo-share-button' data-href=''></div>", "share_zalo"),
        ("<a href='https://www.facebook.com/sharer/sharer.php?u=1'>f</a>", "share_facebook"),
        ("<a href='#'>A+</a>", "font_size"),
        ("<button title='Tăng cỡ chữ'>T</button>", "font_size"),
        ("<a href='#'>Nghe đọc bài</a>", "read_aloud"),
        ("<button>Độ tương phản cao</button>", "contrast"),
        ("<button>Đánh giá bài viết</button>", "rating"),
    ],
)  # fmt: skip
def test_controls(html: str, control: str) -> None:
    assert control in page(f"<p>{PROSE}</p>{html}").controls


def test_files_to_download_are_no_save_control() -> None:
    assert "save" not in page("<a href='/f/a.pdf'>Tải về</a><!-- <a href='/savefile/1'>Lưu</a> -->").controls


@pytest.mark.parametrize(
    "body",
    [
        "<p>Nội dung đang được cập nhật</p>",
        "<h1>Thống kê</h1><p>Nội dung đang được cập nhật...</p>",
        "<h1>Thống kê</h1><div>Đang cập nhật</div>",
        "<p>Chuyên mục đang xây dựng. Xin vui lòng quay lại sau.</p>",
        "<h2>Thống kê</h2><p>Chưa có bài viết nào trong chuyên mục này.</p>",
        "<p>Hiện tại chưa có dữ liệu!</p>",
        "<div class=breadcrumb><a href=/>Trang chủ</a> / Thống kê</div><h1>Thống kê</h1><p>Thông tin đang được cập "
        "nhật, mong quý vị thông cảm</p>",
        "<p>There are no items to show in this view.</p>",
    ],
)
def test_placeholders(body: str) -> None:
    assert (
        "placeholder"
        in page(
            f"<title>Thống kê</title><nav><a href=/a>Tin tức</a></nav>{body}<footer>Bản quyền thuộc Sở</footer>"
        ).traits
    )


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{PROSE * 4}</p><p>Số liệu quý IV đang cập nhật.</p>",
        "<p>Địa chỉ: 1 Trần Phú. Điện thoại: 0214.3840.123. Fax: đang cập nhật. Email: so@tinh.gov.vn. Giờ làm việc: "
        "7h30 đến 17h00 các ngày trong tuần</p>",
        "<p>Đang cập nhật</p><ul><li><a href=/a>Niên giám thống kê tỉnh năm 2025</a> 12/11/2026</li></ul>",
        "<p></p>",
    ],
)
def test_no_placeholders(body: str) -> None:
    assert "placeholder" not in page(f"<title>Thống kê</title>{body}").traits


def test_shells() -> None:
    assert (
        "shell"
        in page(
            '<html><head><script src=/a.js></script></head><body><div id="root"></div><noscript>You '
            "need to enable JavaScript to run this app.</noscript></body></html>"
        ).traits
    )
    assert (
        "shell"
        in page(
            "<html><body><app-root></app-root><script src=/runtime.js></script><script src=/main.js>"
            "</script></body></html>"
        ).traits
    )
    assert (
        "shell"
        not in page(
            f'<div id="app"><nav><a href=/a>Tin</a></nav><p>{PROSE * 5}</p></div><script src=/a.js></script>'
        ).traits
    )
    assert "shell" not in page("<h1>Liên hệ</h1><p>Đang cập nhật</p>").traits


def test_traits_of_old_pages() -> None:
    found = page("<marquee>Chào mừng</marquee><blink>x</blink>")
    assert {"marquee", "blink"} <= found.traits
    assert found.access.moving == 2


def test_counts_for_accessibility() -> None:
    found = page(
        "<h1>A</h1><img src=a.jpg><img src=b.jpg alt=''><a href=/x><img src=lay-y-kien.png></a><a href=/y><img "
        "src=c.png alt='Có tên'></a>"
        "<a href=/z>Xem thêm</a><a href=/w title='Xem thêm về dự án'>Xem thêm</a><table><tr><td>a</td><td>b</td></tr>"
        "<tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>"
    )
    counts = found.access
    assert (counts.images, counts.images_without_alt) == (4, 2)
    assert (counts.image_links, counts.image_links_without_name) == (2, 1)
    assert counts.vague_links == 1
    assert (counts.tables, counts.tables_without_headers) == (1, 1)
    assert counts.headings == 1


def test_a_login_wall() -> None:
    found = page("<form><h2>Đăng nhập</h2><input name=u><input type=password name=p><button>Đăng nhập</button></form>")
    assert "login_wall" in found.traits


def test_long_texts_are_cut_and_measured() -> None:
    found = page(f"<p>{PROSE * 200}</p>")
    assert len(found.text) == 8000
    assert found.text_length > 20000


def test_a_body_that_is_no_markup() -> None:
    assert page("chỉ là chữ").text == "chỉ là chữ"
    assert page("").text == ""


TAGS = st.sampled_from(
    """<div> </div> <table> <tr> <td> </td> </table> <ul> <li> </ul> <a href=/x> <a
href='#'> <a> </a> <p> <h1> </h1> <form> <input name=q> <select>
    <option value=/x> </form> <nav> </nav> <footer class=ft> <span
style=display:none> <script> </script> <style>.a{display:none}</style> <!-- -->
    <svg> <template> <noscript> &#1; &#xffff; &nbsp; Tin tức 18/11/2026 \x00 \x0b <dl> <dt> <dd> <frameset> <iframe
src=//x> <base href=/y> <title> <img src=a>
    <meta http-equiv=refresh content=0;url=/z> <td
onclick="location.href='/k'"> ]]> <![CDATA[ <?php ?> <o:p> Ngày : ban hành""".split()
)


@given(st.one_of(st.text(max_size=300), st.lists(TAGS, max_size=60).map(" ".join)))
def test_any_markup_is_read(html: str) -> None:
    found = extract(html.encode("utf-8", "replace"), "http://a.gov.vn/", today=TODAY)
    assert found.text_length >= len(found.text)


def test_deep_nesting_is_read() -> None:
    assert "sâu" in page("<div>" * 1500 + "sâu" + "</div>" * 1500).text
    page("<table><tr><td>" * 400 + "<a href=/x>Liên kết ở rất sâu trong trang</a>")
    page("<ul><li>" * 800 + "x")


def test_a_column_called_left_that_holds_the_heading_is_the_main_one() -> None:
    html = (
        "<html><body><div class=banner>CỔNG THÔNG TIN ĐIỆN TỬ</div><div class=col-left><h1>Danh bạ</h1><p>Ông Trần Văn "
        "Bình, Chánh Văn phòng</p></div><div class=col-right><h3>Tin mới</h3><ul>"
        + "".join(f"<li><a href=/t/{n}>Tin số {n} về hoạt động của tỉnh trong tuần qua</a></li>" for n in range(9))
        + "</ul></div></body></html>"
    )
    found = extract(html.encode(), "http://a.gov.vn/danh-ba")
    assert "Trần Văn Bình" in found.text
    assert "Tin số 3" not in found.text
