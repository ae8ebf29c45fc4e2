"""The portal's own search is really asked: a known title, the same without accents, a nonsense word."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote_plus, urlsplit

from core.page import Form, FormPurpose, Input, Outcome, Page
from core.text import fold
from crawler.form_fields import fields_beside
from crawler.search import address, nonsense, search_form, without_accents
from tests.crawler.little import LittlePortal, Reply, page, visit, words

TITLES = [
    "Khai trương trung tâm phục vụ hành chính công huyện Thạch Bình",
    "Nghiệm thu mô hình sấy dược liệu bằng năng lượng mặt trời",
    "Tập huấn kỹ năng số cho cán bộ cấp xã đợt hai năm 2026",
]
FORM = (
    '<form action="/tim-kiem" method="get" role="search"><input type="hidden" name="lang" value="vi">'
    '<input type="text" name="q" placeholder="Tìm kiếm"><button type="submit">Tìm kiếm</button></form>'
)


def searchable(portal: LittlePortal, form: str = FORM) -> None:
    menu = {"/tin-tuc": "Tin tức"}
    rows = "".join(f'<li><a href="/tin/{n}">{t}</a> <span>0{n + 1}/11/2026</span></li>' for n, t in enumerate(TITLES))
    portal.pages["/"] = page("Trang chủ", menu=menu).replace("</header>", form + "</header>")
    portal.pages["/tin-tuc"] = page("Tin tức", f"<ul>{rows}</ul>", menu=menu)
    for number, title in enumerate(TITLES):
        portal.pages[f"/tin/{number}"] = page(title, words(title), menu=menu)

    def results(method: str, path: str) -> str | None:
        if not path.startswith("/tim-kiem"):
            return None
        asked = fold(unquote_plus(parse_qs(urlsplit(path).query)["q"][0]))
        hits = [f'<li><a href="/tin/{n}">{t}</a></li>' for n, t in enumerate(TITLES) if asked and asked in fold(t)]
        return page("Kết quả tìm kiếm", f"<ul>{''.join(hits)}</ul>" if hits else "<p>Không có kết quả nào.</p>")

    portal.otherwise = results


def test_three_trials(portal: LittlePortal) -> None:
    searchable(portal)
    done = visit(portal).evidence
    known, plain, nothing = done.searches
    assert (known.kind, plain.kind, nothing.kind) == ("known", "plain", "nonsense")
    assert known.query in TITLES and plain.query == without_accents(known.query)
    assert known.expected_url == f"{portal.root}/tin/{TITLES.index(known.query)}"
    assert known.page is not None and known.expected_url in {link.url for link in known.page.links}
    assert nothing.page is not None and known.expected_url not in {link.url for link in nothing.page.links}
    asked = [p for p in portal.paths() if p.startswith("/tim-kiem")]
    assert len(asked) == 3 and all("lang=vi" in p for p in asked)
    assert not [p for p in done.pages if "/tim-kiem" in p.url]
    assert done.facts["search.form"] == "get"


def test_a_form_for_something_else_is_not_asked_in_place_of_a_posted_box() -> None:
    posted = Form(action="http://a.vn/search", method="post", inputs=(Input("keyword"),), purpose=FormPurpose.SEARCH)
    by_number = Form(action="http://a.vn/hoi", method="get", inputs=(Input("ma"),), purpose=FormPurpose.SEARCH)
    by_words = Form(action="http://a.vn/tim", method="get", inputs=(Input("tukhoa"),), purpose=FormPurpose.SEARCH)
    home = Page("http://a.vn/", forms=(posted,))
    assert search_form([home, Page("http://a.vn/hoi", depth=1, forms=(by_number,))]) is None
    found = search_form([home, Page("http://a.vn/tim", depth=1, forms=(by_number, by_words))])
    assert found is not None and found[1] is by_words
    assert search_form([Page("http://a.vn/", forms=(by_number,))]) is not None


def test_search_forbidden_by_robots(portal: LittlePortal) -> None:
    searchable(portal)
    portal.pages["/robots.txt"] = Reply("User-agent: *\nDisallow: /tim-kiem", type="text/plain")
    done = visit(portal).evidence
    assert {t.outcome for t in done.searches} == {Outcome.ROBOTS}
    assert not [p for p in portal.paths() if p.startswith("/tim-kiem")]


def test_post_forms_are_never_sent(portal: LittlePortal) -> None:
    searchable(portal, FORM.replace('method="get"', 'method="post"'))
    done = visit(portal).evidence
    assert done.searches == ()
    assert done.facts["search.form"] == "post"
    assert {m for m, _, _ in portal.asked} <= {"GET", "HEAD"}


def test_a_portal_without_a_search_box(portal: LittlePortal) -> None:
    searchable(portal, "")
    done = visit(portal).evidence
    assert done.searches == () and done.facts["search.form"] is None


BODY = """<form><input name=x value=1></form><form action=/s><input type=hidden name=token value="a&amp;b">
<input name=kw><select name=loai><option value=1>Tin<option value=2 selected>Bài</select><input type=checkbox name=c>
<input type=radio name=r value=d checked><input type=text><input type=submit name=go value="Tìm"></form>"""


def test_sent_as_a_browser_would() -> None:
    form = Form("http://a.vn/s?old=1", purpose=FormPurpose.SEARCH, inputs=(Input("kw"),))
    fields = fields_beside(BODY.encode(), "kw")
    sent = "http://a.vn/s?token=a%26b&kw=%C4%90%C6%B0%E1%BB%9Dng+1&loai=2&r=d&go=T%C3%ACm"
    assert address(form, "Đường 1", fields=fields) == sent
    assert "kw=%D0%FD%26%237901%3Bng" in address(form, "Đường", "windows-1258", fields)
    assert address(form, "x", "no-such-charset") == "http://a.vn/s?kw=x"


def test_the_nonsense_word_is_the_same_every_day() -> None:
    assert nonsense("a.vn") == nonsense("a.vn") != nonsense("b.vn")
    assert nonsense("a.vn").isalpha()
