"""How well a label, a slug or a heading fits the words of a duty. Explainable: every match names its phrase."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

from rapidfuzz import fuzz

from core.page import Link
from core.plan import Wording
from core.text import fold, slug_words

#: A label that alone is enough.
STRONG = 70
#: A label that needs proof from the content.
WEAK = 30

#: Words that say nothing about which section it is.
_FILLER = frozenset(
    "cua va cac ve tren tai cho trong tinh so ubnd huyen xa phuong thi tran bo nganh co quan don vi thong tin muc"
    " chuyen trang tra cuu xem danh sach moi nhat va the nhung website cong".split()
)
#: First words of names of bodies.
_ORGANISATIONS = frozenset("cuc chi so bo vu trung vien truong hoi tong".split())
#: Link words that leave the naming to title, alt or the target.
_EMPTY_WORDS = frozenset(
    "xem them|chi tiet|tai day|xem tiep|xem tat ca|tat ca|xem|doc tiep|read more|more|click|click here|"
    "vao day|xem chi tiet|truy cap|go|link|tiep|next|here".split("|")
)
_NUMBERING = re.compile(r"^(?:(?!vi )[ivx]+|\d{1,2}|[a-eg-x]) (?=\S+ \S)|(?<=\S) \d{1,3}$")
#: The body's own name at the end of a label: "… của Sở Xây dựng", "… tỉnh Lào Cai".
_OWNER = re.compile(
    r" (?:cua .+|(?:ubnd |uy ban nhan dan )?(?:tinh|thanh pho|tp|huyen|quan|thi xa|xa|phuong|thi tran|so|bo|cuc)"
    r"(?: \S+){1,3})$"
)


@dataclass(frozen=True, slots=True)
class Match:
    """``score`` 0-100, the phrase that matched, and how: exact, order, within, weak, slug, image, fuzzy."""

    score: int = 0
    phrase: str = ""
    how: str = ""


NO_MATCH = Match()


class Lexicon:
    """The words of all duties, indexed for looking up labels quickly."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self.wordings = {w.rule: w for w in wordings if w.section}
        self.family = {r: (w.family or r) for r, w in self.wordings.items()}
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
        self._by_set: dict[frozenset[str], list[tuple[str, str, str]]] = defaultdict(list)
        #: Strong phrases that may be misspelt, by their length, in their order.
        self._long: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        order = count()
        for rule, w in self.wordings.items():
            for tier, phrases in (("strong", w.strong), ("weak", w.weak), ("negative", w.negatives)):
                for phrase in phrases:
                    tokens = tuple(phrase.split())
                    if not tokens:
                        continue
                    self._by_first[tokens[0]].append((tokens, rule, tier))
                    if tier == "strong":
                        self._by_set[frozenset(tokens)].append((rule, tier, phrase))
                        if len(phrase) >= 9:
                            self._long[len(phrase)].append((next(order), phrase, rule))
        self._slugs = {r: tuple(fold(s) for s in w.slugs) for r, w in self.wordings.items()}
        self._slug_first: dict[str, set[str]] = defaultdict(set)
        for rule, slugs in self._slugs.items():
            for slug in filter(None, slugs):
                self._slug_first[slug.split(" ", 1)[0]].add(rule)
        self._label_cache: dict[str, dict[str, Match]] = {}
        self._slug_cache: dict[str, dict[str, Match]] = {}

    def label(self, text: str) -> dict[str, Match]:
        """Fits of a label to every duty it could mean, by rule id."""
        folded = _NUMBERING.sub("", fold(text))
        if folded not in self._label_cache:
            found = dict(self._look_up(folded))
            short = _OWNER.sub("", folded)
            if short != folded and not any(m.score >= 85 for m in found.values()):
                for rule, match in self._look_up(short).items():
                    if match.score >= 92 and not self.is_negative(rule, folded):
                        _take(found, {rule: Match(min(match.score - 4, 88), match.phrase, match.how)})
            self._label_cache[folded] = found
        return self._label_cache[folded]

    def _look_up(self, label: str) -> dict[str, Match]:
        tokens = label.split()
        if not tokens or len(tokens) > 18:
            return {}
        found: dict[str, Match] = {}
        negative: dict[str, int] = {}
        for i, (token, after) in enumerate(zip(tokens, [*tokens[1:], ""], strict=True)):
            for phrase, rule, tier in self._by_first.get(token, ()):
                n = len(phrase)
                if n > 1 and (phrase[1] != after or (n > 2 and tuple(tokens[i : i + n]) != phrase)):
                    continue
                if tier == "negative":
                    negative[rule] = max(negative.get(rule, 0), n)
                    continue
                match = _within(phrase, tokens, i, tier)
                if match.score > found.get(rule, NO_MATCH).score:
                    found[rule] = match
        for rule, _, phrase_text in self._by_set.get(frozenset(tokens), ()):
            if found.get(rule, NO_MATCH).score < 92:
                found[rule] = Match(92, phrase_text, "order")
        if not any(m.score >= STRONG for m in found.values()) and len(label) >= 9:
            self._fuzzy(label, found)
        for rule, size in negative.items():
            if rule in found and found[rule].score < 100 and size >= len(found[rule].phrase.split()):
                del found[rule]
        return found

    def _fuzzy(self, label: str, found: dict[str, Match]) -> None:
        near = (entry for size in range(len(label) - 2, len(label) + 3) for entry in self._long.get(size, ()))
        for _, phrase, rule in sorted(e for e in near if fuzz.ratio(label, e[1], score_cutoff=91) >= 91):
            if found.get(rule, NO_MATCH).score < 78:
                found[rule] = Match(78, phrase, "fuzzy")

    def is_negative(self, rule: str, text: str) -> bool:
        """Whether a label is a known false friend of the duty."""
        padded = f" {fold(text)} "
        return any(f" {n} " in padded for n in self.wordings[rule].negatives)

    def slug(self, url: str) -> dict[str, Match]:
        """Fits of an address by its telling last part."""
        words = slug_words(url)
        if not words:
            return {}
        if words not in self._slug_cache:
            found = {}
            likely = {rule for token in words.split() for rule in self._slug_first.get(token, ())}
            for rule in self._slugs if likely else ():
                if rule not in likely:
                    continue
                slugs = self._slugs[rule]
                if words in slugs:
                    found[rule] = Match(62, words, "slug")
                else:
                    inside = [s for s in slugs if len(s) > 3 and s in words and f" {s} " in f" {words} "]
                    if inside and len(words.split()) <= 8:
                        best = max(inside, key=len)
                        share = len(best.split()) / len(words.split())
                        found[rule] = Match(50 if share >= 0.5 else 32, best, "slug")
            self._slug_cache[words] = found
        return self._slug_cache[words]

    def link(self, link: Link) -> dict[str, Match]:
        """Fits of a link by all it is called; words win over slug and picture name."""
        best: dict[str, Match] = {}
        named = False
        for name in link.names:
            if fold(name) in _EMPTY_WORDS or not fold(name):
                continue
            _take(best, self.label(name))
            named = True
            if link.text and name == link.text and len(fold(name).split()) >= 2:
                break
        if link.image and not named:
            for rule, match in self.label(link.image).items():
                _take(best, {rule: Match(max(match.score - 8, 0), match.phrase, "image")})
        if link.url:
            for rule, match in self.slug(link.url).items():
                if not named:
                    match = Match(min(match.score + 12, 74), match.phrase, match.how)
                elif self.is_negative(rule, link.label):
                    continue
                _take(best, {rule: match})
        return best


