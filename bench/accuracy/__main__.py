"""How often the program is right: ``python -m bench.accuracy``.

Audits every portal of the corpus with the real program and prints precision and recall of "the section is there"
with their 95 % intervals, per rule, group, family and state, beside three simple matchers. ``--recorded`` judges the
recorded evidence instead; ``--record`` visits and records anew; ``--split`` and ``--only`` choose portals; ``--gate``
ends with 1 where a bound does not hold; ``--write`` puts the tables into docs/accuracy.md and keeps the figures.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from bench.accuracy import dates, gate
from bench.accuracy.cases import Judged, live, recorded
from bench.accuracy.corpus import SPLITS, TODAY, Example, examples, version
from bench.accuracy.score import Figures, grouped
from bench.accuracy.table import by_matcher, tables

DOC = Path(__file__).resolve().parent.parent.parent / "docs" / "accuracy.md"
_INTRO = """# Độ chính xác · Accuracy

Trang này do `python -m bench.accuracy --write` tạo ra từ kho cổng mẫu có đáp án (bench/corpus). Mỗi con số kèm khoảng
tin cậy 95 % (Wilson). `test` là các cổng do người chưa từng xem chương trình và bộ từ ngữ viết ra, chỉ được xem qua con
số. Recall: tỷ lệ mục có thật mà phần mềm tìm thấy; precision: tỷ lệ mục phần mềm nói có mà có thật. Các cổng đều do
chúng tôi tự dựng theo những hệ thống thường gặp; kho mẫu không nói được phần mềm đúng đến đâu trên một cổng thật khác.

This page is generated from the labelled corpus (bench/corpus). Every figure comes with its 95 % interval (Wilson).
`test` holds portals written by people who had seen neither the program nor its wordings; they are looked at only
through these figures. Recall: of the sections that are there, those found there, in whole or in part; "could not be
judged" counts as a miss. Precision: of those said to be there, those that are. Right address and newest date: of those
found. The first run on `test`, before anything was mended: recall 0.906, precision 0.945, unknown 0.081. The portals
are made up, each of one of the system families met in the field: how often the program is right on a real portal of
another make no corpus can tell.
"""


def head(found: list[Judged]) -> str:
    """Day, corpus and program in one line."""
    portals = {split: sum(j.example.split == split for j in found) for split in SPLITS}
    said = ", ".join(f"{count} {split}" for split, count in portals.items() if count)
    return f"{date.today():%Y-%m-%d}; corpus {version()} as of {TODAY:%Y-%m-%d}: {said}.\n"


def hold(found: list[Judged]) -> list[str]:
    """Bounds that do not hold for these portals."""
    test = [j for j in found if j.example.split == "test"]
    figures = Figures(tuple(c for j in test for c in j.cases))
    substring = Figures(by_matcher(test)["substring"])
    return list(gate.broken(figures, substring, by_rule(found)))


def by_rule(found: list[Judged]) -> dict[str, Figures]:
    """Figures of every rule over all portals."""
    return grouped((c for j in found for c in j.cases), lambda c: c.rule)


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--split", choices=(*SPLITS, "all"), default="all")
    parser.add_argument("--only", nargs="+", default=(), metavar="PORTAL")
    parser.add_argument("--recorded", action="store_true", help="judge the recorded evidence")
    parser.add_argument("--record", action="store_true", help="visit, and keep the evidence")
    parser.add_argument("--gate", action="store_true", help="end with 1 where a bound does not hold")
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md and the figures of every rule")
    asked = parser.parse_args()
    chosen: list[Example] = [e for e in examples(asked.split) if not asked.only or e.name in asked.only]
    found = list(recorded(chosen) if asked.recorded else live(chosen, record=asked.record))
    parts = [head(found)]
    for split in reversed(SPLITS):
        if any(j.example.split == split for j in found):
            parts += tables([j for j in found if j.example.split == split], split)
    parts += ["## Dates in their context (bench/corpus/dates.yaml)\n", "\n".join(dates.table()), ""]
    print("\n".join(parts))
    if asked.write:
        DOC.write_text("\n".join((_INTRO, *parts)), encoding="utf-8")
        gate.write(by_rule(found))
    if asked.gate:
        faults = hold(found)
        print("\n".join(f"GATE: {fault}" for fault in faults) or "the gate holds", file=sys.stderr)
        sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
