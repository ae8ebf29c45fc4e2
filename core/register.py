"""Who the bodies are: names, kinds, parents and portals over time, and what became of those that were merged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.bodies import BodyKind


@dataclass(frozen=True, slots=True)
class Named:
    """A name and when it was the body's; None is open."""

    name: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A portal's address and when it was the body's."""

    url: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the register. ``id`` is lasting and never reused; a merged body gets a new one."""

    id: str
    kind: BodyKind
    #: Newest last.
    names: tuple[Named, ...]
    addresses: tuple[Address, ...] = ()
    parent: str | None = None
    #: Official code at its time, as the list of administrative units has it; "" without one.
    code: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    @property
    def name(self) -> str:
        """What it is called, or was called last."""
        return self.names[-1].name if self.names else self.id


@dataclass(frozen=True, slots=True)
class Succession:
    """``old`` went into ``new`` on a day. ``main``: the one whose history the new body's is compared with."""

    old: str
    new: str
    day: dt.date
    main: bool = False
