"""Reported figures as exact numbers: sums, shares and conditions, open where something was not reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from checks.figures import Bound, FigureKind, figures
from checks.profile_model import Condition, Profile
from core.figures import Figure
from core.numbers import exact, months_in


@dataclass(frozen=True, slots=True)
class Range:
    """Where a number lies; ``high`` None: no limit. ``missing`` are the figures that would settle it."""

    low: Fraction
    high: Fraction | None
    missing: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Amounts:
    """The figures of one body for one period."""

    kinds: tuple[FigureKind, ...]
    whole: dict[str, Fraction] = field(default_factory=dict)
    parts: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    months: Fraction = Fraction(1)

    def part(self, name: str, part: str) -> Fraction | None:
        """A figure's value for one part, None where it was not reported."""
        return self.parts.get(name, {}).get(part)

    def total(self, name: str) -> Fraction | None:
        """The whole of a figure: as reported, else the sum of its parts; None where neither was."""
        if name in self.whole:
            return self.whole[name]
        parts = self.parts.get(name)
        return sum(parts.values(), Fraction(0)) if parts else None

    def range(self, name: str, seen: frozenset[str] = frozenset()) -> Range:
        """Where a figure lies: at its value, else between its ``least`` and ``most``."""
        value = self.total(name)
        if value is not None:
            return Range(value, value)
        kind = next((kind for kind in self.kinds if kind.name == name), None)
        if kind is None or name in seen:
            return Range(Fraction(0), None, (name,))
        if kind.optional:
            return Range(Fraction(0), Fraction(0))
        low, high = Fraction(0), None
        if kind.least is not None:
            low = self._bound(kind.least, seen | {name}).low
        if kind.most is not None:
            high = self._bound(kind.most, seen | {name}).high
        return Range(low, high, () if low == high else (name,))

    def _bound(self, bound: Bound, seen: frozenset[str]) -> Range:
        found = self.range(bound.figure, seen)
        return self._average(found) if bound.per else found

    def _average(self, found: Range) -> Range:
        return Range(found.low / self.months, None if found.high is None else found.high / self.months, found.missing)

    def sum(self, names: Sequence[str]) -> Range:
        """The sum of figures."""
        ranges = [self.range(name) for name in names]
        highs = [r.high for r in ranges]
        high = None if None in highs else sum((h for h in highs if h is not None), Fraction(0))
        missing = tuple(dict.fromkeys(name for r in ranges for name in r.missing))
        return Range(sum((r.low for r in ranges), Fraction(0)), high, missing)

    def share(self, names: Sequence[str], of: Sequence[str]) -> Range | None:
        """The sum of figures as a share of others, never above 1; None where there is nothing to share."""
        part, whole = self.sum(names), self.sum(of)
        if whole.high == 0:
            return None
        missing = tuple(dict.fromkeys((*part.missing, *whole.missing)))
        low = min(part.low / whole.high, Fraction(1)) if whole.high else Fraction(0)
        if part.high is None or not whole.low:
            return Range(low, Fraction(0) if part.high == 0 else Fraction(1), missing)
        return Range(low, min(part.high / whole.low, Fraction(1)), missing)

    def holds(self, condition: Condition) -> tuple[bool | None, tuple[str, ...]]:
        """Whether a condition holds, None while it is open, and the figures that would settle it."""
        if condition.in_:
            found = self.share(condition.sum, condition.in_)
            if found is None:  # none answered: nothing was done right
                return False, ()
        else:
            found = self.sum(condition.sum)
            found = self._average(found) if condition.per else found
        limit = condition.limits[0].exact
        reached = found.low >= limit, found.high is not None and found.high < limit
        passed = found.low > limit, found.high is not None and found.high <= limit
        yes, no = reached if condition.at_least or condition.less_than else passed
        answer = True if yes else False if no else None
        if answer is None:
            return None, found.missing
        return answer != bool(condition.at_most or condition.less_than), ()


def amounts(profile: Profile, given: Iterable[Figure]) -> Amounts:
    """Figures of one body and one period, ready to reckon with. ValueError for figures of several of them."""
    kinds = (*figures().figures, *profile.figures)
    found = tuple(given)
    of = {(figure.body, figure.begins, figure.ends) for figure in found}
    if len(of) > 1:
        raise ValueError(f"figures of {len(of)} bodies or periods; a score is of one")
    whole: dict[str, Fraction] = {}
    parts: dict[str, dict[str, Fraction]] = {}
    for figure in found:
        value = exact(figure.value)
        if figure.part:
            parts.setdefault(figure.name, {})[figure.part] = value
        else:
            whole[figure.name] = value
    months = months_in(found[0].begins, found[0].ends) if found else Fraction(1)
    return Amounts(kinds, whole, parts, months)
