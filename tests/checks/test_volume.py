"""Items counted by section and month, from pages as portals write them."""

from __future__ import annotations

import datetime as dt

import pytest

from app.cases import Case, evidence_of
from app.judge import judge
from app.status import exit_status
from checks.catalogue import load
from checks.volume import facts, volumes
from core.audit import Audit, CrawlSummary
from core.updates import Volume

TODAY = dt.date(2026, 11, 20)
TITLES = (
    "UBND tỉnh họp phiên thường kỳ tháng mười một",
    "Hội nghị xúc tiến đầu tư vào các khu công nghiệp",
    "Khánh thành cầu Sông Thử sau hai năm thi công",
    "Trao quà cho học sinh nghèo vượt khó vùng cao",
    "Kiểm tra công tác phòng chống thiên tai tại các huyện",
    "Phiên chợ nông sản sạch thu hút hàng nghìn khách",
)
HOME = (
    '<title>Cổng</title><nav><a href="/">Trang chủ</a> <a href="/tin-tuc">Tin tức - Sự kiện</a></nav><main>Chào</main>'
)


def listing(days: list[str], first: int = 0, below: str = "") -> str:
    """A page of news with these days ("" for none), as "Tin tức"; ``below`` stands after the list."""
    entries = "".join(
        f'<li><a href="/tin/{n}.html">{TITLES[n % 6]} {n}</a>{f" <span>{day}</span>" if day else ""}</li>'
        for n, day in enumerate(days, first)
    )
    return f"<title>Tin tức</title>{HOME}<main><h1>Tin tức - Sự kiện</h1><ul>{entries}</ul>{below}</main>"


def seen(pages: dict[str, str], **more: object) -> dict[str, Volume]:
    data = {"pages": {"/": HOME, **pages}, "today": TODAY, "expect": "pass", **more}
    return volumes(evidence_of(Case("ND43-10.1.b", "x", "x.yaml", data), load(None)))


def test_items_of_a_section_by_month() -> None:
    days = ["19/11/2026", "02/11/2026", "30/10/2026", "28/09/2026", "", "15/01/2027"]
    found = seen({"/tin-tuc": listing(days)})["ND43-10.1.b"]
    assert dict(found.months) == {"2026-11": 2, "2026-10": 1, "2026-09": 1}, "what is announced is not counted"
    assert (found.oldest, found.newest, found.undated) == (dt.date(2026, 9, 28), dt.date(2026, 11, 19), 1)
    assert (found.pages, found.more, found.reach) == (1, False, found.oldest)


def test_further_pages_of_the_list_are_followed_and_unread_ones_are_said() -> None:
    pager = '<a href="/tin-tuc?trang=2">2</a> <a href="/tin-tuc?trang=3">3</a>'
    first = listing(["19/11/2026", "18/11/2026", "17/11/2026"], below=pager)
    second = listing(["01/11/2026", "30/10/2026", "17/10/2026"], 3, pager)
    both = seen({"/tin-tuc": first, "/tin-tuc?trang=2": second, "/tin-tuc?trang=3": listing(["01/10/2026"], 6)})
    assert dict(both["ND43-10.1.b"].months) == {"2026-11": 4, "2026-10": 3}
    assert (both["ND43-10.1.b"].pages, both["ND43-10.1.b"].more) == (3, False)
    cut = seen({"/tin-tuc": first, "/tin-tuc?trang=2": {"outcome": "budget"}})  # type: ignore[dict-item]
    assert dict(cut["ND43-10.1.b"].months) == {"2026-11": 3}
    assert cut["ND43-10.1.b"].more


def test_a_pager_made_by_a_script_says_that_the_list_goes_on() -> None:
    below = '<a href="javascript:__doPostBack(2)">2</a>'
    assert seen({"/tin-tuc": listing(["19/11/2026", "18/11/2026"], below=below)})["ND43-10.1.b"].more


def test_an_item_seen_in_several_places_counts_once() -> None:
    days = ["19/11/2026", "18/11/2026"]
    home = HOME.replace("Chào", listing(days).split("<main>")[-1])
    found = seen({"/": home, "/tin-tuc": listing(days)})
    assert dict(found["portal"].months) == {"2026-11": 2}


def test_feeds_count_for_the_whole_portal() -> None:
    entries = [{"title": "Tin từ kênh", "url": "/tin/99.html", "date": dt.date(2026, 8, 3)}]
    found = seen({}, feeds=[{"url": "/rss", "entries": entries}])
    assert set(found) == {"portal"}
    assert dict(found["portal"].months) == {"2026-08": 1}


def test_a_portal_without_dates_has_no_volume() -> None:
    assert seen({"/tin-tuc": listing(["", "", ""])}) == {}
    assert seen({}) == {}


def test_the_facts_are_plain_values_and_read_back() -> None:
    data = {"pages": {"/": HOME, "/tin-tuc": listing(["19/11/2026"] * 3)}, "today": TODAY, "expect": "pass"}
    evidence = evidence_of(Case("ND43-10.1.b", "x", "x.yaml", data), load(None))
    found = facts(evidence)
    assert set(found) == {"updates.ND43-10.1.b", "updates.portal"}
    assert Volume.from_fact(found["updates.ND43-10.1.b"]) == volumes(evidence)["ND43-10.1.b"]  # type: ignore[arg-type]


def test_a_portal_that_was_not_reached_has_no_volume() -> None:
    case = Case("ND43-10.1.b", "x", "x.yaml", {"pages": {}, "today": TODAY, "expect": "unknown"})
    assert volumes(evidence_of(case, load(None))) == {}


def judged(letters: dict[str, object] | None = None) -> Audit:
    data = {"pages": {"/": HOME, "/tin-tuc": listing(["19/11/2026"] * 3)}, "today": TODAY, "expect": "pass"}
    evidence = evidence_of(Case("ND43-10.1.b", "x", "x.yaml", data | (letters or {})), load(None))
    now = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)
    return judge(evidence, load(None), CrawlSummary(), tool="t", started_at=now, finished_at=now, vantage={})


def test_the_counts_are_kept_with_the_audit_and_old_ones_are_not_carried_on() -> None:
    found = judged({"facts": {"updates.GONE": 1, "dns.aaaa": True}}).facts
    assert found["dns.aaaa"] is True and "updates.GONE" not in found
    assert found["updates.portal"]["months"] == {"2026-11": 3}


def test_a_count_that_crashes_costs_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(evidence: object) -> dict[str, object]:
        raise RuntimeError("boom")

    sound = judged()
    monkeypatch.setattr("checks.volume.facts", broken)
    audit = judged()
    assert audit.crashed == ("updates",) and exit_status(audit) == 4
    assert audit.findings == sound.findings and audit.score == sound.score


def test_a_site_map_publishes_nothing() -> None:
    home = HOME.replace("</nav>", ' <a href="/so-do">Sơ đồ cổng thông tin điện tử</a></nav>')
    map_ = listing(["10/11/2026", "09/11/2026", "08/11/2026"], 10).replace("Tin tức - Sự kiện</h1>", "Sơ đồ cổng</h1>")
    pages = {"/": home, "/so-do": map_, "/tin-tuc": listing(["19/11/2026", "18/11/2026"])}
    found = seen(pages)
    assert sum(found["portal"].months.values()) == 2
