"""Who the bodies are: names, kinds, parents and portals over time, and what became of those that were merged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from core.bodies import BodyKind


def holds(valid_from: dt.date | None, valid_to: dt.date | None, day: dt.date) -> bool:
    """Whether a day lies in a period; both ends belong to it, None is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


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
    #: Other names and abbreviations that people write for it: TP.HCM.
    aliases: tuple[str, ...] = ()
    #: Where its administration sits, where that is not plain from the name.
    seat: str = ""

    @property
    def name(self) -> str:
        """What it is called, or was called last."""
        return self.names[-1].name if self.names else self.id

    def exists(self, day: dt.date) -> bool:
        """Whether there was such a body on the day."""
        return holds(self.valid_from, self.valid_to, day)

    def name_on(self, day: dt.date) -> str:
        """What it was called on the day; its last name where none is known for that day."""
        return next((n.name for n in self.names if holds(n.valid_from, n.valid_to, day)), self.name)

    def url_on(self, day: dt.date) -> str:
        """Where its portal was on the day; "" when it had none, or the body did not exist."""
        if not self.exists(day):
            return ""
        return next((a.url for a in self.addresses if holds(a.valid_from, a.valid_to, day)), "")


@dataclass(frozen=True, slots=True)
class Succession:
    """``old`` went into ``new`` on a day. ``main``: the one whose history the new body's is compared with."""

    old: str
    new: str
    day: dt.date
    main: bool = False


@dataclass(frozen=True, slots=True)
class Forebear:
    """A body of an earlier day that a later one came from; ``main`` is the one to compare with."""

    body: Body
    main: bool


@dataclass(frozen=True)
class Register:
    """Bodies by id, and the mergers between them. Sound where ``core.register_check`` has nothing to say."""

    bodies: Mapping[str, Body] = field(default_factory=dict)
    successions: tuple[Succession, ...] = ()

    def __post_init__(self) -> None:
        into: dict[str, list[Succession]] = {}
        for step in self.successions:
            into.setdefault(step.new, []).append(step)
        object.__setattr__(self, "_into", into)
        object.__setattr__(self, "_from", {step.old: step for step in self.successions})
        object.__setattr__(self, "bodies", MappingProxyType(dict(self.bodies)))

    _into: Mapping[str, list[Succession]] = field(init=False, repr=False, compare=False)
    _from: Mapping[str, Succession] = field(init=False, repr=False, compare=False)

    def at(self, day: dt.date, kinds: Iterable[BodyKind] = (), parent: str | None = None) -> tuple[Body, ...]:
        """The bodies there were on a day, of these kinds (any, when none is given) and under this parent."""
        wanted = frozenset(kinds)
        return tuple(
            body
            for body in self.bodies.values()
            if body.exists(day) and (not wanted or body.kind in wanted) and parent in (None, body.parent)
        )

    def predecessors(self, body: str, day: dt.date) -> tuple[Forebear, ...]:
        """What a body was on an earlier day, the main one first; itself, when it was there already.

        The main one is the one whose name and history the merged body continues: its rank is the one to compare
        with, the others are shown beside it. None is main when only lesser ones existed on that day.
        """
        found = self._forebears(body, day, True, frozenset())
        return tuple(sorted(found, key=lambda forebear: (not forebear.main, forebear.body.id)))

    def _forebears(self, body: str, day: dt.date, main: bool, seen: frozenset[str]) -> Iterator[Forebear]:
        known = self.bodies.get(body)
        if known is None or body in seen:
            return
        if known.exists(day):
            yield Forebear(known, main)
            return
        for step in self._into.get(body, ()):
            if day < step.day:
                yield from self._forebears(step.old, day, main and step.main, seen | {body})

    def merged(self, body: str) -> Succession | None:
        """Where a body went; None when it was not merged."""
        return self._from.get(body)

    def parts(self, body: str) -> tuple[Succession, ...]:
        """What a body was merged from, the main one first."""
        return tuple(sorted(self._into.get(body, ()), key=lambda step: (not step.main, step.old)))

    def successor(self, body: str, day: dt.date) -> Body | None:
        """What a body is on a later day: itself, or what it went into; None when it ended without one."""
        seen = set[str]()
        while body not in seen:
            seen.add(body)
            known = self.bodies.get(body)
            if known is not None and known.exists(day):
                return known
            step = self._from.get(body)
            if step is None or day < step.day:
                return None
            body = step.new
        return None
