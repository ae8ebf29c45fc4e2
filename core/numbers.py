"""Numbers and days as Vietnamese tables write them: 1.234,5 and 30/6/2021; exact, never through a float."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.finding import Text
from core.text import clean, fold

_GROUPED = re.compile(r"[1-9]\d{0,2}([. ])\d{3}(?:\1\d{3})*(?:,\d+)?", re.ASCII)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")


def exact(value: float) -> Fraction:
    """The number as it is written: 0.93 is 93/100 and not the nearest binary fraction."""
    return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)


def half_up(value: Fraction, step: Fraction) -> Fraction:
    """The nearest multiple of ``step``; one half of a step goes up."""
    quotient, rest = divmod(value, step)
    return step * (quotient + (1 if rest * 2 >= step else 0))


def read_number(text: str) -> Fraction | None:
    """A number in Vietnamese style, None where there is none.

    Dots and spaces group by thousands, a comma begins the decimals: "1.234,5", "1 234", "1.234". A single dot
    that cannot group ("12.5", "0.125") begins decimals too. "89%" and "89,5 %" are shares of one.
    """
    text = clean(text)
    if text.endswith("%"):
        share = read_number(text[:-1])
        return None if share is None else share / 100
    sign = -1 if text[:1] in "-−" and text else 1
    text = text.lstrip("-−+ ")
    if match := _GROUPED.fullmatch(text):
        return sign * Fraction(text.replace(match.group(1), "").replace(",", "."))
    return sign * Fraction(text.replace(",", ".")) if _PLAIN.fullmatch(text) else None


def show_number(value: Fraction | float, places: int = 2) -> Text:
    """1.234,5 in Vietnamese, 1,234.5 in English: rounded half up to at most ``places`` decimals, no idle zeros."""
    exactly = exact(value) if isinstance(value, float) else Fraction(value)
    rounded = half_up(exactly, Fraction(1, 10**places))
    number = Decimal(rounded.numerator) / Decimal(rounded.denominator)
    en = f"{number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,}"
    en = en.rstrip("0").rstrip(".") if "." in en else en
    return Text(en.translate(str.maketrans(",.", ".,")), en)


def read_day(text: str) -> dt.date | None:
    """30/6/2021, 30-6-2021, 30.6.2021 or 2021-06-30; None for anything else and for days no calendar has."""
    text = clean(text)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _ISO.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        return dt.date(year, month, day) if year >= 1900 else None
    except ValueError:
        return None


_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PERIODS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]], ...] = (
    (re.compile(r"(?:nam )?(\d{4})"), lambda m: (1, 12)),
    (re.compile(r"(?:thang |t)(\d{1,2}) (?:nam )?(\d{4})"), lambda m: (int(m[1]), int(m[1]))),
    (re.compile(r"(?:quy |q)(iv|i{1,3}|[1-4]) (?:nam )?(\d{4})"), lambda m: (_ROMAN[m[1]] * 3 - 2, _ROMAN[m[1]] * 3)),
    (re.compile(r"(?:6|sau) thang dau nam (\d{4})"), lambda m: (1, 6)),
    (re.compile(r"(?:6|sau) thang cuoi nam (\d{4})"), lambda m: (7, 12)),
    (re.compile(r"(?:9|chin) thang (?:dau )?nam (\d{4})"), lambda m: (1, 9)),
)


def read_period(text: str) -> tuple[dt.date, dt.date] | None:
    """First and last day of "6 tháng đầu năm 2021", "Quý II/2021", "Tháng 6/2021" or "Năm 2021"; None otherwise."""
    folded = fold(text)
    for pattern, months in _PERIODS:
        if not (match := pattern.fullmatch(folded)):
            continue
        first, last = months(match)
        year = int(match[match.lastindex or 1])
        if not (1 <= first <= last <= 12 and year >= 1900):
            return None
        after = dt.date(year + last // 12, last % 12 + 1, 1)
        return dt.date(year, first, 1), after - dt.timedelta(days=1)
    return None


def months_in(begins: dt.date, ends: dt.date) -> Fraction:
    """How many months a period of both days lasts: whole months exactly, other periods by 365.25 days a year."""
    after = ends + dt.timedelta(days=1)
    if begins.day == after.day:
        return Fraction((after.year - begins.year) * 12 + after.month - begins.month)
    return Fraction((after - begins).days * 48, 1461)
