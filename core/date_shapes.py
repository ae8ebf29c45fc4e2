"""The spellings of days on Vietnamese pages, and what day each means."""

from __future__ import annotations

import datetime as dt
import re

from core.page import DateRole
from core.text import fold

_MONTHS_EN = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
#: "năm" (May) is left out after a bare number: "12 tháng năm 2024" are twelve months. Giêng and chạp are lunar.
_MONTHS_VI = {
    "mot": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5, "sau": 6, "bon": 4, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
    "muoi mot": 11, "muoi hai": 12,
}  # fmt: skip
_COUNTS = {**_MONTHS_VI, "bon": 4, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "vai": 0, "may": 0}
_EN = (
    r"(?i:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b"
)
_EN_HEAD = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_VI_WORD = r"[Mm]ười\s[Mm]ột|[Mm]ười\s[Hh]ai|[A-Za-zÀ-ỹ]{2,5}"
_MONTH = r"(?:[Tt]h[áa]ng|TH[ÁA]NG|[Tt][Hh][Gg]\.?|[Tt][Hh]\.?(?=\s?\d))"
_YEAR = r"(?:[Nn][ăa]m|N[ĂA]M)"
#: What may follow a year: a time glued to it ("17/11/202608:30"), but no more of a number.
_END = r"(?:(?=\d{1,2}[:h]\d\d)|(?!\d|/[A-ZĐ\d]|-[A-ZĐ]|\.\d+(?![\d:h])))"

