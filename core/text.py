"""Comparing Vietnamese text: one ``fold()`` for labels, ``clean()`` for what is shown."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_MARK = re.compile("[\u0300-\u034e\u0350-\u036f]")
_NOT_LATIN = re.compile("[\u0370-\U0010ffff]")
#: For bytes: all but letters and digits become spaces, many times faster than by a pattern.
_WORDS_ONLY = bytes(c if c in b"0123456789abcdefghijklmnopqrstuvwxyz" else 32 for c in range(256))
#: All but ASCII and the marks that Vietnamese letters are taken apart into.
_FOREIGN = re.compile(r"[^\x00-\x7f\u0300-\u034e\u0350-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")

#: Vietnamese capitals for character classes, letter by letter: a range of code points would take small letters in.
CAPITALS = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"


def clean(text: str) -> str:
    """The text as people read it: NFC, no invisible characters, single spaces."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _mark_or_itself(match: re.Match[str]) -> str:
    return "" if unicodedata.combining(match.group()) else match.group()


def _mark_or_gap(match: re.Match[str]) -> str:
    return "" if unicodedata.combining(match.group()) else " "


#: Longer lines do not come again: remembering them only takes memory.
_LABEL = 400


def fold(text: str) -> str:
    """The form in which two spellings of one label are equal.

    Entities decoded, case and diacritics dropped, ``đ`` as ``d``, everything that is not a
    letter or digit a single space: "HOI - DAP", "Hỏi – Đáp" and "Hỏi đáp" fold to "hoi dap".
    """
    if len(text) <= _LABEL:
        return _fold_label(text)
    if "\n" in text:  # most lines of a page stand on other pages too
        return " ".join([words for line in text.split("\n") if (words := fold(line))])
    return _fold(text)


def _fold(text: str) -> str:
    if "&" in text:
        text = html.unescape(text)
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFD", text.replace("đ", "d"))
        text = _FOREIGN.sub(_mark_or_gap, text)
    return b" ".join(text.encode("ascii", "ignore").translate(_WORDS_ONLY).split()).decode("ascii")


_fold_label = lru_cache(maxsize=8192)(_fold)


def strip_marks(text: str) -> str:
    """The text without diacritics, case and punctuation kept: "Địa chỉ: Số 1" becomes "Dia chi: So 1"."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return _NOT_LATIN.sub(_mark_or_itself, _MARK.sub("", bare))


def slug_words(path: str) -> str:
    """The words of an address's last telling part: ``/hoi-ap.html`` becomes ``hoi ap``."""
    path = path.replace("#!/", "/").replace("#/", "/")  # what script routers keep behind the hash is a path too
    parts = [p for p in path.split("?")[0].split("#")[0].split("/") if p]
    for part in reversed(parts):
        stem = re.sub(r"\.(html?|aspx?|php|jsp|do)$", "", part, flags=re.I)
        stem = re.sub(r"[-_]?\d{3,}$", "", stem)
        words = fold(stem)
        if words and words not in {
            "index",
            "default",
            "home",
            "view",
            "page",
            "pages",
            "web",
            "guest",
            "portal",
        }:
            return words
    return ""


def contains_phrase(haystack: str, phrase: str) -> bool:
    """Whether the folded ``phrase`` stands in the folded ``haystack`` on word boundaries."""
    return f" {phrase} " in f" {haystack} "


def any_phrase(haystack: str, phrases: Iterable[str]) -> str | None:
    """The first of the folded ``phrases`` that stands in the folded ``haystack``, or None."""
    padded = f" {haystack} "
    for phrase in phrases:
        if phrase and phrase in haystack and f" {phrase} " in padded:
            return phrase
    return None


_TO_COME = re.compile(
    r"\b(?:dang|se(?: som)?|cho|con dang|moi)(?: \w+){0,5} (?:cap nhat|bien tap|xay dung|hoan thien|bo sung|"
    r"nhap lieu|chinh ly|nang cap|hoan chinh)\b"
    r"|\b(?:chua|khong) co(?: \w+){0,3} (?:tin|bai|noi dung|du lieu|van ban|muc|ban ghi|thong tin|cau hoi|tai lieu|"
    r"ket qua|gi|bai viet)\b"
)
#: Longer sentences tell something.
_SHORT = 110


def announces_later(line: str) -> bool:
    """Whether a short line says that there is nothing yet: "Mục này đang chờ biên tập", "Hiện chưa có tin nào"."""
    return len(line) < _SHORT and _TO_COME.search(fold(line)) is not None


def shorten(text: str, limit: int = 160) -> str:
    """At most ``limit`` characters, cut at a word, with an ellipsis when cut."""
    text = clean(text)
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0] + "…"
