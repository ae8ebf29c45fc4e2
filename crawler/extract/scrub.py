"""Takes citizens' data out of a text: what stands under their labels, their numbers, and names known to be theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from core.text import CAPITALS, any_phrase, fold
from crawler.extract.people import given, told, words
from crawler.extract.tables import is_label

HIDDEN = "[đã ẩn]"

_CUES = told()["cues"].split("|")
LABELS, OTHER_LABELS, _ASKING_VI = told()["labels"], told()["other_labels"], told()["asking_labels"]
_ASKER_NAMED = re.compile(rf"\b(?:{_ASKING_VI})\s*:\s*(?P<value>[^\n<|;]{{2,80}})", re.I)

#: Begins a heading, no name.
_NO_NAME = r"(?!(?:PHẢN ÁNH|KIẾN NGHỊ|HỎI|ĐÁP|GÓP Ý|Phản Ánh|Kiến Nghị|Góp Ý|Hỏi)\b)"
#: On one line: heads of columns that follow one another are no name.
_NAME = rf"{_NO_NAME}[{CAPITALS}][\w.]*(?:[^\S\n]+[{CAPITALS}][\w.]*){{1,5}}"
_LABELLED = re.compile(
    rf"(?P<label>\b(?:{LABELS}|{OTHER_LABELS})\s*:\s*)(?P<value>\n?[^\n|;]*?)(?=\s*(?:[|;\n]|$|\s[-–]\s|\(|"
    rf"[,.]?\s+(?:{OTHER_LABELS}|ngày|lúc|vào|câu hỏi|nội dung|đơn vị|lĩnh vực|thời gian|trạng thái)\b))",
    re.I,
)
#: What follows a value on its line.
MORE = re.compile(
    rf"\s*(?:[|;\n]|\s[-–]\s|\(|[,.]?\s+(?:{OTHER_LABELS}|ngày|lúc|vào|câu hỏi|nội dung|đơn vị|lĩnh vực|thời gian|"
    rf"trạng thái)\b).*",
    re.I | re.S,
)
_LABEL_LINE = re.compile(rf"^(?:{LABELS}|{OTHER_LABELS})\s*:?$", re.I)
_SELF = re.compile(rf"(?P<label>\b(?:[Tt]ôi|[Ee]m|[Cc]háu|[Mm]ình|[Cc]on)\s+(?:tên\s+)?(?:là|tên)\s*:?\s*){_NAME}")
_ASKS = re.compile(
    rf"(?P<label>^|\b(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ạn|[Cc]ông dân|[Cc]ử tri|[Bb]ạn đọc|Ô\.|B\.)"
    rf"\s+){_NAME}(?=\s*(?:\([^)\n]{{0,80}}\)\s*)?(?:,[^,\n]{{0,60}},?\s*)?(?:hỏi|gửi|đề nghị|kiến nghị|phản ánh|thắc "
    rf"mắc|có câu hỏi))",
    re.M,
)
_TITLED = re.compile(rf"(?P<label>\b(?:[Nn]gười (?:hỏi|gửi)|[Cc]ông dân|[Bb]ạn đọc)\s+(?:[Ôô]ng\s+|[Bb]à\s+)?){_NAME}")
#: A line that says who wrote: "Ông Hà Văn Lẻ (Hòa An) - gửi lúc 02/11/2026".
SIGNED = re.compile(
    rf"(?P<label>^(?:Ông|Bà|Anh|Chị|Cô|Chú|Bác|Em|Bạn)\s+){_NAME}(?:\s*\([^)\n]{{0,60}}\))?"
    rf"(?=\s*(?:$|[-–,]\s*(?:gửi|hỏi|viết|đã gửi|lúc|ngày)))",
    re.M,
)
_BY = re.compile(
    rf"(?P<label>\b(?:(?:[Gg]ửi|[Hh]ỏi|[Gg]óp ý|[Vv]iết|[Pp]hản ánh) bởi|(?:[Aa]sked|[Ss]ent) by)\s*:?\s+){_NAME}"
)
_LIVES = re.compile(
    r"(?P<label>\b(?:trú tại|thường trú(?: tại)?|ngụ tại|sinh sống tại|sống tại|hộ khẩu tại)\s+)[^.;\n]{3,120}"
)
_EMAIL = re.compile(r"[\w.+\-]+\s?(?:@|\(at\)|\[at\])\s?[\w\-]+(?:\.[\w\-]+)+")
_PHONE = re.compile(r"(?<!\d)(?<!\d[/.\-])\(?(?:\+?84|0)(?:[\s.\-)]{0,2}\d){8,10}(?![\d/])")
#: Landlines and service numbers are an agency's, as is a mobile that a line offers to call.
_OFFICE_PHONE = re.compile(r"\(?(?:\+?84[\s.\-)]{0,2}|0)2|1[89]00")
_OFFERED = re.compile(r"(?:đường dây nóng|hotline|trực ban|tiếp nhận|liên hệ|văn phòng|bộ phận)[^\n]{0,60}$", re.I)
_MAIL_TO = re.compile(r"(?:e-?mail|thư điện tử|h[òộ][mp] thư)[^\n@]{0,30}$", re.I)
_IDENTITY = re.compile(r"(?<!\d)(?<!\d[/.\-])(?:\d{12}|\d{9})(?!\d|[/.\-]\d)")
#: After a word that says what it is, a number of an identity card may be written in groups, an account in any way.
CARD = re.compile(
    rf"(?P<label>(?<!\w)(?:{told()['identity_cues']})(?!\w)[^\d\n]{{0,24}})\d(?:[ .\-]?\d){{7,11}}(?!\d)", re.I
)
_ACCOUNT = re.compile(
    rf"(?P<label>(?<!\w)(?:{told()['account_cues']})(?!\w)[^\d\n]{{0,24}})\d(?:[ .\-]?\d){{5,18}}(?!\d)", re.I
)
_FESTIVAL = re.compile("ngày hội", re.I)
_SIX_DIGITS = re.compile(r"\d(?:[\s.\-]?\d){5}")
IN_PROSE = (
    (_SELF, ("là", "tên")),
    (_ASKS, ("hỏi", "gửi", "đề nghị", "kiến nghị", "phản ánh", "thắc mắc")),
    (_TITLED, ("gười hỏi", "gười gửi", "ông dân", "ạn đọc")),
    (SIGNED, ("Ông ", "Bà ", "Anh ", "Chị ", "Cô ", "Chú ", "Bác ", "Em ", "Bạn ")),
    (_BY, ("bởi", "by")),
    (_LIVES, ("trú tại", "thường trú", "ngụ tại", "sống tại", "hộ khẩu tại")),
)
_GREETING = words().greeting
GOV = re.compile(r"@(?:[\w\-]+\.)*gov\.vn$", re.I)
#: Where the next label begins on a line that is read as one field: "Người kiến nghị: A. Nội dung: …".
_NEXT = re.compile(
    rf"[,.;]?\s+(?=(?:{OTHER_LABELS}|ngày|câu hỏi|nội dung|tiêu đề|chủ đề|đơn vị|lĩnh vực|thời gian|trạng thái|trả lời|"
    r"ý kiến|kết quả)\b[^:\n]{0,30}:)",
    re.I,
)
_PLACE = re.compile(r"\b(?:số|thôn|bản|tổ|xóm|ấp|xã|phường|thị|huyện|quận|tỉnh|tp|thành phố|đường|phố|khu)\b", re.I)
#: Stands for one hidden sign; no page has it, and no pattern takes it for a letter.
COVER = "\ue010"
_NO_END = re.compile(r"[^\n]")
_BARE_NAME = re.compile(_NAME)


def scrub(text: str, known: Iterable[str] = (), *, asked: bool = True) -> str:
    """A text of a question-and-answer page without its askers' data; ``known`` are names found elsewhere on it.

    Where no asker is named on the page (``asked``), what the agency says of itself stays: its address, its numbers.
    """
    if not text:
        return text
    text = _without(text, tuple(known), _hidden)
    return _scrub_label(text, asked) if len(text) <= 240 else _scrub(text, asked)


def covered(text: str, known: Iterable[str], *, asked: bool) -> str:
    """``scrub`` for a text that has to keep its length: a sign stands for each one that is hidden."""

    def cover(value: str) -> str:
        return _NO_END.sub(COVER, value)

    return _scrub(_without(text, tuple(known), cover), asked, cover)


def _without(text: str, known: tuple[str, ...], cover: Callable[[str], str]) -> str:
    """The text without what is known to be an asker's, and without the name the asker is called by."""
    if not known:
        return text
    found, called = _spellings(known)
    text = found.sub(
        lambda m: cover(m["name"]) + (cover(m["beside"]) if _is_place(m["beside"]) else m["beside"] or ""), text
    )
    return called.sub(lambda m: m["label"] + cover(m.group()[len(m["label"]) :]), text) if called is not None else text


