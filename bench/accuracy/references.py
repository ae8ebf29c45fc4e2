"""Three simple matchers to compare with: what is found by looking at the words of links alone.

They get the accepted names of the catalogue, and every link of every page that the program read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.accuracy.score import Case
from core.evidence import Evidence
from core.text import fold

#: Words that carry no meaning of their own.
_STOP = frozenset("va cac cua ve cho tai trong tren the of and".split())

Matcher = Callable[[str, str], bool]


def exact(label: str, name: str) -> bool:
    """The label is the name, case aside."""
    return _lower(label) == _lower(name)


def substring(label: str, name: str) -> bool:
    """The name stands in the label, case aside."""
    return _lower(name) in _lower(label)


def tokens(label: str, name: str) -> bool:
    """All words of the name stand in the label, in any order, accents aside.

    Vietnamese words do not inflect: a word without accents and case is its stem.
    """
    wanted = set(fold(name).split()) - _STOP
    return bool(wanted) and wanted <= set(fold(label).split())


MATCHERS: dict[str, Matcher] = {"exact label": exact, "substring": substring, "AND of stemmed tokens": tokens}


def judged(
    matcher: Matcher, cases: list[Case], evidence: Evidence, names: dict[str, tuple[str, ...]]
) -> Iterator[Case]:
    """The cases of one portal as the matcher would judge them; only duties that have a section's name."""
    labels = {link.label: link.url for _, link in evidence.links() if link.label}
    for one in cases:
        if one.rule in names:
            hit = next((label for label in labels if any(matcher(label, name) for name in names[one.rule])), None)
            yield replace(one, got="fail" if hit is None else "pass", reason=hit or "", section="", newest=None)


def _lower(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())
