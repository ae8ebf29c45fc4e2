"""What stands round a date: clock times, weekdays, odd characters, and what makes it none or another one."""

from __future__ import annotations

import re
import unicodedata

from core.text import fold

_HALF = r"(?P<half>AM|PM|SA|CH|am|pm|Am|Pm|a\.m\.|p\.m\.|sáng|chiều|tối|trưa)"
_CLOCK = (
    r"(?P<h>\d{1,2})\s?(?::|h|g|giờ|gio|H)\s?(?P<mi>\d{1,2})?(?::\d{1,2})?(?:\s?(?:phút|phut|ph|p|['’′])(?![a-zà-ỹ]))?"
    rf"(?:\s?{_HALF}\b)?"
)
_TIME_AFTER = re.compile(
    rf"[\s,|–\-(@•·]{{0,4}}(?:T|(?:vào )?lúc|at)?[\s:]{{0,2}}{_CLOCK}(?!\d)(?:\s?\(?(?P<gmt>GMT|UTC)\s?(?P<off>"
    rf"[+-]\d{{1,2}}|[+-]\d{{4}})?\)?|\s(?P<off2>[+-]\d{{4}}))?"
)
_TIME_BEFORE = re.compile(
    rf"(?<![\d/]){_CLOCK}[\s,|–\-;]{{0,4}}(?:(?:[Tt]h[ứu]|THỨ)\s\w+|[Cc]h[ủu] [Nn]h[ậa]t|CN|T[2-7])?[\s,|–\-]{{0,3}}"
    r"(?:[Nn]g[àa]y|NG[ÀA]Y)?\s*$"
)
#: "Lúc 7.30 ngày": a point is a colon only there.
_DOT_CLOCK = re.compile(r"((?:úc|ào|ước|[đĐ]ến|ừ|uc)\s\d{1,2})\.(\d\d)(?=,?\s*(?:ngày|ngay|$))")
WEEKDAY = re.compile(
    r"(?:(?:[Tt]hứ|THỨ)[\s\-]?(?:[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|HAI|BA|TƯ|NĂM|SÁU|BẢY|[2-7])|[Cc]hủ\s?[Nn]hật|"
    r"CHỦ NHẬT|\b[Tt]hu (?:[Hh]ai|[Bb]a|[Tt]u|[Nn]am|[Ss]au|[Bb]ay|[2-7])\b|\b[Cc]hu [Nn]hat\b|"
    r"\bCN\b|\bT[2-7]\b|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
)

_ODD = re.compile(
    "[\u00ad\u0300-\u036f\u2000-\u2012\u2015\u2024\u2571\u29f8\u202a-\u202f\u2044\u2060-\u2064\u2212\u2215\u3000\ufeff\uff0d-\uff1a]"
)
_PLAIN: dict[int, str] = dict.fromkeys(
    (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065)), ""
)
_PLAIN |= dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x3000), " ")
_PLAIN |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2015, 0x2212, 0xFF0D), "-")
_PLAIN |= dict.fromkeys((0x2044, 0x2215, 0x2571, 0x29F8, 0xFF0F), "/")
_PLAIN |= {0x2024: ".", 0xFF0E: ".", 0xFF1A: ":"} | {0xFF10 + n: str(n) for n in range(10)}


def plain(text: str) -> str:
    """The text with division slashes, figure dashes, wide digits and the like as everyday ones, accents composed."""
    if text.isascii() or not _ODD.search(text):
        return text
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def clock_beside(before: str, after: str) -> tuple[int | None, str, int]:
    """Minutes after midnight beside a date, what is left of the words before, characters used of those after."""
    used = 0
    match = None
    if after and after[0] in " \t,|–-(@•·:T0123456789":
        match = _TIME_AFTER.match(after)
    if match:
        used = match.end()
    elif before and before[-1] in " \t,|–-;yY0123456789hMAHC":
        if "." in before:
            before = _DOT_CLOCK.sub(r"\1:\2", before)
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


