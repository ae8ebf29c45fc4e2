"""What a half-year report is made of: plain values, None where nothing is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from core.bodies import BodyKind
from core.finding import Text


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure of the period and of the same period last year."""

    now: Fraction | None = None
    before: Fraction | None = None

    @property
    def change(self) -> Fraction | None:
        return None if self.now is None or self.before is None else self.now - self.before


@dataclass(frozen=True, slots=True)
class Points:
    """Points by one part of a scoring profile; ``points`` is None where it could not be settled."""

    points: float | None
    max: float
    band: str = ""


@dataclass(frozen=True, slots=True)
class News:
    """Items put up. ``counted``: on the portal by audits and not reported; then ``least`` says it may be more."""

    items: Pair
    counted: bool = False
    least: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """The newest audit of the period: its index and the titles of the duties that are not met, most points first."""

    day: dt.date
    value: float | None
    coverage: float | None
    weak: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One body with its portal: figures by name, points by part of the profile (``qa``, ``services`` …)."""

    name: str
    kind: BodyKind
    figures: Mapping[str, Pair] = field(default_factory=dict)
    points: Mapping[str, Points] = field(default_factory=dict)
    total: Points | None = None
    news: News | None = None
    judged: Judged | None = None
    #: The same period last year is that of bodies it was merged from.
    merged: bool = False
    #: Parts of the profile that the body said it takes no part in (``qa``, ``services``).
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conflict:
    """The province's own total that is not the sum of what its bodies reported."""

    title: str
    reported: Fraction
    summed: Fraction


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A province's half year. ``totals`` are of all its bodies, ``office`` is the province's own portal."""

    begins: dt.date
    ends: dt.date
    office: Member
    members: tuple[Member, ...]
    totals: Mapping[str, Pair]
    #: Items put up on the portals of all members.
    news_members: Pair = field(default_factory=Pair)
    judged_before: float | None = None
    rank: int | None = None
    rank_of: int | None = None
    rank_title: str = ""
    #: Duties most portals fail: title, how many of how many that were judged.
    common: tuple[tuple[Text, int, int], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    #: Where the points come from; "" where no profile was named.
    profile: str = ""
    tool: str = ""

    @property
    def half(self) -> int:
        return 1 if self.begins.month == 1 else 2

    @property
    def year(self) -> int:
        return self.begins.year
