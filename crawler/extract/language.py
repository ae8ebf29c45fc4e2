"""Vietnamese or English, by letters and the commonest words."""

from __future__ import annotations

import re

_MARKED = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìóòõúùýĩũ]", re.I)
_FREQUENT = "đưạộệếấảờ"
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[a-z]+")
_VI = frozenset(
    "va cua cac cho trong tren duoc nhung voi khong ve tai theo nam tinh ngay thong tin quy dinh nhan dan".split()
)
_EN = frozenset("the of and to in for is on with by are from this that as at be was will has have or an its".split())


def language_of(text: str) -> str:
    """ "vi", "en" or "" when there is too little to tell. Vietnamese typed without marks is told by its words."""
    sample = text[:3000]
    if len(sample) >= 200 and sum(map(sample.count, _FREQUENT)) * 40 > len(sample):
        return "vi"  # the common case, told without a pattern
    letters = len(_LETTER.findall(sample))
    if letters < 40:
        return ""
    if len(_MARKED.findall(sample)) * 16 > letters:
        return "vi"
    tokens = _WORD.findall(sample.lower())
    vi = sum(t in _VI for t in tokens)
    en = sum(t in _EN for t in tokens)
    if en >= 3 and en > 2 * vi and en * 25 > len(tokens):
        return "en"
    if vi >= 4 and vi > 2 * en:
        return "vi"
    # Menus and tables in English hold few small words; still no letter of it is marked.
    if letters >= 120 and len(_MARKED.findall(sample)) * 200 < letters and en >= 1 and vi <= en:
        return "en"
    return ""
