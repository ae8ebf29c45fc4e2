"""A body's score by a scoring profile, every line explained. Values are rounded half up."""

from __future__ import annotations

from dataclasses import dataclass

from core.finding import Text


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
    notes: tuple[Text, ...] = ()
    #: Points reached, of those that could be judged: what ``value`` is estimated from.
    reached: float = 0.0
    judged: float = 0.0
