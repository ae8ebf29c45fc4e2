"""What a date says, told by the words around it (folded: no case, no accents)."""

from __future__ import annotations

import re
from functools import lru_cache

from core.page import DateRole
from core.text import fold

#: Words before a date; the one nearest to the date wins, then the longer one.
_BEFORE: dict[DateRole, str] = {
    DateRole.PUBLISHED: (
        "ngay dang|dang ngay|dang luc|dang tai|dang vao|ngay dang tin|ngay dang tai|ngay xuat ban|xuat ban|"
        "ngay dua tin|ngay dua|dua len|ngay tao|tao ngay|ngay viet|viet ngay|ngay cong bo|cong bo ngay|"
        "ngay cong khai|cong khai ngay|thoi gian dang|gio dang|dang boi|dang tin|dang|posted on|posted|"
        "published on|published|publish date|date published|created|ngay phat hanh|post date|ngay thang dang|"
        "ngay gui dang|ngay pd|ngay"
    ),
    DateRole.UPDATED: (
        "cap nhat|ngay cap nhat|cap nhat ngay|cap nhat luc|cap nhat lan cuoi|cap nhat cuoi|sua doi lan cuoi|"
        "lan cuoi|chinh sua|chinh sua lan cuoi|sua lan cuoi|last updated|last update|updated on|updated|update|"
        "last modified|modified"
    ),
    DateRole.ISSUED: (
        "ngay ban hanh|ban hanh ngay|ban hanh|ngay bh|ngay ky|ky ngay|ngay van ban|ngay thang van ban|ngay vb|"
        "ngay thang nam ban hanh|thoi gian ban hanh|ngay thang ban hanh|ngay quyet dinh|duoc ky ngay|"
        "phe duyet ngay|ngay phe duyet|ngay cap phep|issued|date of issue|issue date"
    ),
    DateRole.EFFECTIVE: (
        "hieu luc|ngay hieu luc|ngay co hieu luc|co hieu luc|hieu luc tu|hieu luc thi hanh|ngay hl|"
        "ngay ap dung|ap dung tu|ap dung tu ngay|thi hanh tu|effective|effective date"
    ),
    DateRole.DEADLINE: (
        "han gop y|thoi han gop y|thoi han lay y kien|thoi han|han lay y kien|han chot|han cuoi|han cuoi cung|"
        "het han|ngay het han|han nop|han dang ky|han nhan|han tra|han tra loi|hen tra|ngay hen tra|han|"
        "ngay ket thuc|ket thuc|thoi gian ket thuc|dong thau|ngay dong thau|thoi diem dong thau|"
        "truoc ngay|cham nhat|cham nhat la|den het|den het ngay|het ngay|den ngay|den|toi ngay|"
        "nhan y kien den|nhan y kien toi|nhan loi gop toi|y kien den|khep so|dong so|khep so nhan y kien|"
        "han gui y kien|"
        "deadline|closing date|expires|expiry date|het hieu luc|ngay het hieu luc|until|to date"
    ),
    DateRole.START: (
        "ngay bat dau|bat dau|bat dau tu|thoi gian bat dau|tu ngay|ke tu ngay|khoi cong|ngay khoi cong|start date|"
        "ngay phat hanh ho so|phat hanh hsmt|from"
    ),
    DateRole.ASKED: (
        "ngay hoi|hoi ngay|hoi luc|ngay gui|gui ngay|gui luc|gui vao|ngay gui cau hoi|ngay tiep nhan|tiep nhan ngay|"
        "ngay nhan|ngay dat cau hoi|ngay dat|thoi gian gui|thoi gian hoi|asked on|asked|date asked|nguoi gui|nguoi hoi"
    ),
    DateRole.ANSWERED: (
        "dap ngay|ngay dap|hoi am ngay|ngay hoi am|"
        "ngay tra loi|tra loi ngay|tra loi luc|tra loi|ngay phan hoi|phan hoi ngay|phan hoi luc|da tra loi|"
        "thoi gian tra loi|ngay giai dap|answered on|answered|date answered"
    ),
    DateRole.EVENT: (
        "dien ra|dien ra ngay|to chuc|to chuc ngay|to chuc vao|khai mac|be mac|su kien|ngay su kien|thoi gian to chuc|"
        "vao ngay|vao luc|trong ngay|sang ngay|chieu ngay|toi ngay hom|trua ngay|dem ngay|sang|chieu|toi|"
        "mo thau|ngay mo thau|thoi diem mo thau|hop ngay|lich|lich ngay|thoi gian thuc hien|ngay thi|ngay dau gia|"
        "tiep dan ngay|tiep cong dan ngay|ngay tiep|tuan|tai ngay|trong hai ngay"
    ),
    DateRole.CLOCK: "hom nay|hom nay la|hom nay la ngay|today|bay gio la|xem tin theo ngay|xem theo ngay",
    DateRole.LICENCE: (
        "giay phep|giay phep so|gp|gptt|so gp|gp ttdt|gp btttt|gp bc|gp sttt|giay phep thiet lap|cap phep|cap ngay|"
        "license|licence|do so|do cuc|cuc ptth|do bo"
    ),
    DateRole.COPYRIGHT: "copyright|ban quyen|c copyright|all rights reserved",
    DateRole.OTHER: (
        "ngay sinh|sinh ngay|sinh|nam sinh|sinh nam|mat ngay|tu tran|ngay mat|ngay thanh lap|thanh lap|thanh lap ngay|"
        "ky niem|"
        "ngay vao dang|vao dang|ngay bo nhiem|bo nhiem|am lich|nham ngay|tuc ngay|date of birth|born|"
        "ngay cap cmnd|tinh den ngay|tinh den|den nay|so lieu den|ngay le"
    ),
}  # fmt: skip
_AFTER: tuple[tuple[DateRole, re.Pattern[str]], ...] = (
    (DateRole.OTHER, re.compile(r"(?:nam )?(?:\w+ \w+ )?(?:am lich|al)\b")),
    (DateRole.DEADLINE, re.compile(r"(?:la )?(?:han (?:cuoi|chot)|het han)\b")),
    (DateRole.EFFECTIVE, re.compile(r"(?:va )?(?:bat dau )?co hieu luc\b")),
)
#: "ngày" alone before a date says nothing; it only keeps farther words from being read as its label.
_NEUTRAL = frozenset({"ngay", "dang"})
_ROLE: dict[str, DateRole] = {w: role for role, words in _BEFORE.items() for w in words.split("|")}
_CUE = re.compile(r"(?<![a-z0-9])(?:" + "|".join(sorted(_ROLE, key=len, reverse=True)) + r")(?![a-z0-9])")

