"""Text written for the old fonts (TCVN3 ".VnTime", "VNI-Times"): letters that are Vietnamese only in that font."""

from __future__ import annotations

import re

_FONT = re.compile(
    r"\.vn(?:time|arial|h?avant|tifani|centuri|book|courier|black|aristote|3d|teknical|times)|vni[-_ ](?:times|helve|"
    r"avo|centur|univ)",
    re.I,
)
#: Signs that TCVN3 puts inside words: ® is đ, ¬ is ơ, µ is à …
_TCVN3 = re.compile(
    "[A-Za-z®¨©ª«¬­][®¨©ª«¬\u00adµ¸¶·¹»¾¼½Æ](?![\\s.,;])|®[a-zA-Zµ¸¶·¹Ò-ý]|"
    "[a-z][\u00ad¬][êíîïìëéèçæåäãâáàßÞÜ×ØÖÕÔÓÒÑÐÏÎÌË]"
)
#: VNI writes the mark as a letter of its own after the vowel: "Vieät", "ñoàng".
_VNI = re.compile(
    "[AEOUYaeouyöôÖÔ](?:[äàáåãëéèüúùøûõïÄÀÁÅÃËÉÈÜÚÙØÛÕÏ])(?=[a-zA-Z\\s.,;:])|ñ[aeiouöôaâ]|Ñ[AEIOUaeiouöô]"
)
_REAL = re.compile("[ăđơưĂĐƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_TAG = re.compile(r"<(script|style)\b.*?</\1|<[^>]*>", re.S | re.I)


#: Common letters: a page that has most of them is written in Unicode.
_COMMON = "đưộệếạ"


def reads_as_unicode(text: str) -> bool:
    """Whether the page has most of the letters that only true Vietnamese text has."""
    return sum(c in text for c in _COMMON) >= 4


def legacy_font(html: str) -> bool:
    """Whether a good part of the page's letters is font-encoded. The font's name alone proves nothing:
    Word leaves it behind in texts that are Unicode."""
    if not ("®" in html and "µ" in html) and not ("ñ" in html and ("ö" in html or "ô" in html)):
        return False  # đ and à as TCVN3 has them, đ and ư or ô as VNI has them: no text goes without
    named = _FONT.search(html) is not None
    if not named and reads_as_unicode(html):
        return False
    text = _TAG.sub(" ", html)
    signs = max(len(_TCVN3.findall(text)), len(_VNI.findall(text)))
    return signs >= (6 if named else 25) and signs > 2 * len(_REAL.findall(text))
