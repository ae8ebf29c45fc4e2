"""Reported figures and claims in the database: written as a whole, told what was new, the same or replaced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from core.figures import Claim, Figure
from storage.register import Bodies
from storage.store import Store
from storage.tables import audits, claims, figures

_F = TypeVar("_F", Figure, Claim)
#: Bodies asked for at once: below every database's limit of parameters.
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Saved(Generic[_F]):
    """What saving did: new ones, those that were there already, and those that replaced another value."""

    added: tuple[_F, ...]
    unchanged: tuple[_F, ...]
    #: (as it was, as it is now)
    replaced: tuple[tuple[_F, _F], ...]


def save(
    store: Store,
    given: Sequence[Figure],
    claimed: Sequence[Claim],
    check: Callable[[Iterable[Figure]], None] = lambda whole: None,
) -> tuple[Saved[Figure], Saved[Claim]]:
    """Keeps figures and claims, all or none; those of the same body, name, part and period are replaced.

    ``check`` is given all figures that will be kept of the bodies concerned; what it raises undoes everything.
    """
    with store.transaction(write=True) as connection:
        before = _figures(connection, {figure.body for figure in given})
        saved = _sorted(given, {_figure_key(figure): figure for figure in before}, _figure_key)
        merged = {_figure_key(figure): figure for figure in (*before, *given)}
        check(merged.values())
        old_claims = _claims(connection, {claim.body for claim in claimed})
        saved_claims = _sorted(claimed, {_claim_key(claim): claim for claim in old_claims}, _claim_key)
        _write(connection, figures, saved, ("body", "name", "part", "begins", "ends"))
        _write(connection, claims, saved_claims, ("body", "rule", "begins", "ends"))
    return saved, saved_claims


def figures_of(store: Store, body: str) -> tuple[Figure, ...]:
    """Every figure kept of a body, oldest period first."""
    with store.transaction() as connection:
        found = _figures(connection, {body})
    return tuple(sorted(found, key=lambda f: (f.begins, f.ends, f.name, f.part)))


def figures_for(store: Store, begins: dt.date, ends: dt.date) -> tuple[Figure, ...]:
    """Every figure kept for a period, of all bodies, in one query."""
    query = sa.select(figures).where(figures.c.begins == begins, figures.c.ends == ends)
    with store.transaction() as connection:
        rows = connection.execute(query.order_by(figures.c.body_id, figures.c.name, figures.c.part)).mappings()
        return tuple(_figure(row) for row in rows)


def claims_of(store: Store, body: str) -> tuple[Claim, ...]:
    """Every claim kept of a body, oldest period first."""
    with store.transaction() as connection:
        found = _claims(connection, {body})
    return tuple(sorted(found, key=lambda c: (c.begins, c.ends, c.rule)))


def body_of_audit(store: Store, audit_id: str) -> str | None:
    """Whose portal a kept audit was of: as noted with it, else the body with that address in the register."""
    with store.transaction() as connection:
        columns = [audits.c[name] for name in ("body_id", "url", "today", "static_folder")]
        row = connection.execute(sa.select(*columns).where(audits.c.id == audit_id)).first()
    if row is None or row.body_id or row.static_folder:
        return row.body_id if row else None
    owner = Bodies(store).whose(row.url, row.today)
    return None if owner is None else owner.id


def _figure_key(figure: Figure) -> tuple[object, ...]:
    return figure.body, figure.name, figure.part, figure.begins, figure.ends


def _claim_key(claim: Claim) -> tuple[object, ...]:
    return claim.body, claim.rule, claim.begins, claim.ends


def _sorted(
    given: Iterable[_F], before: Mapping[tuple[object, ...], _F], key: Callable[[_F], tuple[object, ...]]
) -> Saved[_F]:
    added, unchanged, replaced = [], [], []
    for item in {key(item): item for item in given}.values():
        old = before.get(key(item))
        if old is None:
            added.append(item)
        elif old == item:
            unchanged.append(item)
        else:
            replaced.append((old, item))
    return Saved(tuple(added), tuple(unchanged), tuple(replaced))


def _write(connection: sa.Connection, table: sa.Table, saved: Saved[Any], key: Sequence[str]) -> None:
    if saved.added:
        connection.execute(table.insert(), [_row(item) for item in saved.added])
    for _, item in saved.replaced:
        row = _row(item)
        names = ["body_id" if name == "body" else name for name in key]
        where = sa.and_(*(table.c[name] == row[name] for name in names))
        connection.execute(table.update().where(where).values({k: v for k, v in row.items() if k not in names}))


def _row(item: Figure | Claim) -> dict[str, Any]:
    row = {field.name: getattr(item, field.name) for field in fields(item)}
    row["body_id"] = row.pop("body")
    return row


def _figures(connection: sa.Connection, of: set[str]) -> list[Figure]:
    return [_figure(row) for row in _rows(connection, figures, of)]


def _figure(row: Mapping[Any, Any]) -> Figure:
    return Figure(row["body_id"], row["name"], row["begins"], row["ends"], row["value"], row["part"])


def _claims(connection: sa.Connection, of: set[str]) -> list[Claim]:
    return [
        Claim(r["body_id"], r["rule"], r["begins"], r["ends"], r["points"], r["max_points"], r["link"], r["note"])
        for r in _rows(connection, claims, of)
    ]


def _rows(connection: sa.Connection, table: sa.Table, of: set[str]) -> Iterable[Mapping[Any, Any]]:
    wanted = sorted(of)
    for start in range(0, len(wanted), _AT_ONCE):
        query = sa.select(table).where(table.c.body_id.in_(wanted[start : start + _AT_ONCE]))
        yield from connection.execute(query).mappings()
