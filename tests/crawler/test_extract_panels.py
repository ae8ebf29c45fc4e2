"""Tabs and folded parts are pages of their own, at their page's address with a fragment."""

from __future__ import annotations

import datetime as dt

from core.page import Page
from crawler.extract import extract, redact

TODAY = dt.date(2026, 11, 20)


def page(html: str, url: str = "http://a.gov.vn/cong-khai") -> Page:
    return extract(f"<html><body>{html}</body></html>".encode(), url, today=TODAY)


def fragments(found: Page) -> dict[str, str]:
    return {p.url.partition("#")[2]: p.title for p in found.panels}


TABS = (
    '<h1>Công khai</h1><ul><li><a data-toggle="tab" href="#ns">Công khai ngân sách</a></li><li><a href="#tc">Báo cáo '
    'tài chính</a></li></ul><div id="ns"><ul><li><a href="/1.pdf">Dự toán năm 2026</a> 12/01/2026</li><li>'
    '<a href="/2.pdf">Quyết toán năm 2025</a> 12/05/2026</li></ul></div><div id="tc"><p>Đang cập nhật</p></div>'
)


def test_each_tab_holds_its_own_and_no_more() -> None:
    found = page(TABS)
    assert fragments(found) == {"ns": "Công khai ngân sách", "tc": "Báo cáo tài chính"}
    budget, report = found.panels
    assert [i.title for i in budget.items] == ["Dự toán năm 2026", "Quyết toán năm 2025"]
    assert not report.items
    assert "placeholder" in report.traits


def test_the_links_of_tabs_lead_to_them() -> None:
    links = {k.text: k for k in page(TABS).links}
    assert links["Báo cáo tài chính"].url == "http://a.gov.vn/cong-khai#tc"
    assert not links["Báo cáo tài chính"].dead


def test_buttons_and_summaries_open_panels_too() -> None:
    found = page(
        '<button data-bs-target="#c1">Lịch tiếp công dân</button><div id="c1"><p>Thứ hai, 16/11/2026</p></div>'
        "<details><summary>Công khai ngân sách</summary><p>Dự toán năm 2026</p></details>"
    )
    assert sorted(fragments(found).values()) == ["Công khai ngân sách", "Lịch tiếp công dân"]
    assert {k.text for k in found.links if "#" in k.url} == {"Công khai ngân sách", "Lịch tiếp công dân"}
    assert "Công khai ngân sách" not in found.panels[1].text.split("\n")[1:]


def test_menus_carousels_and_jumps_are_no_panels() -> None:
    found = page(
        '<button data-target="#m">Menu</button><nav id="m"><a href="/a">Tin tức</a></nav><a href="#main">Nội dung</a>'
        '<main id="main"><h1>Tin</h1><a href="#muc2">Mục 2</a><h2 id="muc2">Mục 2</h2><div id="slide"><a '
        'data-slide="next" href="#slide">Sau</a><p>Ảnh</p></div></main>'
    )
    assert found.panels == ()


def test_questions_under_a_tab_are_redacted() -> None:
    found = redact(
        page('<a href="#hd">Hỏi đáp</a><div id="hd"><p>Người hỏi: Nguyễn Văn Mạnh</p><p>Câu hỏi: đất đai</p></div>')
    )
    assert "Mạnh" not in found.panels[0].text
