"""Reported figures brought to one half year: as they stand, or put together from shorter periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from core.figures import Figure
from core.numbers import exact

#: Figures that add up over shorter periods; a count of dossiers would count those carried over twice.
_ADD_UP = frozenset(
    "questions_received questions_answered questions_late answers_right_person questions_deleted "
    "visits news_items documents_published fanpage_posts".split()
)
#: Figures that say how things stand at the end.
_AT_THE_END = frozenset({"questions_waiting", "visits_total", "fanpage_followers", "services_offered", "procedures"})
_HIGHEST = frozenset({"questions_busiest_month"})


def half_year(year: int, half: int) -> tuple[dt.date, dt.date]:
    """First and last day."""
    return (dt.date(year, 1, 1), dt.date(year, 6, 30)) if half == 1 else (dt.date(year, 7, 1), dt.date(year, 12, 31))


def joined(figures: Iterable[Figure], begins: dt.date, ends: dt.date) -> tuple[Figure, ...]:
    """The figures of one body for a period: those given for it, else made of shorter periods that fill it exactly."""
    groups: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if begins <= figure.begins and figure.ends <= ends:
            groups.setdefault((figure.name, figure.part), []).append(figure)
    found = []
    for (name, part), given in sorted(groups.items()):
        value = next((f.value for f in given if (f.begins, f.ends) == (begins, ends)), None)
        if value is None:
            value = _put_together(name, given, begins, ends)
        if value is not None:
            found.append(Figure(given[0].body, name, begins, ends, value, part))
    return tuple(found)


def _put_together(name: str, given: list[Figure], begins: dt.date, ends: dt.date) -> float | None:
    chain = _chain(given, begins, ends)
    if chain is None:
        return None
    if name in _ADD_UP:
        return float(sum(exact(f.value) for f in chain))
    if name in _AT_THE_END:
        return chain[-1].value
    return max(f.value for f in chain) if name in _HIGHEST else None


def _chain(given: list[Figure], begins: dt.date, ends: dt.date) -> list[Figure] | None:
    """Periods one after the other from the first day to the last, the longest first where several fit; else None."""
    if begins > ends:
        return []
    for figure in sorted((f for f in given if f.begins == begins), key=lambda f: f.ends, reverse=True):
        rest = _chain(given, figure.ends + dt.timedelta(days=1), ends)
        if rest is not None:
            return [figure, *rest]
    return None


def values(figures: Iterable[Figure]) -> dict[str, Fraction]:
    """Figures of one body and period by name: the whole, else the sum of its parts."""
    whole: dict[str, Fraction] = {}
    parts: dict[str, Fraction] = {}
    for figure in figures:
        if figure.name in ("criterion", "takes_part"):
            continue
        if figure.part:
            parts[figure.name] = parts.get(figure.name, Fraction(0)) + exact(figure.value)
        else:
            whole[figure.name] = exact(figure.value)
    return parts | whole
