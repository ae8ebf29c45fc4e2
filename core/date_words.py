"""What a date says, told by the words around it (folded: no case, no accents)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from core.date_cues import CUES
from core.page import DateRole
from core.text import fold

_AFTER: tuple[tuple[DateRole, re.Pattern[str]], ...] = (
    (DateRole.OTHER, re.compile(r"(?:nam )?(?:\w+ \w+ )?(?:am lich|al)\b")),
    (DateRole.DEADLINE, re.compile(r"(?:la )?(?:ngay )?(?:han (?:cuoi|chot|nop)|het han|la han)(?: [a-z]+){0,5}$")),
    (DateRole.EFFECTIVE, re.compile(r"(?:va )?(?:bat dau )?co hieu luc\b(?! (?:thi hanh )?(?:tu|ke tu|ngay|\d))")),
)
#: "ngày" alone before a date says nothing; it only keeps farther words from being read as its label.
_NEUTRAL = frozenset({"ngay", "dang"})
_ROLE: dict[str, DateRole] = {w: role for role, words in CUES.items() for w in words.split("|")}


def _any_of(words: Iterable[str]) -> str:
    """An alternation, longest first, that is several times faster than a flat one: by first letter, then the rest."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


_CUE = re.compile(rf"(?<![a-z0-9])(?:{_any_of(_ROLE)})(?![a-z0-9])")
#: Cues that are common syllables without their accents: they must stand so in the text, or it bears none.
_SPELLED: dict[str, tuple[str, ...]] = {
    "toi": ("tối", "tới"), "sang": ("sáng",), "chieu": ("chiều",), "tuan": ("tuần",), "han": ("hạn",), "den": ("đến",),
    "tu": ("từ",), "hop": ("họp",), "sua": ("sửa",), "hoi": ("hỏi",), "gui": ("gửi",), "dap": ("đáp",),
    "truoc": ("trước",),
    "mung": ("mùng",), "mong": ("mồng",), "ram": ("rằm",), "lich": ("lịch",),
}  # fmt: skip
#: Words that speak only for a date right after them.
_TIGHT = frozenset(
    "tu sua hop hoi gui dap sinh sang chieu toi tuan truoc date now from before due al mung mong ram".split()
)
_NO_BIRTH = re.compile(r"(?:tuyen|hoc|ve|thi|phat|ho|hy|giao|nu|nam) sinh$")
#: Words of running text, which a dash or a bracket parts from the date: "Khởi công cầu Bình Minh - 05/01/2026".
_IN_PROSE = frozenset(
    (
        "khoi cong|dien ra|to chuc|khai mac|be mac|sang|chieu|toi|lich|tuan|mo thau|sinh|thanh lap|bo nhiem|den nay|"
        "ket thuc|den|truoc|tu|hop|giay phep|tai lap|chia tach|giai phong|ra doi|truyen thong|khanh thanh|thong xe|"
        "khai giang|khai truong|ra mat|hoi|gui|dap|phan hoi|giai dap|tra loi|tiep nhan|cong dan|ban doc|ban hanh|"
        "hieu luc|gia vang|ty gia|thoi tiet|phien ban|version|build|so lieu|nhiem ky|ap dung|thi hanh|ky niem|"
        "niem yet|xuat ban|dieu chinh ngay|hieu chinh|chinh sua|nghi huu|cap phep|giay chung nhan|thong qua ngay|"
        "phuc dap|ngung cap dien|lich tiep dan|lich cat dien|quoc khanh|thoi han|giao ban|chao mung|today|update|"
        "updated|ngay quoc te|ngay truyen thong|nghi le|khong qua"
    ).split("|")
)
#: Weak words: a label before them goes on ("Cập nhật vào ngày").
_WEAK = frozenset(("vao ngay", "vao luc", "trong ngay", "sang", "chieu", "toi", "dang ky"))
#: Labels of a name or a number that stands before the date, with how many words may stand between.
_REACH = dict.fromkeys(
    (
        "nguoi dang|nguoi viet|tac gia|dang boi|viet boi|duoc viet boi|duoc dang boi|duoc gui boi|posted by|"
        "submitted by|written by|published by|co quan tra loi|don vi tra loi|nguoi tra loi|tra loi boi|"
        "answered by|tra loi cua|hoi boi"
    ).split("|"),
    14,
)
_ADDED = (DateRole.ASKED, DateRole.ANSWERED, DateRole.ISSUED, DateRole.EFFECTIVE, DateRole.DEADLINE)
_REACH_OF: dict[DateRole, int] = {
    DateRole.LICENCE: 14, DateRole.COPYRIGHT: 14, DateRole.ASKED: 8, DateRole.DEADLINE: 5,
}  # fmt: skip

