"""Dates of a demo portal: counted back from "today", written the ways real portals write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
#: RFC 822 wants English names whatever the machine's locale is.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHS_LONG = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def workdays_before(day: date, count: int) -> date:
    """The day that lies ``count`` Mondays-to-Fridays before ``day``; negative counts go forward.

    Public holidays are left out on purpose: a checker that knows them counts fewer working days, never more.
    """
    step = timedelta(days=-1 if count >= 0 else 1)
    left = abs(count)
    while left:
        day += step
        if day.weekday() < 5:
            left -= 1
    return day


def moment(day: date, clock: str = "") -> date | datetime:
    """A date, or a date with a clock time when ``clock`` ("08:26") is given."""
    if not clock:
        return day
    return datetime.combine(day, time.fromisoformat(clock))


def _clock(value: date) -> time:
    return value.time() if isinstance(value, datetime) else time(8, 30)


def dmy(value: date, sep: str = "/") -> str:
    """26/04/2019"""
    return f"{value.day:02d}{sep}{value.month:02d}{sep}{value.year}"


def dmy_hm(value: date) -> str:
    """26/04/2019 08:26"""
    return f"{dmy(value)} {_clock(value):%H:%M}"


def long_vi(value: date) -> str:
    """Thứ Sáu, ngày 26 tháng 4 năm 2019 - 08:26"""
    return f"{day_vi(value)} - {_clock(value):%H:%M}"


def day_vi(value: date) -> str:
    """Thứ Sáu, ngày 26 tháng 4 năm 2019"""
    return f"{WEEKDAYS[value.weekday()]}, ngày {value.day} tháng {value.month} năm {value.year}"


def nuke(value: date) -> str:
    """Thứ hai - 18/09/2023 16:10"""
    return f"{WEEKDAYS[value.weekday()].capitalize()} - {dmy(value)} {_clock(value):%H:%M}"


def odd_pm(value: date) -> str:
    """14:39 PM 17/10/2019: a 24-hour clock that says PM"""
    clock = _clock(value)
    return f"{clock:%H:%M} {'PM' if clock.hour > 11 else 'AM'} {dmy(value)}"


def sa_ch(value: date) -> str:
    """17/10/2019 02:39 CH"""
    clock = _clock(value)
    return f"{dmy(value)} {clock:%I:%M} {'CH' if clock.hour > 11 else 'SA'}"


def spaced(value: date) -> str:
    """Đăng ngày 22 - 03 - 2016"""
    return f"Đăng ngày {dmy(value, ' - ')}"


def iso(value: date) -> str:
    """2019-04-26, or with time and Vietnam's offset where the item has a time"""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S+07:00")
    return value.isoformat()


def rfc822(value: date) -> str:
    """Fri, 26 Apr 2019 08:26:00 +0700"""
    month = _MONTHS[value.month - 1]
    return f"{_DAYS[value.weekday()]}, {value.day:02d} {month} {value.year} {_clock(value):%H:%M}:00 +0700"


def en_date(value: date) -> str:
    """26 April 2019"""
    return f"{value.day} {_MONTHS_LONG[value.month - 1]} {value.year}"


FILTERS: dict[str, Callable[..., str]] = {
    "dmy": dmy, "dmy_hm": dmy_hm, "long_vi": long_vi, "day_vi": day_vi, "nuke": nuke, "odd_pm": odd_pm,
    "sa_ch": sa_ch, "spaced": spaced, "iso": iso, "rfc822": rfc822, "en_date": en_date,
}  # fmt: skip


def helpers(today: date) -> dict[str, object]:
    """What templates may call: every answer hangs on ``today`` alone."""

    def ago(days: int, clock: str = "") -> date | datetime:
        return moment(today - timedelta(days=days), clock)

    def workdays_ago(count: int, clock: str = "") -> date | datetime:
        return moment(workdays_before(today, count), clock)

    def week_monday(weeks: int = 0) -> date:
        return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)

    def plus(day: date, days: int) -> date:
        return day + timedelta(days=days)

    def month_back(months: int) -> date:
        index = today.year * 12 + today.month - 1 - months
        return date(index // 12, index % 12 + 1, 1)

    def quarter_back(quarters: int) -> tuple[int, int]:
        index = today.year * 4 + (today.month - 1) // 3 - quarters
        return index % 4 + 1, index // 4

    return {
        "today": today, "ago": ago, "workdays_ago": workdays_ago, "week_monday": week_monday, "plus": plus,
        "month_back": month_back, "quarter_back": quarter_back, "week_number": lambda day: day.isocalendar()[1],
    }  # fmt: skip
