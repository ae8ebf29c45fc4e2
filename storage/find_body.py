"""Bodies by id, code or name, and by the address of their portal."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import sqlalchemy as sa

from core.text import fold
from storage.store import Store
from storage.tables import bodies, body_names, portals

_PREFIX = re.compile(r"^(?:ubnd |uy ban nhan dan )?(?:tinh|thanh pho|tp) ")


class BodyFinder:
    """The register's names and addresses, read once, to look up many."""

    def __init__(self, store: Store) -> None:
        with store.transaction() as connection:
            heads = connection.execute(
                sa.select(bodies.c.id, bodies.c.kind, bodies.c.code, bodies.c.valid_from, bodies.c.valid_to)
            ).all()
            names = connection.execute(sa.select(body_names).order_by(body_names.c.body_id, body_names.c.number)).all()
            addresses = connection.execute(sa.select(portals)).all()
        self._kinds = {row.id: row.kind for row in heads}
        self._valid = {row.id: (row.valid_from, row.valid_to) for row in heads}
        self._by_name: dict[str, list[tuple[str, dt.date | None, dt.date | None]]] = {}
        self._names: dict[str, list[tuple[str, dt.date | None, dt.date | None]]] = {}
        for row in heads:
            for word in filter(None, (row.id, row.code)):
                self._by_name.setdefault(_key(word), []).append((row.id, None, None))
        for row in names:
            self._by_name.setdefault(_key(row.name), []).append((row.body_id, row.valid_from, row.valid_to))
            self._names.setdefault(row.body_id, []).append((row.name, row.valid_from, row.valid_to))
        self._by_host: dict[str, list[tuple[str, dt.date | None, dt.date | None]]] = {}
        for row in addresses:
            self._by_host.setdefault(_host(row.url), []).append((row.body_id, row.valid_from, row.valid_to))

    def find(self, text: str, day: dt.date | None = None) -> list[str]:
        """Ids of the bodies of that id, code or name; with a day only those that were, under that name, then."""
        found = [
            body
            for body, begins, ends in self._by_name.get(_key(text), ())
            if day is None or (_within(day, begins, ends) and _within(day, *self._valid[body]))
        ]
        return list(dict.fromkeys(found))

    def whose(self, url: str, day: dt.date) -> str | None:
        """The body whose portal has the address's host on that day; None where the register knows none or several."""
        found = {b for b, begins, ends in self._by_host.get(_host(url), ()) if _within(day, begins, ends)}
        return found.pop() if len(found) == 1 else None

    def name(self, body: str, day: dt.date | None = None) -> str:
        """What the body was called on that day; its last name without one."""
        names = self._names.get(body, [])
        fitting = [n for n, begins, ends in names if day is None or _within(day, begins, ends)]
        return (fitting or [n for n, _, _ in names] or [body])[-1]

    def kind(self, body: str) -> str:
        """The kind of body, as ``core.bodies.BodyKind`` spells it."""
        return str(self._kinds[body])


def _key(text: str) -> str:
    folded = fold(text)
    return _PREFIX.sub("", folded) or folded


def _host(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return (parts.hostname or "").lower().removeprefix("www.") + port


def _within(day: dt.date, begins: dt.date | None, ends: dt.date | None) -> bool:
    return (begins is None or begins <= day) and (ends is None or day <= ends)
