"""Search boxes that only a browser can use: sent by POST, by script, by nothing at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from core.evidence import Evidence, SearchTrial
from core.page import Outcome
from crawler.options import Crawl, CrawlOptions
from tests.browsers import needs_browser
from tests.crawler.little import LittlePortal, Reply, page, visit

pytestmark = needs_browser
TITLES = {
    "/tin/1": "Khánh thành cầu Phố Lu bắc qua sông Hồng ở huyện Bảo Thắng",
    "/tin/2": "Tập huấn kỹ năng chuyển đổi số cho cán bộ các xã vùng cao",
    "/tin/3": "Khai mạc lễ hội hoa mùa xuân tại thị trấn vùng biên giới",
}
NEWS = (
    "<ul>"
    + "".join(f"<li><a href='{u}'>{t}</a> <span>2{u[-1]}/10/2026</span></li>" for u, t in TITLES.items())
    + "</ul>"
)
MENU = {"/": "Trang chủ", "/tin-tuc": "Tin tức"}


def results(query: str) -> str:
    rows = "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in TITLES.items() if query and query.lower() in t.lower())
    return f"<ul>{rows}</ul>" if rows else "<p>Không tìm thấy kết quả nào phù hợp với từ khóa.</p>"


def everything(query: str) -> str:
    return "<ul>" + "".join(f"<li><a href='{u}'>{t}</a></li>" for u, t in TITLES.items()) + "</ul>"


def crawl(portal: LittlePortal, box: str, answer: Callable[[str], str] = results, *, browser: bool = True) -> Crawl:
    portal.pages["/"] = page("Trang chủ", box + f"<ul>{NEWS}</ul>", menu=MENU)
    portal.pages["/tin-tuc"] = page("Tin tức", f"<ul>{NEWS}</ul>", menu=MENU)
    for url, title in TITLES.items():
        portal.pages[url] = page(title, f"<p>{title}. {'Nội dung của bài viết này rất dài. ' * 20}</p>", menu=MENU)

    def otherwise(method: str, target: str) -> Reply | None:
        parts = urlsplit(target)
        query = parse_qs(parts.query).get("q", [""])[0]
        if method == "POST" and parts.path == "/tim":
            word = parse_qs(portal.sent[-1]).get("q", [""])[0]
            return Reply(page("Kết quả tìm kiếm", f"<p>Từ khóa: {word}</p>{answer(word)}", menu=MENU))
        if parts.path == "/api":
            return Reply(json.dumps({"html": answer(query)}), type="application/json")
        if parts.path == "/ket-qua":
            return Reply(page("Kết quả tìm kiếm", answer(query), menu=MENU))
        return None

    portal.otherwise = otherwise
    return visit(portal, options=CrawlOptions(allow_private=True, browser=browser))


def trial(evidence: Evidence, kind: str) -> SearchTrial:
    return next(t for t in evidence.searches if t.kind == kind)


def finds(trial: SearchTrial) -> bool:
    assert trial.page is not None
    return trial.expected_url in {k.url for k in trial.page.links} | {i.url for i in trial.page.items}


POST = (
    '<form method="post" action="/tim"><input name="q" type="text" placeholder="Tìm kiếm"><button>Tìm</button></form>'
)
SCRIPT = (
    '<div class="search"><input id="tukhoa" placeholder="Nhập từ khóa tìm kiếm"><a class="btn-search" '
    'href="javascript:void(0)" onclick="location.href=\'/ket-qua?q=\' + '
    "encodeURIComponent(document.getElementById('tukhoa').value)\">Tìm kiếm</a></div>"
)
IN_PLACE = (
    '<div class="search"><input type="search" id="s" placeholder="Tìm kiếm"></div><div id="kq"></div><script>'
    "document.getElementById('s').addEventListener('keydown', async (e) => { if (e.key !== 'Enter') return;"
    "const a = await (await fetch('/api?q=' + encodeURIComponent(e.target.value))).json();"
    "document.getElementById('kq').innerHTML = a.html; });</script>"
)
NARROWS = (
    '<div class="search"><input type="search" id="s" placeholder="Tìm kiếm"></div><script>'
    "document.getElementById('s').addEventListener('input', (e) => { for (const row of document.querySelectorAll("
    "'main li')) row.style.display = row.textContent.toLowerCase().includes(e.target.value.toLowerCase()) ? ''"
    " : 'none'; });</script>"
)
DEAD = '<form onsubmit="return false"><input name="q" type="search" placeholder="Tìm kiếm"><button>Tìm</button></form>'


@pytest.mark.parametrize("box", [POST, SCRIPT, IN_PLACE, NARROWS], ids=["post", "script", "in_place", "narrows"])
def test_a_working_box_finds_the_title_and_nothing_else(portal: LittlePortal, box: str) -> None:
    evidence = crawl(portal, box).evidence
    assert [t.kind for t in evidence.searches] == ["known", "plain", "nonsense"]
    known, nonsense = trial(evidence, "known"), trial(evidence, "nonsense")
    assert known.by_hand and known.outcome is Outcome.OK and finds(known)
    assert nonsense.page is not None
    assert not set(TITLES) & {k.url.removeprefix(portal.root) for k in nonsense.page.links}
    assert evidence.facts["search.by_hand"] == "asked"


@pytest.mark.parametrize("box", [POST, SCRIPT, IN_PLACE], ids=["post", "script", "in_place"])
def test_a_box_that_returns_everything_is_seen_to(portal: LittlePortal, box: str) -> None:
    evidence = crawl(portal, box, everything).evidence
    nonsense = trial(evidence, "nonsense").page
    assert nonsense is not None
    assert set(TITLES) <= {k.url.removeprefix(portal.root) for k in nonsense.links}


def test_a_box_that_does_nothing(portal: LittlePortal) -> None:
    evidence = crawl(portal, DEAD).evidence
    assert {t.outcome for t in evidence.searches} == {Outcome.REDIRECT_HOME}


def test_without_a_browser_nothing_is_asked(portal: LittlePortal) -> None:
    evidence = crawl(portal, POST, browser=False).evidence
    assert evidence.searches == ()
    assert not [m for m, _, _ in portal.asked if m == "POST"]


def test_only_the_search_box_is_ever_sent(portal: LittlePortal) -> None:
    """A page that is one big form: the key would press the button of the poll, which comes first."""
    box = (
        '<form id="aspnetForm" method="post" action="/tim"><input type="hidden" name="__VIEWSTATE" value="x">'
        '<input type="submit" name="binhchon" value="Bình chọn"><input name="q" placeholder="Tìm kiếm">'
        '<input type="submit" name="tim" value="Tìm kiếm"><input type="submit" name="gui" value="Gửi ý kiến"></form>'
    )
    evidence = crawl(portal, box).evidence
    assert finds(trial(evidence, "known"))
    assert portal.sent and all("tim=" in sent and "binhchon" not in sent for sent in portal.sent)