_NUMERIC = re.compile(
    rf"""(?<!\d[/.])(?:
    (?P<iy>\d{{4}})(?P<is>[-/.])(?P<im>\d{{1,2}})(?P=is)(?P<id>\d{{1,2}})(?!\d)
        (?P<it>[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?(?:[ ]?(?:Z|[+-]\d{{2}}:?\d{{2}}))?)?
  | (?P<d>\d{{1,2}})(?:
        \s{{0,2}}(?P<s>[/.\-–—\\·])\s{{0,2}}(?P<m>\d{{1,2}})
            (?:\s{{0,2}}(?P=s)\s{{0,2}}(?:{_YEAR}\s)?|\s+{_YEAR}\s+)(?P<y>\d{{4}}|\d{{2}}){_END}
      | (?:\s*[/|,\-.]?\s*{_MONTH}\s*|\s*/?\s*[Tt](?=\d))(?P<vm>\d{{1,2}}|{_VI_WORD})
        (?![\dA-Za-zÀ-ỹ](?![ăaĂA][mM]))(?:\s*[,/\-.|]?\s*{_YEAR}?\s*(?P<vy>\d{{4}}){_END})?
      | (?:st|nd|rd|th)?(?:\sof)?\s?[ \-,/|]\s?(?P<em>{_EN})\.?(?:,?\s?[ \-,/|]\s?(?P<ey>\d{{4}}|(?<=-)\d\d)(?!\d))?
      | (?P<bs>[/\-])(?P<bm>\d{{1,2}})(?![\d/]|[.,]\d|-\d|\s?%)
      | (?P<ps>\s?\|\s?|\s{{1,3}})(?P<pm>\d{{1,2}})\s?[/\-|]\s?(?P<py>\d{{4}}){_END}
    ))""",
    re.X,
)
_N = r"\d{1,3}|[Mm]ột|[Hh]ai|[Bb]a|[Bb]ốn|[Nn]ăm|[Ss]áu|[Bb]ảy|[Tt]ám|[Cc]hín|[Mm]ười|[Vv]ài|[Mm]ấy|[Mm]ot|[Aa]n?"
_UNIT = r"(?i:gi[âa]y|ph[úu]t|gi[ờo]|ti[ếe]ng|ng[àa]y|tu[ầa]n|th[áa]ng|n[ăa]m|h|p)"
_MONTH_FIRST = re.compile(
    rf"""{_MONTH}\s*(?P<wm>\d{{1,2}}|{_VI_WORD})[\s,]+(?P<wd>\d{{1,2}}),?\s+(?P<wy>\d{{4}})(?!\d)
  | \b(?P<em>{_EN})\.?[ ](?P<ed>\d{{1,2}})(?![\d:/])(?:st|nd|rd|th)?(?:,?[ ](?P<ey>\d{{4}})(?!\d))?""",
    re.X,
)
#: Behind "Hôm qua" no number of visits and no sentence.
_ALONE = r"(?![\s:|(]*[\d.]{1,12}(?![\d.]*\s?(?:[:hg]|giờ|/\d)))(?![\s,]+(?!lúc|vào|at\b|bởi|by\b)[^\W\d_])"
_RELATIVE = re.compile(
    rf"""\b(?P<n>{_N})\s*(?P<u>{_UNIT})\s+(?i:tr(?:ước|uoc))\b
        (?!\s+(?:khi|ngày|đó|đây\s+\w|thời|lúc|lễ|tết|Tết|kỳ|năm|mùa))
  | \b[Cc][áa]ch\s+(?:[đd]ây|nay)\s+(?P<cn>{_N})\s*(?P<cu>{_UNIT})\b(?!\s*[,.]?\s*[^\W\d_])
  | \b(?P<an>\d{{1,3}}|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree)\s+
        (?P<au>(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)(?=s?\s))s?\s+ago\b
  | (?P<w>[Hh][ôo]m\s[Qq]ua|[Hh]ôm\skia|(?:[Ss]áng|[Tt]rưa|[Cc]hiều|[Tt]ối|[Đđ]êm)\squa|[Yy]esterday)\b{_ALONE}
  | (?P<t>[Vv]ừa\s(?:xong|mới|đăng)|[Vv]ua\sxong|[Mm]ới\sđăng|[Jj]ust\snow|(?:[Ss]áng|[Tt]rưa|[Cc]hiều)\snay)\b{_ALONE}
  | (?P<h>[Hh][ôo]m\snay|[Tt]oday)\b""",
    re.X,
)
DIGITS = re.compile(r"\d+")
_MONTH_EN = re.compile(rf"(?:{_EN_HEAD})[A-Za-z]*\.? \d")
_MONTH_VI = re.compile(r"(?:háng|HÁNG)\s+\S+(?:\s+\S+)?\s+\d{1,2},?\s+\d{4}")
_UNITS_END = (
    *"giây phút giờ tiếng ngày tuần tháng năm giay phut gio tieng ngay tuan thang nam".split(),
    *"second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks month months".split(),
    *"year years h p".split(),
)
_VAGUE = re.compile(
    r"(?:trong|so với|từ|hơn|gần|khoảng|trên|hon|gan|khoang|[Oo]ver|[Aa]bout|[Aa]lmost|than|[Nn]early)\s*$", re.I
)
#: Days that software writes for "none": the zero of Unix, SQL Server and Excel.
_ZERO = frozenset({(1970, 1, 1), (1969, 12, 31), (1900, 1, 1), (1901, 1, 1), (1980, 1, 1)})


def may_be_worded(text: str) -> bool:
    """Whether a day may be told from today ("hôm qua", "một giờ trước"). A quick look that may err on the yes side."""
    return "rước" in text or "truoc" in text or "ago" in text or _told_words(text)


def _told_words(text: str) -> bool:
    if "day" in text and ("esterday" in text or "oday" in text):
        return True
    if text.isascii():
        return "om qua" in text or "om nay" in text or "ua xong" in text or "ust now" in text
    return (
        "ôm " in text or "ừa " in text or "ách đây" in text
        or (" nay" in text and ("áng nay" in text or "iều nay" in text or "rưa nay" in text))
        or (" qua" in text and ("áng qua" in text or "iều qua" in text or "ối qua" in text or "êm qua" in text))
    )  # fmt: skip


