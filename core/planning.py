"""What it would take: duties in the order of points gained for a day of work, and the index after each.

All numbers are exact, from the points as the report prints them (two decimals), so that a spreadsheet over
``report.json`` gives the same digits. With W all points at stake, U those of unknown duties and P those reached, the
gains of the first k steps added to P: value = P / (W - U), low = P / W, high = (P + U) / W, rounded half up to three
decimals. Unknown duties gain nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.finding import Finding, Verdict
from core.rule import Effort

_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Index:
    """Value and bounds of a set of findings; None where nothing is at stake or nothing was judged."""

    value: Decimal | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Step:
    """One duty to mend, and where all steps so far lead: days of work, points gained, index."""

    finding: Finding
    effort: Effort
    gain: Decimal
    days: Decimal
    gained: Decimal
    index: Index


def index(findings: Iterable[Finding], gained: Decimal = Decimal(0)) -> Index:
    """Value, low and high over the scored findings, with so many points more."""
    scored = [f for f in findings if f.max_points and f.verdict is not Verdict.NOT_APPLICABLE]
    whole = sum((_exact(f.max_points) for f in scored), Decimal(0))
    unseen = sum((_exact(f.max_points) for f in scored if f.verdict is Verdict.UNKNOWN), Decimal(0))
    reached = gained + sum((_exact(f.points) for f in scored if f.verdict is not Verdict.UNKNOWN), Decimal(0))
    judged = whole - unseen
    return Index(
        _share(reached, judged) if judged else None,
        _share(reached, whole) if whole else None,
        _share(reached + unseen, whole) if whole else None,
    )


def steps(findings: Sequence[Finding], effort_of: Callable[[Finding], Effort]) -> tuple[Step, ...]:
    """Duties not met or partly met, most points for a day of work first; then the greater gain, then the id."""
    open_ = [
        (f, gain, effort_of(f))
        for f in findings
        if f.verdict in (Verdict.FAIL, Verdict.PARTIAL) and (gain := _exact(f.max_points) - _exact(f.points)) > 0
    ]
    open_.sort(key=lambda each: (-Fraction(each[1]) / Fraction(each[2].days), -each[1], each[0].rule))
    days = gained = Decimal(0)
    found = []
    for finding, gain, effort in open_:
        days, gained = days + effort.days, gained + gain
        found.append(Step(finding, effort, gain, days, gained, index(findings, gained)))
    return tuple(found)


def unseen(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Scored duties that could not be judged, most points at stake first: to be looked at again, no gain."""
    found = [f for f in findings if f.verdict is Verdict.UNKNOWN and f.max_points]
    return tuple(sorted(found, key=lambda f: (-_exact(f.max_points), f.rule)))


def _exact(points: float | None) -> Decimal:
    """Points as the report prints them."""
    return Decimal(repr(points or 0.0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """Exactly half a thousandth goes up: the quotient is compared as a fraction, not as a rounded number."""
    thousandths = Fraction(part) * 1000 / Fraction(whole) + Fraction(1, 2)
    return int(thousandths) * _THOUSANDTH
