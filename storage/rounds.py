"""Rounds of assessment in the database: made of kept audits, or taken from published tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.errors import StorageError
from core.register import Succession
from core.rounds import Entry, Round
from storage.say import both
from storage.store import Store
from storage.tables import audits, bodies, body_names, facts, findings, round_entries, rounds, scores, successions


class RoundNotFound(StorageError):
    """No round is kept under the given id."""


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round, and how many bodies and audits stand in it."""

    round: Round
    bodies: int
    audits: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A kept audit, as a round needs it."""

    id: str
    url: str
    name: str
    kind: str
    body: str | None
    day: dt.date
    started_at: dt.datetime
    complete: bool
    ruleset: str
    value: float | None
    low: float | None
    high: float | None
    #: How many rules were left out when it was asked for (``--only``, ``--skip``).
    skipped: int = 0
    #: It was of a folder of static files, which is nobody's portal.
    folder: bool = False


#: The columns of ``audits`` that a Judged is made of, in its order.
_JUDGED = "id url name kind body_id today started_at complete ruleset_id value low high skipped static_folder".split()


@dataclass(frozen=True, slots=True)
class RankedBody:
    """Who an entry of a round is: kind and name on the round's day."""

    kind: str
    name: str


def save(store: Store, round_: Round, entries: Iterable[Entry]) -> None:
    """Keeps a round with all its entries, in place of what was kept under its id."""
    rows = [
        {
            "round_id": round_.id,
            "body_id": entry.body,
            "category": entry.category,
            "profile": entry.profile,
            "audit_id": entry.audit,
            **{n: getattr(entry, n) for n in ("rank", "value", "low", "high", "of", "document", "mark")},
        }
        for entry in entries
    ]
    head = {"title": round_.title, "day": round_.day, "source": round_.source}
    with store.transaction(write=True) as connection:
        connection.execute(round_entries.delete().where(round_entries.c.round_id == round_.id))
        if not connection.execute(rounds.update().where(rounds.c.id == round_.id).values(head)).rowcount:
            connection.execute(rounds.insert().values(id=round_.id, **head))
        if rows:
            connection.execute(round_entries.insert(), rows)


def listed(store: Store) -> tuple[RoundRow, ...]:
    """Every round, newest first."""
    query = (
        sa.select(
            rounds.c.id,
            rounds.c.title,
            rounds.c.day,
            rounds.c.source,
            sa.func.count(round_entries.c.body_id.distinct()),
            sa.func.count(round_entries.c.audit_id.distinct()),
        )
        .select_from(rounds.outerjoin(round_entries))
        .group_by(rounds.c.id, rounds.c.title, rounds.c.day, rounds.c.source)
        .order_by(rounds.c.day.desc(), rounds.c.id)
    )
    with store.transaction() as connection:
        return tuple(RoundRow(Round(*row[:4]), row[4], row[5]) for row in connection.execute(query))


def load(store: Store, round_id: str) -> Round:
    """The round of that id; RoundNotFound names those that are kept."""
    query = sa.select(rounds.c.id, rounds.c.title, rounds.c.day, rounds.c.source).where(rounds.c.id == round_id)
    with store.transaction() as connection:
        row = connection.execute(query).first()
        if row is not None:
            return Round(*row)
        known = connection.execute(sa.select(rounds.c.id).order_by(rounds.c.day.desc()).limit(8)).scalars().all()
    hint = f"{both('round_known')}: {', '.join(known)}" if known else both("round_make")
    raise RoundNotFound(both("no_round", id=round_id), where=store.where, hint=hint)


def entries(store: Store, round_id: str, category: str | None = None) -> tuple[Entry, ...]:
    """The entries of a round, of one category or of all."""
    query = sa.select(*round_entries.c).where(round_entries.c.round_id == round_id)
    if category is not None:
        query = query.where(round_entries.c.category == category)
    with store.transaction() as connection:
        return tuple(Entry(*row) for row in connection.execute(query))


def history(store: Store, body_ids: Sequence[str]) -> tuple[tuple[Round, Entry], ...]:
    """Every entry of some bodies with its round, oldest first."""
    table = round_entries.c
    query = (
        sa.select(rounds.c.id, rounds.c.title, rounds.c.day, rounds.c.source, *table)
        .join(rounds, rounds.c.id == table.round_id)
        .where(table.body_id.in_(body_ids))
        .order_by(rounds.c.day, rounds.c.id, table.category, table.profile)
    )
    with store.transaction() as connection:
        return tuple((Round(*row[:4]), Entry(*row[4:])) for row in connection.execute(query))


def who(store: Store, round_: Round) -> dict[str, RankedBody]:
    """The bodies of a round by id, as they were called on its day."""
    mine = sa.select(round_entries.c.body_id).where(round_entries.c.round_id == round_.id).distinct().subquery()
    names = (
        sa.select(bodies.c.id, bodies.c.kind, body_names.c.name, body_names.c.valid_from, body_names.c.valid_to)
        .join(mine, mine.c.body_id == bodies.c.id)
        .outerjoin(body_names, body_names.c.body_id == bodies.c.id)
        .order_by(bodies.c.id, body_names.c.number)
    )
    found: dict[str, RankedBody] = {}
    fitting: set[str] = set()
    with store.transaction() as connection:
        for body, kind, name, begins, ends in connection.execute(names):
            then = (begins is None or begins <= round_.day) and (ends is None or round_.day <= ends)
            if then or body not in fitting:
                found[body] = RankedBody(kind, name or body)
            if then:
                fitting.add(body)
    return found


