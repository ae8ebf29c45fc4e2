"""Numbers, days and periods as Vietnamese tables write them."""

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numbers import exact, half_up, months_in, read_day, read_number, read_period, show_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", Fraction(12345, 10)),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("50.769.872", 50769872),
        ("16.897", 16897),
        ("12.5", Fraction(25, 2)),
        ("0.125", Fraction(1, 8)),
        ("0,865", Fraction(865, 1000)),
        ("1,234", Fraction(1234, 1000)),
        ("94,5", Fraction(189, 2)),
        ("89%", Fraction(89, 100)),
        ("8,5 %", Fraction(85, 1000)),
        ("-5", -5),
        ("007", 7),
    ],
)
def test_numbers_are_read_the_vietnamese_way(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["", "-", "mười", "1.23.456", "1,234.5", "2,6 triệu", "1 2", "%", "1e3", "nan", "١٢"])
def test_what_is_no_number_stays_none(text: str) -> None:
    assert read_number(text) is None


@settings(deadline=None)
@given(st.integers(0, 10**12), st.integers(0, 99))
def test_what_is_shown_is_read_again(whole: int, cents: int) -> None:
    value = whole + Fraction(cents, 100)
    assert read_number(show_number(value).vi) == value


@pytest.mark.parametrize(
    ("value", "vi", "en"), [(1234.5, "1.234,5", "1,234.5"), (0.0625, "0,06", "0.06"), (15, "15", "15")]
)
def test_numbers_are_shown_in_both_languages(value: float, vi: str, en: str) -> None:
    shown = show_number(value)
    assert (shown.vi, shown.en) == (vi, en)


def test_half_goes_up_and_floats_mean_what_they_say() -> None:
    assert half_up(exact(0.0625), Fraction(1, 1000)) == Fraction(63, 1000)
    assert half_up(exact(17.25), Fraction(1, 2)) == Fraction(35, 2)
    assert half_up(exact(1.005), Fraction(1, 100)) == Fraction(101, 100)
    assert exact(0.93) == Fraction(93, 100)


@pytest.mark.parametrize(
    "text", ["30/6/2021", "30-06-2021", "30.6.2021", "2021-06-30", " 30/6/2021 ", "2021-06-30T00:00:00"]
)
def test_days_are_day_first(text: str) -> None:
    assert read_day(text) == dt.date(2021, 6, 30)


@pytest.mark.parametrize("text", ["31/02/2021", "6/30/2021", "30/6/21", "30/6", "44377", "00/00/0000", "hôm nay"])
def test_days_no_calendar_has(text: str) -> None:
    assert read_day(text) is None


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("6 tháng đầu năm 2021", "2021-01-01", "2021-06-30"),
        ("6 THÁNG CUỐI NĂM 2021", "2021-07-01", "2021-12-31"),
        ("Quý II/2021", "2021-04-01", "2021-06-30"),
        ("quý 4 năm 2021", "2021-10-01", "2021-12-31"),
        ("Tháng 2/2024", "2024-02-01", "2024-02-29"),
        ("Năm 2021", "2021-01-01", "2021-12-31"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("9 tháng đầu năm 2021", "2021-01-01", "2021-09-30"),
    ],
)
def test_periods_by_name(text: str, begins: str, ends: str) -> None:
    assert read_period(text) == (dt.date.fromisoformat(begins), dt.date.fromisoformat(ends))


@pytest.mark.parametrize("text", ["Tháng 13/2021", "Quý V/2021", "tuần 3", "", "năm ngoái"])
def test_periods_nobody_knows(text: str) -> None:
    assert read_period(text) is None


def test_months_of_a_period() -> None:
    day = dt.date
    assert months_in(day(2021, 1, 1), day(2021, 6, 30)) == 6
    assert months_in(day(2021, 12, 1), day(2022, 1, 31)) == 2
    assert months_in(day(2024, 1, 15), day(2024, 2, 14)) == 1
    assert 0 < months_in(day(2021, 1, 1), day(2021, 1, 10)) < 1
