"""Bytes to text: header, byte order mark, meta, then a guess; and what was wrong with the letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

from crawler.extract.legacy_fonts import legacy_font, reads_as_unicode

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_\-]+)", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w\-]+)", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAME = {"utf8": "utf-8", "unicode": "utf-8", "x-utf-8": "utf-8", "us-ascii": "ascii", "cp-1258": "cp1258"}
_LATIN = frozenset({"iso8859-1", "latin-1", "cp1252", "ascii"})
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
_ENTITIES = re.compile(
    r"&#(?:x(?:1[0-9a-f]{2}|1e[0-9a-f]{2}|e[0-9a-f]|f[0-9a-d])|(?:2[2-9]\d|3\d\d|4[0-4]\d|7[89]\d\d));", re.I
)
_COMBINING = re.compile("[\u0300-\u0303\u0306\u0309\u031b\u0323]")
#: UTF-8 read as latin-1 or windows-1252 and written again.
_MOJIBAKE = re.compile("á[º»][\u0080-\u00ff\u0152-\u2122]|Ä[\u0090\u0091\u2018‘]|Æ[°¡]|Ã[\u00a0-\u00bf]")
_ASCII_MARK = b"&#"


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text in NFC, the name of the charset it was read with, the traits of its letters."""

    text: str
    charset: str
    traits: frozenset[str]
    #: The body as it came, where that is the text in UTF-8.
    source: bytes | None = None


def _codec(name: str) -> str:
    name = _SAME.get(name.lower(), name.lower())
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


#: Characters nobody sees, which split words for whoever reads by program (field-notes 14).
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060"


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Reads a body whatever its header says; undecodable bytes become U+FFFD."""
    traits: set[str] = set()
    header = _HEADER.search(content_type)
    meta = _META.search(body[:4096])
    declared = [_codec(header[1])] if header else []
    declared += [_codec(meta[1].decode("ascii"))] if meta else []
    declared = [d for d in declared if d]
    charset, text = _read(body, declared)
    read = text
    if declared and not body.isascii() and any(_differs(d, charset) for d in declared):
        traits.add("wrong_charset")
    if charset == "cp1258":
        traits.add("cp1258")
    if not text.isascii():
        for sign in _INVISIBLE:  # most pages have none: looking is a hundred times as fast as translate()
            if sign in text:
                text = text.replace(sign, "")
        # In UTF-8 every loose mark begins with one of two bytes: looking for them is the quicker way.
        marks = charset != "utf-8" or b"\xcc" in body or b"\xcd" in body
        if marks and not unicodedata.is_normalized("NFC", text):
            if charset != "cp1258" and len(_COMBINING.findall(text)) >= 5:
                traits.add("nfd")
            text = unicodedata.normalize("NFC", text)
        if not reads_as_unicode(text):
            broken = len(_MOJIBAKE.findall(text))
            if broken >= 3 and broken * 2 > len(_VIETNAMESE.findall(text)):
                traits.add("mojibake")
        if legacy_font(text):
            traits.add("legacy_font")
    if _ASCII_MARK in body and len(_ENTITIES.findall(text)) >= 10:
        traits.add("entities")
    as_came = text is read and charset == "utf-8" and not body.startswith(codecs.BOM_UTF8) and "\ufffd" not in text
    return Decoded(text, charset, frozenset(traits), body if as_came else None)


def _differs(declared: str, used: str) -> bool:
    if declared == used or (declared.startswith("utf-16") and used.startswith("utf-16")):
        return False
    return not (declared in _LATIN and used in _LATIN)


def _read(body: bytes, declared: list[str]) -> tuple[str, str]:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return name, body[len(mark) :].decode(name, "replace")
    if b"\0" in body[:200] and body[:200].count(b"\0") > len(body[:200]) // 4:
        name = "utf-16-le" if body[1:2] == b"\0" else "utf-16-be"
        return name, body.decode(name, "replace")
    try:
        return "utf-8", body.decode("utf-8")  # valid UTF-8 is UTF-8, whatever the header says
    except UnicodeDecodeError as error:
        first = error.start
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken <= 3 or (first > 0 and broken * 50 < len(_VIETNAMESE.findall(text))):
        return "utf-8", text  # a page in UTF-8 with a cut letter or a foreign snippet
    names = [d for d in declared if d not in ("utf-8", "ascii") and not d.startswith("utf-16")]
    if not any(n not in _LATIN for n in names):
        names += ["cp1258"]
    for name in names:
        if name == "cp1258" or name not in _LATIN:
            try:
                text = unicodedata.normalize("NFC", body.decode(name, "replace"))
            except (LookupError, ValueError, TypeError):  # a codec that is none for text
                continue
            if name != "cp1258" or _reads_vietnamese(text):
                return name, text
    best = from_bytes(body[:60_000]).best()
    name = _codec(best.encoding) if best else ""
    if not name or (names and name not in ("cp1258",)):
        name = next((n for n in names if n in _LATIN), "cp1252")
    return name, body.decode(name, "replace")


def _reads_vietnamese(text: str) -> bool:
    """Enough letters that only Vietnamese has, and few marks left over without a letter."""
    letters = len(_VIETNAMESE.findall(text))
    return letters >= 3 and letters > 3 * len(_COMBINING.findall(text))
