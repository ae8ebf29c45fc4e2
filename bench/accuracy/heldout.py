"""Wordings of the test portals that stand nowhere in the catalogue: kept apart, and never copied into it.

``python -m bench.accuracy.heldout`` writes ``bench/corpus/heldout.yaml`` from the labels of the truths, once, when new
test portals come in.
"""

from __future__ import annotations

from collections.abc import Iterator

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
            if there and expected.label and rule in words.wordings and (known is None or known.score < STRONG):
                yield rule, expected.label


def listed() -> dict[str, list[str]]:
    """The kept wordings by rule."""
    found: dict[str, list[str]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return found


def copied() -> Iterator[str]:
    """Held-out wordings that stand in the catalogue now, word for word."""
    for rule in catalogue().rules:
        own = {fold(str(w)) for key in ("names", "weak") for w in rule.params.get(key, ())}
        yield from (f"{rule.id}: {label}" for label in listed().get(rule.id, ()) if fold(label) in own)


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
