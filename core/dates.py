"""Reading the dates of Vietnamese pages: every spelling met, day first, with what each date says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from core.date_shapes import (
    DIGITS,
    day_of,
    is_relative,
    is_today,
    make_day,
    may_be_worded,
    numeric,
    settle,
    without_year,
    worded,
)
from core.date_traps import WEEKDAY, box, clock_beside, is_number, plain, stands_bare
from core.date_words import byline_cut, is_invitation, is_label, is_of_sentence, is_signature, role_around
from core.page import DateRole, DateSource, SeenDate

UTC7 = dt.timezone(dt.timedelta(hours=7))

_RANGE = re.compile(
    r"[\s)]*(?:-|–|—|→|~|->|đến|tới|den|to)\s*(?:(?:hết|het|trước|truoc)\s*)?(?:\d{1,2}\s?(?:h|giờ|:)\s?\d{0,2}\s*,?\s*)?"
    r"(?:[Tt]hứ\s\w+,?\s*)?(?:ng[àa]y\s*)?"
)
#: "từ 16/11 đến" 22/11/2026, "ngày 21-" 22/11/2026: a first day that borrows its year, or its month too.
_RANGE_HEAD = re.compile(
    r"(?:\b(?P<w>[Tt]ừ|[Tt]u|[Nn]gày|[Nn]gay)\s+)?(?<![\d/.\-])(?P<d>\d{1,2})(?:[/.\-](?P<m>\d{1,2}))?"
    r"(?:\s*(?P<to>đến|tới|den|→|->)\s*(?:hết\s*)?(?:ng[àa]y\s*)?|(?P<gap>\s?)[-–—]\s?)$"
)
_LETTERS = re.compile(r"[^\W\d_]")
#: Letters that may stand on a line beside a date that is meant as the date of what the line belongs to.
_BYLINE = 28
#: Before this year no Vietnamese office had a site: an older day is told, not the day of telling.
_FIRST_SITES = 1995
_SAYS_NOTHING = (None, DateRole.OTHER, DateRole.LICENCE)
_TERMS = (DateRole.DEADLINE, DateRole.START, DateRole.EFFECTIVE)
#: What stands beside today's date in the head of a page.
_BANNER_BEFORE = re.compile(r"[^\W\d_]{2}.*[|!•–-]|(?:[Cc]ổng|CỔNG|[Tt]rang|TRANG|[Ss]ở|SỞ|UBND)\b")
_BANNER_AFTER = re.compile(r".*(?:°C|[Hh]otline|[Ee]mail|[Ee]nglish|[Đđ]ăng nhập)")
_COLUMN = re.compile(r"[|•\t]")


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
    maybe: bool | None = None
    lines = text.split("\n") if "\n" in text else [text]
    taken = 0
    for at, line in enumerate(lines):
        if at < taken:
            continue
        digits = DIGITS.search(line) is not None
        if not digits and maybe is None:
            maybe = may_be_worded(text)
        if digits or (maybe and len(line) < 200 and (line is text or may_be_worded(line))):
            if len(line) <= 20 and len(lines) > 1:
                line, taken = _boxed(lines, at)
            # A short line before may be this line's label: "Ngày ban hành:" / "12/03/2024".
            head = previous if len(previous) <= 40 and not DIGITS.search(previous) and is_label(previous) else ""
            # Long lines are prose and do not come again: not worth remembering.
            read = _in_line if len(line) <= 200 else _in_line.__wrapped__
            found += _plain(line, head, default, label, source) or read(line, head, today, default, label, source)
        previous = line
    return tuple(found)


def _boxed(lines: list[str], at: int) -> tuple[str, int]:
    """The line, with the other lines of its date box if it opens one, and the number of the next line to read."""
    if len(lines[at]) < 4 and at and not DIGITS.search(lines[at - 1]):
        joined, used = box(lines, at - 1)  # "Tháng Mười Một" / "17"
        if used:
            return joined, at - 1 + used
    if at + 1 < len(lines) and (len(lines[at]) < 4 or len(lines[at + 1]) < 5):
        joined, used = box(lines, at)
        if used:
            return joined, at + used
    return lines[at], at + 1


#: The commonest line of all: weekday, day and time, nothing else.
_PLAIN = re.compile(
    r"\W{0,3}(?:(?:[Tt]hứ\s(?:hai|ba|tư|năm|sáu|bảy|Hai|Ba|Tư|Năm|Sáu|Bảy|[2-7])|[Cc]hủ [Nn]hật)"
    r"[\s,\-–]{1,3})?(?:[Nn]gày:?\s)?\s*"
    r"(?P<d>\d{1,2})(?P<s>[/\-.])(?P<m>\d{1,2})(?P=s)(?P<y>\d{4})(?:[\s,\-–|]{1,3}(?P<h>\d{1,2}):(?P<mi>\d\d)"
    r"(?::\d\d)?)?\W{0,2}"
)


@lru_cache(maxsize=4096)
def _plain(
    line: str, head: str, default: DateRole | None, label: DateRole | None, source: DateSource
) -> tuple[SeenDate, ...]:
    """The quick way for a line that is a date and nothing else; () for any other."""
    match = _PLAIN.fullmatch(line)
    if not match:
        return ()
    day = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
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
    text = plain(text)
    matches = numeric(text)
    if (not matches or len(text) > 300) and (others := worded(text)):
        matches = sorted(matches + others, key=lambda m: (m.start(), -m.end()))
    found: list[SeenDate] = []
    open_end: tuple[int, int] | None = None
    told = False
    last = 0
    for match in matches:
        start, end = match.span()
        if start < last:
            continue
        before, after = text[max(last, start - 110) : start], text[end : end + 40]
        minute, rest, used = clock_beside(before, after)
        rest, weekdays = WEEKDAY.subn("", rest) if rest else ("", 0)
        words_after = after[used:]
        relative = is_relative(match)
        yearless = None if relative else without_year(match)
        letters_after = _letters(text[end + used :])
        if yearless and not (sure := stands_bare(match, rest, words_after, letters_after, minute is not None)):
            continue
        if is_number(match, before, after):
            continue
        around = _letters(rest) + letters_after
        alone = len(text) < 400 and (around <= _BYLINE or _in_column(text, rest, end + used))
        context = rest if last or rest.strip(" -–:|,.(\t") else head
        role = role_around(context, words_after) if _LETTERS.search(context + words_after) else None
        if role is None and "©" in before:
            role = DateRole.COPYRIGHT
        explicit = role is not None
        day, of_zone = None, None
        if yearless:
            if sure != "alone" and (role in _SAYS_NOTHING or (sure == "term" and role not in _TERMS)):
                continue
            day = settle(today, *yearless, role or label or default or DateRole.PUBLISHED)
        elif read := day_of(
            match, today, alone or minute is not None or weekdays > 0, explicit or "gày" in before[-6:]
        ):
            day, of_zone = read
        if day is None:
            continue
        if is_today(match) and (weekdays or (minute is None and not explicit) or role is DateRole.CLOCK):
            continue  # "Hôm nay" of a banner or a counter of visits
        minute = of_zone if of_zone is not None else minute
        if found and _RANGE.fullmatch(text[last:start]):
            first = found[-1]
            if open_end and (begun := make_day(day.year, *open_end)):
                begun = begun if begun <= day else make_day(day.year - 1, *open_end) or begun
                found[-1] = first = replace(first, day=begun)
            if role is None and not told and (first.day.month, first.day.day) == (day.month, day.day):
                found[-1], role = replace(first, role=DateRole.OTHER), DateRole.OTHER  # an anniversary
            elif role in (None, DateRole.DEADLINE, DateRole.EVENT) and first.role is not DateRole.EVENT:
                if not told or first.role in (DateRole.START, DateRole.DEADLINE):
                    found[-1] = replace(first, role=DateRole.START)
                role = DateRole.DEADLINE
            role = role or first.role
        elif not yearless and not relative and (begun_at := _first_of_range(rest, day)):
            other = role is DateRole.EVENT
            role = role if role in (DateRole.EVENT, DateRole.OTHER) else DateRole.DEADLINE
            found.append(SeenDate(begun_at, DateRole.EVENT if other else DateRole.START, source, rest.strip()[-20:]))
        open_end = yearless
        if role is None and label is None:
            role = _unsaid(text, rest, after, used, day, today, alone, default, head)
        banner = weekdays and not explicit and day == today and default is None
        if banner and (_BANNER_BEFORE.search(before) or _BANNER_AFTER.match(words_after)):
            role = DateRole.CLOCK
        role = role or label or default or (DateRole.PUBLISHED if alone else DateRole.OTHER)
        seen_source = source
        if relative:
            seen_source, minute = DateSource.RELATIVE, None
        told, last = explicit, end + used
        found.append(SeenDate(day, role, seen_source, text[start:last].strip(" -–|,("), minute))
    return tuple(found)


def _first_of_range(rest: str, last: dt.date) -> dt.date | None:
    """The first day of "từ 16/11 đến 22/11/2026" or "ngày 21-22/11/2026", told before the last one."""
    if not rest or rest[-1] not in " -–—>→":
        return None
    head = _RANGE_HEAD.search(rest[-32:])
    if (
        not head
        or not (head["w"] or head["m"] or head["gap"] == "")
        or (not head["to"] and ("." in head.group() or (head["gap"] and not head["m"])))  # "phiên bản 2.1 - 17/11/2026"
    ):
        return None
    day = make_day(last.year, int(head["m"] or last.month), int(head["d"]))
    if day and day > last and head["m"]:
        day = make_day(last.year - 1, int(head["m"]), int(head["d"]))
    return day if day and day < last else None


def _in_column(text: str, rest: str, end: int) -> bool:
    """Whether a date stands nearly alone between the bars of its line ("17/11/2026 | Lượt xem: 56 | Tác giả …")."""
    if not _COLUMN.search(text):
        return False
    after = _COLUMN.split(text[end : end + 200], maxsplit=1)[0]
    return _letters(_COLUMN.split(rest)[-1]) + _letters(after) <= _BYLINE


def _unsaid(
    text: str,
    rest: str,
    after: str,
    used: int,
    day: dt.date,
    today: dt.date,
    alone: bool,
    default: DateRole | None,
    head: str,
) -> DateRole | None:
    """The role of a date that no words tell, by how it stands on its line; None for the usual one."""
    if alone and is_signature(rest):
        return DateRole.ISSUED
    told_of = day.year < _FIRST_SITES or is_invitation(rest, after, used)
    if told_of and (default is DateRole.PUBLISHED or (alone and default is None)):
        return DateRole.EVENT
    if default is not None:
        return None
    if alone and is_of_sentence(rest):
        return DateRole.EVENT
    if alone and day > today and not head and _LETTERS.search(rest.replace("gày", "")):
        return DateRole.EVENT
    if not alone and len(text) <= 220 and (byline_cut(rest, after[used:]) or (used and not after[used:].strip())):
        return DateRole.PUBLISHED
    return None


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
        day = make_day(year, month, int(match["d"] or 1))
        if day and year >= 1995 and day <= today + dt.timedelta(days=1):
            return SeenDate(day, DateRole.PUBLISHED, DateSource.ADDRESS, match.group().strip("/"))
    return None


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text)) if text else 0
