"""How long the database takes: ``python -m bench.storage``.

Writes the audit of a portal of 1,000 pages, as its 25th, and reads a ranking of 5,000 bodies; each on SQLite and on
PostgreSQL, which wait for the disk as in daily use. ``--write`` puts the table into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from app.audit import Outcome, run
from app.keep import keep
from app.ranking import rank
from app.settings import AuditRequest
from bench.processes import machine
from bench.serve import served
from bench.speed import PAGES, Row, put, table_of
from storage.store import Store, open_store
from storage.tables import audits, bodies, body_names, round_entries, rounds, rulesets, scores
from tests import postgres

BODIES, AUDITS_BEFORE, TIMES = 5_000, 24, 7
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_DAY = dt.date(2026, 6, 30)
_PROFILE = "ministry-portal-index"


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """An empty database of each kind."""
    with tempfile.TemporaryDirectory() as folder, postgres.empty_database(durable=True) as address:
        yield {"sqlite": f"sqlite:///{Path(folder) / 'audits.db'}", "postgresql": address}


def visited() -> Outcome:
    """The audit of a portal of 1,000 pages, with everything it saw."""
    with served(PAGES) as portal:
        request = AuditRequest(portal.url, max_pages=PAGES * 2, exhaustive=True, allow_private=True, browser=False)
        return run(request)


def writing(outcome: Outcome, addresses: dict[str, str]) -> Iterator[Row]:
    """The same audit again and again, a month apart; measured once there are two years of them."""
    pages = outcome.evidence.pages
    for kind, address in addresses.items():
        taken: list[float] = []
        with open_store(address) as store:
            for number in range(AUDITS_BEFORE + TIMES):
                later = dt.timedelta(days=30 * number)
                audit = dataclasses.replace(
                    outcome.audit,
                    id=f"a{number}",
                    started_at=outcome.audit.started_at + later,
                    today=outcome.audit.today + later,
                )
                taken.append(_seconds(lambda audit=audit: keep(store, audit, pages=pages)))  # type: ignore[misc]
        middle, worst = statistics.median(taken[AUDITS_BEFORE:]), max(taken)
        measured = f"{middle:.2f} s (the slowest {worst:.2f} s)"
        yield Row(f"writing an audit of {len(pages):,} pages, {NAMES[kind]}", measured, "under 2 s", worst < 2)


def ranking(addresses: dict[str, str]) -> Iterator[Row]:
    """A round of 5,000 bodies with names, scores and the places of the round before."""
    for kind, address in addresses.items():
        with open_store(address) as store:
            _fill(store)
            for against, more in ((None, ""), ("2025", " with the changes against another round")):
                taken = [_seconds(lambda against=against: _read(store, against)) for _ in range(TIMES)]  # type: ignore[misc]
                middle, worst = statistics.median(taken), max(taken)
                measured = f"{middle:.2f} s (the first {taken[0]:.2f} s, the slowest {worst:.2f} s)"
                bound = ("under 0.5 s", middle < 0.5) if kind == "postgresql" and not against else ("", None)
                yield Row(f"reading a ranking of {BODIES:,} bodies{more}, {NAMES[kind]}", measured, *bound)


def _fill(store: Store) -> None:
    """Two rounds over the same bodies; each body has had two names and two audits."""
    when = dt.datetime.combine(_DAY, dt.time(), dt.UTC)
    ids = [f"body-{n:05}" for n in range(BODIES)]
    values = {body: (n * 7919 % 1000) / 1000 for n, body in enumerate(ids)}
    places = {body: n for n, body in enumerate(sorted(ids, key=lambda body: -values[body]), 1)}
    audit = {"kind": "department", "name": "Sở", "tool": "decree43", "url": "https://a.gov.vn", "today": _DAY}
    audit |= {"ruleset_id": "nd43-2011", "ruleset_sha256": "b" * 64, "complete": True, "report": b"x" * 20_000}
    audit |= {"started_at": when, "finished_at": when}
    bounds = {"profile": _PROFILE, "low": 0.5, "high": 0.9}
    score = bounds | {"points": 120.0, "max_points": 200.0, "coverage": 0.9}
    entry = bounds | {"category": "portal", "of": BODIES}
    with store.transaction(write=True) as connection:
        connection.execute(rulesets.insert().values(sha256="b" * 64, id="nd43-2011", title="x"))
        connection.execute(bodies.insert(), [{"id": body, "kind": "department", "code": ""} for body in ids])
        names = [{"body_id": body, "number": n, "name": f"Sở Nội vụ {body}"} for body in ids for n in (0, 1)]
        connection.execute(body_names.insert(), names)
        for name in ("2025", "2026"):
            own = {body: f"{name}-{body}" for body in ids}
            connection.execute(rounds.insert().values(id=name, title=name, day=_DAY, source="audit"))
            connection.execute(audits.insert(), [audit | {"id": own[b], "body_id": b} for b in ids])
            connection.execute(scores.insert(), [score | {"audit_id": own[b], "value": values[b]} for b in ids])
            more = ({"body_id": b, "audit_id": own[b], "rank": places[b], "value": values[b]} for b in ids)
            connection.execute(round_entries.insert(), [entry | {"round_id": name} | one for one in more])


def _read(store: Store, against: str | None) -> None:
    """What ``decree43 rank 2026`` reads and reckons: places, ranges, names, and the changes where asked for."""
    (found,) = rank(store, "2026", profile=_PROFILE, against=against)
    first = found.rows[0]
    if len(found.rows) != BODIES or first.place.rank != 1 or (first.change is None) != (against is None):
        sys.exit(f"the ranking is not right: {len(found.rows)} rows")


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.storage", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    asked = parser.parse_args()
    print("visiting a portal …", file=sys.stderr)
    outcome = visited()
    with databases() as addresses:
        with open_store(addresses["postgresql"]) as store, store.transaction() as connection:
            server = str(connection.exec_driver_sql("SHOW server_version").scalar()).split()[0]
        head = f"{date.today():%Y-%m-%d}; {machine()}; PostgreSQL {server} on the same machine."
        print(head, file=sys.stderr)
        rows = [*writing(outcome, addresses), *ranking(addresses)]
    table = table_of(rows)
    print(table)
    if asked.write:
        put("storage", f"{head}\n\n{table}")


if __name__ == "__main__":
    main()
