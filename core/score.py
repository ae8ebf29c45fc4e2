"""The score of one audit (design 4.2), and of one body by a scoring profile. Values are rounded half up."""

from __future__ import annotations

from dataclasses import dataclass, field

from core.finding import Text


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Points of one group of rules; ``coverage`` is None when nothing in it can be scored."""

    id: str
    points: float
    max_points: float
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` lies between ``low`` (all unknown failed) and ``high`` (all unknown met); None: nothing judged."""

    profile: str
    value: float | None
    low: float | None
    high: float | None
    points: float
    max_points: float
    coverage: float | None
    groups: tuple[GroupScore, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reckoning: what it is about, its points of how many, and why. None: could not be judged."""

    id: str
    title: Text
    points: float | None
    max: float
    message: Text


@dataclass(frozen=True, slots=True)
class TermScore:
    """One part of a profile's score. ``max`` is with bonus, ``reachable`` what this body could reach at most."""

    id: str
    title: Text
    #: What was reached of what could be judged; None when nothing could.
    points: float | None
    low: float
    high: float
    max: float
    reachable: float
    coverage: float
    band: Text | None
    lines: tuple[Line, ...]
    #: Names of the figures and ids of the duties that would settle the rest.
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileScore:
    """A body's score by a profile.

    ``value``, ``low`` and ``high`` are shares from 0 to 1 or points, as ``unit`` says; ``value`` is estimated from what
    could be judged where ``coverage`` is below 1. ``points`` of ``max`` are those that were reached for certain.
    All are None, and ``group`` is "", for a kind of body the profile does not score.
    """

    profile: str
    group: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    points: float
    max: float
    reachable: float
    coverage: float | None
    band: Text | None
    terms: tuple[TermScore, ...]
    #: What a reader must know: parts the body is outside of, no demand, an estimate.
    notes: tuple[Text, ...] = field(default=())
