"""The figures the product promises, measured in one run: ``python -m bench.speed``.

Each part runs beside a measure taken on the same machine at the same time; every figure is printed with its bound.
``--quick`` takes three pairs instead of five and leaves out the large portal; ``--only`` names parts; ``--write`` puts
the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench.processes import Run, machine, run
from bench.serve import Served, served

PAGES, MANY = 1_000, 10_000
_PROGRAM = [sys.executable, "-c", "from app.cli import main; main()"]
_TARGET = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


class Row:
    """One line of the table: what, measured, bound, whether it holds."""

    def __init__(self, what: str, measured: str, bound: str = "", holds: bool | None = None) -> None:
        self.cells = (what, measured, bound, "" if holds is None else "yes" if holds else "**no**")


def audit(
    portal: Served, out: str, *more: str, pages: int = PAGES, watch: bool = False, browser: bool = False
) -> tuple[Run, dict[str, Any]]:
    """One audit of the portal by the command, and its report."""
    options = [
        "--allow-private",
        *(() if browser else ("--no-browser",)),
        "--db",
        "none",
        "--quiet",
        "--out",
        out,
        "--max-minutes",
        "60",
    ]
    done = run([*_PROGRAM, "audit", portal.url, *options, "--max-pages", str(pages + pages // 10), *more], watch=watch)
    report: dict[str, Any] = json.loads((Path(out) / "report.json").read_text("utf-8"))
    return done, report


def bare(portal: Served) -> tuple[Run, int]:
    """One run of the bare spider, and the pages it read."""
    done = run([sys.executable, "-m", "bench.bare", portal.url])
    return done, int(json.loads(done.stdout)["pages"])


def speed(portal: Served, out: str, pairs: int) -> Iterator[Row]:
    """The whole audit against the bare spider, in turns."""
    rates: list[tuple[float, float, float]] = []
    for number in range(pairs):
        turns = [lambda: bare(portal), lambda: _whole(portal, out)]
        results = [turn() for turn in (turns if number % 2 == 0 else turns[::-1])]
        (first, few), (second, all_) = results if number % 2 == 0 else results[::-1]
        rates.append((few / first.seconds, all_ / second.seconds, first.cpu / few / (second.cpu / all_)))
        print(f"  pair {number + 1}: bare {rates[-1][0]:.0f}, audit {rates[-1][1]:.0f} pages/s", file=sys.stderr)
    ratios = [whole / spider for spider, whole, _ in rates]
    yield Row("bare spider", f"{statistics.median(r[0] for r in rates):.0f} pages/s")
    yield Row("whole audit, `--exhaustive`", f"{statistics.median(r[1] for r in rates):.0f} pages/s")
    listed = ", ".join(f"{r:.2f}" for r in sorted(ratios))
    middle = statistics.median(ratios)
    yield Row(f"ratio, median of {pairs}", f"{middle:.2f} ({listed})", "at least 0.60", middle >= 0.6)
    yield Row("the same in processor time", f"{statistics.median(r[2] for r in rates):.2f}")


def _whole(portal: Served, out: str) -> tuple[Run, int]:
    done, report = audit(portal, out, "--exhaustive")
    return done, int(report["crawl"]["pages"])


def focused(portal: Served, out: str) -> Iterator[Row]:
    """Whether the focused audit finds out the same with a part of the pages."""
    _, whole = audit(portal, out, "--exhaustive")
    _, part = audit(portal, out, "--max-pages", "300")
    verdicts = {f["rule"]: f["verdict"] for f in whole["findings"]}
    other = {f["rule"]: (verdicts.get(f["rule"]), f["verdict"]) for f in part["findings"]}
    differing = {rule: pair for rule, pair in other.items() if pair[0] != pair[1]}
    few, many = part["crawl"]["pages"], whole["crawl"]["pages"]
    said = "; ".join(f"{rule}: {a}, focused {b}" for rule, (a, b) in differing.items()) or "none"
    yield Row("pages of a focused audit", f"{few} of {many} ({few / many:.0%})", "at most 20%", few * 5 <= many)
    yield Row(f"verdicts that differ, of {len(verdicts)}", said, "none", not differing)


def memory(portal: Served, out: str, large: bool) -> Iterator[Row]:
    """Peak memory of the audit's processes, for a portal and for one ten times as large."""
    done, _ = audit(portal, out, "--exhaustive", watch=True)
    yield Row("peak memory, 1,000 pages", f"{done.peak_mb:.0f} MB", "under 300 MB", done.peak_mb < 300)
    if large:
        with served(MANY) as many:
            more, report = audit(many, out, "--exhaustive", pages=MANY, watch=True)
        added = more.peak_mb - done.peak_mb
        pages = f"{report['crawl']['pages']:,}"
        yield Row(f"more memory for {pages} pages", f"{added:.0f} MB", "under 100 MB", added < 100)


def judging(portal: Served) -> Iterator[Row]:
    """All rules over evidence gathered once."""
    done = run([sys.executable, "-m", "bench.judging", portal.url, str(PAGES + PAGES // 10)])
    found = json.loads(done.stdout)
    first, later = found["seconds"][0], statistics.median(found["seconds"])
    what = f"judging {found['rules']} rules over {found['pages']} pages"
    yield Row(what, f"{later:.2f} s (the first time {first:.2f} s)", "under 1 s", first < 1)


def starting() -> Iterator[Row]:
    """The time until the help text is there."""
    taken = [run([*_PROGRAM, "--help"]).seconds for _ in range(7)]
    yield Row("`decree43 --help`", f"{statistics.median(taken):.2f} s", "under 0.4 s", statistics.median(taken) < 0.4)


def parts(quick: bool) -> dict[str, Callable[[Served, str], Iterator[Row]]]:
    return {
        "speed": lambda portal, out: speed(portal, out, 3 if quick else 5),
        "focused": focused,
        "memory": lambda portal, out: memory(portal, out, large=not quick),
        "judging": lambda portal, out: judging(portal),
        "start": lambda portal, out: starting(),
    }


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", choices=sorted(parts(True)), help="this part; may be repeated")
    parser.add_argument("--quick", action="store_true", help="three pairs, no large portal")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    asked = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as out, served(PAGES) as portal:
        head = (
            f"{date.today():%Y-%m-%d}; {machine()}; a portal of {portal.pages:,} pages, the median page "
            f"{portal.median_bytes // 1000} KB, on the loopback, served by a process of its own on the same cores."
        )
        print(head, file=sys.stderr)
        for name, part in parts(asked.quick).items():
            if not asked.only or name in asked.only:
                print(f"{name} …", file=sys.stderr)
                rows += part(portal, out)
    table = table_of(rows)
    print(table)
    if asked.write:
        put("table", f"{head}\n\n{table}")


def table_of(rows: list[Row]) -> str:
    """The rows as a table in Markdown."""
    return "\n".join(f"| {' | '.join(cells)} |" for cells in _lines(rows))


def put(mark: str, text: str) -> None:
    """Writes a table into docs/benchmarks.md, between its mark and the next end."""
    before, _, rest = _TARGET.read_text("utf-8").partition(f"<!-- {mark} -->")
    _, _, after = rest.partition("<!-- end -->")
    _TARGET.write_text(f"{before}<!-- {mark} -->\n{text}\n<!-- end -->{after}", "utf-8")


def _lines(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    yield ("figure", "measured", "bound", "holds")
    yield ("---", "---", "---", "---")
    yield from (row.cells for row in rows)


if __name__ == "__main__":
    main()
