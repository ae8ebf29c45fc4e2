"""What a page calls itself: headings, title and breadcrumb, without what every page of the portal repeats."""

from __future__ import annotations

from collections import Counter

from checks.content import TITLE_PARTS
from checks.match import NO_MATCH, Lexicon, Match
from core.evidence import Evidence
from core.page import Page
from core.text import fold


def _repeated(evidence: Evidence) -> frozenset[str]:
    """Folded headings and title parts that stand on many pages: the portal's own name, blocks, banners."""
    if "repeated_names" not in evidence.memo:
        counts: Counter[str] = Counter()
        for page in evidence.pages:
            counts.update(set(_all(page)))
        limit = max(3, round(0.25 * len(evidence.pages)))
        found = {n for n, c in counts.items() if c >= limit}
        if evidence.home is not None:
            found.update(fold(part) for part in TITLE_PARTS.split(evidence.home.title))
            found.update(fold(h.text) for h in evidence.home.headings if h.level == 1)
        evidence.memo["repeated_names"] = frozenset(found)
    names: frozenset[str] = evidence.memo["repeated_names"]
    return names


def _all(page: Page) -> list[str]:
    parts = [p for p in TITLE_PARTS.split(page.title) if p]
    heads = [h.text for h in page.headings if h.level <= 2][:4]
    crumb = list(page.breadcrumb[-1:])
    return [f for f in (fold(n) for n in (*heads, *crumb, *parts)) if f]


def own_names(page: Page, evidence: Evidence) -> tuple[str, ...]:
    """The page's own names, folded, most telling first; empty when it says only the portal's name."""
    repeated = _repeated(evidence)
    return tuple(dict.fromkeys(n for n in _all(page) if n not in repeated))


def as_written(page: Page, name: str) -> str:
    """One of a page's own names with its accents."""
    written = (*(h.text for h in page.headings), *page.breadcrumb, *TITLE_PARTS.split(page.title), page.title)
    return next((n for n in written if fold(n) == name), name)


def name_fits(page: Page, evidence: Evidence, words: Lexicon) -> dict[str, Match]:
    """How the page's own names fit every duty, by rule id."""
    memo = evidence.memo.setdefault("name_fits", {})
    if page.url not in memo:
        best: dict[str, Match] = {}
        for name in own_names(page, evidence):
            for rule, match in words.label(name).items():
                if match.score > best.get(rule, NO_MATCH).score:
                    best[rule] = match
        memo[page.url] = best
    fits: dict[str, Match] = memo[page.url]
    return fits
