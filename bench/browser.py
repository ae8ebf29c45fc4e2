"""What the browser costs and whether audits repeat: ``python -m bench.browser``.

The same audit of the same portal again and again: every set of verdicts must be the first one's. Beside it the memory
of the whole process tree, and the seconds the browser adds. ``--times`` audits instead of ten; ``--write`` puts the
table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.processes import Run, machine
from bench.serve import Served, served
from bench.speed import Row, audit, put, table_of

PAGES = 200
#: Audits without the browser, for the seconds it adds.
_PLAIN = 3


def again(portal: Served, out: str, times: int) -> Iterator[Row]:
    """The rows of the table."""
    runs: list[Run] = []
    reports: list[dict[str, Any]] = []
    for number in range(times):
        done, report = audit(portal, out, pages=PAGES, watch=True, browser=True)
        runs.append(done)
        reports.append(report)
        print(f"  audit {number + 1}: {done.seconds:.0f} s, {done.peak_mb:.0f} MB", file=sys.stderr)
    plain = [audit(portal, out, pages=PAGES)[0].seconds for _ in range(_PLAIN)]
    verdicts = [{f["rule"]: f["verdict"] for f in report["findings"]} for report in reports]
    differing = sorted({r for one in verdicts[1:] for r in one if one[r] != verdicts[0].get(r)})
    said = ", ".join(differing) or "none"
    yield Row("browser", str(reports[0]["audit"]["vantage"]["browser"]))
    yield Row(f"verdicts that differ over {times} audits", said, "none", not differing)
    peak = max(run.peak_mb for run in runs)
    yield Row("peak memory of all processes, with the browser", f"{peak:.0f} MB", "under 1,200 MB", peak < 1200)
    added = statistics.median(run.seconds for run in runs) - statistics.median(plain)
    yield Row("seconds the browser adds to an audit", f"{added:.0f} s", "at most 60 s", added <= 60)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.browser", description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=10, help="audits (10)")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as out, served(PAGES) as portal:
        head = (
            f"{date.today():%Y-%m-%d}; {machine()}; focused audits of a portal of {portal.pages} pages on the loopback."
        )
        table = table_of(list(again(portal, out, asked.times)))
    print(f"{head}\n\n{table}")
    if asked.write:
        put("browser", f"{head}\n\n{table}")


if __name__ == "__main__":
    main()
