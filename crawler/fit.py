"""How well a link fits the duties that are still open: its words, its picture, its address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from core.page import Link
from core.plan import Wording
from core.text import fold, slug_words

EXACT, PHRASE, SLUG, WEAK, NOTHING = 4, 3, 2, 1, 0
#: A label may be this many words longer than the phrase it holds; longer ones are headlines.
_SLACK = 6

Fitting = tuple[int, frozenset[str]]
_NO: Fitting = (NOTHING, frozenset())


@lru_cache(maxsize=4096)
def slug(url: str) -> str:
    """The words of an address's last telling part, folded."""
    parts = urlsplit(url)
    return slug_words(unquote(parts.path + parts.fragment.removeprefix("!")))


class Fit:
    """Looks labels and addresses up in the wordings of all duties."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._strong: dict[str, set[str]] = defaultdict(set)
        self._weak: dict[str, set[str]] = defaultdict(set)
        self._slugs: dict[str, set[str]] = defaultdict(set)
        self._negative: dict[str, set[str]] = defaultdict(set)
        rules: set[str] = set()
        families: dict[str, set[str]] = defaultdict(set)
        for wording in wordings:
            if not wording.applies:
                continue
            rules.add(wording.rule)
            families[wording.family or wording.rule].add(wording.rule)
            for words, table in (
                (wording.strong, self._strong),
                (wording.weak, self._weak),
                (wording.slugs, self._slugs),
                (wording.negatives, self._negative),
            ):
                for word in words:
                    if fold(word):
                        table[fold(word)].add(wording.rule)
        #: Every duty that words were given for.
        self.rules = frozenset(rules)
        self._kin = {rule: frozenset(kin) for kin in families.values() for rule in kin}
        self._first: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for table, level in ((self._strong, PHRASE), (self._weak, WEAK)):
            for phrase in table:
                self._first[phrase.split(" ", 1)[0]].append((phrase, level))
        self._slug_first: dict[str, list[str]] = defaultdict(list)
        for phrase in (*self._slugs, *self._strong):
            self._slug_first[phrase.split(" ", 1)[0]].append(phrase)
        self._labels: dict[str, Fitting] = {}

    def kin(self, rules: frozenset[str]) -> frozenset[str]:
        """The duties and those of the same điểm, which one page may serve together."""
        return frozenset().union(*(self._kin.get(rule, frozenset({rule})) for rule in rules)) if rules else rules

    def of_link(self, link: Link, url: str) -> Fitting:
        """The best fit of any of the link's names, then of its picture and address."""
        best = _NO
        for name in link.names:
            best = _better(best, self.of_label(name))
        if best[0] < PHRASE:
            if link.image:
                best = _better(best, self.of_slug(fold(link.image)))
            best = _better(best, self.of_slug(slug(url)))
        return best

    def of_label(self, label: str) -> Fitting:
        """Exact strong wording, then a strong phrase, then a weak one."""
        known = self._labels.get(label)
        if known is None:
            known = self._label(fold(label))
            if len(self._labels) < 10_000:
                self._labels[label] = known
        return known

    def _label(self, text: str) -> Fitting:
        if not text:
            return _NO
        without: set[str] = self._negative.get(text, set())
        exact = self._strong.get(text)
        if exact and exact - without:
            return EXACT, frozenset(exact - without)
        words = text.split(" ")
        padded = f" {text} "
        levels: dict[int, set[str]] = defaultdict(set)
        for word in set(words):
            for phrase, level in self._first.get(word, ()):
                if len(words) - phrase.count(" ") - 1 <= _SLACK and f" {phrase} " in padded:
                    levels[level] |= (self._strong if level == PHRASE else self._weak)[phrase]
        for level in (PHRASE, WEAK):
            rules = levels[level] - without
            if rules:
                return level, frozenset(rules)
        return _NO

    def of_slug(self, words: str) -> Fitting:
        """Words of an address or of a picture's file name."""
        if not words:
            return _NO
        parts = words.split(" ")
        if len(parts) > 12:
            return _NO
        rules: set[str] = set()
        padded = f" {words} "
        for word in set(parts):
            for phrase in self._slug_first.get(word, ()):
                if f" {phrase} " in padded and len(parts) - phrase.count(" ") - 1 <= _SLACK:
                    rules |= self._slugs.get(phrase, set()) | self._strong.get(phrase, set())
        return (SLUG, frozenset(rules)) if rules else _NO


def _better(one: Fitting, other: Fitting) -> Fitting:
    if one[0] == other[0]:
        return one[0], one[1] | other[1]
    return one if one[0] > other[0] else other