_NUMBER_BEFORE = re.compile(
    r"(?:\b(?:[Pp]hiên bản|[Vv]er(?:sion)?\.?|IP|[Ff]irmware|TCVN|QCVN|TCCS|ISO)[:\s]{0,2}|\b[Vv])$"
)
_ISSUE_NUMBER = re.compile(r"\b[Ss](?:ố|o)[:\s]{0,2}$")
_LUNAR_BEFORE = re.compile(r"\b(?:[Mm]ùng|[Mm]ồng|[Rr]ằm|ÂL|[Ââ]m [Ll]ịch)\W{0,3}(?:[Nn]gày\s*)?$")
_LUNAR_AFTER = re.compile(
    r"[\s/,(\-]*(?:(?:năm|hằng năm|hàng năm|hằng tháng|hàng tháng|mỗi năm)?\s?[-/]?\s?(?:Giáp|Ất|Bính|Đinh|Mậu|Kỷ|Canh|"
    r"Tân|Nhâm|Quý)\s|h[ằà]ng\s(?:năm|tháng)|mỗi năm|(?:âm lịch|Âm lịch|ÂL|AL)\b)"
)


_FILE_AFTER = re.compile(r"_(?!\d\d?[:h])\w|\.(?:pdf|docx?|xlsx?|zip|rar|jpe?g|png)\b|\s?(?:đồng|đ|VNĐ|vnđ|USD)\b")


#: "84-24-11-2026", "(024) 3-11-2026"
_PHONE_BEFORE = re.compile(r"(?:\d-|\(0\d{2,3}\)\s?)$")


def is_number(match: re.Match[str], before: str, after: str) -> bool:
    """Whether what looks like a day and a year is a version, a price, part of a file name or the number of a paper."""
    if after and after[0] in "_. đVvU" and _FILE_AFTER.match(after):
        return True
    if not before or before[-1] not in "nNrRvVPeoốOỐ_:. -":
        return False
    text = match.group()
    if "-" in text and _PHONE_BEFORE.search(before[-8:]):
        return True
    if ("." in text or "-" in text) and (_NUMBER_BEFORE.search(before[-16:]) or before[-1] == "_"):
        return True
    return len(text) <= 8 and _ISSUE_NUMBER.search(before[-8:]) is not None


_OPENERS = frozenset(
    "|ngay|dang|dang ngay|sang|chieu|toi|trua|sang ngay|chieu ngay|tin ngay|luc|vao|vao ngay".split("|")
)
#: Right before a day that is told by a label or by the words of a term.
_TIGHT = re.compile(
    r"(?:ngày|ngay|đến|den|tới|toi|từ|tu|trước|truoc|hết|het|nhất|nhat|nhật|là|vào|lúc|đăng|nộp|:|\|)\s*$", re.I
)
_TO_DAY = re.compile(r"ng[àa]y\s*$", re.I)
#: A score, a share or a part: "thắng (3-1)", "đạt chuẩn (10/12)".
_COUNTED = re.compile(r"thắng|thua|hòa|t[ỷỉ] số|t[ỷỉ] lệ|đạt|điểm|phần|kỳ|hotline|đường dây|số xã|hiệp", re.I)
_DASHED = re.compile(r"[^\W\d_]\s+[-–—|•]\s+(?:[Nn]gày\s)?$")
_TERM_AFTER = re.compile(r"\s*(?:là\s(?:ngày\s)?(?:hạn|cuối)|hết hạn)")
_GOES_ON = re.compile(
    r"\s*(?!(?:đến|là hạn|là ngày|áp dụng|có hiệu lực|hết hạn|tới|den|toi|lúc|vào|để|qua|từ|và|to|tại)\b)[a-zà-ỹđ]"
)
_TITLE_AFTER = re.compile(r"\s*[|–\-]\s+[^\W\d_a-zà-ỹ]")
_BOX_MONTH = re.compile(r"\s*(?:Th|TH|th)\.?\s?\d")