_DOC_KIND = (
    "nghi dinh|quyet dinh|thong tu|thong tu lien tich|nghi quyet|cong van|chi thi|luat|bo luat|phap lenh|ke hoach|"
    "thong bao|to trinh|bao cao|cong dien|huong dan|van ban|quy dinh|quy che|giay moi|lenh|sac lenh|chuong trinh|"
    "de an|ket luan|thong tri|ban hanh kem theo|hop dong|bien ban|cv|qd|nd|nq|tt|ct|kh"
)
#: "Quyết định số 12/QĐ-UBND (của UBND tỉnh) ngày …": the date belongs to the document.
_DOCUMENT = re.compile(
    rf"(?<![a-z0-9])(?:{_DOC_KIND}) (?:so )?\d[0-9a-z ]{{0,60}}(?:ngay|ky|ban hanh|ngay ky)? *$"
    rf"|(?<![a-z0-9])\d{{1,5}} (?:\d{{4}} )?(?:qd|nd|nq|tt|ttlt|ct|kh|tb|cv|bc|hd|ttr|qc|kl|ctr|da|gm|qh\d\d?|ubnd)"
    rf"(?: (?!qua |den |tu )[a-z]+){{0,7}} ngay *$"
    rf"|(?<![a-z0-9])(?:{_DOC_KIND}) (?:cua [a-z ]{{2,50}} )?ngay *$"
)
_PROSE_NEUTRAL = re.compile(r"(?:^| )(?:ngay|luc|vao|thu (?:hai|ba|tu|nam|sau|bay|\d)|chu nhat|\d+|h|gio|am|pm)(?= |$)")
#: Place and date at the head or foot of a document: "Hà Nội, ngày 13 tháng 6 năm 2011".
_SIGNED = re.compile(r"^[A-ZĐ][\w.]*(?:[ -][A-ZĐ]?[\w.]*){0,4}, *$")


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
        for role, pattern in _AFTER:
            if pattern.match(tail):
                return role
    words = fold(before)
    if not words:
        return None
    if _DOCUMENT.search(words):
        return DateRole.ISSUED
    found = None
    for match in _CUE.finditer(words):
        if match.group() in _NEUTRAL:
            continue
        if found and _ROLE[found.group()] is DateRole.EFFECTIVE and _ROLE[match.group()] is DateRole.START:
            continue  # "có hiệu lực kể từ ngày"
        found = match
    if found is None:
        return None
    # A label speaks only for what follows it at once: little may stand between.
    between = _PROSE_NEUTRAL.sub(" ", words[found.end() :]).split()
    role = _ROLE[found.group()]
    limit = 8 if role in (DateRole.LICENCE, DateRole.ASKED) else 3
    return role if len(between) <= limit else None


def is_signature(before: str) -> bool:
    """Whether the words before a date are a place name, as at the head of an official letter."""
    return bool(_SIGNED.match(before))
