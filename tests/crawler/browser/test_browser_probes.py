"""The probes of phones, accessibility and speed: a whole audit's crawl with them, on a little portal."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from core.evidence import Evidence
from core.page import Form, FormPurpose, Item, Link, Outcome, Page, Table, Zone
from core.plan import Budget, CrawlPlan
from core.portal import Portal
from crawler.browser import visits
from crawler.browser.choice import section_pages
from crawler.browser.visits import Visited, in_time, visit_each
from crawler.options import CrawlOptions
from crawler.probes import accessibility, mobile, performance
from crawler.probes.scene import Scene
from crawler.run import crawl, run
from tests.crawler.browser.tabs import needs_browser
from tests.crawler.little import TODAY, LittlePortal, page, settled_never

VIEWPORT = '<meta name="viewport" content="width=device-width, initial-scale=1">'
MENU = {"/": "Trang chủ", "/gia": "Giá nông sản", "/hoi-dap": "Hỏi đáp"}
ROWS = "<tr><td>Chè búp tươi</td><td>12.000</td><td>kg</td><td>tuần 46</td></tr>" * 6
WIDE = f'<table style="width:900px">{ROWS}</table>'


def probed(portal: LittlePortal, **options: Any) -> dict[str, Any]:
    """The facts of a crawl with its probes."""

    async def whole() -> dict[str, Any]:
        _, found = await crawl(
            Portal(portal.url),
            CrawlPlan(budget=Budget(max_pages=10, max_minutes=1.0)),
            today=TODAY,
            options=CrawlOptions(allow_private=True, **options),
            settled=settled_never,
            progress=lambda progress: None,
            stop=asyncio.Event(),
        )
        assert not found.crashed, found.problems
        return found.facts

    return run(whole())


def fill(portal: LittlePortal) -> None:
    portal.pages |= {
        "/": page("Cổng thông tin", menu=MENU, head=VIEWPORT),
        "/gia": page("Giá nông sản", WIDE, menu=MENU, head=VIEWPORT),
        "/hoi-dap": page("Hỏi đáp", menu=MENU, head=VIEWPORT),
    }


@needs_browser
def test_home_and_sections_are_measured_and_questions_are_not_shown(portal: LittlePortal) -> None:
    fill(portal)
    facts = probed(portal, browser=True)
    home, prices = portal.url, f"{portal.root}/gia"
    assert facts["mobile.outcome"] == facts["a11y.outcome"] == facts["perf.outcome"] == "measured"
    assert [row["url"] for row in facts["mobile.pages"]] == [home, prices]
    assert facts["mobile.viewport"] is True
    assert facts["mobile.overflow_390"] > 400 < facts["mobile.overflow_360"]
    assert facts["mobile.separate"] == ""
    assert [row["url"] for row in facts["mobile.screenshots"]] == [home, prices]
    assert all(row["data"].startswith("data:image/jpeg;base64,") for row in facts["mobile.screenshots"])
    assert facts["a11y.contrast"] > 0.5
    assert facts["a11y.moving"] == 0
    assert [row["url"] for row in facts["perf.pages"]] == [home, prices]
    assert facts["perf.runs"] == performance.RUNS
    assert facts["perf.fcp_ms"] > 0 < facts["perf.bytes"]


@needs_browser
def test_who_was_received_or_complained_is_on_no_picture(portal: LittlePortal) -> None:
    menu = {"/": "Trang chủ", "/tiep-cong-dan": "Tiếp công dân", "/khieu-nai": "Khiếu nại", "/gia": "Giá nông sản"}
    row = "<tr><td>1</td><td>Quách Thị Lụa</td><td>Thôn 3</td><td>Khiếu nại đền bù</td></tr>"
    heads = "<tr><th>STT</th><th>Họ và tên công dân</th><th>Địa chỉ</th><th>Nội dung</th></tr>"
    portal.pages |= {
        "/": page("Cổng thông tin", menu=menu, head=VIEWPORT),
        "/gia": page("Giá nông sản", f"<table>{ROWS}</table>", menu=menu, head=VIEWPORT),
        "/tiep-cong-dan": page("Kết quả", f"<table style='width:900px'>{heads}{row}</table>", menu=menu, head=VIEWPORT),
        "/khieu-nai": page(
            "Khiếu nại", f"<p>Ông Chu Văn Thắng, CMND 063123456</p><div style='width:950px'>{ROWS}</div>", menu=menu,
            head=VIEWPORT,
        ),
    }  # fmt: skip
    facts = probed(portal, browser=True)
    assert [row["url"] for row in facts["mobile.screenshots"]] == [portal.url, f"{portal.root}/gia"]


@needs_browser
def test_a_home_page_that_names_who_asked_is_not_shown(portal: LittlePortal) -> None:
    fill(portal)
    portal.pages["/"] = page(
        "Cổng thông tin",
        "<h3>Bạn đọc viết</h3><div>Nguyễn Thị Hoạt</div><p>Bao giờ có sổ?</p>",
        menu=MENU,
        head=VIEWPORT,
    )
    facts = probed(portal, browser=True)
    assert [row["url"] for row in facts["mobile.screenshots"]] == [f"{portal.root}/gia"]


def test_without_a_browser_nothing_is_said(portal: LittlePortal) -> None:
    fill(portal)
    facts = probed(portal, browser=False)
    assert not [name for name in facts if name.startswith(("mobile.", "a11y.", "perf."))]


@needs_browser
def test_a_home_page_that_fails_in_the_browser_is_named(portal: LittlePortal) -> None:
    fill(portal)
    home = portal.pages["/"]

    def answer(method: str, path: str) -> Any:
        from tests.crawler.little import Reply

        return Reply("<h1>503</h1>", 503) if "Chrome" in portal.heads.get("User-Agent", "") else home

    del portal.pages["/"]
    portal.otherwise = lambda method, path: answer(method, path) if path == "/" else None
    facts = probed(portal, browser=True)
    assert facts["mobile.outcome"] == facts["a11y.outcome"] == facts["perf.outcome"] == Outcome.SERVER_ERROR
    assert "mobile.viewport" not in facts and "a11y.contrast" not in facts and "perf.fcp_ms" not in facts


@needs_browser
def test_a_page_that_hangs_does_not_reach_the_next(portal: LittlePortal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "PAGE", 4.0)
    fill(portal)
    portal.pages["/treo"] = page("Treo") + "<script>addEventListener('load', () => { for (;;); })</script>"
    seen: list[Visited[str]] = []

    async def probe(scene: Scene) -> dict[str, Any]:
        from crawler.browser.session import PHONE

        async def title(sheet: Any, opened: Any) -> str:
            return await sheet.page.title()

        assert scene.browser is not None
        urls = [portal.url, f"{portal.root}/treo", f"{portal.root}/gia"]
        seen.extend(await visit_each(scene.browser, PHONE, urls, title, seconds=60))
        return {}

    monkeypatch.setattr("crawler.probes.registry.BUILT_IN", (("hangs", probe, 90.0),))
    probed(portal, browser=True)
    assert [v.result for v in seen] == ["Cổng thông tin", None, "Giá nông sản"]
    assert seen[1].error


def test_a_probe_that_takes_too_long_says_so() -> None:
    async def slow() -> dict[str, Any]:
        await asyncio.sleep(30)
        return {"mobile.outcome": "measured"}

    assert run(in_time(slow(), 0.05, "mobile")) == {"mobile.outcome": "timeout"}
    assert run(in_time(slow(), -1.0, "perf")) == {"perf.outcome": "timeout"}


def evidence(*pages: Page) -> Evidence:
    menu = tuple(Link(p.url, text="mục", zone=Zone.MENU) for p in pages[1:])
    home = Page(pages[0].url, links=menu, language=pages[0].language)
    return Evidence(Portal(home.url), TODAY, pages=(home, *pages[1:]))


def test_sections_of_different_shapes_come_first_and_never_questions() -> None:
    at = "http://a.gov.vn"
    plain = [Page(f"{at}/gioi-thieu-{n}", depth=1) for n in range(4)]
    questions = Page(f"{at}/hoi-dap", depth=1)
    asks = Page(f"{at}/gui", depth=1, forms=(Form("/gui", "post", FormPurpose.QUESTION),))
    news = Page(f"{at}/tin-tuc", depth=1, items=tuple(Item(f"Tin {n}") for n in range(6)))
    table = Page(f"{at}/van-ban", depth=1, tables=(Table(("Số", "Ngày", "Trích yếu", "Tệp"), ()),))
    other = Page("http://dichvucong.a.gov.vn/", depth=1)
    english = Page(f"{at}/en", depth=1, language="en")
    seen = evidence(Page(f"{at}/", language="vi"), questions, asks, other, english, *plain, news, table)
    assert [p.url.rpartition("/")[2] for p in section_pages(seen, 4)] == [
        "van-ban", "tin-tuc", "gioi-thieu-0", "gioi-thieu-1",
    ]  # fmt: skip
    assert section_pages(seen, 0) == ()
    assert section_pages(Evidence(Portal(at), TODAY), 4) == ()


def test_each_probe_has_its_limit_and_its_place() -> None:
    from crawler.probes.registry import BUILT_IN

    limits = {name: limit for name, _, limit in BUILT_IN}
    assert limits["mobile"] == mobile.LIMIT and limits["accessibility"] == accessibility.LIMIT
    assert limits["performance"] == performance.LIMIT
    assert mobile.ENOUGH < mobile.LIMIT and performance.ENOUGH < performance.LIMIT
