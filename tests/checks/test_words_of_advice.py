"""Advice fits what is there: a section that is old is to be brought up to date, not to be set up."""

from __future__ import annotations

import datetime as dt

import pytest

from core.finding import Verdict
from tests.checks.contents import CONTENTS, table
from tests.checks.portal import TODAY, ago, findings, gathered

_SUBJECTS = ("phòng cháy", "tiêm chủng", "thu thuế", "trồng rừng", "xây trường", "dạy nghề")


def behind(label: str, body: str, *more: tuple[str, str]) -> dict[str, str]:
    """A portal whose menu leads to one section, and to others."""
    links = (("/a", label), *((f"/b{n}", name) for n, (name, _) in enumerate(more)))
    head = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in links)
    head = f'<div id="header"><ul class="menu"><li><a href="/">Trang chủ</a></li>{head}</ul></div>'
    pages = {"/": f"{head}<p>Kính chào.</p>", "/a": f"{head}<h1>{label}</h1>{body}"}
    return pages | {f"/b{n}": f"{head}<h1>{name}</h1>{text}" for n, (name, text) in enumerate(more)}


def directions(first: int | None) -> str:
    rows = (
        f"<li><a href='/cd/{n}'>Chỉ đạo tăng cường công tác {what}</a> {'' if first is None else ago(first + n)}</li>"
        for n, what in enumerate(_SUBJECTS)
    )
    return f"<ul>{''.join(rows)}</ul>"


@pytest.mark.parametrize(
    ("first", "what"),
    [(40, "đăng nội dung mới; từ nay cứ 7 ngày làm việc"), (None, "ghi ngày đăng cạnh từng tin, bài, văn bản")],
)
def test_a_section_that_is_old_or_undated_is_to_be_kept_up(first: int | None, what: str) -> None:
    finding = findings(gathered(behind("Thông tin chỉ đạo điều hành", directions(first))))["ND43-10.1.c.1"]
    assert finding.verdict is Verdict.PARTIAL
    assert finding.fix.vi.startswith("Cập nhật mục “Thông tin chỉ đạo điều hành”: ")
    assert what in finding.fix.vi and "Lập mục" not in finding.fix.vi
    assert "điểm a khoản 1 Điều 17" in finding.fix.vi  # the law's own words on when
    assert finding.fix.en.startswith("Bring “Thông tin chỉ đạo điều hành” up to date: ")


def test_a_section_with_few_posts_is_told_how_many() -> None:
    posts = "".join(
        f"<li><a href='/l/{n}'>Luật mới về {what}: quy định, xử phạt</a> ({ago(n + 1)})</li>"
        for n, what in enumerate(_SUBJECTS[:3])
    )
    finding = findings(gathered(behind("Tuyên truyền, phổ biến pháp luật", f"<ul>{posts}</ul>")))["ND43-10.1.d.1"]
    assert finding.verdict is Verdict.PARTIAL
    assert "đăng ít nhất 10 tin, bài trong mỗi 30 ngày" in finding.fix.vi


def test_parts_that_are_missing_are_to_be_added_to_the_section() -> None:
    finding = findings(gathered(behind("Giới thiệu", CONTENTS["leaders"] + "<p>Tỉnh có lịch sử lâu đời.</p>" * 3)))
    intro = finding["ND43-10.1.a.1"]
    assert intro.verdict is Verdict.PARTIAL
    assert intro.fix.vi.startswith("Bổ sung vào mục “Giới thiệu”: ") and "; " in intro.fix.vi
    assert "Lập mục" not in intro.fix.vi


def test_a_section_that_is_not_there_is_to_be_set_up() -> None:
    finding = findings(gathered(behind("Tin tức", CONTENTS["news"])))["ND43-10.1.c.1"]
    assert finding.verdict is Verdict.FAIL and finding.fix.vi.startswith("Lập mục")


def week(monday: dt.date) -> str:
    days = [(monday + dt.timedelta(days=n)).strftime("%d/%m/%Y") for n in range(5)]
    rows = [(f"Thứ {n + 2} ({day})", "Sáng", "8h00: Họp giao ban", "Chủ tịch") for n, day in enumerate(days)]
    return table("Thứ|Buổi|Nội dung|Chủ trì", rows)


@pytest.mark.parametrize(
    ("weeks", "verdict", "covers"),
    [(0, Verdict.PASS, "16/11/2026 đến 22/11/2026"), (1, Verdict.PASS, "23/11/2026 đến 29/11/2026"),
     (-3, Verdict.PARTIAL, "26/10/2026 đến 01/11/2026")],
)  # fmt: skip
def test_a_schedule_shows_the_week_it_covers(weeks: int, verdict: Verdict, covers: str) -> None:
    monday = TODAY - dt.timedelta(days=TODAY.weekday()) + dt.timedelta(weeks=weeks)
    finding = findings(gathered(behind("Lịch làm việc", week(monday))))["ND43-10.1.c.4"]
    assert finding.verdict is verdict
    assert covers in finding.message.vi
    proof = next(p for p in finding.evidence if p.kind == "date")
    assert covers in proof.text and "độ tin cậy" in proof.text
    if verdict is Verdict.PARTIAL:
        assert "đăng lịch của tuần này (từ 16/11/2026 đến 22/11/2026)" in finding.fix.vi


_POLICIES = "".join(
    f"<li><a href='/cs/{n}'>Chính sách hỗ trợ, trợ cấp {what}: mức hưởng, đối tượng</a> ({ago(n + 1)})</li>"
    for n, what in enumerate(_SUBJECTS)
)


def test_a_page_a_sibling_counts_by_name_is_not_to_be_renamed() -> None:
    """d.1 and d.2 stand on one page: another name would only help one of them."""
    laws = "".join(f"<li><a href='/l/{n}'>Luật mới về {w}</a> ({ago(n + 1)})</li>" for n, w in enumerate(_SUBJECTS))
    pages = behind("Tuyên truyền, phổ biến pháp luật", f"<ul>{laws}{_POLICIES}</ul>")
    got = findings(gathered(pages))
    assert got["ND43-10.1.d.2"].verdict in (Verdict.PASS, Verdict.PARTIAL)
    assert got["ND43-10.1.d.2"].evidence[0].url == got["ND43-10.1.d.1"].evidence[0].url
    assert "Đổi tên" not in got["ND43-10.1.d.2"].fix.vi


def test_the_section_on_policies_has_a_name_of_its_own() -> None:
    got = findings(gathered(behind("Tin tức", CONTENTS["news"])))
    assert "“Chế độ, chính sách”" in got["ND43-10.1.d.2"].message.vi
