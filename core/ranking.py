"""Ranks with ties, the ranks that are possible, and change against an earlier round. All numbers are exact.

Definitions, for the bodies of one group, category and profile in one round. ``v`` is a body's value as printed,
``low`` and ``high`` its bounds as printed (all unknown duties not met, all met):

* rank  = 1 + number of bodies with v greater than mine. Equal values share a rank and the next ranks are left out
  (1, 2, 2, 4). A body without a value has no rank, and counts in nobody's rank.
* best  = 1 + number of bodies whose low is greater than my high: those that are ahead whatever comes out.
* worst = 1 + number of other bodies whose high is greater than my low: those that may be ahead.
  A body whose bounds are not known may be anywhere.

Best and worst can both come out, nothing outside them can, and best <= rank <= worst. Two bodies differ for sure
only where the low of one is greater than the high of the other.

In a spreadsheet, with values in B, lows in C, highs in D (rows 2 to n): rank ``=COUNTIF(B$2:B$n,">"&B2)+1``, best
``=COUNTIF(C$2:C$n,">"&D2)+1``, worst ``=COUNTIF(D$2:D$n,">"&C2)+1-(D2>C2)``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from core.register import Succession
from core.rounds import Entry

#: Value, low and high.
_Bounds = tuple[Decimal | None, Decimal | None, Decimal | None]
_LEAST, _MOST = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Place:
    """A body's place in its group. ``best`` and ``worst`` are None where only a published rank is known."""

    body: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    rank: int | None
    best: int | None
    worst: int | None
    #: Bodies of the group, those without a value too; for a published rank, what the table says.
    of: int | None
    profile: str = ""
    audit: str | None = None
    document: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A place against the same body's place in an earlier round.

    ``ranks`` is positive when the rank got better; None where the rounds rank different numbers of bodies, for then a
    difference says little. ``certain`` is about ranks, ``value_certain`` about values: both ranges do not meet, or
    both are the same one rank or value; None where a range is not known or nothing is compared. Values are only
    compared under one profile.
    """

    before: Place
    ranks: int | None
    value: Decimal | None
    certain: bool | None
    value_certain: bool | None = None
    #: The other bodies that went into this one, where they stand in the earlier round.
    beside: tuple[Place, ...] = ()

    @property
    def merged(self) -> bool:
        """Whether other ranked bodies went into this one since."""
        return bool(self.beside)


@lru_cache(maxsize=8192)
def exact(value: float | None) -> Decimal | None:
    """The number as it is printed: 0.9 is 0.9, not the nearest binary fraction."""
    return None if value is None else Decimal(repr(value))


def places(entries: Iterable[Entry], *, published: bool = False) -> tuple[Place, ...]:
    """The places of one group, category and profile, best first; bodies without a rank last.

    ``published``: ranks are taken from the table where it has any, for it may name a few bodies of many.
    """
    entries = tuple(entries)
    if published and any(e.rank is not None for e in entries):
        found = [_as_published(e) for e in entries]
    else:
        found = list(_computed(entries))
    return tuple(sorted(found, key=_order))


def rank_range(low: Decimal | None, high: Decimal | None, others: Bounds) -> tuple[int, int]:
    """The best and the worst rank of a body with these bounds among others."""
    low, high = (_LEAST if low is None else low), (_MOST if high is None else high)
    return 1 + others.surely_above(high), 1 + others.maybe_above(low)


class Bounds:
    """The values and bounds of a group's bodies, sorted, so that many bodies can be placed quickly."""

    def __init__(self, of: Iterable[tuple[Decimal | None, Decimal | None, Decimal | None]]) -> None:
        rows = tuple(of)
        self.count = len(rows)
        self._values = sorted(v for v, _, _ in rows if v is not None)
        self._lows = sorted(_LEAST if low is None else low for _, low, _ in rows)
        self._highs = sorted(_MOST if high is None else high for _, _, high in rows)

    def rank(self, value: Decimal | None) -> int | None:
        """The rank of a value among these; None without one."""
        return None if value is None else 1 + _above(self._values, value)

    def surely_above(self, high: Decimal) -> int:
        return _above(self._lows, high)

    def maybe_above(self, low: Decimal) -> int:
        return _above(self._highs, low)


