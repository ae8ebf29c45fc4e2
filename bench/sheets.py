"""How long a round's workbook takes: ``python -m bench.sheets``.

Two rounds of 5,000 bodies by 70 duties in SQLite, and the command that writes the second one against the first, with
every sheet. ``--write`` puts the table into docs/benchmarks.md; ``--bodies`` takes fewer.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import zlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.processes import machine, run
from bench.speed import Row, put, table_of
from core import audit_json
from core.finding import Verdict
from storage.store import open_store
from storage.tables import audits, bodies, body_names, findings, round_entries, rounds, rulesets, scores
from tests import samples

BODIES, DUTIES = 5_000, 70
_PROGRAM = [sys.executable, "-c", "from app.cli import main; main()"]
_PROFILE = "product-portal-index"
_DAYS = {"2025": dt.date(2025, 12, 15), "2026": dt.date(2026, 12, 15)}
_RATIOS = {Verdict.PASS: 1.0, Verdict.PARTIAL: 0.5, Verdict.FAIL: 0.0}


def fill(address: str, count: int) -> None:
    """The two rounds; nine duties of ten stand in the second as they stood in the first."""
    chance = random.Random(43)
    verdicts = [v for v in Verdict if v is not Verdict.NOT_APPLICABLE]
    duties = tuple(
        samples.finding(f"ND43-{n}", Verdict.PASS, f"Nghĩa vụ công khai thông tin số {n}", f"khoản {n} Điều 10", 2.0)
        for n in range(DUTIES)
    )
    report = zlib.compress(audit_json.dumps(samples.province(findings=duties)), 6)
    ids = [f"so-{n:05}" for n in range(count)]
    stands = {body: chance.choices(verdicts, (6, 2, 2, 1), k=DUTIES) for body in ids}
    with open_store(address) as store, store.transaction(write=True) as connection:
        connection.execute(rulesets.insert().values(sha256="b" * 64, id="nd43-2011", title="x"))
        connection.execute(bodies.insert(), [{"id": body, "kind": "department", "code": ""} for body in ids])
        names = [{"body_id": b, "number": 0, "name": f"Sở Nông nghiệp và Môi trường {b}", "key": b} for b in ids]
        connection.execute(body_names.insert(), names)
        for name, day in _DAYS.items():
            when = dt.datetime.combine(day, dt.time(), dt.UTC)
            head = {"kind": "department", "name": "Sở", "tool": "decree43", "today": day, "report": report}
            head |= {"ruleset_id": "nd43-2011", "ruleset_sha256": "b" * 64, "complete": True, "coverage": 0.9}
            head |= {"started_at": when, "finished_at": when}
            connection.execute(rounds.insert().values(id=name, title=f"Đợt {name}", day=day, source="audit"))
            for body in ids:
                own = stands[body] = [v if chance.random() < 0.9 else chance.choice(verdicts) for v in stands[body]]
                audit = f"{name}-{body}"
                value = round(sum(_RATIOS.get(v, 0.0) for v in own) / DUTIES, 3)
                bounds = {"profile": _PROFILE, "value": value, "low": value, "high": min(1.0, value + 0.1)}
                url = f"https://{body}.example.gov.vn/"
                connection.execute(audits.insert().values(head | {"id": audit, "body_id": body, "url": url}))
                connection.execute(scores.insert().values(audit_id=audit, **bounds))
                entry = {"round_id": name, "body_id": body, "category": "portal", "audit_id": audit, "of": count}
                connection.execute(round_entries.insert().values(entry | bounds))
                connection.execute(
                    findings.insert(),
                    [
                        {
                            "audit_id": audit,
                            "rule": duty.rule,
                            "verdict": v.value,
                            "ratio": _RATIOS.get(v),
                            "points": None if v not in _RATIOS else 2.0 * _RATIOS[v],
                            "max_points": 2.0,
                        }
                        for duty, v in zip(duties, own, strict=True)
                    ],
                )


def measured(count: int) -> Iterator[Row]:
    """The command, watched."""
    with tempfile.TemporaryDirectory() as folder:
        address, out = f"sqlite:///{Path(folder) / 'audits.db'}", Path(folder) / "2026.xlsx"
        print("filling a database …", file=sys.stderr)
        fill(address, count)
        print("writing the workbook …", file=sys.stderr)
        options = ["--against", "2025", "--format", "xlsx", "--out", str(out), "--db", address]
        done = run([*_PROGRAM, "rank", "2026", *options], watch=True)
        size = out.stat().st_size / 1e6
    what = f"{count:,} bodies by {DUTIES} duties with changes"
    yield Row(f"workbook of a round, {what}", f"{done.seconds:.0f} s ({size:.0f} MB)", "under 60 s", done.seconds < 60)
    yield Row("the same in processor time", f"{done.cpu:.0f} s")
    yield Row("peak memory of the command", f"{done.peak_mb:.0f} MB", "under 500 MB", done.peak_mb < 500)


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.sheets", description=__doc__.splitlines()[0])
    parser.add_argument("--bodies", type=int, default=BODIES)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    asked = parser.parse_args()
    table = table_of(list(measured(asked.bodies)))
    print(table)
    if asked.write:
        put("sheets", f"{date.today():%Y-%m-%d}; {machine()}.\n\n{table}")


if __name__ == "__main__":
    main()
