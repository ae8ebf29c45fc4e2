"""Wordings of the test portals that stand nowhere in the catalogue: kept apart, and never copied into it.

``python -m bench.accuracy.heldout`` writes ``bench/corpus/heldout.yaml`` from the labels of the truths, once, when new
test portals come in.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import yaml

from bench.accuracy.cases import catalogue
from bench.accuracy.corpus import FOLDER, examples
from bench.accuracy.score import THERE
from checks.catalogue import plan
from checks.match import STRONG, lexicon
from core.bodies import BodyKind
from core.plan import Budget
from core.text import fold

LIST = FOLDER / "heldout.yaml"
_HEAD = (
    "# Wordings of the test portals that stood nowhere in the catalogue when they came in. Never copy one into it.\n"
)


def wordings() -> Iterator[tuple[str, str]]:
    """Rule and label of every section of the test portals that is there under words the catalogue does not know."""
    words = lexicon(plan(catalogue(), BodyKind.PROVINCE, Budget()).wordings)
    for example in examples("test"):
        for rule, expected in example.truth.items():
            known = words.label(expected.label).get(rule)
            there = bool(set(expected.verdicts) & THERE)
            unknown = known is None or known.score < STRONG
            if there and expected.label and rule in words.wordings and unknown and not _stands(rule, expected.label):
                yield rule, expected.label


def listed() -> dict[str, list[str]]:
    """The kept wordings by rule."""
    found: dict[str, list[str]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return found


def copied() -> Iterator[str]:
    """Held-out wordings that stand in the catalogue now, word for word."""
    yield from (f"{rule}: {label}" for rule, labels in listed().items() for label in labels if _stands(rule, label))


@cache
def _own(rule: str) -> frozenset[str]:
    found = catalogue().rule(rule)
    words = (w for key in ("names", "weak") for w in found.params.get(key, ())) if found is not None else ()
    return frozenset(fold(str(w)) for w in words)


def _stands(rule: str, label: str) -> bool:
    return fold(label) in _own(rule)


def main() -> None:
    """Writes the list."""
    found: dict[str, list[str]] = {}
    for rule, label in wordings():
        found.setdefault(rule, []).append(label)
    plain = {rule: sorted(set(labels)) for rule, labels in sorted(found.items())}
    LIST.write_text(_HEAD + yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    print(f"{sum(map(len, plain.values()))} wordings of {len(plain)} duties")


if __name__ == "__main__":
    main()
