"""What a phone shows of a page, seen in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from crawler.browser.mobile import (
    PICTURE,
    Look,
    Signature,
    data_address,
    follows_screen,
    look,
    picture,
    separate,
    signature,
    turn,
)
from tests.crawler.browser.tabs import Tabs, needs_browser, tabs
from tests.crawler.little import LittlePortal, Reply

if TYPE_CHECKING:
    from playwright.async_api import Page

#: A picture that is there.
SVG = "src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E\""
VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
PROSE = " ".join(["Thông tin chỉ đạo, điều hành của Ủy ban nhân dân tỉnh Liên Sơn"] * 10)
BUTTONS = "".join(f'<a href="/{n}" style="display:block;padding:14px">Mục số {n}</a>' for n in range(6))


@pytest.fixture(scope="module")
def browser() -> Iterator[Tabs]:
    with tabs() as running:
        yield running


def page(body: str, head: str = VIEWPORT) -> str:
    return (
        f"<!doctype html><html lang=vi><head>{head}<style>body{{margin:8px}}</style></head><body>{body}</body></html>"
    )


async def both(tab: Page) -> tuple[Look, Look]:
    wide = await look(tab, 390)
    await turn(tab, 360)
    return wide, await look(tab, 360, turned=True)


def seen(browser: Tabs, body: str, head: str = VIEWPORT) -> tuple[Look, Look]:
    return browser.on_phone(page(body, head), both)


@needs_browser
def test_a_responsive_page_fits_both_phones(browser: Tabs) -> None:
    for found in seen(browser, f"<h1>Cổng thông tin</h1><p>{PROSE}</p>{BUTTONS}"):
        assert found.viewport
        assert (found.overflow, found.clipped, found.culprit) == (0, 0, "")
        assert found.small_chars == 0 < found.chars
        assert (found.targets, found.small_targets) == (6, 0)


@needs_browser
def test_a_wide_table_pushes_the_page_sideways(browser: Tabs) -> None:
    wide, narrow = seen(browser, f'<table class="gia" style="width:900px"><tr><td>{PROSE}</td></tr></table>')
    assert wide.viewport
    assert wide.overflow == pytest.approx(518, abs=4)
    assert narrow.overflow == pytest.approx(548, abs=4)
    assert wide.culprit == "table.gia"
    assert wide.clipped == 0


@needs_browser
def test_a_wide_table_in_a_box_of_its_own_that_scrolls_is_no_fault(browser: Tabs) -> None:
    table = f'<table style="width:900px"><tr><td>{PROSE}</td></tr></table>'
    for found in seen(browser, f'<div style="overflow-x:auto">{table}</div>'):
        assert found.past == 0


@needs_browser
@pytest.mark.parametrize(
    "body",
    [
        f'<div style="overflow:hidden"><table style="width:900px"><tr><td>{PROSE}</td></tr></table></div>',
        f'<style>body{{overflow-x:hidden}}</style><div style="width:900px"><p>{PROSE}</p></div>',
        f'<style>html{{overflow-x:clip}}</style><div style="width:900px"><p>{PROSE}</p></div>',
        f'<div style="overflow:hidden"><p style="width:700px">{PROSE}</p></div>',
        f'<div style="overflow:hidden"><img alt="Sơ đồ" style="width:480px;height:270px" {SVG}></div>',
    ],
)
def test_content_cut_off_without_a_scroll_bar_is_seen(browser: Tabs, body: str) -> None:
    for found in seen(browser, body):
        assert found.overflow == 0
        assert found.clipped > 80


@needs_browser
@pytest.mark.parametrize(
    "body",
    [
        f'<p style="overflow:hidden;white-space:nowrap;text-overflow:ellipsis"><a href="/a">{PROSE}</a></p>',
        f'<style>body{{overflow-x:hidden}}</style><nav style="position:absolute;left:100%;width:280px">{PROSE}</nav>',
        f'<nav style="position:fixed;left:-280px;width:280px">{PROSE}</nav>',
        '<div class="swiper" style="overflow:hidden;display:flex">'
        + f'<p style="flex:0 0 70%">{PROSE}</p>' * 2
        + "</div>",
        f"<marquee>{PROSE}</marquee>",
        f'<div style="overflow:hidden"><img style="width:900px;height:90px;margin-left:-250px" {SVG}></div>',
    ],
)
def test_what_is_shortened_or_waits_beside_the_screen_on_purpose_is_no_fault(browser: Tabs, body: str) -> None:
    for found in seen(browser, f"{body}<p>{PROSE}</p>"):
        assert found.past == 0, found


@needs_browser
def test_a_page_for_desktops_is_shown_shrunk(browser: Tabs) -> None:
    wide, _ = seen(browser, f'<div style="width:1000px;font-size:15px">{PROSE}</div>', head="")
    assert not wide.viewport
    assert wide.overflow > 500
    assert wide.small_chars == wide.chars > 0


@needs_browser
def test_a_viewport_of_a_fixed_width_does_not_follow_the_screen(browser: Tabs) -> None:
    wide, _ = seen(browser, f"<p>{PROSE}</p>", head='<meta name="viewport" content="width=1200">')
    assert not wide.viewport


@needs_browser
def test_text_under_twelve_pixels_is_small(browser: Tabs) -> None:
    wide, _ = seen(browser, f'<p style="font-size:10px">{PROSE}</p><p style="font-size:12px">{PROSE}</p>')
    assert wide.small_chars * 2 == wide.chars


@needs_browser
def test_crowded_links_are_small_targets_and_those_in_a_sentence_are_not(browser: Tabs) -> None:
    crowd = "".join(f'<li><a href="/{n}">Mục {n}</a></li>' for n in range(12))
    crowded, _ = seen(browser, f'<ul style="font-size:13px;line-height:15px">{crowd}</ul>')
    assert (crowded.targets, crowded.small_targets) == (12, 12)
    roomy, _ = seen(browser, f'<ul style="font-size:13px;line-height:40px">{crowd}</ul>')
    assert (roomy.targets, roomy.small_targets, roomy.under_48) == (12, 0, 12)
    inline, _ = seen(browser, f'<p>{PROSE} <a href="/a">liên kết</a> {PROSE}</p>')
    assert inline.targets == 0


@needs_browser
def test_a_theme_of_its_own_by_user_agent_is_told_from_a_responsive_page(browser: Tabs, portal: LittlePortal) -> None:
    desktop = "".join(f'<div class="khoi-{n}"><p class="tin-{n}">{PROSE}</p></div>' for n in range(20))
    phone = "".join(f'<section class="m-{n}"><p>{PROSE}</p></section>' for n in range(20))

    def answer(method: str, path: str) -> Reply:
        mobile = "Mobile" in portal.heads["User-Agent"] and path == "/"
        sheet = "m.css" if mobile else "desktop.css"
        head = f'{VIEWPORT}<link rel="stylesheet" href="/{sheet}">'
        return Reply(page(phone if mobile else desktop, head) if not path.endswith(".css") else "", type="text/html")

    portal.otherwise = answer
    built = [browser.on_phone(portal.url, signature), browser.measure(portal.url, signature)]
    assert separate(portal.url, portal.url, built[0], built[1]) == "theme"
    same = [browser.on_phone(f"{portal.url}x", signature), browser.measure(f"{portal.url}x", signature)]
    assert separate(portal.url, portal.url, same[0], same[1]) == ""


def test_a_mobile_host_or_branch_is_told_by_where_the_phone_was_sent() -> None:
    one = Signature(frozenset({"a.css"}), frozenset({".x"}))
    assert separate("http://m.sonoivu.gov.vn/", "http://sonoivu.gov.vn/", one, one) == "host"
    assert separate("http://a.gov.vn/mobile/", "http://a.gov.vn/", one, one) == "path"
    assert separate("http://www.a.gov.vn/", "http://a.gov.vn/", one, one) == ""
    assert separate("http://a.gov.vn/moi-truong", "http://a.gov.vn/", one, None) == ""


def test_a_viewport_follows_the_screen_by_its_width() -> None:
    assert follows_screen("width=device-width, initial-scale=1.0, maximum-scale=1", 390)
    assert follows_screen("initial-scale=1", 390)
    assert follows_screen("width = 360", 390)
    assert not follows_screen("width=1024", 390)
    assert not follows_screen("initial-scale=0.5", 390)
    assert not follows_screen("", 390)


@needs_browser
def test_a_screenshot_is_small(browser: Tabs) -> None:
    taken = browser.on_phone(page(f"<h1>Cổng</h1><p>{PROSE}</p>"), picture)
    assert taken.startswith(b"\xff\xd8")
    assert len(taken) <= PICTURE
    assert len(data_address(taken)) <= 61_000
