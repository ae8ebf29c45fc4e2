"""What must hold for the build to pass (issue "Be right, and prove it"): bounds on ``test``, and no rule gets worse."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.accuracy.corpus import FOLDER
from bench.accuracy.score import Figures, Share

RECALL, PRECISION, UNKNOWN = 0.95, 0.98, 0.05
#: A corpus on which the substring matcher does better than this is too easy to say anything.
EASY = 0.6
#: Recall and precision per rule as they were when they were last written down.
FIGURES = FOLDER / "figures.json"


def broken(test: Figures, substring: Figures, rules: Mapping[str, Figures], before: Path = FIGURES) -> Iterator[str]:
    """Every bound that does not hold, in words."""
    yield from _at_least("recall", test.recall, RECALL)
    yield from _at_least("precision", test.precision, PRECISION)
    if (test.unknown.value or 0.0) > UNKNOWN:
        yield f"unknown share {test.unknown} is above {UNKNOWN}"
    if (substring.recall.value or 0.0) > EASY:
        yield f"the substring matcher's recall {substring.recall} is above {EASY}: the corpus is too easy"
    yield from _worse(rules, json.loads(before.read_text("utf-8")))


def _at_least(name: str, share: Share, bound: float) -> Iterator[str]:
    if share.value is None or share.value < bound:
        yield f"{name} {share} is below {bound}"


def _worse(rules: Mapping[str, Figures], before: Mapping[str, Mapping[str, list[int]]]) -> Iterator[str]:
    """Rules whose figure lies below the interval it had."""
    for rule, was in sorted(before.items()):
        if rule not in rules:
            yield f"{rule}: no cases any more"
            continue
        for name, now in shares(rules[rule]).items():
            low = Share(*was[name]).interval[0]
            if now.value is not None and was[name][1] and now.value < low:
                yield f"{rule}: {name} {now} is below what it was, {Share(*was[name])}"


def shares(figures: Figures) -> dict[str, Share]:
    """The figures that are kept per rule."""
    return {"recall": figures.recall, "precision": figures.precision, "exact": figures.exact}


def write(rules: Mapping[str, Figures], path: Path = FIGURES) -> None:
    """Keep the figures of every rule for the next build."""
    rows = {
        rule: {name: [share.hits, share.of] for name, share in shares(figures).items()}
        for rule, figures in sorted(rules.items())
    }
    lines = ",\n".join(f"  {json.dumps(rule)}: {json.dumps(row)}" for rule, row in rows.items())
    path.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
