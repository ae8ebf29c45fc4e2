"""A small register for tests, written in one place."""

from __future__ import annotations

from collections.abc import Iterable

from core.register import Body
from storage.register import Bodies
from storage.store import Store


def keep_bodies(store: Store, given: Iterable[Body]) -> None:
    """Puts bodies into the register, parents first."""
    Bodies(store).save(tuple(given))
