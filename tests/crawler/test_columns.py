"""Days under "Ngày ban hành" of rows that only link a file are days of issue, as those of linked titles are."""

from __future__ import annotations

import datetime as dt

import pytest

from core.page import DateRole
from crawler.extract import extract

TODAY = dt.date(2026, 11, 20)
ISSUED, PUBLISHED = DateRole.ISSUED, DateRole.PUBLISHED


def roles(head: str, beside: str = "") -> list[DateRole]:
    rows = "".join(
        f"<tr><td>{n}</td><td>{n}/QĐ-UBND</td><td>0{n}/10/2026</td><td>Quyết định về việc quản lý chợ số {n}</td>"
        f'<td><a href="/f/{n}.pdf">Tải về</a></td></tr>'
        for n in range(1, 6)
    )
    heads = f"<tr><th>STT</th><th>Số ký hiệu</th><th>{head}</th><th>Trích yếu</th><th>Tệp</th></tr>"
    html = f"<html><body><h1>Công báo</h1>{beside}<table>{heads}{rows}</table></body></html>"
    page = extract(html.encode(), "http://a.gov.vn/cong-bao", today=TODAY)
    return [d.role for d in page.dates if d.day.month == 10]


@pytest.mark.parametrize("head", ["Ngày ban hành", "Ngày BH", "Ngày ký"])
def test_the_head_of_a_column_says_that_days_are_of_issue(head: str) -> None:
    assert roles(head) == [ISSUED] * 5


@pytest.mark.parametrize("head", ["Ngày đăng", "Ngày"])
def test_other_columns_leave_them_as_they_were(head: str) -> None:
    assert roles(head) == [PUBLISHED] * 5


def test_the_day_of_a_meeting_is_left_to_the_schedule() -> None:
    assert DateRole.EVENT not in roles("Ngày tiếp")


def test_a_day_that_stands_elsewhere_too_keeps_what_is_said_there() -> None:
    assert PUBLISHED in roles("Ngày ban hành", "<p>Ngày đăng: 03/10/2026</p>")