def _within(phrase: tuple[str, ...], tokens: list[str], at: int, tier: str) -> Match:
    text = " ".join(phrase)
    if len(phrase) == len(tokens):
        return Match(100 if tier == "strong" else 56, text, "exact" if tier == "strong" else "weak")
    rest = [t for t in tokens[:at] + tokens[at + len(phrase) :] if t not in _FILLER]
    share = len(phrase) / (len(phrase) + len(rest))
    if len(phrase) == 1 and share < 0.99:  # "Tin", "VBQPPL 2024": one word inside a longer label says little
        share *= 0.6
    score = 95 if share >= 0.99 else 85 if share >= 0.7 else 72 if share >= 0.5 else 48 if share >= 0.34 else 20
    if at > 0 and share < 0.7 and at + len(phrase) < len(tokens):
        score -= 14
    if 0 < at <= 2 and tokens[0] in _ORGANISATIONS:
        score -= 30  # "Cục Thống kê" is a body, not statistics
    if tier == "weak":
        score = min(score, 52) - 8
    return Match(score, text, "within" if tier == "strong" else "weak")


def _take(best: dict[str, Match], more: dict[str, Match]) -> None:
    for rule, match in more.items():
        if match.score > best.get(rule, NO_MATCH).score:
            best[rule] = match


@lru_cache(maxsize=8)
def lexicon(wordings: tuple[Wording, ...]) -> Lexicon:
    """One lexicon per set of wordings."""
    return Lexicon(wordings)
