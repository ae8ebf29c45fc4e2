"""Whether a database is sound: its version, its references, and that reports and rows say the same."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DatabaseError

from core import audit_json
from core.audit import Audit
from core.errors import StorageError
from storage import rows, schema
from storage.store import Store
from storage.tables import audits, findings, metadata, pages, rulesets, scores
from storage.trouble import reason


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``kind`` names a sentence, ``place`` a table or an audit, ``detail`` what was found."""

    kind: str
    place: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What was looked at and what is wrong."""

    version: str | None
    audits: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        return not self.problems


def check(store: Store) -> Health:
    """Looks at everything and changes nothing. The store may be of an older version, which is a problem of its own."""
    try:
        return _check(store)
    except StorageError as error:  # so damaged that it cannot even be opened
        damage = getattr(getattr(error.__cause__, "orig", None), "sqlite_errorname", None) or ""
        if not damage.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        return Health(None, 0, (Problem("damaged", "SQLite", error.message),))


def _check(store: Store) -> Health:
    with store.transaction() as connection:
        version = schema.version(connection)
        problems = list(_file(connection))
        if version != schema.head():
            problems.append(Problem("version", "alembic_version", f"{version or '–'} → {schema.head()}"))
            return Health(version, 0, tuple(problems))
        if damaged := [p for p in problems if p.kind == "damaged"]:
            return Health(version, 0, tuple(damaged))
        problems += _tables(connection)
        if any(p.kind == "table" for p in problems):  # rows cannot be asked for
            return Health(version, 0, tuple(problems))
        problems += _orphans(connection)
        ids = connection.execute(sa.select(audits.c.id).order_by(audits.c.id)).scalars().all()
        for audit_id in ids:
            problems += _audit(connection, audit_id)
    return Health(version, len(ids), tuple(problems))


def _file(connection: sa.Connection) -> Iterator[Problem]:
    """SQLite's own look at its file; PostgreSQL looks after its own."""
    if connection.dialect.name != "sqlite":
        return
    try:
        said = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    except DatabaseError as error:
        said = [reason(error)]
    yield from (Problem("damaged", "SQLite", line) for line in said if line != "ok")


def _tables(connection: sa.Connection) -> Iterator[Problem]:
    """Tables, columns and indices that are not as this version makes them; tables of others are left aside."""

    def ours(name: str | None, kind: str, parents: Any) -> bool:
        return kind != "table" or name in metadata.tables

    options = {"compare_type": True, "include_name": ours}
    for difference in compare_metadata(MigrationContext.configure(connection, opts=options), metadata):
        step = difference[0] if isinstance(difference, list) else difference
        yield Problem("table", _table_of(step), str(step[0]))


def _table_of(step: Any) -> str:
    for part in step[1:]:
        table = getattr(part, "table", part)
        if isinstance(table, sa.Table):
            return str(table.name)
        if isinstance(part, str):
            return part
    return "?"


def _orphans(connection: sa.Connection) -> Iterator[Problem]:
    """Rows that refer to what is not there."""
    for table in metadata.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda k: k.parent.name):
            target = key.column.table.alias()
            there = sa.exists().where(target.c[key.column.name] == key.parent)
            query = sa.select(sa.func.count()).select_from(table).where(key.parent.is_not(None), ~there)
            if count := connection.scalar(query):
                yield Problem("orphans", f"{table.name}.{key.parent.name}", str(count))


def _audit(connection: sa.Connection, audit_id: str) -> Iterator[Problem]:
    row = connection.execute(sa.select(audits).where(audits.c.id == audit_id)).mappings().one()
    if row["finished_at"] is None:
        yield Problem("unfinished", audit_id)
    try:
        audit = audit_json.loads(zlib.decompress(row["report"]))
    except (zlib.error, audit_json.NotAnAudit) as error:
        yield Problem("report", audit_id, str(error))
        return
    if not connection.scalar(sa.select(rulesets.c.sha256).where(rulesets.c.sha256 == audit.ruleset.sha256)):
        yield Problem("ruleset", audit_id, audit.ruleset.sha256)
    wanted = rows.audit_row(audit)
    left_out = {"report", "finished_at"}
    if differing := sorted(key for key in wanted.keys() - left_out if not _same(wanted[key], row[key])):
        yield Problem("differs", audit_id, f"audits: {', '.join(differing)}")
    yield from _rows(connection, audit)
    yield from _days(connection, audit)


def _rows(connection: sa.Connection, audit: Audit) -> Iterator[Problem]:
    """Rows that do not say what the report says."""
    for table, wanted in rows.rows_of_report(audit).items():
        keys = [column.name for column in table.primary_key]
        query = sa.select(table).where(table.c.audit_id == audit.id)
        if table is scores:  # other profiles are not in the report
            query = query.where(scores.c.profile == rows.text(audit.score.profile))
        kept = {tuple(row[k] for k in keys): row for row in connection.execute(query).mappings()}
        of_report = {tuple(row[k] for k in keys): row for row in wanted}
        for key in sorted(of_report.keys() | kept.keys(), key=str):
            there, said = kept.get(key), of_report.get(key)
            name = "/".join(str(part) for part in key[1:])
            if there is None or said is None:
                yield Problem("missing" if there is None else "more", audit.id, f"{table.name}: {name}")
            elif differing := sorted(k for k in said if k != "band" and not _same(said[k], there[k])):
                yield Problem("differs", audit.id, f"{table.name}: {name}: {', '.join(differing)}")
    numbers = connection.execute(
        sa.select(pages.c.number).where(pages.c.audit_id == audit.id).order_by(pages.c.number)
    ).scalars()
    if [n for place, n in enumerate(numbers, 1) if place != n]:
        yield Problem("missing", audit.id, "pages")


def _days(connection: sa.Connection, audit: Audit) -> Iterator[Problem]:
    """Findings without first and last day, or whose days do not hold the audit's own."""
    query = sa.select(findings.c.rule, findings.c.first_seen, findings.c.last_seen).where(
        findings.c.audit_id == audit.id
    )
    for rule, first, last in connection.execute(query):
        if first is None or last is None or not first <= audit.today <= last:
            yield Problem("days", audit.id, f"{rule}: {first} – {last}")


def _same(said: object, there: object) -> bool:
    if isinstance(said, float) and isinstance(there, float):
        return abs(said - there) < 1e-9
    if isinstance(said, dt.datetime) and isinstance(there, dt.datetime):  # reports say seconds
        return said.replace(microsecond=0) == there.replace(microsecond=0)
    return said == there