def stands_bare(match: re.Match[str], before: str, after: str, letters_after: int, timed: bool) -> str:
    """How sure a day without year is one: "alone", "told" (if a label speaks for it),
    "term" (if one speaks of a deadline), or "" for a ratio or a pager."""
    if letters_after > 60 and not timed and not _TIGHT.search(before[-12:]) and not before.endswith("("):
        return ""  # the commonest case: a ratio or a day in prose
    if _LUNAR_BEFORE.search(before[-24:]) or _LUNAR_AFTER.match(after):
        return ""
    groups, text = match.groupdict(), match.group()
    if before.endswith("(") and after.startswith(")"):
        return "" if text == "24/7" or _COUNTED.search(before) else "alone"
    if _TERM_AFTER.match(after):
        return "told"
    goes_on = bool(groups.get("bm") and _GOES_ON.match(after))
    if len(before) <= 24 and fold(before) in _OPENERS:
        if text == "24/7" and not before:
            return ""
        if (letters_after <= 5 and not goes_on) or _TITLE_AFTER.match(after):
            return "alone"
        # a box glued to its title: "05 Th12 Thông báo …"
        if not before.strip() and groups.get("vm") and _BOX_MONTH.match(text[len(groups["d"] or "") :]):
            return "alone"
    if goes_on:
        return ""
    short = len(before) + letters_after
    if not letters_after and groups.get("bm") and _DASHED.search(before[-16:]):
        return "alone"
    if not (timed or _TIGHT.search(before[-12:])):
        return "term" if short <= 40 else ""
    return "told" if short <= 60 or timed or _TO_DAY.search(before[-8:]) else ""


_LINE_DAY = re.compile(r"\s*\d{1,2}\s*/?\s*")
_LINE_MONTH = re.compile(
    r"(?:(?:(?:[Tt]h[áa]ng|THÁNG)\s*(?:\d{1,2}|[A-Za-zÀ-ỹ]{2,5}(?:\s(?:[Mm]ột|[Hh]ai|MỘT|HAI))?)|[Tt][Hh][Gg]?\.?\s*\d{1,2}"
    r"|[Tt]\d{1,2})(?:\s*[,/\-]?\s*(?:[Nn]ăm\s*)?\d{4})?|\d{1,2}\s?[/\-.]\s?\d{4}|(?:0?[1-9]|1[0-2])"
    r"|(?i:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[A-Za-z]{0,6}\.?(?:,?\s\d{4})?)"
)
_LINE_YEAR = re.compile(r"\s*(?:[Nn]ăm\s*)?(?:19|20)\d\d\s*")
_LINE_SHORT = re.compile(r"\s*\d{1,2}\s?(?:[/\-.]\s?\d{1,2}|\s(?:[Tt]háng|[Tt][Hh][Gg]?\.?)\s?\d{1,2})\s*,?")


def box(lines: list[str], at: int) -> tuple[str, int]:
    """A date box spread over the lines from ``at`` ("05" / "Th12" / "2025") in one line, and how many lines it took."""
    first, second, third, fourth = (*lines[at : at + 4], "", "", "")[:4]
    skipped = 1 if len(second) <= 9 and WEEKDAY.fullmatch(second.strip()) else 0
    if skipped:  # "17" / "Thứ Ba" / "11/2026"
        second, third = third, fourth
    if _LINE_YEAR.fullmatch(second) and _LINE_SHORT.fullmatch(first):
        mark = "-" if "-" in first else "." if "." in first else "/"
        return f"{first.strip(' ,')}{mark}{second.strip()}", 2 + skipped
    day_first = _LINE_DAY.fullmatch(first) is not None
    day, month = (first, second) if day_first else (second, first)
    day, month = day.strip(" /"), month.strip()
    if len(month) > 24 or not _LINE_DAY.fullmatch(day) or not _LINE_MONTH.fullmatch(month):
        return "", 0
    if month[0].isdigit():
        month = month.replace(".", "/")
    if _LINE_YEAR.fullmatch(third) and not re.search(r"\d{4}$", month):
        return f"{day} | {month}{'/' if month.isdigit() else ' | '}{third.strip()}", 3 + skipped
    if month.isdigit() or (not day_first and _LINE_DAY.fullmatch(third)):
        return "", 0  # two numbers; the head of a calendar and its first days
    return f"{day} | {month}", 2 + skipped
