"""The spellings of days and clock times on Vietnamese pages, and what day each means."""

from __future__ import annotations

import datetime as dt
import re

from core.text import fold

_MONTHS_EN = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
#: "năm" (May) is left out after a bare number: "12 tháng năm 2024" are twelve months. Giêng and chạp are lunar.
_MONTHS_VI = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_EN = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_VI_WORD = r"[Mm]ười\s[Mm]ột|[Mm]ười\s[Hh]ai|[A-Za-zÀ-ỹ]{2,5}"

_NUMERIC = re.compile(
    rf"""(?<!\d[/.])(?:
    (?P<iy>\d{{4}})(?P<is>[-/.])(?P<im>\d{{1,2}})(?P=is)(?P<id>\d{{1,2}})(?!\d)
        (?P<it>[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?(?:[ ]?(?:Z|[+-]\d{{2}}:?\d{{2}}))?)?
  | (?P<d>\d{{1,2}})(?:
        \s?(?P<s>[/.\-–])\s?(?P<m>\d{{1,2}})(?:\s?(?P=s)\s?|\s+[Nn]ăm\s+)(?P<y>\d{{4}}|\d{{2}})(?![\d]|/[A-ZĐ\d]|-[A-ZĐ])
      | \s*/?\s*(?:[Tt]háng|THÁNG|[Tt]hg\.?|[Tt]h\.?|[Tt](?=\d))\s*(?P<vm>\d{{1,2}}|{_VI_WORD})(?![\dA-Za-zÀ-ỹ])
        (?:\s*[,/\-.]?\s*(?:[Nn]ăm|NĂM)?\s*(?P<vy>\d{{4}})(?!\d))?
      | (?:st|nd|rd|th)?[ -](?P<em>{_EN})[A-Za-z]*\.?,?[ -](?P<ey>\d{{4}})(?!\d)
      | (?P<bs>[/\-])(?P<bm>\d{{1,2}})(?![\d/]|[.,]\d|-\d|\s?%)
    ))""",
    re.X,
)
WORDS = re.compile(
    rf"""(?:[Tt]háng|THÁNG)\s+(?P<wm>\d{{1,2}}|{_VI_WORD})\s+(?P<wd>\d{{1,2}}),?\s+(?P<wy>\d{{4}})(?!\d)
  | \b(?P<em>{_EN})[A-Za-z]*\.?[ ](?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<ey>\d{{4}})(?!\d)
  | (?P<n>\b\d{{1,3}}|\b[Mm]ột|\b[Vv]ài|\b[Aa]n?)\s+(?P<u>giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)\s+trước
        (?!\s+(?:khi|ngày|đó|đây\s+\w|thời|lúc|lễ|tết|Tết|kỳ|năm|mùa))
  | (?P<an>\b\d{{1,3}}|\b[Aa]n?)\s+(?P<au>second|minute|hour|day|week|month|year)s?\s+ago\b
  | (?P<w>[Hh]ôm\squa|[Hh]ôm\skia|[Vv]ừa\sxong|[Yy]esterday)\b""",
    re.X,
)
DIGITS = re.compile(r"\d+")
_MONTH_EN = re.compile(rf"(?:{_EN})[A-Za-z]*\.? \d")
_MONTH_VI = re.compile(r"(?:háng|HÁNG)\s+\S+(?:\s+\S+)?\s+\d{1,2},?\s+\d{4}")

_HALF = r"(?P<half>AM|PM|SA|CH|am|pm|Am|Pm|a\.m\.|p\.m\.|sáng|chiều|tối|trưa)"
_CLOCK = (
    r"(?P<h>\d{1,2})\s?(?::|h|g|giờ|H)\s?(?P<mi>\d{1,2})?(?::\d{1,2})?(?:\s?(?:phút|p|')(?![a-zà-ỹ]))?"
    rf"(?:\s?{_HALF}\b)?"
)
_TIME_AFTER = re.compile(
    rf"[\s,|–\-(@•·]{{0,4}}(?:T|(?:vào )?lúc|at)?[\s:]{{0,2}}{_CLOCK}(?!\d)(?:\s?\(?(?P<gmt>GMT|UTC)\s?(?P<off>"
    rf"[+-]\d{{1,2}}|[+-]\d{{4}})?\)?|\s(?P<off2>[+-]\d{{4}}))?"
)
_TIME_BEFORE = re.compile(
    rf"(?<![\d/]){_CLOCK}[\s,|–\-;]{{0,4}}(?:(?:[Tt]hứ|THỨ)\s\w+|[Cc]hủ [Nn]hật|CN|T[2-7])?[\s,|–\-]{{0,3}}(?:[Nn]gày|"
    rf"NGÀY)?\s*$"
)
WEEKDAY = re.compile(
    r"(?:(?:[Tt]hứ|THỨ)\s?(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|HAI|BA|TƯ|NĂM|SÁU|BẢY|[2-7])|[Cc]hủ\s?[Nn]hật|"
    r"CHỦ NHẬT|"
    r"\bCN\b|\bT[2-7]\b|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
)


def may_be_worded(text: str) -> bool:
    """Whether a day may be told without a digit ("hôm qua", "một giờ trước")."""
    return "trước" in text or "ôm " in text or "ago" in text or "ừa xong" in text or "esterday" in text


