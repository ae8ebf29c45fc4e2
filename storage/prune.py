"""Removing old audits: never a portal's newest, never one that a round or a decision stands on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from storage.store import Store
from storage.tables import audits, decisions, metadata
from storage.trouble import reason

#: Audits removed in one statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Old:
    """An audit that may go."""

    id: str
    started_at: dt.datetime
    url: str
    #: Where its answers are kept.
    archive: str | None


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was removed, or would be."""

    removed: tuple[Old, ...]
    #: Old ones that stay: the newest of their portal, and those a round or a decision stands on.
    newest: int
    referred: int
    #: Archives of the removed ones that no audit refers to any more; whoever asked may delete them.
    archives: tuple[str, ...] = ()
    #: Size of the database in bytes, before and after; None where nothing was tried.
    before: int | None = None
    after: int | None = None
    #: Why the room could not be given back; "" when it was.
    problem: str = ""


def prune(store: Store, before: dt.datetime, *, dry: bool = False) -> Pruned:
    """Removes the audits that began before a time, in one transaction, and gives back the room they took.

    Of each portal the newest audit stays, and the newest whole one, however old they are.
    """
    with store.transaction(write=not dry) as connection:
        plan = _plan(connection, before)
        if not dry:
            ids = [old.id for old in plan.removed]
            for start in range(0, len(ids), _AT_ONCE):
                connection.execute(audits.delete().where(audits.c.id.in_(ids[start : start + _AT_ONCE])))
    if dry or not plan.removed:
        return plan
    was = size(store)
    problem = ""
    try:
        _give_back(store)
    except SQLAlchemyError as error:  # what was removed stays removed; the room is used again by later audits
        problem = reason(error)
    return replace(plan, before=was, after=size(store), problem=problem)


def size(store: Store) -> int:
    """How many bytes the database takes on its disk."""
    with store.transaction() as connection:
        if connection.dialect.name == "postgresql":
            return int(connection.scalar(sa.text("SELECT pg_database_size(current_database())")) or 0)
        pages, each = (connection.exec_driver_sql(f"PRAGMA {what}").scalar() for what in ("page_count", "page_size"))
        return int(pages or 0) * int(each or 0)


def _plan(connection: sa.Connection, before: dt.datetime) -> Pruned:
    columns = (audits.c.id, audits.c.started_at, audits.c.url, audits.c.archive)
    more = (audits.c.body_id, audits.c.complete, audits.c.finished_at)
    listed = connection.execute(
        sa.select(*columns, *more).order_by(audits.c.started_at.desc(), audits.c.id.desc())
    ).all()
    referred = _referred(connection)
    newest: set[str] = set()
    seen: set[tuple[str, bool]] = set()
    for row in listed:
        portal = row.body_id or row.url.partition("://")[2].rstrip("/")
        if row.finished_at is None:
            continue
        if (portal, False) not in seen:
            newest.add(row.id)
        if row.complete and (portal, True) not in seen:
            newest.add(row.id)
        seen |= {(portal, False), (portal, bool(row.complete))}
    old = [row for row in listed if row.started_at < before]
    going = tuple(Old(*row[:4]) for row in reversed(old) if row.id not in newest and row.id not in referred)
    gone = {each.id for each in going}
    needed = {row.archive for row in listed if row.id not in gone}
    return Pruned(
        going,
        sum(row.id in newest for row in old),
        sum(row.id in referred and row.id not in newest for row in old),
        tuple(dict.fromkeys(each.archive for each in going if each.archive and each.archive not in needed)),
    )


def _referred(connection: sa.Connection) -> set[str]:
    """Audits that a decision, or any row that does not go with its audit, refers to."""
    columns = [
        key.parent
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column is audits.c.id and (key.ondelete != "CASCADE" or table is decisions)
    ]
    found: set[str] = set()
    for column in columns:
        found.update(connection.execute(sa.select(column).where(column.is_not(None)).distinct()).scalars())
    return found


def _give_back(store: Store) -> None:
    if store.engine.dialect.name == "postgresql":
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")  # for later audits; the disk gets back what lies at the end
        return
    with store.engine.connect().execution_options(outside=True) as connection:
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