def _above(numbers: Sequence[Decimal], limit: Decimal) -> int:
    return len(numbers) - bisect_right(numbers, limit)


def _computed(entries: Sequence[Entry]) -> Iterable[Place]:
    rows = [_bounds(e) for e in entries]
    group = Bounds(rows)
    for entry, (value, low, high) in zip(entries, rows, strict=True):
        best, worst = rank_range(low, high, group)
        if low is None or high is None or high > low:
            worst -= 1  # the body itself is among those whose high is greater than its low
        yield _place(entry, (value, low, high), group.rank(value), best, worst, group.count)


def _as_published(entry: Entry) -> Place:
    return _place(entry, _bounds(entry), entry.rank, None, None, entry.of)


def _place(
    entry: Entry, bounds: _Bounds, rank: int | None, best: int | None, worst: int | None, of: int | None
) -> Place:
    return Place(entry.body, *bounds, rank, best, worst, of, entry.profile, entry.audit, entry.document, entry.mark)


def _bounds(entry: Entry) -> _Bounds:
    """Value, low and high. A value without bounds is sure."""
    value, low, high = exact(entry.value), exact(entry.low), exact(entry.high)
    if low is None and high is None and value is not None:
        low = high = value
    return value, low, high


def _order(place: Place) -> tuple[bool, int, bool, Decimal, str]:
    value = -place.value if place.value is not None else Decimal(0)
    return place.rank is None, place.rank or 0, place.value is None, value, place.body


class Lineage:
    """Which bodies carry on which, over all mergers."""

    def __init__(self, successions: Iterable[Succession]) -> None:
        self._before: dict[str, list[Succession]] = {}
        for succession in successions:
            self._before.setdefault(succession.new, []).append(succession)

    def predecessors(self, body: str, standing: Container[str]) -> tuple[str, ...]:
        """The bodies of ``standing`` whose history a body carries on, the main one first; itself where it stands there.

        Follows successions back, over several mergers if need be. Empty where none stands there, and for a body made
        of several of which none is the main one.
        """
        main = self._main(body, standing, frozenset())
        if main is None:
            return ()
        return (main, *sorted(self._all(body, standing, frozenset()) - {main}))

    def _main(self, body: str, standing: Container[str], seen: frozenset[str]) -> str | None:
        if body in standing:
            return body
        olds = [s for s in self._before.get(body, ()) if s.old not in seen]
        mains = [s for s in olds if s.main] or (olds if len(olds) == 1 else [])
        return self._main(mains[0].old, standing, seen | {body}) if mains else None

    def _all(self, body: str, standing: Container[str], seen: frozenset[str]) -> set[str]:
        found = {body} if body in standing else set()
        for succession in self._before.get(body, ()):
            if succession.old not in seen:
                found |= self._all(succession.old, standing, seen | {body})
        return found


def change(place: Place, earlier: Mapping[str, Place], lineage: Lineage) -> Change | None:
    """A place against the earlier round; None when neither the body nor what it was made of stands there."""
    olds = lineage.predecessors(place.body, earlier)
    if not olds:
        return None
    before = earlier[olds[0]]
    ranks = certain = value = value_certain = None
    if before.of == place.of and before.rank is not None and place.rank is not None:
        ranks = before.rank - place.rank
        certain = _certain((before.best, before.worst), (place.best, place.worst))
    if before.profile == place.profile and place.value is not None and before.value is not None:
        value = place.value - before.value
        value_certain = _certain((before.low, before.high), (place.low, place.high))
        if place.audit is not None and place.audit == before.audit:
            value_certain = True  # one audit stands in both rounds
    return Change(before, ranks, value, certain, value_certain, tuple(earlier[old] for old in olds[1:]))


def _certain(
    before: tuple[int | Decimal | None, int | Decimal | None], now: tuple[int | Decimal | None, int | Decimal | None]
) -> bool | None:
    """Whether two ranges do not meet, or both are the same single number."""
    (first, last), (least, most) = before, now
    if first is None or last is None or least is None or most is None:
        return None
    return most < first or least > last or first == last == least == most
