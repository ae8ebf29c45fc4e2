"""Persons and ways to reach them, read from text: names beside titles, phones, e-mails, addresses."""

from __future__ import annotations

import re

from core.text import fold

EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\(a còng\))\s?[\w-]+(?:\.[\w-]+)+", re.I)
OFFICIAL_EMAIL = re.compile(r"(?:@|\(at\)|\[at\])\s?[\w.-]*gov\.vn", re.I)
PHONE = re.compile(
    r"(?<![\d/.-])(?:\(?\+?84\)?|\(?0\d{1,3}\)?)[\s.\-]?(?:\(?\d{1,4}\)?[\s.\-]?){1,4}\d{2,4}(?![\d/])|\b1[89]00[\s.]?\d{2,6}\b"
)
FAX = re.compile(r"\bfax\b|\bsố fax\b", re.I)
PHONE_WORD = re.compile(r"điện thoại|đ/?t\b|\btel\b|phone|hotline|đường dây nóng|☎", re.I)
ADDRESS = re.compile(
    r"địa chỉ|trụ sở|\b(?:số|sô)\s*\d+[\w/-]*\s*,?\s*(?:đường|phố|ngõ)|"
    r"(?:đường|phố)\s+[A-ZĐ][^,.\n]{2,40},\s*(?:phường|xã|quận|thành phố|tp\.?|thị)",
    re.I,
)
#: Titles of people who lead or hold office.
TITLE = re.compile(
    r"(?:phó\s+)?(?:tổng\s+)?(?:giám đốc|chủ tịch|cục trưởng|vụ trưởng|viện trưởng|bí thư|bộ trưởng|thứ trưởng|"
    r"chánh\s+(?:văn phòng|thanh tra)|trưởng\s+(?:phòng|ban|ty|khoa)|tổng cục trưởng|thủ trưởng|chủ nhiệm|"
    r"tổng thanh tra|thống đốc)",
    re.I,
)
_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ"
_LOWER = _UPPER.lower()
#: Two to five capitalised syllables, or all capitals: a Vietnamese person's name.
NAME = re.compile(
    rf"(?<![{_UPPER}{_LOWER}])(?:[{_UPPER}][{_LOWER}]+(?:\s[{_UPPER}][{_LOWER}]+){{1,4}}|"
    rf"[{_UPPER}]{{2,}}(?:\s[{_UPPER}]{{2,}}){{1,4}})"
)
_NOT_NAMES = re.compile(
    r"^(?:giam doc|pho|chu tich|so|ubnd|uy ban|phong|ban|bo|tinh|huyen|xa|thanh pho|tp|dien thoai|email|fax|dia chi|"
    r"cong|lanh dao|truong|chanh|bi thu|ho ten|ho va ten|chuc vu|viet nam|hoi dong|van phong|trung tam|trang chu|cuc|"
    r"vu|vien|ngay|quoc)\b"
)
_SURNAMES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh truong lam luong mai dao doan"
    " ha cao ta to luu chu thai vuong trieu quach la kieu tong tang nong hua giang lo vi ma sung thao vang hau hang cu"
    " chau phung ton lai nghiem bach mac ninh khuat tu quan diep luc lai au la than mua a y h k".split()
)


def person_names(text: str) -> list[str]:
    """Capitalised names that begin with a Vietnamese surname."""
    found = []
    for match in NAME.finditer(text):
        folded = fold(match.group())
        if folded.split()[0] in _SURNAMES and not _NOT_NAMES.match(folded):
            found.append(match.group())
    return list(dict.fromkeys(found))


def ways(text: str) -> set[str]:
    """Which of address, phone, fax, email the text gives."""
    found = set()
    if ADDRESS.search(text):
        found.add("address")
    if PHONE.search(text):
        found.add("phone")
    if FAX.search(text) and PHONE.search(text[text.lower().find("fax") :]):
        found.add("fax")
    if EMAIL.search(text):
        found.add("email")
    return found
