"""Working days in Vietnam: Monday to Friday minus public holidays (Điều 112 Bộ luật Lao động 2019).

Holidays, Tết and the yearly swap days come from the ``holidays`` package.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache


@lru_cache(maxsize=64)
def holidays_of(year: int) -> frozenset[dt.date]:
    """Public holidays of a year, substitute days off included."""
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day not in holidays_of(day.year)


def workdays_between(start: dt.date, end: dt.date) -> int:
    """Working days after ``start`` up to and including ``end``; 0 when ``end`` is not later.

    The day of the event is not counted (Điều 147 Bộ luật Dân sự 2015).
    """
    days = (end - start).days
    return sum(is_workday(start + dt.timedelta(days=i)) for i in range(1, days + 1))