def _ago(text: str) -> bool:
    """Whether a unit of time stands right before "trước" or "ago"."""
    for word, cut in (("rước", 1), ("ago", 0), ("truoc", 0)):
        at = text.find(word)
        while at >= 0:
            if text[max(0, at - 10) : at - cut].rstrip().lower().endswith(_UNITS_END):
                return True
            at = text.find(word, at + 3)
    return False


def worded(text: str) -> list[re.Match[str]]:
    """Dates told from today, and those with the month first in words."""
    out: list[re.Match[str]] = []
    # Inside long prose they tell nothing about when it was put up.
    if len(text) <= 200 and (_told_words(text) or _ago(text)):
        out += _RELATIVE.finditer(text)
    elif len(text) <= 40 and text.isupper():  # "2 GIỜ TRƯỚC"
        out += _RELATIVE.finditer(text.lower())
    short = len(text) <= 120
    if (
        (("háng" in text or "HÁNG" in text) and _MONTH_VI.search(text))
        or (len(text) <= 40 and ("Th" in text or "thg" in text or "thang" in text))
        # English dates do not stand inside Vietnamese prose.
        or ((short or text.isascii()) and _MONTH_EN.search(text))
    ):
        out += _MONTH_FIRST.finditer(text)
    return out


#: Letters after "12 " that begin no month and no separator.
_NO_MONTH = frozenset("bcdđeghiklpqruvxyBCĐEGHIKLPQRUVXY(:")


