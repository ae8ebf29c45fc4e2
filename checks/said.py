"""A text that is asked for many phrases: all but those whose first two words it has are ruled out at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache


class Said:
    """Words between single spaces, as ``core.text.fold`` leaves them."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _tokens(self) -> list[str]:
        return self.text.split()

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._tokens)

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(zip(self._tokens, self._tokens[1:], strict=False))

    @cached_property
    def _padded(self) -> str:
        return f" {self.text} "

    def found(self, phrases: tuple[str, ...]) -> Iterator[str]:
        """Those of the phrases that stand in the text on word boundaries, as often as they are given."""
        index = _by_first(phrases)
        for first in index.keys() & self._words:
            for phrase, pair, longer in index[first]:
                if pair is None or (pair in self._pairs and (not longer or f" {phrase} " in self._padded)):
                    yield phrase

    def count(self, phrases: tuple[str, ...]) -> int:
        """How many of the phrases stand in the text."""
        return sum(1 for _ in self.found(phrases))

    def has(self, phrases: tuple[str, ...]) -> bool:
        """Whether one of them does."""
        return next(self.found(phrases), None) is not None


#: A phrase, its first two words unless it is one, and whether it has more.
Entry = tuple[str, tuple[str, str] | None, bool]


@lru_cache(maxsize=1024)
def _by_first(phrases: tuple[str, ...]) -> Mapping[str, tuple[Entry, ...]]:
    """The phrases by their first word."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for phrase in phrases:
        words = phrase.split()
        if words:
            pair = (words[0], words[1]) if len(words) > 1 else None
            found[words[0]].append((phrase, pair, len(words) > 2))
    return {first: tuple(those) for first, those in found.items()}
