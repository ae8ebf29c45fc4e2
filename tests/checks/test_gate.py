"""When a section that was not found may be called missing: what was not read keeps open what it may stand for."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType

import pytest

from checks.catalogue import build
from checks.gate import claimed_unseen, lost_behind, not_looked
from checks.runner import open_duties, run
from checks.sections import search
from core.evidence import Evidence
from core.finding import Finding, Verdict
from core.page import Fetch, Outcome
from tests.checks.portal import ago, catalogue, gathered, section_names

EVERY = frozenset(section_names())
DOCUMENTS = frozenset(f"ND43-10.1.e.{n}" for n in (1, 2, 3, 4))


def menu(*links: tuple[str, str]) -> str:
    entries = "".join(f'<li><a href="{url}">{label}</a></li>' for label, url in links)
    return f'<ul class="menu"><li><a href="/">Trang chủ</a></li>{entries}</ul><p>Kính chào quý vị.</p>'


def unread(label: str, outcome: str, url: str = "/x", **more: object) -> dict[str, str]:
    """Duties that one unread link of the menu keeps open, with the cause."""
    seen = gathered({"/": menu((label, url)), url: {"outcome": outcome}}, **more)
    found = {rule: not_looked(seen, rule) for rule in EVERY}
    return {rule: cause for rule, cause in found.items() if cause}


@pytest.mark.parametrize("outcome", ["timeout", "refused", "dns", "tls", "error", "server_error", "blocked", "robots"])
def test_a_label_that_says_nothing_could_be_anything(outcome: str) -> None:
    assert unread("Chuyên trang", outcome) == dict.fromkeys(EVERY, outcome)


@pytest.mark.parametrize("outcome", ["not_found", "soft_404", "redirect_home", "no_host", "bad_redirect", "external"])
def test_what_is_gone_keeps_nothing_open(outcome: str) -> None:
    assert unread("Chuyên trang", outcome) == {}


@pytest.mark.parametrize(
    ("label", "duties"),
    [
        ("Giới thiệu", {"ND43-10.1.a.1", "ND43-10.1.a.2", "ND43-10.1.l", "ND43-10.1.k"}),
        ("Dịch vụ công", {"ND43-18.2", "ND43-18.3", "TT32-11.1"}),
        ("Công khai ngân sách", {"NSNN-15", "TCTT-19.1.e.TC"}),
        ("Công báo", {"ND43-10.1.g"}),
    ],
)
@pytest.mark.parametrize("outcome", ["timeout", "server_error"])
def test_a_plain_name_keeps_its_duties_open_and_those_below_it(label: str, duties: set[str], outcome: str) -> None:
    assert unread(label, outcome) == dict.fromkeys(duties, outcome)


@pytest.mark.parametrize(
    ("label", "inside", "outside"),
    [
        ("Công văn", DOCUMENTS | {"ND43-10.1.c.1", "ND43-10.1.dd", "NSNN-15"}, {"ND43-10.1.a.2", "ND43-15.2"}),
        ("Hỏi và thưa", {"ND43-15.2", "ND43-10.1.c.2", "TCD-24.2"}, {"NSNN-15", "ND43-12"} | DOCUMENTS),
    ],
)
def test_a_vague_name_keeps_open_what_goes_by_such_names(label: str, inside: set[str], outside: set[str]) -> None:
    kept = set(unread(label, "server_error"))
    assert inside <= kept
    assert not outside & kept


@pytest.mark.parametrize("label", ["Công văn", "Hỏi và thưa"])
def test_a_vague_name_that_never_answered_could_be_anything(label: str) -> None:
    assert set(unread(label, "timeout")) == EVERY


@pytest.mark.parametrize("label", ["Webmail", "Đăng nhập", "Văn phòng điện tử", "Facebook", "Video"])
@pytest.mark.parametrize("outcome", ["timeout", "server_error", "blocked"])
def test_what_is_closed_to_visitors_keeps_nothing_open(label: str, outcome: str) -> None:
    assert unread(label, outcome) == {}


def test_a_false_friend_is_no_candidate() -> None:
    kept = unread("Thống kê truy cập", "timeout")
    assert "ND43-12" not in kept


@pytest.mark.parametrize(
    ("url", "duties"),
    [
        ("http://congbao.thu.example.gov.vn/", {"ND43-10.1.g"}),
        ("http://hoidap.thu.example.gov.vn/", {"ND43-15.2", "ND43-17.1.dd"}),
        ("http://mail.thu.example.gov.vn/", set()),
        ("http://congbao.khac.gov.vn/", set()),
    ],
)
def test_a_host_of_its_own_stands_for_what_it_is_called_by(url: str, duties: set[str]) -> None:
    assert set(unread("Chuyên trang", "timeout", url)) == duties


@pytest.mark.parametrize(
    ("stopped", "cause"),
    [
        ("budget", "budget"),
        ("time", "time"),
        ("interrupted", "interrupted"),
        ("unreachable", "stopped_answering"),
        ("settled", "not_opened"),
        ("frontier", "not_opened"),
    ],
)
def test_what_was_never_asked_for_names_what_ended_the_crawl(stopped: str, cause: str) -> None:
    assert set(unread("Chuyên trang", "budget", stopped=stopped).values()) == {cause}


@pytest.mark.parametrize("stopped", ["frontier", "settled"])
def test_what_a_finished_crawl_left_aside_was_a_twin(stopped: str) -> None:
    seen = gathered({"/": menu(("Chuyên trang", "/x"))}, stopped=stopped)
    seen = dataclasses.replace(seen, fetches=MappingProxyType({}))
    assert {not_looked(seen, rule) for rule in EVERY} == {None}
    assert not_looked(dataclasses.replace(seen, stopped_because="time"), "ND43-12") == "time"


@pytest.mark.parametrize(("style", "cause"), [("", "timeout"), ("display:none", None)])
def test_hidden_links_keep_nothing_open(style: str, cause: str | None) -> None:
    home = f'{menu()}<div style="{style}"><p><a href="/x">Chuyên trang</a></p></div>'
    seen = gathered({"/": home, "/x": {"outcome": "timeout"}})
    assert {not_looked(seen, rule) for rule in EVERY} == {cause}


_FRAMES = '<html><frameset cols="20%,80%"><frame src="/thuc-don"><frame src="/chinh"></frameset></html>'


@pytest.mark.parametrize(("outcome", "cause"), [("timeout", "timeout"), ("robots", "robots"), ("not_found", None)])
def test_a_frame_that_did_not_answer_keeps_everything_open(outcome: str, cause: str | None) -> None:
    seen = gathered({"/": _FRAMES, "/thuc-don": {"outcome": outcome}, "/chinh": "<p>Kính chào quý vị.</p>"})
    assert {not_looked(seen, rule) for rule in EVERY} == {cause}


def test_an_entry_called_like_a_section_may_be_it_where_it_did_not_answer() -> None:
    entries = "".join(f"<li><a href='/t/{n}'>Tin số {n} về mùa vụ</a> ({ago(n)})</li>" for n in range(1, 4))
    listed = f"<ul>{entries}<li><a href='/cb'>Công báo của tỉnh</a> ({ago(4)})</li></ul>"
    seen = gathered({"/": f"{menu()}{listed}", "/cb": {"outcome": "timeout"}})
    assert of(seen, "ND43-10.1.g").cause == "timeout"


@pytest.mark.parametrize(("outcome", "cause"), [("timeout", "timeout"), ("not_found", None)])
def test_a_section_by_its_shape_alone_may_be_anothers_that_did_not_answer(outcome: str, cause: str | None) -> None:
    entries = "".join(f"<li><a href='/t/{n}'>Cá tôm vùng {n} được giá</a> ({ago(n)})</li>" for n in range(5))
    seen = gathered(
        {
            "/": menu(("Sông nước", "/song"), ("Chuyên trang", "/x")),
            "/song": f"<h1>Sông nước</h1><ul>{entries}</ul>",
            "/x": {"outcome": outcome},
        }
    )
    assert search(seen, "ND43-10.1.b").accepted
    assert claimed_unseen(seen, "ND43-10.1.b") == cause


@pytest.mark.parametrize(("outcome", "cause"), [("timeout", "timeout"), ("no_host", "dns"), ("blocked", "blocked")])
def test_without_a_home_page_nothing_was_looked_at(outcome: str, cause: str) -> None:
    seen = gathered({"/": {"outcome": outcome}})
    assert {not_looked(seen, rule) for rule in EVERY} == {cause}
    assert {f.verdict for f in run(catalogue(), seen)} <= {Verdict.UNKNOWN, Verdict.NOT_APPLICABLE}


def documents(outcome: str) -> Evidence:
    """A list of documents; how asking for each of them ended."""
    entries = [
        f"<li><a href='/vb/{n}'>Quyết định số {n}/2026/QĐ-UBND về chợ số {n}</a> ({ago(n)})</li>" for n in range(1, 6)
    ]
    pages: dict[str, object] = {f"/vb/{n}": {"outcome": outcome} for n in range(1, 6)}
    pages["/"] = menu(("Văn bản", "/vb"))
    pages["/vb"] = f"{menu(('Văn bản', '/vb'))}<h1>Văn bản</h1><ul>{''.join(entries)}</ul>"
    return gathered(pages)


def of(seen: Evidence, rule: str) -> Finding:
    return next(f for f in run(catalogue(), seen) if f.rule == rule)


@pytest.mark.parametrize("outcome", ["timeout", "server_error", "blocked"])
def test_entries_that_did_not_answer_may_hold_what_the_list_lacks(outcome: str) -> None:
    seen = documents(outcome)
    assert lost_behind(seen, "ND43-10.1.e.2") == outcome
    assert (of(seen, "ND43-10.1.e.2").verdict, of(seen, "ND43-10.1.e.2").cause) == (Verdict.UNKNOWN, outcome)


def test_entries_that_are_gone_hold_nothing() -> None:
    seen = documents("not_found")
    assert lost_behind(seen, "ND43-10.1.e.2") is None
    assert of(seen, "ND43-10.1.e.2").verdict is Verdict.FAIL


def test_entries_that_were_not_asked_for_are_a_sample_and_no_loss() -> None:
    assert lost_behind(documents("budget"), "ND43-10.1.e.2") is None


def test_a_loss_elsewhere_is_none_of_the_section() -> None:
    seen = documents("timeout")
    assert lost_behind(seen, "ND43-12") is None
    assert lost_behind(seen, "NO-SUCH") is None


def test_a_page_below_the_sections_address_counts_as_behind_it() -> None:
    text = "<p>Tỉnh Thử có diện tích tự nhiên 5.135 km², dân số 1,2 triệu người, khí hậu nhiệt đới, nhiều lễ hội.</p>"
    pages = {
        "/": menu(("Giới thiệu", "/gioi-thieu")),
        "/gioi-thieu": f"<h1>Giới thiệu</h1>{text * 3}<p><a href='/gioi-thieu/ban-do'>Xem thêm</a></p>",
        "/gioi-thieu/ban-do": {"outcome": "timeout"},
    }
    assert lost_behind(gathered(pages), "ND43-10.1.a.1") == "timeout"


def gazettes(*opened: int) -> Evidence:
    """A list of gazettes of which those were opened, in a crawl that is under way."""
    numbers = range(1, 5)
    entries = "".join(f"<li><a href='/cb/{n}'>Công báo số {n} ngày {ago(n)}</a></li>" for n in numbers)
    pages = {"/": menu(("Công báo", "/cb")), "/cb": f"<h1>Công báo</h1><ul>{entries}</ul>"}
    pages |= {f"/cb/{n}": f"<h1>Công báo số {n}</h1><p>Danh mục văn bản trong số này.</p>" for n in opened}
    seen = gathered(pages)
    done = {url: fetch for url, fetch in seen.fetches.items() if fetch.outcome is not Outcome.NOT_FOUND}
    return dataclasses.replace(seen, fetches=MappingProxyType(done))


def test_a_list_keeps_its_duty_open_until_one_entry_was_opened() -> None:
    assert of(gazettes(), "ND43-10.1.g").verdict is Verdict.PASS
    assert "ND43-10.1.g" in open_duties(catalogue(), gazettes())
    assert "ND43-10.1.g" not in open_duties(catalogue(), gazettes(3))


def test_an_entry_that_did_not_answer_was_opened() -> None:
    seen = gazettes()
    asked = {**seen.fetches, "http://thu.example.gov.vn/cb/2": Fetch("http://thu.example.gov.vn/cb/2", Outcome.TIMEOUT)}
    assert "ND43-10.1.g" not in open_duties(catalogue(), dataclasses.replace(seen, fetches=MappingProxyType(asked)))


def test_what_reading_on_could_change_is_open() -> None:
    seen = gathered({"/": menu()})
    weighed = {r.id for r in catalogue().rules if r.id in EVERY and r.weight_for(seen.portal.kind) > 0}
    sections = {r.id for r in catalogue().rules if (w := build(r).wording()) is not None and w.section}
    assert open_duties(catalogue(), seen) == weighed & sections != set()