def may_hold_words(text: str) -> bool:
    """Whether the slower search for ``WORDS`` is worth its time."""
    if may_be_worded(text) or (("háng" in text or "HÁNG" in text) and _MONTH_VI.search(text)):
        return True
    # English dates do not stand inside Vietnamese prose.
    return (len(text) <= 120 or text.isascii()) and _MONTH_EN.search(text) is not None


def numeric(text: str) -> list[re.Match[str]]:
    """Dates written with digits. Numbers are found first: that search is several times faster than the pattern."""
    out = []
    last = 0
    for digits in DIGITS.finditer(text):
        start, end = digits.span()
        if start >= last and (end - start < 3 or end - start == 4):
            match = _NUMERIC.match(text, start)
            word = match["vm"] if match else None
            if match and (not word or word.isdigit() or fold(word) in _MONTHS_VI):
                out.append(match)
                last = match.end()
    return out


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none such."""
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:  # 31/02/2026, 16/72/2020: a typing error or no date at all
        return None


def clock_beside(before: str, after: str) -> tuple[int | None, str, int]:
    """Minutes after midnight beside a date, what is left of the words before, characters used of those after."""
    used = 0
    match = None
    if after and after[0] in " \t,|–-(@•·:T":
        match = _TIME_AFTER.match(after)
    if match:
        used = match.end()
    elif before and before[-1] in " \t,|–-;yY0123456789hMAHC":
        match = _TIME_BEFORE.search(before)
        if match:
            before = before[: match.start()]
    if not match:
        return None, before, 0
    hour, minute = int(match["h"]), int(match["mi"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if half in ("pm", "ch", "chiều", "tối") and hour < 12:
        hour += 12  # "14:39 PM" is a 24-hour clock that says PM
    elif half in ("am", "sa") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return None, before, 0
    return min(hour * 60 + minute, 1439), before, used


def day_of(
    match: re.Match[str], today: dt.date, alone: bool, bare: bool, timed: bool
) -> tuple[dt.date, int | None] | None:
    """The day a match means and, for a full ISO time, its minutes; None when it is no date."""
    if match.re is WORDS:
        day = _day_of_words(match, today)
        return (day, None) if day else None
    if match["iy"]:
        return _iso(match)
    day_no = int(match["d"])
    made: dt.date | None = None
    if match["y"]:
        year = int(match["y"])
        if year < 100:
            if not (alone or timed) or match["s"] == "." or 2000 + year > today.year + 1:
                return None
            year += 2000
        made = make_day(year, int(match["m"]), day_no)
    elif match["vm"]:
        month = _month(match["vm"])
        if not month or (
            month == 5
            and not match["vm"].isdigit()
            and "gày" not in match.string[max(0, match.start() - 6) : match.start()]
        ):
            return None
        made = (
            make_day(int(match["vy"]), month, day_no)
            if match["vy"]
            else (_near(today, month, day_no) if bare else None)
        )
    elif match["em"]:
        made = make_day(int(match["ey"]), _MONTHS_EN[match["em"].lower()], day_no)
    elif match["bm"] and bare:
        made = _near(today, int(match["bm"]), day_no)
    return (made, None) if made else None


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS_VI.get(fold(word), 0)


def _near(today: dt.date, month: int, day: int) -> dt.date | None:
    """A day without year is the last one gone by (or the very next days: an announcement)."""
    made = make_day(today.year, month, day)
    if made and made > today + dt.timedelta(days=7):
        made = make_day(today.year - 1, month, day)
    return made


def _iso(match: re.Match[str]) -> tuple[dt.date, int | None] | None:
    made = make_day(int(match["iy"]), int(match["im"]), int(match["id"]))
    time = (match["it"] or "").strip()
    if not made or not time:
        return (made, None) if made else None
    head = re.match(r"T?\s*(\d{1,2}):(\d{2})", time)
    if not head or int(head[1]) > 23 or int(head[2]) > 59:
        return made, None
    moment = dt.datetime(made.year, made.month, made.day, int(head[1]), int(head[2]))
    zone = re.search(r"(Z)$|([+-])(\d{2}):?(\d{2})$", time)
    if zone:
        offset = 0 if zone[1] else (int(zone[3]) * 60 + int(zone[4])) * (1 if zone[2] == "+" else -1)
        moment += dt.timedelta(minutes=7 * 60 - offset)
    return moment.date(), moment.hour * 60 + moment.minute


def _day_of_words(match: re.Match[str], today: dt.date) -> dt.date | None:
    if match["wm"]:
        return make_day(int(match["wy"]), _month(match["wm"]) or 13, int(match["wd"]))
    if match["em"]:
        return make_day(int(match["ey"]), _MONTHS_EN[match["em"].lower()], int(match["ed"]))
    if match["w"]:
        days = {"hom qua": 1, "hom kia": 2, "yesterday": 1}.get(fold(match["w"]), 0)
        return today - dt.timedelta(days=days)
    word, unit = match["n"] or match["an"], match["u"] or match["au"]
    count = int(word) if word.isdigit() else (3 if word.lower() == "vài" else 1)
    each = {"ngày": 1, "day": 1, "tuần": 7, "week": 7, "tháng": 30, "month": 30, "năm": 365, "year": 365}.get(unit, 0)
    if each == 0 and unit in ("giờ", "tiếng", "hour"):
        each, count = 1, count // 24
    return today - dt.timedelta(days=min(each * count, 36500))
