"""Reported figures brought to one half year: as they stand, or put together from shorter periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.data_files import read_yaml
from core.figures import Figure
from core.numbers import exact


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """``halfyear.yaml``."""
    read: dict[str, Any] = read_yaml(Path(__file__).with_name("halfyear.yaml"))
    return read


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
    how = settings()["shorter_periods"]
    if name in how["add_up"]:
        return float(sum(exact(f.value) for f in chain))
    if name in how["at_the_end"]:
        return chain[-1].value
    return max(f.value for f in chain) if name in how["highest"] else None


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