def numeric(text: str) -> list[re.Match[str]]:
    """Dates written with digits. Numbers are found first: that search is several times faster than the pattern."""
    out = []
    last = 0
    for digits in DIGITS.finditer(text):
        start, end = digits.span()
        if start < last:
            continue
        size = end - start
        follows = text[end : end + 2]
        match = None
        if size < 3:
            if follows and follows[0] not in ");:%" and (follows[0] != " " or follows[1:] not in _NO_MONTH):
                match = _NUMERIC.match(text, start)
        elif size == 4 and follows and follows[0] in "-/.":
            match = _NUMERIC.match(text, start)
        if match is None and 3 <= size <= 4 and start > 1 and text[start - 1] in ":h" and text[start - 2].isdigit():
            match = _NUMERIC.match(text, start + 2)  # a time glued to the day: "08:3017/11/2026"
        if match:
            word = match["vm"]
            if not word or word.isdigit() or fold(word) in _MONTHS_VI:
                out.append(match)
                last = match.end()
    return out


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none such."""
    try:
        return dt.date(year, month, day) if 1900 <= year <= 2100 and (year, month, day) not in _ZERO else None
    except ValueError:  # 31/02/2026, 16/72/2020: a typing error or no date at all
        return None


def without_year(match: re.Match[str]) -> tuple[int, int] | None:
    """Month and day of a date that tells no year; None for any other."""
    if match.re is not _NUMERIC:
        return (_MONTHS_EN[match["em"][:3].lower()], int(match["ed"])) if match["em"] and not match["ey"] else None
    if match["bm"]:
        return int(match["bm"]), int(match["d"])
    if match["vm"] and not match["vy"]:
        return _month(match), int(match["d"])
    return (_MONTHS_EN[match["em"][:3].lower()], int(match["d"])) if match["em"] and not match["ey"] else None


def day_of(match: re.Match[str], today: dt.date, short_year: bool, told: bool) -> tuple[dt.date, int | None] | None:
    """The day a match means and, for a full ISO time, its minutes; None when it is no date."""
    if match.re is not _NUMERIC:
        worded_day = _told_from(match, today) if match.re is _RELATIVE else _month_first(match)
        return (worded_day, None) if worded_day else None
    if match["iy"]:
        return _iso(match)
    day_no = int(match["d"])
    made: dt.date | None = None
    if match["y"]:
        year = int(match["y"])
        if len(match["y"]) == 2:
            if not short_year or (match["s"] == "." and not told):
                return None
            year += 2000 if 2000 + year <= today.year + (5 if told else 1) else 1900
            if year < 1975:  # "10-12-45": no date that a web page would shorten
                return None
        made = make_day(year, int(match["m"]), day_no)
    elif match["vy"]:
        month = _month(match)
        made = make_day(int(match["vy"]), month, day_no) if month else None
    elif match["ey"]:
        year = int(match["ey"])
        made = make_day(year + (2000 if year < 100 else 0), _MONTHS_EN[match["em"][:3].lower()], day_no)
    elif match["pm"] and ("|" in match["ps"] or not match.string[: match.start()].strip()):
        made = make_day(int(match["py"]), int(match["pm"]), day_no)
    return (made, None) if made else None


def _month(match: re.Match[str]) -> int:
    word = match["vm"]
    if word.isdigit():
        return int(word)
    month = _MONTHS_VI.get(fold(word), 0)
    if month != 5 or word[0].isupper() or "ăm" in match.string[match.end("vm") : match.end()]:
        return month
    return month if "gày" in match.string[max(0, match.start() - 6) : match.start()] else 0


def settle(today: dt.date, month: int, day: int, role: DateRole) -> dt.date | None:
    """A day without year: the last one gone by; the one to come for terms; the nearest one for events."""
    years = [today.year + n for n in (1, 0, -1, -2, -3, -4)]
    days = [made for year in years if (made := make_day(year, month, day))]
    if role in (DateRole.DEADLINE, DateRole.START, DateRole.EFFECTIVE):
        days = [d for d in days if -90 <= (d - today).days <= 276] or days
    elif role in (DateRole.EVENT, DateRole.OTHER, DateRole.CLOCK):
        days.sort(key=lambda d: abs((d - today).days))
    else:
        days = [d for d in days if d <= today]
    return days[0] if days else None


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


_EACH = {"ngay": 1, "day": 1, "tuan": 7, "week": 7, "thang": 30, "month": 30, "nam": 365, "year": 365}


def is_relative(match: re.Match[str]) -> bool:
    """Whether the day is told from today ("hôm qua", "2 giờ trước")."""
    return match.re is _RELATIVE


def is_today(match: re.Match[str]) -> bool:
    """Whether it is only "Hôm nay", which banners and counters say too."""
    return match.re is _RELATIVE and match["h"] is not None


def _month_first(match: re.Match[str]) -> dt.date | None:
    if match["em"]:
        return make_day(int(match["ey"]), _MONTHS_EN[match["em"][:3].lower()], int(match["ed"]))
    word = match["wm"]
    month = int(word) if word.isdigit() else _MONTHS_VI.get(fold(word), 13)
    return make_day(int(match["wy"]), month, int(match["wd"]))


def _told_from(match: re.Match[str], today: dt.date) -> dt.date | None:
    if match["w"]:
        return today - dt.timedelta(days=2 if fold(match["w"]) == "hom kia" else 1)
    if match["t"] or match["h"]:
        return today
    word, unit = match["n"] or match["cn"] or match["an"], fold(match["u"] or match["cu"] or match["au"])
    count = int(word) if word.isdigit() else _COUNTS.get(fold(word), 1)
    each = _EACH.get(unit, 0)
    vague = _VAGUE.search(match.string[max(0, match.start() - 12) : match.start()])
    if each >= 30 and count and not vague:
        months = today.year * 12 + today.month - 1 - count * (12 if each > 30 else 1)
        year, month = divmod(max(months, 1900 * 12), 12)
        return next((d for n in range(4) if (d := make_day(year, month + 1, today.day - n))), None)
    if each and (count == 0 or vague):
        return None  # "vài tháng trước", "hơn 2 năm trước" name no day
    if unit in ("h", "gio", "tieng", "hour", "hr"):
        each, count = 1, count // 24
    return today - dt.timedelta(days=min(each * count, 36500))
