"""Items by month, as far as lists reach; what they do not reach is not zero."""

from __future__ import annotations

import datetime as dt

import pytest

from core.updates import Count, Month, Volume, count, span


def volume(months: dict[str, int], oldest: str, newest: str, **more: object) -> Volume:
    first = dt.date.fromisoformat(oldest)
    values: dict[str, object] = {"undated": 0, "pages": 1, "more": False, "reach": first} | more
    return Volume("https://a.gov.vn/tin", months, first, dt.date.fromisoformat(newest), **values)  # type: ignore[arg-type]


NEWS = volume({"2026-08": 1, "2026-09": 4, "2026-10": 6, "2026-11": 2}, "2026-08-20", "2026-11-10")
AUDITED = dt.date(2026, 11, 12)


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("2026-09", "2026-10", Count(10, True, True)),
        ("2026-11", "2026-11", Count(2, False, True)),  # the month had not ended
        ("2026-08", "2026-09", Count(5, False, False)),  # the list breaks off in August
        ("2026-12", "2026-12", None),  # still to come
        ("2026-06", "2026-07", None),  # before the list begins
        ("2026-07", "2026-09", Count(5, False, False)),
    ],
)
def test_one_audit(first: str, last: str, found: Count | None) -> None:
    assert count([(AUDITED, NEWS)], span(Month.parse(first), Month.parse(last))) == found


def test_a_stale_list_proves_that_nothing_came() -> None:
    old = volume({"2024-05": 3}, "2024-05-02", "2024-05-30")
    assert count([(AUDITED, old)], span(Month(2026, 1), Month(2026, 6))) == Count(0, True, True)


def test_undated_items_make_a_count_a_least_one() -> None:
    some = volume({"2026-09": 4}, "2026-08-20", "2026-09-30", undated=2)
    assert count([(AUDITED, some)], [Month(2026, 9)]) == Count(4, False, True)


def test_of_several_lists_together_one_that_breaks_off_early_makes_none_doubtful() -> None:
    both = volume({"2026-05": 1, "2026-11": 9}, "2026-01-05", "2026-11-10", reach=dt.date(2026, 11, 2))
    assert count([(AUDITED, both)], [Month(2026, 9)]) == Count(0, False, False)


def test_several_audits_put_together() -> None:
    earlier = volume({"2025-09": 5, "2025-10": 7}, "2025-08-01", "2025-10-30")
    seen = [(AUDITED, NEWS), (dt.date(2025, 11, 2), earlier)]
    assert count(seen, span(Month(2025, 9), Month(2025, 10))) == Count(12, True, True)
    assert count(seen, span(Month(2026, 9), Month(2026, 10))) == Count(10, True, True)


def test_no_dates_at_all() -> None:
    nothing = Volume("u", {}, None, None, 4, 1, False, None)
    assert count([(AUDITED, nothing)], [Month(2026, 9)]) is None
    assert count([], [Month(2026, 9)]) is None


def test_a_volume_is_a_fact_and_back() -> None:
    assert Volume.from_fact(NEWS.as_fact()) == NEWS
    assert Volume.from_fact(Volume("u", {}, None, None, 4, 1, True, None).as_fact()).more


@pytest.mark.parametrize("text", ["2026", "2026-13", "11/2026", "2026-11-01", ""])
def test_what_is_no_month(text: str) -> None:
    with pytest.raises(ValueError):
        Month.parse(text)


def test_months_over_the_turn_of_the_year() -> None:
    assert [str(m) for m in span(Month(2025, 11), Month(2026, 2))] == ["2025-11", "2025-12", "2026-01", "2026-02"]
    assert Month(2024, 2).last == dt.date(2024, 2, 29)
    assert Month(2026, 1).plus(-13) == Month(2024, 12)