@lru_cache(maxsize=64)
def _spellings(known: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Finds what is known, names of three words in letters of any size; and "ông Khang", called so before."""
    each = (f"(?i:{re.escape(k)})" if len(k.split()) > 2 else f"{re.escape(k)}|{re.escape(k.upper())}" for k in known)
    whole = re.compile(rf"(?<!\w)(?P<name>{'|'.join(each)})(?!\w)(?P<beside>\s*\([^)\n]{{3,80}}\))?")
    names = sorted({re.escape(given(k)) for k in known if _BARE_NAME.fullmatch(k) and len(given(k)) > 1})
    if not names:
        return whole, None
    titles = r"[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Bb]ạn|[Ee]m|[Cc]háu|[Cc]ô|[Cc]hú|[Bb]ác|[Cc]ụ"
    return whole, re.compile(rf"(?P<label>(?<!\w)(?:{titles})\s+)(?:{'|'.join(names)})(?!\w)(?!\s+[{CAPITALS}])")


def _is_place(beside: str | None) -> bool:
    return bool(beside) and _PLACE.search(beside or "") is not None


def _is_head(line: str) -> bool:
    """Whether a line is the head of a column or of a field: beside "Người hỏi" stands "Câu hỏi"."""
    return is_label(line) or fold(line) in _CUES


def _hidden(value: str) -> str:
    return HIDDEN


def _scrub(text: str, asked: bool, cover: Callable[[str], str] = _hidden) -> str:
    """Each pattern is tried only where words it cannot do without stand: most texts have none of them.

    ``cover`` says what stands in the place of what is hidden.
    """

    def mail(match: re.Match[str]) -> str:
        own = GOV.search(match.group()) or (not asked and _MAIL_TO.search(text, 0, match.start()))
        return match.group() if own else cover(match.group())

    def phone(match: re.Match[str]) -> str:
        own = _OFFICE_PHONE.match(match.group()) or (not asked and _OFFERED.search(text, 0, match.start()))
        return match.group() if own else cover(match.group())

    def labelled(match: re.Match[str]) -> str:
        value = match["value"].strip()
        if not value or (GOV.search(value) and " " not in value):
            return match.group()
        return match["label"] + cover(match["value"])

    def prose(match: re.Match[str]) -> str:
        label = match["label"] or ""
        return label + cover(match.group()[len(label) :])

    if "@" in text or "(at)" in text or "[at]" in text:
        text = _EMAIL.sub(mail, text)
    if asked and ":" in text:
        text = _LABELLED.sub(labelled, text)
    if _SIX_DIGITS.search(text):
        text = CARD.sub(prose, text)
        text = _ACCOUNT.sub(prose, text)
        text = _PHONE.sub(phone, text)
        text = _IDENTITY.sub(lambda m: cover(m.group()), text)
    for pattern, needed in IN_PROSE:
        if any(word in text for word in needed):
            text = pattern.sub(prose, text)
    text = _GREETING.sub(prose, text)
    if asked and "\n" in text:
        lines = text.split("\n")
        for number, line in enumerate(lines[:-1]):
            after = lines[number + 1]
            if _LABEL_LINE.match(line) and not _LABEL_LINE.match(after) and not _is_head(after):
                lines[number + 1] = cover(after)
        text = "\n".join(lines)
    return text


_scrub_label = lru_cache(maxsize=3072)(_scrub)


def asks(*lines: str) -> bool:
    """Whether one of the cues stands in the lines; "ngày hội" (a festival) is no "ngày hỏi"."""
    # Folded line by line, because most lines stand on many pages and are remembered.
    told = (fold(_FESTIVAL.sub(" ", line)) for line in lines)
    return any_phrase(" ".join([words for words in told if words]), _CUES) is not None


def names_an_asker(text: str) -> bool:
    """Whether a text names who asked: by a label with something behind it, or in the words of a question."""
    if any(m["value"].strip() for m in _ASKER_NAMED.finditer(text)):
        return True
    return any(any(w in text for w in needed) and pattern.search(text) for pattern, needed in IN_PROSE[:3:2])


def bare_name(text: str) -> bool:
    """Whether the text is the name of a person and nothing else."""
    return (
        bool(_BARE_NAME.fullmatch(text)) and fold(text).split(" ")[0] in words().plain and 2 <= len(text.split()) <= 5
    )


def own_part(value: str) -> tuple[str, str]:
    """What belongs to a label of its value, and what the next label on the line begins."""
    following = _NEXT.search(value)
    return (value[: following.start()], value[following.start() :]) if following else (value, "")


def is_gov_mail(address: str) -> bool:
    """Whether it is an agency's own address of e-mail."""
    return GOV.search(address) is not None
