"""Phrases as pages spell them, and the parts of a page they are looked for in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from checks.said import Said, Sought
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
#: Two letters that may be such vowels, not after a q: what they are is looked up, which is faster than naming them all.
_LAST_MARK = re.compile(rf"[ou][{''.join(dict.fromkeys(last[1] for last in _MARK_LAST))}](?=\s|$)(?<!q..)")


#: Longer lines do not come again: remembering them only takes memory.
_LINE = 300


def spell(text: str) -> str:
    """Lower case with its accents, one way to set tone marks, one space between words."""
    return _spell_line(text) if len(text) <= _LINE else _spell(text)


def _spell(text: str) -> str:
    words = unicodedata.normalize("NFC", text).lower().split()
    plain = " ".join(" ".join([word if word.isalnum() else _NOT_WORD.sub(" ", word) for word in words]).split())
    return plain if plain.isascii() else _LAST_MARK.sub(_mark_first, plain)


_spell_line = lru_cache(maxsize=4096)(_spell)


def _mark_first(match: re.Match[str]) -> str:
    return _MARK_LAST.get(match[0], match[0])


class Phrases:
    """Phrases to look for, as written and without accents."""

    def __init__(self, written: Iterable[object] = ()) -> None:
        #: Both ways of each.
        self.both = tuple(dict.fromkeys((spell(str(words)), fold(str(words))) for words in written))
        self.spelt = Sought(spelt for spelt, _ in self.both)
        self.bare = Sought(bare for _, bare in self.both)
        #: Several syllables mean one thing without accents too; one alone does not ("cờ" is no "có").
        self.safe = Sought(bare for bare in self.bare if " " in bare)


NO_PHRASES = Phrases()


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page: its words as written, and those of its lines that are written without accents."""

    spelt: tuple[Said, ...]
    bare: tuple[Said, ...]
    #: Nothing in the page carries an accent.
    unmarked: bool = False

    def shows(self, phrases: Phrases, least: int = 1) -> bool:
        """Whether so many of the phrases stand in it."""
        without_accents = phrases.bare if self.unmarked else phrases.safe
        if least == 1:
            for said in self.spelt:
                if said.has(phrases.spelt):
                    return True
            return any(said.has(without_accents) for said in self.bare) if without_accents else False
        if len(phrases.both) < least:
            return False
        spelt = {phrase for said in self.spelt for phrase in said.found(phrases.spelt)}
        bare = {phrase for said in self.bare for phrase in said.found(without_accents)}
        return sum(s in spelt or b in bare for s, b in phrases.both) >= least

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is found among the words as written."""
        return any(pattern.search(said.padded) for said in self.spelt)

    def and_(self, other: Area) -> Area:
        """Both together."""
        return Area((*self.spelt, *other.spelt), (*self.bare, *other.bare), other.unmarked)


def area_of(lines: Iterable[str], *, unmarked: bool = False, names: bool = False) -> Area:
    """``names``: folded words of pictures and addresses, which never carry accents, are among the lines."""
    known = [line for line in lines if line]
    bare = " | ".join([fold(line) for line in known if names or line.isascii()])
    return Area((Said(" | ".join(map(spell, known))),), (Said(bare),) if bare else (), unmarked)
