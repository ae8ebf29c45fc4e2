"""The register of bodies in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.bodies import BodyKind
from core.register import Address, Body, Named, Register, Succession
from core.register_find import choose, owner, wanted
from core.register_names import key, place
from core.text import fold
from storage.store import Store
from storage.tables import audits, bodies, body_aliases, body_names, portals, successions

#: Values in one statement: SQLite allows 32,766, PostgreSQL 65,535.
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class Saved:
    """Ids of the bodies that were new, and of those that were different before."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


class Bodies:
    """The bodies kept in a store. Every question takes a few queries, however many bodies there are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, given: Sequence[Body], steps: Sequence[Succession] = ()) -> Saved:
        """Keeps the bodies as they are given, and of each where it went: all of it or nothing.

        A body that is kept already takes the new values, its names, addresses and its merger included; the others
        stay. What is given must be sound (``core.register_check``).
        """
        new = {body.id: body for body in given}
        went = {step.old: step for step in steps}
        with self._store.transaction(write=True) as connection:
            kept = {body.id: body for body in _load(connection, None)}
            kept_steps = {step.old: step for step in _steps(connection)}
            added = [name for name in new if name not in kept]
            changed = [
                name
                for name, body in new.items()
                if name in kept and (kept[name] != body or kept_steps.get(name) != went.get(name))
            ]
            _write(connection, [new[name] for name in added], [new[name] for name in changed])
            _write_steps(connection, [*added, *changed], went, [s for s in steps if s.old not in new])
        return Saved(tuple(added), tuple(changed), len(new) - len(added) - len(changed))

    def empty(self) -> bool:
        """Whether no body is kept."""
        with self._store.transaction() as connection:
            return connection.execute(sa.select(bodies.c.id).limit(1)).first() is None

    def register(self) -> Register:
        """All bodies and mergers."""
        with self._store.transaction() as connection:
            return Register({body.id: body for body in _load(connection, None)}, tuple(_steps(connection)))

    def body(self, name: str) -> Body | None:
        """The body of that id."""
        with self._store.transaction() as connection:
            return next(iter(_load(connection, sa.select(bodies.c.id).where(bodies.c.id == name))), None)

    def children(self, parent: str, day: dt.date | None = None) -> list[Body]:
        """The bodies under a body, by id; on a day, those that existed then."""
        return self._where(bodies.c.parent_id == parent, day)

    def of_kind(self, kind: BodyKind, day: dt.date | None = None) -> list[Body]:
        """The bodies of a kind, by id; on a day, those that existed then."""
        return self._where(bodies.c.kind == kind.value, day)

    def find(self, text: str, day: dt.date | None = None, parent: str | None = None) -> list[Body]:
        """The bodies that a text names: id, code, address of a portal, or name in any way of writing it.

        With a day, those that existed then; with a parent, those under it. More than one: the text is ambiguous;
        newest first.
        """
        want = wanted(text)
        named = sa.select(body_names.c.body_id)
        readings = [
            sa.select(bodies.c.id).where(bodies.c.id == want.id),
            named.where(body_names.c.key == want.key),
            sa.select(body_aliases.c.body_id).where(body_aliases.c.key == fold(text)),
        ]
        if want.codes:
            readings.append(sa.select(bodies.c.id).where(bodies.c.code.in_(want.codes)))
        if want.place:
            readings.append(sa.select(portals.c.body_id).where(portals.c.place == want.place))
        if want.splits:
            above = body_names.alias("above")
            heads, tails = zip(*want.splits, strict=True)
            readings.append(
                sa.select(bodies.c.id)
                .join(body_names, body_names.c.body_id == bodies.c.id)
                .join(above, above.c.body_id == bodies.c.parent_id)
                .where(body_names.c.key.in_(heads), above.c.key.in_(tails))
            )
        with self._store.transaction() as connection:
            found = _load(connection, sa.union(*readings))
            over = {body.parent for body in found if body.parent}
            parents = _load(connection, sa.select(bodies.c.id).where(bodies.c.id.in_(over))) if over else []
        if parent is not None:
            found = [body for body in found if body.parent == parent]
        return choose(text, found, day, {body.id: body for body in parents})

    def whose(self, url: str, day: dt.date) -> Body | None:
        """The body whose portal an address was on a day (``core.register_find.owner``)."""
        where = place(url)
        return owner(url, self._at_place([where], day), day) if where else None

    def link_audits(self) -> int:
        """Gives every kept audit without a body, or with one that was not there on its day, the body whose portal it
        was; how many were changed. For audits from before the register knew the portal, or a merger; a folder of static
        files is nobody's portal."""
        with self._store.transaction(write=True) as connection:
            everybody = {body.id: body for body in _load(connection, None)}
            at = dict[str, list[Body]]()
            for body in everybody.values():
                for where in {place(address.url) for address in body.addresses}:
                    at.setdefault(where, []).append(body)
            changes = []
            kept = sa.select(audits.c.id, audits.c.url, audits.c.today, audits.c.body_id).where(
                audits.c.static_folder.is_(sa.false())
            )
            for name, url, day, known in connection.execute(kept).all():
                if known is not None and everybody[known].exists(day):
                    continue
                found = owner(url, at.get(place(url), ()), day)
                if found is not None and found.id != known:
                    changes.append({"which": name, "whose": found.id})
            if changes:
                one = audits.update().where(audits.c.id == sa.bindparam("which"))
                connection.execute(one.values(body_id=sa.bindparam("whose")), changes)
        return len(changes)

    def above(self, url: str, day: dt.date) -> Body | None:
        """The body under whose domain an address stands, the nearest: likely its parent, not its owner."""
        labels = place(url).split(".")
        domains = [".".join(labels[i:]) for i in range(1, len(labels) - 1)]
        found = self._at_place(domains, day) if domains else []
        return max(found, key=lambda body: len(place(body.url_on(day))), default=None)

    def _at_place(self, places: Sequence[str], day: dt.date) -> list[Body]:
        query = (
            sa.select(bodies.c.id)
            .join(portals, portals.c.body_id == bodies.c.id)
            .where(portals.c.place.in_(places), *_holds(portals, day), *_holds(bodies, day))
        )
        with self._store.transaction() as connection:
            return _load(connection, query)

    def _where(self, condition: sa.ColumnElement[bool], day: dt.date | None) -> list[Body]:
        then = () if day is None else _holds(bodies, day)
        with self._store.transaction() as connection:
            return _load(connection, sa.select(bodies.c.id).where(condition, *then))


