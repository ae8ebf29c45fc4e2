"""Persons and ways to reach them, read from text: names beside titles, phones, e-mails, addresses."""

from __future__ import annotations

import re

from core.portal import Portal
from core.text import CAPITALS, fold, strip_marks

EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(a còng\))\s?[\w-]+(?:\.[\w-]+)+", re.I)
OFFICIAL_EMAIL = re.compile(r"(?:@|\(at\)|\[at\])\s?[\w.-]*gov\.vn", re.I)
PHONE = re.compile(
    r"(?<![\d/.-])(?:\(?\+?84\)?|\(?0\d{1,3}\)?)[\s.\-]?(?:\(?\d{1,4}\)?[\s.\-]?){1,4}\d{2,4}(?![\d/])|\b1[89]00[\s.]?\d{2,6}\b"
)
FAX = re.compile(r"\bfax\b[^\d\n]{0,20}\(?\+?\d[\d\s.()\-]{6,}", re.I)
#: An address by its shape; searched in text without accents, as is ``_ADDRESS``.
_PLACE = (
    r"(?:\bso\s*)?\b\d+[\w/-]*\s*,?\s*(?:duong|pho|ngo|ngach|dai lo|quoc lo)\b|"
    r"\b(?:duong|pho)\s+\w[^,.\n]{2,40},\s*(?:phuong|xa|quan|thanh pho|tp\.?|thi)\b|"
    r"\b(?:(?:thon|ap|ban|khom|khoi|to dan pho|khu pho|tieu khu)\s+\w[^,.\n]{0,30}|to\s+\d+),"
    r"\s*(?:phuong|xa|thi tran)\b"
)
PLACE = re.compile(_PLACE, re.I)
_ADDRESS = re.compile(rf"\bdia chi\b|\btru so\b|\bso nha\b|{_PLACE}", re.I)
#: Titles of people who lead or hold office.
TITLE = re.compile(
    r"(?:phó\s+)?(?:tổng\s+)?(?:giám đốc|chủ tịch|cục trưởng|vụ trưởng|viện trưởng|bí thư|bộ trưởng|thứ trưởng|"
    r"chánh\s+(?:văn phòng|thanh tra)|trưởng\s+(?:phòng|ban|ty|khoa)|tổng cục trưởng|thủ trưởng|chủ nhiệm|"
    r"tổng thanh tra|thống đốc)",
    re.I,
)
_LOWER = CAPITALS.lower()
#: Two to five capitalised syllables, or all capitals: a Vietnamese person's name.
NAME = re.compile(
    rf"(?<![{CAPITALS}{_LOWER}])(?:[{CAPITALS}][{_LOWER}]+(?:[ \t][{CAPITALS}][{_LOWER}]+){{1,4}}|"
    rf"[{CAPITALS}]{{2,}}(?:[ \t][{CAPITALS}]+){{1,6}})"
)
_HONORIFICS = frozenset("ong ba dong chi dc ts ths pgs gs ky su cu nhan bac si luat".split())
_NOT_NAMES = re.compile(
    r"^(?:giam doc|pho|chu tich|so|ubnd|uy ban|phong|ban|bo|tinh|huyen|xa|thanh pho|tp|dien thoai|email|fax|dia chi|"
    r"cong|lanh dao|truong|chanh|bi thu|ho ten|ho va ten|chuc vu|viet nam|hoi dong|van phong|trung tam|trang chu|cuc|"
    r"vu|vien|ngay|quoc)\b"
)
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong lam luong mai dao doan"
    " ha cao ta to luu chu thai vuong trieu quach la kieu tong tang nong hua giang lo vi ma sung thao vang hau hang cu"
    " quang bac cam deo be sin then khang lanh leo lu giap khong nham thach son kim danh dieu siu kpa ksor nay"
    " chau phung ton lai nghiem bach mac ninh khuat tu quan diep luc lai au la than mua a y h k".split()
)


def person_names(text: str) -> list[str]:
    """Capitalised names that begin with a Vietnamese surname, "Ông", "Bà", "Đồng chí" and degrees aside."""
    found = []
    for match in NAME.finditer(text):
        words = match.group().split()
        while words and fold(words[0]) in _HONORIFICS:
            words = words[1:]
        folded = fold(" ".join(words))
        if len(words) >= 2 and folded.split()[0] in _SURNAMES and not _NOT_NAMES.match(folded):
            found.append(" ".join(words))
    unique = list(dict.fromkeys(found))
    return [n for n in unique if not any(n != m and m.startswith(f"{n} ") for m in unique)]


def ways(text: str) -> set[str]:
    """Which of address, phone, fax, email the text gives, accents and case aside."""
    bare = strip_marks(text)
    found = set()
    if _ADDRESS.search(bare):
        found.add("address")
    if PHONE.search(text):
        found.add("phone")
    if FAX.search(bare):
        found.add("fax")
    if EMAIL.search(text):
        found.add("email")
    return found


_FREE_MAIL = re.compile(r"@\s?(?:gmail|yahoo|ymail|hotmail|outlook|live|icloud)\.", re.I)


def official_email(text: str, portal: Portal) -> bool:
    """Whether an official address is given: under .gov.vn; for bodies outside the decree any but free mail."""
    if OFFICIAL_EMAIL.search(text):
        return True
    return portal.voluntary and any(not _FREE_MAIL.search(m.group()) for m in EMAIL.finditer(text))
