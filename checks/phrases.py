"""Phrases as pages spell them, and the parts of a page they are looked for in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from core.text import fold

_NOT_WORD = re.compile(r"[\W_]+")
#: "hoà" and "hòa" are one word: the mark is moved to the first of two vowels at the end of a word.
_MARK_LAST = {
    last: first
    for vowels in ("oa", "oe", "uy")
    for mark in "\u0300\u0301\u0303\u0309\u0323"
    for last, first in [
        (unicodedata.normalize("NFC", vowels + mark), unicodedata.normalize("NFC", vowels[0] + mark + vowels[1]))
    ]
}
_LAST_MARK = re.compile(rf"(?<!q)({'|'.join(_MARK_LAST)})(?=\s|$)")


def spell(text: str) -> str:
    """Lower case with its accents, one way to set tone marks, one space between words."""
    plain = _NOT_WORD.sub(" ", unicodedata.normalize("NFC", text).lower()).strip()
    return plain if plain.isascii() else _LAST_MARK.sub(lambda m: _MARK_LAST[m[1]], plain)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to look for, as written and without accents, each between the spaces where words end."""

    spelt: str
    bare: str
    #: Several syllables mean one thing without accents too; one alone does not ("cờ" is no "có").
    is_safe: bool


def phrases_of(written: Iterable[object]) -> tuple[Phrase, ...]:
    """The phrases without repeats, in order."""
    both = dict.fromkeys((spell(str(words)), fold(str(words))) for words in written)
    return tuple(Phrase(f" {spelt} ", f" {bare} ", " " in bare) for spelt, bare in both)


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page: its words as written, and those of its lines that are written without accents."""

    spelt: str
    bare: str
    #: Nothing in the page carries an accent.
    unmarked: bool = False

    def shows(self, phrases: tuple[Phrase, ...], least: int = 1) -> bool:
        """Whether so many of the phrases stand in it; the rest is not looked for."""
        return next(islice(filter(self._holds, phrases), least - 1, None), None) is not None

    def _holds(self, phrase: Phrase) -> bool:
        if phrase.spelt in self.spelt:
            return True
        return (phrase.is_safe or self.unmarked) and phrase.bare in self.bare


def area_of(lines: Iterable[str], *, unmarked: bool = False, names: bool = False) -> Area:
    """``names``: folded words of pictures and addresses, which never carry accents, are among the lines."""
    known = [line for line in lines if line]
    bare = " | ".join(fold(line) for line in known if names or line.isascii())
    return Area(f" {' | '.join(map(spell, known))} ", f" {bare} ", unmarked)
