"""What is said of a section that counts all the same: its flags, its name, and the pages that came near."""

from __future__ import annotations

import pytest

from checks.profiles import profiles
from core.finding import Confidence, Finding, Verdict
from tests.checks.contents import CONTENTS
from tests.checks.portal import ago, findings, gathered

LABEL, DIRECTIONS = "Thông tin chỉ đạo điều hành", "ND43-10.1.c.1"
SUBJECTS = ("phòng cháy", "tiêm chủng", "thu thuế", "trồng rừng", "xây trường", "dạy nghề")


def menu(*links: tuple[str, str]) -> str:
    entries = "".join(f'<li><a href="{url}">{label}</a></li>' for label, url in links)
    return f'<ul class="menu"><li><a href="/">Trang chủ</a></li>{entries}</ul>'


def directions(*days: int | None) -> str:
    """A list of directions, put up so many days ago."""
    entries = (
        f"<li><a href='/cd/{n}'>Chỉ đạo tăng cường công tác {SUBJECTS[n]}</a> {'' if day is None else ago(day)}</li>"
        for n, day in enumerate(days)
    )
    return f"<h1>{LABEL}</h1><ul>{''.join(entries)}</ul>"


def found(body: str, home: str = "", more: dict[str, str] | None = None, rule: str = DIRECTIONS) -> Finding:
    head = menu((LABEL, "/c"))
    pages = {"/": f"{head}{home}<p>Kính chào.</p>", "/c": head + body, **(more or {})}
    return findings(gathered(pages))[rule]


@pytest.mark.parametrize(
    ("days", "flags"),
    [
        ((3, 3, 3, 3), {"same_day"}),
        ((0, 0, 0, 0, 0), {"put_up_today"}),
        ((3, 3, 3), set()),
        ((0, 0, 0), set()),
        ((0, 3, 3, 3, 3), set()),
        ((3, 3, 3, 3, None), {"same_day"}),
        ((2, 3, 4, 5), set()),
        ((None, None, None, None), {"no_date"}),
    ],
)
def test_entries_of_one_day_are_doubtful_from_four_on(days: tuple[int | None, ...], flags: set[str]) -> None:
    finding = found(directions(*days))
    assert finding.verdict in (Verdict.PASS, Verdict.PARTIAL)
    assert set(finding.flags) == flags


def test_days_of_issue_are_not_days_of_posting() -> None:
    rows = "".join(
        f"<tr><td>{n}/CĐ-UBND</td><td>{ago(n)}</td><td><a href='/cd/{n}'>Công điện tăng cường {what}</a></td></tr>"
        for n, what in enumerate(SUBJECTS, 2)
    )
    table = f"<table><tr><th>Số ký hiệu</th><th>{{}}</th><th>Trích yếu</th></tr>{rows}</table>"
    assert found(f"<h1>{LABEL}</h1>{table.format('Ngày ban hành')}").flags == ("issue_date_used",)
    assert found(f"<h1>{LABEL}</h1>{table.format('Ngày đăng')}").flags == ()


def test_a_label_of_the_same_name_that_is_hidden() -> None:
    old = {"/cu": menu((LABEL, "/c")) + directions(300, 301, 302)}
    hidden = f'<div style="display:none"><p><a href="/cu">{LABEL}</a></p></div>'
    assert "hidden_label" in found(directions(2, 3, 4), hidden, old).flags
    assert "hidden_label" not in found(directions(2, 3, 4), hidden.replace("display:none", ""), old).flags
    assert "hidden_label" not in found(directions(2, 3, 4), hidden.replace("/cu", "/c")).flags


def test_a_section_that_only_hidden_labels_lead_to_is_none() -> None:
    page = menu() + directions(2, 3, 4)
    home = f'{menu()}<div style="display:none"><p><a href="/c">{LABEL}</a></p></div><p>Kính chào.</p>'
    finding = findings(gathered({"/": home, "/c": page}))[DIRECTIONS]
    assert finding.verdict is Verdict.FAIL
    assert [c.why_not.vi for c in finding.candidates] == [f"Mục “{LABEL}” bị ẩn, người dân không thấy."]


