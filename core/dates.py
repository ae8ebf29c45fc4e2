"""Reading the dates of Vietnamese pages: every spelling met, day first, with what each date says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from core.date_words import is_signature, role_around
from core.page import DateRole, DateSource, SeenDate
from core.text import fold

UTC7 = dt.timezone(dt.timedelta(hours=7))

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
_WORDS = re.compile(
    rf"""(?:[Tt]háng|THÁNG)\s+(?P<wm>\d{{1,2}}|{_VI_WORD})\s+(?P<wd>\d{{1,2}}),?\s+(?P<wy>\d{{4}})(?!\d)
  | \b(?P<em>{_EN})[A-Za-z]*\.?[ ](?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?[ ](?P<ey>\d{{4}})(?!\d)
  | (?P<n>\b\d{{1,3}}|\b[Mm]ột|\b[Vv]ài|\b[Aa]n?)\s+(?P<u>giây|phút|giờ|tiếng|ngày|tuần|tháng|năm)\s+trước
        (?!\s+(?:khi|ngày|đó|đây\s+\w|thời|lúc|lễ|tết|Tết|kỳ|năm|mùa))
  | (?P<an>\b\d{{1,3}}|\b[Aa]n?)\s+(?P<au>second|minute|hour|day|week|month|year)s?\s+ago\b
  | (?P<w>[Hh]ôm\squa|[Hh]ôm\skia|[Vv]ừa\sxong|[Yy]esterday)\b""",
    re.X,
)
_DIGITS = re.compile(r"\d+")
_MAY_HOLD = re.compile(r"\d|trước|ago|ôm |ừa xong|esterday")
#: Without one of these the slower search for words is not needed.
_HINT = re.compile(rf"(?:trước| ago|áng [MHBTNSCmhbtnsc\d]|ÁNG |ôm |ừa xong|esterday|(?:{_EN})[A-Za-z]*\.? \d)")

_HALF = r"(?P<half>AM|PM|SA|CH|am|pm|Am|Pm|a\.m\.|p\.m\.|sáng|chiều|tối|trưa)"
_CLOCK = rf"(?P<h>\d{{1,2}})\s?(?::|h|g|giờ|H)\s?(?P<mi>\d{{1,2}})?(?::\d{{1,2}})?(?:\s?(?:phút|p|')(?![a-zà-ỹ]))?(?:\s?{_HALF}\b)?"
_TIME_AFTER = re.compile(
    rf"[\s,|–\-(@•·]{{0,4}}(?:T|(?:vào )?lúc|at)?[\s:]{{0,2}}{_CLOCK}(?!\d)(?:\s?\(?(?P<gmt>GMT|UTC)\s?(?P<off>[+-]\d{{1,2}}|[+-]\d{{4}})?\)?|\s(?P<off2>[+-]\d{{4}}))?"
)
_TIME_BEFORE = re.compile(
    rf"(?<![\d/]){_CLOCK}[\s,|–\-;]{{0,4}}(?:(?:[Tt]hứ|THỨ)\s\w+|[Cc]hủ [Nn]hật|CN|T[2-7])?[\s,|–\-]{{0,3}}(?:[Nn]gày|NGÀY)?\s*$"
)
_WEEKDAY = re.compile(
    r"(?:(?:[Tt]hứ|THỨ)\s?(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|HAI|BA|TƯ|NĂM|SÁU|BẢY|[2-7])|[Cc]hủ\s?[Nn]hật|CHỦ NHẬT|"
    r"\bCN\b|\bT[2-7]\b|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
)
_RANGE = re.compile(r"\s*(?:-|–|—|→|đến|tới)\s*(?:hết\s*)?(?:ngày\s*)?")
_LETTERS = re.compile(r"[^\W\d_]")
#: Letters that may stand on a line beside a date that is meant as the date of what the line belongs to.
_BYLINE = 28


def find_dates(
    text: str,
    today: dt.date,
    *,
    default: DateRole | None = None,
    label: DateRole | None = None,
    source: DateSource = DateSource.VISIBLE,
) -> tuple[SeenDate, ...]:
    """Every date in a text, in order, each with the role that the words around it tell.

    Lines are blocks of the page. Where the words tell nothing: ``label`` (what a column head says), else
    ``default``, else PUBLISHED for a date that stands nearly alone on its line and OTHER inside prose.
    Impossible days (16/72/2020) are no dates; days to come are kept. A date without year is read only
    where it stands alone.
    """
    found: list[SeenDate] = []
    previous = ""
    for line in text.split("\n") if "\n" in text else (text,):
        if _MAY_HOLD.search(line):
            # A short line before may be this line's label: "Ngày ban hành:" / "12/03/2024".
            head = previous if len(previous) <= 40 and not _DIGITS.search(previous) else ""
            # Long lines are prose and do not come again: not worth remembering.
            read = _in_line if len(line) <= 200 else _in_line.__wrapped__
            found += _plain(line, head, default, label, source) or read(line, head, today, default, label, source)
        previous = line
    return tuple(found)


#: The commonest line of all: weekday, day and time, nothing else.
_PLAIN = re.compile(
    r"\W{0,3}(?:(?:[Tt]hứ\s(?:hai|ba|tư|năm|sáu|bảy|Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])|[Cc]hủ [Nn]hật)[\s,\-–]{1,3})?(?:[Nn]gày:?\s)?\s*"
    r"(?P<d>\d{1,2})(?P<s>[/\-.])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?:[\s,\-–|]{1,3}(?P<h>\d{1,2}):(?P<mi>\d\d)(?::\d\d)?)?\W{0,2}"
)


@lru_cache(maxsize=4096)
def _plain(
    line: str, head: str, default: DateRole | None, label: DateRole | None, source: DateSource
) -> tuple[SeenDate, ...]:
    """The quick way for a line that is a date and nothing else; () for any other."""
    match = _PLAIN.fullmatch(line)
    if not match:
        return ()
    day = _make(int(match["y"]), int(match["m"]), int(match["d"]))
    minute = int(match["h"]) * 60 + int(match["mi"]) if match["h"] else None
    if not day or (minute is not None and minute >= 1440):
        return ()
    role = (role_around(head, "") if head else None) or label or default or DateRole.PUBLISHED
    return (SeenDate(day, role, source, line[match.start("d") :].rstrip(" )].,-|"), minute),)


@lru_cache(maxsize=4096)
def _in_line(
    text: str, head: str, today: dt.date, default: DateRole | None, label: DateRole | None, source: DateSource
) -> tuple[SeenDate, ...]:
    """The dates of one line."""
    matches = _numeric(text)
    if (not matches or len(text) > 300) and _HINT.search(text):
        matches += _WORDS.finditer(text)
        matches.sort(key=lambda m: (m.start(), -m.end()))
    found: list[SeenDate] = []
    told = False
    last = 0
    for match in matches:
        start, end = match.span()
        if start < last:
            continue
        before, after = text[max(last, start - 110) : start], text[end : end + 40]
        minute, rest, used = _clock(before, after)
        rest = _WEEKDAY.sub("", rest) if rest else ""
        around = _letters(rest) + _letters(text[end + used :])
        alone = around <= _BYLINE and len(text) < 400
        bare = around <= 5 or (before.endswith("(") and after.startswith(")"))
        read = _day(match, today, alone, bare, minute is not None or _WEEKDAY.search(before) is not None)
        if read is None:
            continue
        day, of_zone = read
        minute = of_zone if of_zone is not None else minute
        seen_source = source
        if match.re is _WORDS and (match["n"] or match["an"] or match["w"]):
            seen_source, minute = DateSource.RELATIVE, None
        context = rest if last or rest.strip(" -–:|,.(\t") else head
        words_after = after[used:]
        role = role_around(context, words_after) if _LETTERS.search(context + words_after) else None
        if role is None and "©" in before:
            role = DateRole.COPYRIGHT
        explicit = role is not None
        if role in (None, DateRole.DEADLINE) and found and _RANGE.fullmatch(text[last:start]):
            if not told or found[-1].role is DateRole.START:
                found[-1] = replace(found[-1], role=DateRole.START)
            role = DateRole.DEADLINE
        if role is None and label is None and alone and is_signature(rest.replace("ngày", "").rstrip(" ") + " "):
            role = DateRole.ISSUED
        role = role or label or default or (DateRole.PUBLISHED if alone else DateRole.OTHER)
        told, last = explicit, end + used
        found.append(SeenDate(day, role, seen_source, text[start:last].strip(" -–|,("), minute))
    return tuple(found)


def read_date(
    text: str,
    today: dt.date,
    *,
    default: DateRole = DateRole.PUBLISHED,
    source: DateSource = DateSource.VISIBLE,
) -> SeenDate | None:
    """The one date a short text is about: a publication date before any other, else the first."""
    if len(text) >= 8 and text[:8].isdigit() and (len(text) == 8 or not text[8].isdigit()):
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}{text[8:]}"
    dates = find_dates(text, today, default=default, source=source)
    return next((d for d in dates if d.role in (DateRole.PUBLISHED, DateRole.UPDATED)), dates[0] if dates else None)


_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[-/_]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/(?P<y2>20\d\d)/(?P<m2>0?[1-9]|1[0-2])/(?!\d\d?/)"
)


def address_date(url: str, today: dt.date) -> SeenDate | None:
    """The date in an address (``/pages/2023-01-30/``, ``/2024/12/…``); the first of the month where no day is given."""
    path = url.split("?")[0].split("://", 1)[-1]
    for match in _IN_ADDRESS.finditer(path[path.find("/") :] if "/" in path else ""):
        year, month = int(match["y"] or match["y2"]), int(match["m"] or match["m2"])
        day = _make(year, month, int(match["d"] or 1))
        if day and 1995 <= year and day <= today + dt.timedelta(days=1):
            return SeenDate(day, DateRole.PUBLISHED, DateSource.ADDRESS, match.group().strip("/"))
    return None


def _numeric(text: str) -> list[re.Match[str]]:
    """Dates written with digits. Numbers are found first: that search is several times faster than the pattern."""
    out = []
    last = 0
    for digits in _DIGITS.finditer(text):
        start, end = digits.span()
        if start >= last and (end - start < 3 or end - start == 4):
            match = _NUMERIC.match(text, start)
            word = match["vm"] if match else None
            if match and (not word or word.isdigit() or fold(word) in _MONTHS_VI):
                out.append(match)
                last = match.end()
    return out


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text)) if text else 0


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:  # 31/02/2026, 16/72/2020: a typing error or no date at all
        return None


def _clock(before: str, after: str) -> tuple[int | None, str, int]:
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


def _day(
    match: re.Match[str], today: dt.date, alone: bool, bare: bool, timed: bool
) -> tuple[dt.date, int | None] | None:
    """The day a match means and, for a full ISO time, its minutes; None when it is no date."""
    if match.re is _WORDS:
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
        made = _make(year, int(match["m"]), day_no)
    elif match["vm"]:
        month = _month(match["vm"])
        if not month or (
            month == 5
            and not match["vm"].isdigit()
            and "gày" not in match.string[max(0, match.start() - 6) : match.start()]
        ):
            return None
        made = (
            _make(int(match["vy"]), month, day_no) if match["vy"] else (_near(today, month, day_no) if bare else None)
        )
    elif match["em"]:
        made = _make(int(match["ey"]), _MONTHS_EN[match["em"].lower()], day_no)
    elif match["bm"] and bare:
        made = _near(today, int(match["bm"]), day_no)
    return (made, None) if made else None


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS_VI.get(fold(word), 0)


def _near(today: dt.date, month: int, day: int) -> dt.date | None:
    """A day without year is the last one gone by (or the very next days: an announcement)."""
    made = _make(today.year, month, day)
    if made and made > today + dt.timedelta(days=7):
        made = _make(today.year - 1, month, day)
    return made


def _iso(match: re.Match[str]) -> tuple[dt.date, int | None] | None:
    made = _make(int(match["iy"]), int(match["im"]), int(match["id"]))
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
        return _make(int(match["wy"]), _month(match["wm"]) or 13, int(match["wd"]))
    if match["em"]:
        return _make(int(match["ey"]), _MONTHS_EN[match["em"].lower()], int(match["ed"]))
    if match["w"]:
        days = {"hom qua": 1, "hom kia": 2, "yesterday": 1}.get(fold(match["w"]), 0)
        return today - dt.timedelta(days=days)
    word, unit = match["n"] or match["an"], match["u"] or match["au"]
    count = int(word) if word.isdigit() else (3 if word.lower() == "vài" else 1)
    each = {"ngày": 1, "day": 1, "tuần": 7, "week": 7, "tháng": 30, "month": 30, "năm": 365, "year": 365}.get(unit, 0)
    if each == 0 and unit in ("giờ", "tiếng", "hour"):
        each, count = 1, count // 24
    return today - dt.timedelta(days=min(each * count, 36500))
