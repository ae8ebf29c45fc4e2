"""Accessibility by axe-core and by watching, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from crawler.browser.axe import SHARES, Inspection, inspect, points, share, watch
from tests.crawler.browser.tabs import Tabs, needs_browser, tabs

PROSE = " ".join(["Thông tin chỉ đạo, điều hành của tỉnh Liên Sơn"] * 6)
RUNS_LEFT = "@keyframes chay{from{transform:translateX(0)}to{transform:translateX(-600px)}}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Tabs]:
    with tabs() as running:
        yield running


def page(body: str) -> str:
    return f"<!doctype html><html lang=vi><head><title>Cổng</title></head><body><h1>Cổng</h1>{body}</body></html>"


def found(browser: Tabs, body: str) -> Inspection:
    return browser.measure(page(body), partial(inspect, seconds=0.3))


def rules(seen: Inspection, point: str) -> set[str]:
    return {fault.rule for fault in seen.faults if fault.point == point}


@needs_browser
def test_a_sound_page(browser: Tabs) -> None:
    rows = "<tr><td>Chè</td><td>12.000</td></tr>" * 4
    table = f"<table><caption>Giá</caption><tr><th scope=col>Mặt hàng</th><th scope=col>Giá</th></tr>{rows}</table>"
    fields = '<form><label>Từ khóa <input name="q"></label><button>Tìm</button></form>'
    body = f'<p>{PROSE}</p><a href="/"><img alt="Quốc huy" src="data:,"></a><a href="/a">Tin tức</a>{table}{fields}'
    seen = found(browser, body)
    assert seen.faults == ()
    assert [share([seen], part) for part in SHARES] == [1.0, 1.0, 1.0, 1.0]
    assert (seen.headings, seen.moving) == (1, 0)
    assert seen.version.startswith("4.")


@needs_browser
def test_pale_text_lacks_contrast(browser: Tabs) -> None:
    pale = "".join(f'<p style="color:#bbb;background:#fff">{PROSE}</p>' for _ in range(3))
    seen = found(browser, pale)
    assert "color-contrast" in rules(seen, "a")
    assert share([seen], "contrast") == 0.25  # the heading is dark
    dark = found(browser, f'<p style="color:#333;background:#fff">{PROSE}</p>')
    assert share([dark, seen], "contrast") == pytest.approx(0.5)


@needs_browser
def test_text_over_a_picture_cannot_be_decided_and_is_left_out(browser: Tabs) -> None:
    seen = found(browser, f'<p style="color:#999;background:linear-gradient(#000,#fff)">{PROSE}</p>')
    assert share([seen], "contrast") == 1.0


@needs_browser
def test_of_a_long_page_every_so_many_texts_are_looked_at(browser: Tabs) -> None:
    dark, pale = "<p>Thông tin chỉ đạo</p>" * 900, '<p style="color:#ccc;background:#fff">Thông tin</p>' * 900
    seen = found(browser, dark + pale)
    assert share([seen], "contrast") == pytest.approx(0.5, abs=0.05)
    assert seen.good["contrast"] + seen.bad["contrast"] <= 500


@needs_browser
def test_pictures_buttons_and_fields_without_words(browser: Tabs) -> None:
    seen = found(
        browser,
        '<img src="data:,"><a href="/a"><img src="data:,"></a><a href="/b"></a><input name="q"><button></button>'
        '<select name="s"><option>Một</option></select>',
    )
    assert rules(seen, "c") == {"image-alt", "link-name", "label", "button-name", "select-name"}
    assert rules(seen, "d") == {"link-name"}
    assert share([seen], "alt") == 0.0
    assert share([seen], "links") == 0.0
    assert share([seen], "tables") is None


@needs_browser
def test_table_headers_that_head_nothing(browser: Tabs) -> None:
    rows = "<tr>" + "<td>1</td>" * 5 + "</tr>"
    headed = f"<table><tr>{'<th scope=col>b</th>' * 5}</tr>{rows * 5}</table>"
    seen = found(browser, f"<table><tr><th>a</th>{'<td>b</td>' * 4}</tr>{rows * 5}</table>{headed}")
    assert "td-has-header" in rules(seen, "dd")
    assert share([seen], "tables") == 0.5


@needs_browser
def test_text_that_moves_or_blinks_by_itself(browser: Tabs) -> None:
    bodies = {
        "marquee.a": f'<marquee id="a">{PROSE}</marquee>',
        "marquee.b": f'<marquee id="b" direction="up"><p>{PROSE}</p><p>{PROSE}</p></marquee>',
        "div.c": f'<style>{RUNS_LEFT}</style><div id="c" style="overflow:hidden;white-space:nowrap">'
        f'<div style="animation:chay 20s linear infinite">{PROSE}</div></div>',
        "p.d": f'<p id="d" style="position:relative;white-space:nowrap">{PROSE}</p>'
        "<script>let x = 0; setInterval(() => { d.style.left = --x + 'px'; }, 30)</script>",
        "p.e": f'<p id="e">{PROSE}</p>'
        "<script>setInterval(() => { e.style.visibility = e.style.visibility ? '' : 'hidden'; }, 500)</script>",
        "b.f": "<style>@keyframes mau{50%{color:#c00}}</style>"
        "<p>Tin <b id=f style='animation:mau 1s infinite'>mới</b></p>",
    }
    count, names = browser.measure(page("<p>Yên</p>" + "".join(bodies.values())), watch)
    assert set(names) == set(bodies)
    assert count == len(bodies)


@needs_browser
def test_what_stops_soon_turns_now_and_then_or_has_no_text_is_not_moving_text(browser: Tabs) -> None:
    spinner = "<i style='display:block;width:20px;height:20px;animation:chay 1s linear infinite'></i>"
    slide = f'<div style="position:relative;height:99px"><p id="t" style="position:absolute">{PROSE}</p></div>'
    turn = "<script>let x = 0; setInterval(() => { t.style.left = (x -= 90) + 'px'; }, 2500)</script>"
    short = f'<p style="animation:chay 1s 1">{PROSE}</p>'
    gone = f'<marquee style="display:none">{PROSE}</marquee>'
    body = f"<style>{RUNS_LEFT}</style>{spinner}{slide}{turn}{short}{gone}<p>{PROSE}</p>"
    assert browser.measure(page(body), watch) == (0, ())


def test_every_rule_of_the_mapping_has_a_point_and_both_names() -> None:
    for rule, entry in points().items():
        assert entry["point"] in {"a", "b", "c", "d", "dd"}, rule
        assert entry["vi"] and entry["en"], rule
        assert entry.get("share", "alt") in SHARES, rule
    assert {"a", "b", "c", "d", "dd"} == {entry["point"] for entry in points().values()}


@needs_browser
def test_every_rule_of_the_mapping_is_one_of_axe_core(browser: Tabs) -> None:
    from crawler.browser.axe import _source

    async def known(tab: object) -> list[str]:
        await tab.evaluate(f"() => {{ {_source()}\n; return {{}}; }}")  # type: ignore[attr-defined]
        return await tab.evaluate("() => axe.getRules().map(r => r.ruleId)")  # type: ignore[attr-defined]

    assert set(points()) <= set(browser.measure(page(""), known))
