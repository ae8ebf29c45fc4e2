"""Reading the dates of Vietnamese pages: every spelling met, day first, with what each date says."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from core.date_shapes import (
    DIGITS,
    WEEKDAY,
    WORDS,
    clock_beside,
    day_of,
    make_day,
    may_be_worded,
    may_hold_words,
    numeric,
)
from core.date_words import is_signature, role_around
from core.page import DateRole, DateSource, SeenDate

UTC7 = dt.timezone(dt.timedelta(hours=7))

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
    worded = may_be_worded(text)
    for line in text.split("\n") if "\n" in text else (text,):
        if worded or DIGITS.search(line):
            # A short line before may be this line's label: "Ngày ban hành:" / "12/03/2024".
            head = previous if len(previous) <= 40 and not DIGITS.search(previous) else ""
            # Long lines are prose and do not come again: not worth remembering.
            read = _in_line if len(line) <= 200 else _in_line.__wrapped__
            found += _plain(line, head, default, label, source) or read(line, head, today, default, label, source)
        previous = line
    return tuple(found)


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
    matches = numeric(text)
    if (not matches or len(text) > 300) and may_hold_words(text):
        matches += WORDS.finditer(text)
        matches.sort(key=lambda m: (m.start(), -m.end()))
    found: list[SeenDate] = []
    told = False
    last = 0
    for match in matches:
        start, end = match.span()
        if start < last:
            continue
        before, after = text[max(last, start - 110) : start], text[end : end + 40]
        minute, rest, used = clock_beside(before, after)
        rest = WEEKDAY.sub("", rest) if rest else ""
        around = _letters(rest) + _letters(text[end + used :])
        alone = around <= _BYLINE and len(text) < 400
        bare = around <= 5 or (before.endswith("(") and after.startswith(")"))
        read = day_of(match, today, alone, bare, minute is not None or WEEKDAY.search(before) is not None)
        if read is None:
            continue
        day, of_zone = read
        minute = of_zone if of_zone is not None else minute
        seen_source = source
        if match.re is WORDS and (match["n"] or match["an"] or match["w"]):
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
        day = make_day(year, month, int(match["d"] or 1))
        if day and year >= 1995 and day <= today + dt.timedelta(days=1):
            return SeenDate(day, DateRole.PUBLISHED, DateSource.ADDRESS, match.group().strip("/"))
    return None


def _letters(text: str) -> int:
    return len(_LETTERS.findall(text)) if text else 0