def test_one_page_for_the_labels_of_several_duties() -> None:
    head = menu((LABEL, "/c"), ("Văn bản", "/c"))
    pages = {"/": head + "<p>Kính chào.</p>", "/c": f"{head}<h1>{LABEL}</h1>{CONTENTS['documents']}"}
    got = findings(gathered(pages))
    assert got[DIRECTIONS].verdict is Verdict.PASS and "one_page_many" in got[DIRECTIONS].flags
    assert got["ND43-10.1.e.1"].verdict is Verdict.FAIL
    assert "đã được tính cho nội dung khác" in got["ND43-10.1.e.1"].message.vi


@pytest.mark.parametrize(
    ("kind", "rule", "wanted"),
    [
        ("leaders", "ND43-10.1.a.2", "Lãnh đạo"),
        ("services", "ND43-18.2", "Dịch vụ công trực tuyến"),
        ("budget", "NSNN-15", "Công khai ngân sách"),
        ("schedule", "ND43-10.1.c.4", "Lịch làm việc"),
    ],
)
def test_a_section_under_a_name_of_its_own_counts_with_advice_to_rename(kind: str, rule: str, wanted: str) -> None:
    head = menu(("Góc nhìn", "/a"))
    page = f"{head}<h1>Góc nhìn</h1>{CONTENTS[kind]}"
    finding = findings(gathered({"/": head + "<p>Kính chào.</p>", "/a": page}))[rule]
    assert finding.verdict in (Verdict.PASS, Verdict.PARTIAL)
    assert finding.confidence is Confidence.MEDIUM
    assert f"Đổi tên mục “Góc nhìn” thành “{wanted}”" in finding.fix.vi


def test_the_right_name_is_sure_and_needs_no_advice() -> None:
    finding = found(directions(2, 3, 4))
    assert finding.confidence is Confidence.HIGH
    assert "Đổi tên" not in finding.fix.vi


def test_pages_whose_content_comes_near_are_named() -> None:
    """A list of yearly accounts that is still more of a budget page than of a section for financial reports."""
    entries = "".join(
        f"<p>Quyết toán ngân sách và báo cáo tài chính năm {year}, dự toán thu chi của tỉnh.</p>"
        for year in (2022, 2023, 2024, 2025)
    )
    head = menu(("Tiền của tỉnh", "/a"))
    pages = {"/": head + "<p>Kính chào.</p>", "/a": f"{head}<h1>Tiền của tỉnh</h1>{entries}"}
    got = findings(gathered(pages))
    assert got["NSNN-15"].verdict in (Verdict.PASS, Verdict.PARTIAL)
    near = got["TCTT-19.1.e.TC"]
    assert near.verdict is Verdict.FAIL
    assert [(c.url, c.text) for c in near.candidates] == [("http://thu.example.gov.vn/a", "Tiền của tỉnh")]
    assert "“Tiền của tỉnh”" in near.candidates[0].why_not.vi


def test_every_near_miss_is_told_in_a_sentence() -> None:
    """Whatever a portal of false labels is like."""
    labels = ("Công báo", "Lãnh đạo", "Thống kê", "Dịch vụ công", "Hỏi đáp", "Công khai ngân sách", "Chuyện đó đây")
    links = tuple((label, f"/{n}") for n, label in enumerate(labels))
    dead = f"{menu(*links, ('Lịch làm việc', '/mat'), ('Đề tài khoa học', '#'), ('Văn bản', '/'))}<p>Kính chào.</p>"
    bodies = tuple(
        CONTENTS[kind] for kind in ("about", "services", "leaders", "schedule", "projects", "news", "budget")
    )
    pages = {"/": dead} | {f"/{n}": f"{dead}<h1>{labels[n]}</h1>{bodies[n]}" for n in range(len(labels))}
    told = [c for f in findings(gathered(pages)).values() for c in f.candidates]
    assert len({c.why_not.vi for c in told}) >= 6
    for near in told:
        assert near.why_not.vi.endswith(".") and near.why_not.en.endswith(".")
        assert not set("{}") & set(near.why_not.vi + near.why_not.en)
        assert near.text


def test_profiles_are_read_once() -> None:
    assert profiles() is profiles()
