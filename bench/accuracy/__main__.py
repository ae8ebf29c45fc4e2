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

Trang này do `python -m bench.accuracy --write` tạo ra từ kho cổng mẫu có đáp án (bench/corpus/README.md giải thích các
trạng thái). Recall: tỷ lệ mục có thật mà phần mềm tìm thấy, đủ hoặc một phần; “chưa đánh giá được” (unknown) bị tính là
bỏ sót. Precision: tỷ lệ mục phần mềm nói có mà có thật. Right address, newest date: tỷ lệ đúng trang, đúng ngày mới
nhất trong số mục đã tìm thấy. Khoảng tin cậy 95 % (Wilson) coi các đáp án là độc lập; lỗi trên cùng một cổng thường đi
cùng nhau nên khoảng thật rộng hơn.

`test` là các cổng do người chưa từng xem chương trình và bộ từ ngữ viết ra. Lần chạy đầu trên `test`, chưa sửa gì:
recall 0,906; precision 0,945; unknown 0,081. Sau đó cách đánh giá được sửa theo các cổng `tune`, có nhìn con số (không
nhìn trang) của `test`. Các cổng đều tự dựng theo những hệ thống thường gặp: kho mẫu không nói được phần mềm đúng đến
đâu trên một cổng thật khác.

This page is generated from the labelled corpus; bench/corpus/README.md explains the states. Recall: of the sections
that are there, those found there, in whole or in part; "could not be judged" (unknown) counts as a miss. Precision: of
those said to be there, those that are. Right address and newest date: of those found. The 95 % intervals (Wilson) take
the truths for independent; mistakes on one portal go together, so that the real ones are wider.

`test` holds portals written by people who had seen neither the program nor its wordings. The first run on them, before
anything was mended: recall 0.906, precision 0.945, unknown 0.081. Judging was then mended by the `tune` portals, with
an eye on the figures of `test` and none on its pages. All portals are made up after systems met in the field: how often
the program is right on a real portal of another make no corpus can tell.
"""


def head(found: list[Judged]) -> str:
    """Day, corpus and program in one line."""
    portals = {split: sum(j.example.split == split for j in found) for split in SPLITS}
    said = ", ".join(f"{count} {split}" for split, count in portals.items() if count)
    return f"{date.today():%Y-%m-%d}; corpus {version()} as of {TODAY:%Y-%m-%d}: {said}.\n"


def hold(found: list[Judged]) -> list[str]:
    """Bounds that do not hold for these portals; those of ``test`` need portals of it."""
    test = [j for j in found if j.example.split == "test"]
    if not test:
        return ["no portal of test was chosen, whose figures the gate is about"]
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
    if not chosen:
        parser.error("no such portal in this split")
    if asked.write and len(chosen) < len(list(examples())):
        parser.error("--write takes the whole corpus: leave --split and --only out")
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