def all_successions(store: Store) -> tuple[Succession, ...]:
    """What became of bodies that were merged or made anew."""
    table = successions.c
    with store.transaction() as connection:
        rows = connection.execute(sa.select(table.old_id, table.new_id, table.day, table.main))
        return tuple(Succession(*row) for row in rows)


def judged(store: Store, ids: Sequence[str] | None = None) -> tuple[Judged, ...]:
    """Kept audits, newest first: all, or those of the given ids."""
    columns = [audits.c[name] for name in _JUDGED]
    query = (
        sa.select(*columns)
        .where(audits.c.finished_at.is_not(None))
        .order_by(audits.c.today.desc(), audits.c.started_at.desc(), audits.c.id.desc())
    )
    if ids is not None:
        query = query.where(audits.c.id.in_(ids))
    with store.transaction() as connection:
        return tuple(Judged(*row) for row in connection.execute(query))


def scores_of(store: Store, ids: Iterable[str]) -> dict[str, list[Entry]]:
    """The scores kept for audits, by audit, as entries without round and body; read in one go."""
    wanted = frozenset(ids)
    table = scores.c
    found: dict[str, list[Entry]] = {}
    query = sa.select(table.audit_id, table.profile, table.value, table.low, table.high)
    if len(wanted) <= _MOST_NAMED:
        query = query.where(table.audit_id.in_(wanted))
    with store.transaction() as connection:
        for audit, profile, value, low, high in connection.execute(query):
            if audit in wanted:
                entry = Entry("", "", profile=profile, audit=audit, value=value, low=low, high=high)
                found.setdefault(audit, []).append(entry)
    return found


def rulesets_of(store: Store, round_id: str) -> frozenset[tuple[str, str]]:
    """The catalogues a round's audits were judged by: id and content hash."""
    query = (
        sa.select(audits.c.ruleset_id, audits.c.ruleset_sha256)
        .join(round_entries, round_entries.c.audit_id == audits.c.id)
        .where(round_entries.c.round_id == round_id)
        .distinct()
    )
    with store.transaction() as connection:
        return frozenset((name, sha) for name, sha in connection.execute(query))


def bands(store: Store, round_id: str) -> dict[tuple[str, str], str]:
    """Bands kept with the scores of a round's audits, by audit and profile."""
    query = (
        sa.select(scores.c.audit_id, scores.c.profile, scores.c.band)
        .join(round_entries, sa.and_(round_entries.c.audit_id == scores.c.audit_id,
                                     round_entries.c.profile == scores.c.profile))
        .where(round_entries.c.round_id == round_id, scores.c.band.is_not(None))
    )  # fmt: skip
    with store.transaction() as connection:
        return {(audit, profile): band for audit, profile, band in connection.execute(query)}


#: Ids named in one query; SQLite admits 32,766 variables.
_MOST_NAMED = 5_000


def facts_of(store: Store, prefix: str) -> dict[str, dict[str, Any]]:
    """The facts of every audit whose names begin so, by audit and the rest of the name.

    An audit stands there, if empty, where any facts of it are kept: another one's are only in its report.
    """
    found: dict[str, dict[str, Any]] = {}
    some = sa.select(facts.c.audit_id).distinct()
    query = sa.select(facts.c.audit_id, facts.c.name, facts.c.value).where(
        facts.c.name.startswith(prefix, autoescape=True)
    )
    with store.transaction() as connection:
        for audit in connection.execute(some).scalars():
            found[audit] = {}
        for audit, name, value in connection.execute(query):
            found[audit][name.removeprefix(prefix)] = json.loads(value)
    return found


def verdicts(store: Store, ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """Verdicts of some audits: by rule, (audit, verdict) in no order."""
    found: dict[str, list[tuple[str, str]]] = {}
    table = findings.c
    query = sa.select(table.rule, table.audit_id, table.verdict).where(table.audit_id.in_(tuple(ids)))
    with store.transaction() as connection:
        for rule, audit, verdict in connection.execute(query):
            found.setdefault(rule, []).append((audit, verdict))
    return found


def with_verdict(store: Store, ids: Iterable[str], verdict: str) -> dict[str, list[str]]:
    """The rules of some audits that got one verdict, by audit."""
    wanted = frozenset(ids)
    query = sa.select(findings.c.audit_id, findings.c.rule).where(findings.c.verdict == verdict)
    if len(wanted) <= _MOST_NAMED:
        query = query.where(findings.c.audit_id.in_(wanted))
    found: dict[str, list[str]] = {}
    with store.transaction() as connection:
        for audit, rule in connection.execute(query):
            if audit in wanted:
                found.setdefault(audit, []).append(rule)
    return found