_DOC_KIND = (
    "nghi dinh|quyet dinh|thong tu|thong tu lien tich|nghi quyet|cong van|chi thi|luat|bo luat|phap lenh|ke hoach|"
    "thong bao|to trinh|bao cao|cong dien|huong dan|van ban|quy dinh|quy che|giay moi|lenh|sac lenh|chuong trinh|"
    "de an|ket luan|thong tri|ban hanh kem theo|hop dong|bien ban|cong bao|cv|qd|nd|nq|tt|ct|kh"
)
#: "Quyết định số 12/QĐ-UBND (của UBND tỉnh) ngày …": the date belongs to the document.
_DOCUMENT = re.compile(
    rf"(?<![a-z0-9])(?:{_DOC_KIND}) (?:so \d|\d{{1,5}} (?:\d{{4}} )?[a-z])[0-9a-z ]{{0,60}}"
    rf"(?:ngay|ky|ban hanh|ngay ky)? *$"
    rf"|(?<![a-z0-9])\d{{1,5}} (?:\d{{4}} )?(?:qd|nd|nq|tt|ttlt|ct|kh|tb|cv|bc|hd|ttr|qc|kl|ctr|da|gm|qh\d\d?|ubnd)"
    rf"(?: (?!qua |den |tu )[a-z]+){{0,7}} ngay *$"
    rf"|(?<![a-z0-9])(?:{_DOC_KIND}) (?:cua [a-z ]{{2,50}} )?ngay *$"
    rf"|(?<![a-z0-9])(?:bo luat|luat|phap lenh) (?!su)[a-z ]{{2,60}} ngay *$"
)
#: The number of a document and nothing more: "12/2023/QĐ-UBND | 14/04/2023".
_NUMBER_END = re.compile(
    r"(?<![a-z0-9])\d{1,5} (?:\d{4} )?(?:qd|nd|nq|tt|ttlt|ct|kh|tb|cv|bc|hd|ttr|qc|kl|ctr|gm|qh\d\d?|ubnd)"
    r"(?: [a-z]{1,6}){0,2}(?: ngay)?$"
)
_NOT_ITS_DAY = re.compile(r"hieu luc|thi hanh|ap dung|cap nhat|dang (?:ngay|tai|luc)|het han")
_NEUTRAL_WORD = re.compile(
    r"(?:^| )(?:ngay|luc|vao|la|thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat|\d+(?:h|g)?\d*|h|gio|phut|am|pm|on|at)(?= |$)"
)
#: Place and date at the head or foot of a document: "Hà Nội, ngày 13 tháng 6 năm 2011".
_SIGNED = re.compile(r"^\W*[A-ZÀ-ÝĐ][\w.]*(?:[ -][A-ZĐ]?[\w.]*){0,4},\s*[Nn]g[àa]y\s*$")
#: A dash, bar or bracket right before the date.
_CUT = re.compile(r"(?:\s[-–—•·»]|[|(\[]|\s\s)[\s,\-–|]*(?:[Nn]gày:?\s*)?$")
_DIGIT = re.compile(r"\d")
_FIELD = re.compile(r"[|•;]|\s[-–—]\s")
_OPENING = re.compile(r"(?:(?:vao )?(?:luc|ngay|sang|chieu|toi|trua|dem)|(?:sang|chieu|toi|trua) ngay|vao ngay)$")
_GOES_ON = re.compile(r",\s*(?!(?:[Ll]ượt|[Tt]ác giả|[Nn]guồn|[Đđ]ăng|[Nn]gười|by\b|theo\b|[Tt]in\b|[Gg]iờ))[^\W\d_]")
_IN_FORCE_AFTER = re.compile(r"(?:va )?(?:co )?hieu luc (?:thi hanh )?(?:tu|ke tu|ngay|\d)")
_EVENT_AFTER = re.compile(
    r"[\s,;:.|()\-]*(?:(?:lúc|luc)\s\S+\s)?(?:[Tt]ại\s|tai\s(?!ve|xuong|file|lieu|ban)|(?:sẽ\s)?(?:diễn ra|khai mạc|"
    r"bế mạc|tổ chức|bắt đầu)|(?:khai mac|dien ra|to chuc)\b|[ĐđD][ịi]a điểm|Dia diem)"
)
_SCHEDULED = re.compile(
    r"[)\s]*(?:\d{0,2}\s?h\d{0,2})?:\s*(?:\d{1,2}\s?[h:]\s?\d{0,2}\s+\S|(?:[Hh]ọp|[Dd]ự|[Ll]àm việc|[Tt]iếp|"
    r"[Kk]hai mạc|[Gg]iao ban)\b)"
)
_LABEL_HEADS = ("ngay ", "han ", "thoi han ", "thoi diem ", "thoi gian ", "het han ")
_IN_SENTENCE = re.compile(r"[^\W\d_]{2}\s+(?:[Nn]g[àa]y|hôm|nhân)\s*$")
_NAMED_DAY = re.compile(r"\W*(?:Ngày|Tết|NGÀY|TẾT)\s[A-ZÀ-ÝĐ][^:]*$")
_OF_POSTING = re.compile(
    r"\W*(?:tin|bản tin|ban tin|bài|bai|số|báo|admin|quản trị|quan tri|ban biên tập|bbt|btv|bởi|boi|by|theo|nguồn|"
    r"nguon|tác giả|vào|thứ|thu|chủ)\b"
)
_CLOSING = re.compile(r"[\s)\].|]*(?:[|•\-–]\s*(?:[Ll]ượt|[Xx]em|[Vv]iews?|\d).{0,40})?$")
#: "Tin thứ nhất (17/11/2026); Tin thứ hai (16/11/2026)"
_NEXT_TITLE = re.compile(r"\)\s*(?:[;|•]|[A-ZÀ-ÝĐ])")
_LEADING = re.compile(r"\s*(?:[|)\]»]|[-–—]\s)")


