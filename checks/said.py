"""A text that is asked for many phrases: all but those whose first two words it has are ruled out at once."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

#: A phrase, its second word if it has one, and itself between two spaces.
Entry = tuple[str, str, str]


class Sought(tuple[str, ...]):
    """Phrases that are looked for again and again: told apart by their first words only once."""

    @cached_property
    def by_first(self) -> Mapping[str, tuple[Entry, ...]]:
        """The phrases by their first word."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for phrase in self:
            words = phrase.split()
            if words:
                found[words[0]].append((phrase, words[1] if len(words) > 1 else "", f" {phrase} "))
        return {first: tuple(those) for first, those in found.items()}


@lru_cache(maxsize=1024)
def _sought(phrases: tuple[str, ...]) -> Sought:
    return Sought(phrases)


class Said:
    """Words between single spaces, as ``core.text.fold`` leaves them."""

    def __init__(self, text: str) -> None:
        #: With a space at either end, so that every word stands between two.
        self.padded = f" {text} "

    @cached_property
    def _words(self) -> frozenset[str]:
        # A language has few syllables: as one object each, the words of all pages together take little memory.
        return frozenset(map(sys.intern, self.padded.split()))

    def found(self, phrases: tuple[str, ...]) -> Iterator[str]:
        """Those of the phrases that stand in the text on word boundaries, as often as they are given."""
        index = (phrases if isinstance(phrases, Sought) else _sought(phrases)).by_first
        words, padded = self._words, self.padded
        for first in index.keys() & words if index else ():
            for phrase, second, whole in index[first]:
                if not second or (second in words and whole in padded):
                    yield phrase

    def count(self, phrases: tuple[str, ...]) -> int:
        """How many of the phrases stand in the text."""
        return sum(1 for _ in self.found(phrases))

    def has(self, phrases: tuple[str, ...]) -> bool:
        """Whether one of them does."""
        return next(self.found(phrases), None) is not None
