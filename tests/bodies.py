"""A small register for tests, written in one place."""

from __future__ import annotations

from collections.abc import Iterable

from core.register import Body
from storage.store import Store
from storage.tables import bodies, body_names, portals


def keep_bodies(store: Store, given: Iterable[Body]) -> None:
    """Puts bodies into the register, parents first."""
    with store.transaction(write=True) as connection:
        for body in given:
            row = {"id": body.id, "kind": body.kind.value, "parent_id": body.parent, "code": body.code}
            days = {"valid_from": body.valid_from, "valid_to": body.valid_to}
            connection.execute(bodies.insert().values(row | days))
            for number, named in enumerate(body.names):
                connection.execute(body_names.insert().values(body_id=body.id, number=number, name=named.name))
            for number, address in enumerate(body.addresses):
                connection.execute(portals.insert().values(body_id=body.id, number=number, url=address.url))
