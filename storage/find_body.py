"""The register's bodies for rounds and trends: looked up once each, called as they were on a day."""

from __future__ import annotations

import datetime as dt

from core.register import Body
from storage.register import Bodies
from storage.rounds import Judged
from storage.store import Store


class BodyFinder:
    """The bodies that are kept, read once, with what was looked up so far."""

    def __init__(self, store: Store) -> None:
        self._register = Bodies(store)
        self._kept = self._register.register()
        self._bodies = self._kept.bodies
        self._found: dict[tuple[str, dt.date | None], list[str]] = {}
        self._whose: dict[tuple[str, dt.date], str | None] = {}

    def find(self, text: str, day: dt.date | None = None) -> list[str]:
        """Ids of the bodies a text names; with a day only those that existed then."""
        key = (text, day)
        if key not in self._found:
            self._found[key] = [body.id for body in self._register.find(text, day)]
        return self._found[key]

    def whose(self, url: str, day: dt.date) -> str | None:
        """The body whose portal has the address on that day; None where the register knows none."""
        key = (url, day)
        if key not in self._whose:
            body = self._register.whose(url, day)
            self._whose[key] = body.id if body else None
        return self._whose[key]

    def owner(self, audit: Judged) -> str | None:
        """The body whose portal a kept audit was of; None where nobody knows, and for a folder of static files."""
        return None if audit.folder else audit.body or self.whose(audit.url, audit.day)

    def body(self, body: str) -> Body | None:
        """The body of that id; None where the register has none."""
        return self._bodies.get(body)

    def successor(self, body: str, day: dt.date) -> Body | None:
        """What a body is on a later day: itself, or what it went into; None when it ended without one."""
        return self._kept.successor(body, day)

    def name(self, body: str, day: dt.date | None = None) -> str:
        """What the body was called on that day; its last name without one."""
        known = self._bodies.get(body)
        return body if known is None else _name(known, day)

    def kind(self, body: str) -> str:
        """The kind of body, as ``core.bodies.BodyKind`` spells it."""
        return self._bodies[body].kind.value


def _name(body: Body, day: dt.date | None) -> str:
    then = [n.name for n in body.names if day is None or _within(day, n.valid_from, n.valid_to)]
    return then[-1] if then else body.name


def _within(day: dt.date, begins: dt.date | None, ends: dt.date | None) -> bool:
    return (begins is None or begins <= day) and (ends is None or day <= ends)
