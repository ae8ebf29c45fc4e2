"""What the workbook of a round shows, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.finding import Text
from core.rounds import Round


@dataclass(frozen=True, slots=True)
class Duty:
    """A column of the matrix: a duty's id and title."""

    rule: str
    title: Text


@dataclass(frozen=True, slots=True)
class Ranked:
    """One body in one ranking. Numbers are None where they are not known; changes are better when positive."""

    body: str
    name: str
    group: Text
    profile: str
    rank: int | None
    best: int | None
    worst: int | None
    of: int | None
    value: float | None
    low: float | None
    high: float | None
    band: str = ""
    coverage: float | None = None
    url: str = ""
    audit: str = ""
    #: What it is compared with in the earlier round; "" without one.
    before: str = ""
    before_rank: int | None = None
    before_of: int | None = None
    before_value: float | None = None
    rank_change: int | None = None
    value_change: float | None = None
    change: str = ""
    #: Values of its verdicts in the order of the duties; "" where a duty was not among its rules.
    verdicts: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Switch:
    """A duty that stands differently in the two rounds. ``why`` is a key of the words ``why``."""

    name: str
    rule: str
    why: str
    before: str
    after: str
    points: float | None
    audit_before: str
    audit_after: str


@dataclass(frozen=True, slots=True)
class RoundSheets:
    """A round, its rankings one after the other, and what changed against the earlier one."""

    round: Round
    against: Round | None
    duties: Sequence[Duty]
    ranked: Iterable[Ranked]
    switches: Iterable[Switch]
    notes: Sequence[Text] = ()