@lru_cache(maxsize=4096)
def role_of_label(label: str) -> DateRole | None:
    """The role a column head or a label gives to the dates under it; None when it gives none."""
    words = fold(label)
    if not words or len(words) > 80:
        return None
    best: tuple[int, DateRole] | None = None
    for match in _CUE.finditer(words):
        role = _ROLE[match.group()]
        if match.group() in _NEUTRAL and match.group() != words:
            continue
        if best is None or len(match.group()) >= best[0]:
            best = (len(match.group()), role)
    return best[1] if best else None


def role_around(before: str, after: str) -> DateRole | None:
    """The role told by the words before (nearest wins) and after a date; None when they tell nothing."""
    tail = fold(after) if after else ""
    if tail:
        for told, pattern in _AFTER:
            if pattern.match(tail):
                return told
    words = fold(before)
    role = _role_before(before, words) if words else None
    if role is None and tail:
        if _EVENT_AFTER.match(after):
            return DateRole.EVENT
        if _IN_FORCE_AFTER.match(tail):
            return DateRole.ISSUED
        if words.endswith("ngay") and after.startswith(" của "):
            return DateRole.ISSUED
    return role


def _role_before(before: str, words: str) -> DateRole | None:
    cut = _CUT.search(before[-24:]) is not None
    paper = None
    if words.endswith(("ngay", "ky", "ban hanh")) or _DIGIT.search(words):
        paper = _NUMBER_END.search(words) or (None if cut else _DOCUMENT.search(words))
    if paper and not _NOT_ITS_DAY.search(paper.group()):
        return DateRole.ISSUED
    found: re.Match[str] | None = None
    raw = ""
    for match in _CUE.finditer(words):
        cue = match.group()
        if cue in _NEUTRAL:
            continue
        if cue in _SPELLED:
            raw = raw or before.lower()
            if not any(form in raw for form in _SPELLED[cue]) and cue not in raw:
                continue
        if cue == "sinh" and _NO_BIRTH.search(words[: match.end()]):
            continue
        if found:
            near = len(words[found.end() : match.start()].split()) <= 4
            former = _ROLE[found.group()]
            if near and former in (DateRole.EFFECTIVE, DateRole.COPYRIGHT) and _ROLE[cue] is DateRole.START:
                continue  # "có hiệu lực kể từ ngày"
            if near and cue in _WEAK and former is not DateRole.EVENT:
                continue
        if cue in _TIGHT and _between(words, match):
            continue
        found = match
    if found is None:
        return None
    cue = found.group()
    role = _ROLE[cue]
    if cue == "toi" and "tới" in before.lower():
        role = DateRole.DEADLINE
    # A label speaks only for what follows it at once: little may stand between.
    between = _between(words, found)
    if between > max(_REACH.get(cue, 0), _REACH_OF.get(role, 3)):
        return None
    if cut and not _speaks_across(before, words, found, between):
        return None
    return role


