"""Dates: the table of spellings and traps, and what must hold for any text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from core.date_words import role_of_label
from core.dates import address_date, find_dates, read_date
from core.page import DateRole, DateSource, SeenDate

TODAY = dt.date(2024, 11, 20)
TABLE = yaml.safe_load((Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8"))
CASES = [(group, case[0], case[1:]) for group, cases in TABLE.items() for case in cases]


def written(seen: SeenDate) -> str:
    clock = "" if seen.minute is None else f" {seen.minute // 60:02d}:{seen.minute % 60:02d}"
    return f"{seen.day} {seen.role.value}{clock}"


@pytest.mark.parametrize(("group", "text", "expected"), CASES, ids=[f"{g}: {t[:50]}" for g, t, _ in CASES])
def test_table(group: str, text: str, expected: list[str]) -> None:
    assert [written(d) for d in find_dates(text, TODAY)] == expected


def test_the_table_is_large_enough() -> None:
    assert len(CASES) >= 120


@pytest.mark.parametrize("text", [c[1] for c in CASES if c[0] == "formats"])
def test_formats_read_the_same_inside_a_page(text: str) -> None:
    page = f"Cổng thông tin điện tử\nTin hoạt động của Sở về chuyển đổi số và cải cách hành chính\n{text}\nXem thêm"
    assert [d.day for d in find_dates(page, TODAY)] == [d.day for d in find_dates(text, TODAY)]


def test_relative_dates_say_so() -> None:
    (seen,) = find_dates("2 giờ trước", TODAY)
    assert seen.source is DateSource.RELATIVE
    assert seen.minute is None


def test_a_column_head_gives_the_role() -> None:
    assert find_dates("12/03/2024", TODAY, label=role_of_label("Ngày ban hành"))[0].role is DateRole.ISSUED
    assert find_dates("12/03/2024", TODAY, label=role_of_label("Hạn góp ý"))[0].role is DateRole.DEADLINE
    assert role_of_label("Trích yếu") is None
    assert role_of_label("Ngày tháng") is None


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Ngày ban hành", DateRole.ISSUED),
        ("NGÀY BAN HÀNH", DateRole.ISSUED),
        ("Ngày đăng", DateRole.PUBLISHED),
        ("Ngày đăng tải", DateRole.PUBLISHED),
        ("Ngày cập nhật", DateRole.UPDATED),
        ("Ngày có hiệu lực", DateRole.EFFECTIVE),
        ("Ngày hết hiệu lực", DateRole.DEADLINE),
        ("Ngày hết hạn", DateRole.DEADLINE),
        ("Ngày bắt đầu", DateRole.START),
        ("Ngày kết thúc", DateRole.DEADLINE),
        ("Ngày hỏi", DateRole.ASKED),
        ("Ngày gửi", DateRole.ASKED),
        ("Ngày trả lời", DateRole.ANSWERED),
        ("Ngày sinh", DateRole.OTHER),
        ("Thời gian đóng thầu", DateRole.DEADLINE),
    ],
)
def test_labels(label: str, role: DateRole) -> None:
    assert role_of_label(label) is role


def test_read_date_prefers_publication() -> None:
    seen = read_date("Ngày ban hành: 01/02/2024. Ngày đăng: 05/02/2024", TODAY)
    assert seen is not None
    assert seen.day == dt.date(2024, 2, 5)
    assert read_date("", TODAY) is None
    compact = read_date("20240205", TODAY)
    assert compact is not None
    assert compact.day == dt.date(2024, 2, 5)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.gov.vn/2024/09/ten-bai.html", "2024-09-01"),
        ("http://a.gov.vn/2024/9/861-ten-bai", "2024-09-01"),
        ("http://a.gov.vn/portal/pages/2023-01-30/ten.aspx", "2023-01-30"),
        ("http://a.gov.vn/tin/2024/09/26/ten-bai", "2024-09-26"),
        ("http://a.gov.vn/tin-20240926101500.htm", None),
        ("http://a.gov.vn/tin-20240926.htm", "2024-09-26"),
        ("http://a.gov.vn/van-ban/2031/01/x", None),
        ("http://a.gov.vn/ten-bai-1105750", None),
        ("http://a.gov.vn/", None),
        ("", None),
    ],
)
def test_dates_in_addresses(url: str, day: str | None) -> None:
    seen = address_date(url, TODAY)
    assert (str(seen.day) if seen else None) == day
    if seen:
        assert seen.source is DateSource.ADDRESS


PIECES = st.sampled_from(
    "ngày tháng năm Thứ Sáu 26/04/2019 12 4 2024 : / - . , 08:26 PM CH trước giờ đến từ Hạn \n ( ) © số QĐ NĐ ago Apr "
    "31 00 99".split(" ")
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_is_read_without_an_error(text: str) -> None:
    for seen in find_dates(text, TODAY):
        assert isinstance(seen.day, dt.date)
        assert seen.minute is None or 0 <= seen.minute < 1440
    read_date(text, TODAY)
    address_date(text, TODAY)
    role_of_label(text)


@given(st.dates(dt.date(1995, 1, 1), dt.date(2026, 12, 31)))
def test_every_day_is_read_day_first(day: dt.date) -> None:
    for text in (
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
        day.isoformat(),
    ):
        assert [d.day for d in find_dates(text, TODAY)] == [day]