def _holds(table: sa.Table, day: dt.date) -> tuple[sa.ColumnElement[bool], ...]:
    begins, ends = table.c.valid_from, table.c.valid_to
    return sa.or_(begins.is_(None), begins <= day), sa.or_(ends.is_(None), ends >= day)


def _load(connection: sa.Connection, ids: sa.Select[Any] | sa.CompoundSelect[Any] | None) -> list[Body]:
    """The bodies of a select of ids (None: all), by id: four queries."""

    def parts(table: sa.Table) -> dict[str, list[Any]]:
        query = sa.select(table).order_by(table.c.body_id, table.c.number)
        found: dict[str, list[Any]] = {}
        for row in connection.execute(query if ids is None else query.where(table.c.body_id.in_(ids))).all():
            found.setdefault(row.body_id, []).append(row)
        return found

    query = sa.select(bodies)
    rows = connection.execute(query if ids is None else query.where(bodies.c.id.in_(ids))).all()
    names, addresses, aliases = parts(body_names), parts(portals), parts(body_aliases)
    return [
        Body(
            row.id,
            BodyKind(row.kind),
            tuple(Named(n.name, n.valid_from, n.valid_to) for n in names.get(row.id, ())),
            tuple(Address(a.url, a.valid_from, a.valid_to) for a in addresses.get(row.id, ())),
            row.parent_id,
            row.code,
            row.valid_from,
            row.valid_to,
            tuple(alias.name for alias in aliases.get(row.id, ())),
            row.seat,
        )
        for row in sorted(rows, key=lambda row: row.id)  # databases differ in how they order hyphens
    ]


def _steps(connection: sa.Connection) -> Iterator[Succession]:
    rows = connection.execute(sa.select(successions)).all()
    for row in sorted(rows, key=lambda row: (row.old_id, row.new_id)):
        yield Succession(row.old_id, row.new_id, row.day, row.main)


def _write(connection: sa.Connection, added: Sequence[Body], changed: Sequence[Body]) -> None:
    if added:
        # Parents afterwards: a child may come before its parent.
        connection.execute(bodies.insert(), [{"id": body.id} | _row(body) for body in added])
    both = [*added, *changed]
    if not both:
        return
    update = bodies.update().where(bodies.c.id == sa.bindparam("which"))
    columns: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in (*_row(both[0]), "parent_id")}
    connection.execute(
        update.values(columns),
        [
            {"which": body.id, "new_parent_id": body.parent} | {f"new_{k}": v for k, v in _row(body).items()}
            for body in both
        ],
    )
    for table in (body_names, portals, body_aliases):
        for some in _chunks([body.id for body in changed]):
            connection.execute(table.delete().where(table.c.body_id.in_(some)))
    spans = [
        (
            body_names,
            [
                {**_span(body, i, n.valid_from, n.valid_to), "name": n.name, "key": key(n.name)}
                for body in both
                for i, n in enumerate(body.names)
            ],
        ),
        (
            portals,
            [
                {**_span(body, i, a.valid_from, a.valid_to), "url": a.url, "place": place(a.url)}
                for body in both
                for i, a in enumerate(body.addresses)
            ],
        ),
        (
            body_aliases,
            [
                {"body_id": body.id, "number": i, "name": alias, "key": fold(alias)}
                for body in both
                for i, alias in enumerate(body.aliases)
            ],
        ),
    ]
    for table, rows in spans:
        if rows:
            connection.execute(table.insert(), rows)


def _row(body: Body) -> dict[str, object]:
    return {
        "kind": body.kind.value,
        "code": body.code,
        "valid_from": body.valid_from,
        "valid_to": body.valid_to,
        "seat": body.seat,
    }


def _span(body: Body, number: int, begins: dt.date | None, ends: dt.date | None) -> dict[str, object]:
    return {"body_id": body.id, "number": number, "valid_from": begins, "valid_to": ends}


def _write_steps(
    connection: sa.Connection, touched: Sequence[str], went: Mapping[str, Succession], others: Iterable[Succession]
) -> None:
    """The mergers of the bodies that were written, and of bodies that are kept but were not given."""
    steps = [went[name] for name in touched if name in went] + list(others)
    for some in _chunks([*touched, *(step.old for step in others)]):
        connection.execute(successions.delete().where(successions.c.old_id.in_(some)))
    if steps:
        connection.execute(
            successions.insert(),
            [{"old_id": s.old, "new_id": s.new, "day": s.day, "main": s.main} for s in steps],
        )


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]