def _between(words: str, cue: re.Match[str]) -> int:
    """How many words that mean something stand between a cue and the date."""
    return len(_NEUTRAL_WORD.sub(" ", words[cue.end() :]).split())


def _speaks_across(before: str, words: str, cue: re.Match[str], between: int) -> bool:
    """Whether a cue is a label of its own and no word of a title that a dash parts from the date."""
    text, role = cue.group(), _ROLE[cue.group()]
    if text in _REACH or role in (DateRole.LICENCE, DateRole.COPYRIGHT, DateRole.CLOCK):
        return text not in _IN_PROSE or ":" in before
    fields = [f for f in _FIELD.split(before) if fold(f)]
    own = bool(fields) and fold(fields[-1]).startswith(text)
    if text in _IN_PROSE or role in (DateRole.UPDATED, DateRole.PUBLISHED):
        if between == 0 and role in _ADDED and before.rstrip().endswith("("):
            return True  # "Sở Y tế trả lời (09/11/2026)"
        colon = before.rfind(":")
        named = colon >= 0 and len(_NEUTRAL_WORD.sub(" ", fold(before[colon:])).split()) == between
        return (own and between == 0) or named
    return True


@lru_cache(maxsize=1024)
def is_label(line: str) -> bool:
    """Whether a line speaks for the date on the next one: "Ngày ban hành", "Người gửi: A", but no title."""
    words = fold(line)
    return ":" in line or words in _ROLE or (words.startswith(_LABEL_HEADS) and words.count(" ") <= 5)


def is_of_sentence(before: str) -> bool:
    """Whether a date ends a clause ("Di tích được xếp hạng ngày 12/05/2010"): the day of what it tells."""
    if _NAMED_DAY.match(before) and not _CUT.search(before[-24:]):
        return True
    return _IN_SENTENCE.search(before[-16:]) is not None and not _OF_POSTING.match(before.lower())


def is_signature(before: str) -> bool:
    """Whether the words before a date are a place name, as at the head of an official letter."""
    return bool(_SIGNED.match(before))


def is_invitation(before: str, after: str, used: int) -> bool:
    """Whether a date opens a sentence about what happens then: "Ngày 25/11/2026, họp HĐND"."""
    if _SCHEDULED.match(after) and before.strip(" ,-–(") == "":
        return True  # "Thứ Hai (16/11/2026): họp giao ban"
    return bool(_GOES_ON.match(after[used:])) and _OPENING.fullmatch(fold(before)) is not None


def byline_cut(before: str, after: str) -> bool:
    """Whether a dash or bracket parts a date from the title on its line."""
    if not fold(before) and _LEADING.match(after):
        return True
    if before.endswith("(") and _NEXT_TITLE.match(after):
        return True
    return _CUT.search(before[-24:]) is not None and _CLOSING.fullmatch(after) is not None
