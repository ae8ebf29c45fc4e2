"""How much a portal puts up: items by section and month, as far as the dates in its lists reach.

An audit sees a list as far as it goes on the pages that were read: what was put up before its oldest item may stand
on pages that were not, whether a link leads there or not. Months a list does not reach are therefore not zero but not
seen; the month of its oldest item and the month of the audit are seen in part. Several audits of one portal are
put together: each month takes the greatest count that was seen of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

#: Name of the facts in an audit: ``updates.<rule>``; of the whole portal ``updates.portal``.
PREFIX = "updates."
PORTAL = "portal"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month."""

    year: int
    number: int

    @classmethod
    def of(cls, day: dt.date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """From ``2026-11``; ValueError for anything else."""
        day = dt.datetime.strptime(text, "%Y-%m")
        return cls(day.year, day.month)

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.number, 1)

    @property
    def last(self) -> dt.date:
        return self.plus(1).first - dt.timedelta(days=1)

    def plus(self, months: int) -> Month:
        """The month so many months later."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


def span(first: Month, last: Month) -> tuple[Month, ...]:
    """Every month from the first to the last, both included."""
    found = []
    while first <= last:
        found.append(first)
        first = first.plus(1)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Volume:
    """What one audit saw of one list (or of all): dated items by month, and how far the list was read."""

    url: str
    months: Mapping[str, int]
    #: Days of the oldest and newest dated item; None when no item had a date.
    oldest: dt.date | None
    newest: dt.date | None
    undated: int
    #: Pages of the list that were read, and whether it goes on beyond them.
    pages: int
    more: bool
    #: The day after which every dated item was seen: the oldest; of several lists the newest of their oldest.
    reach: dt.date | None = None

    def as_fact(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            "url": self.url,
            "months": dict(sorted(self.months.items())),
            "oldest": self.oldest.isoformat() if self.oldest else None,
            "newest": self.newest.isoformat() if self.newest else None,
            "undated": self.undated,
            "pages": self.pages,
            "more": self.more,
            "reach": self.reach.isoformat() if self.reach else None,
        }

    @classmethod
    def from_fact(cls, fact: Mapping[str, Any]) -> Volume:
        """From what ``as_fact`` gave; KeyError, TypeError or ValueError for anything else."""
        oldest, newest, reach = (
            dt.date.fromisoformat(v) if (v := fact[n]) else None for n in ("oldest", "newest", "reach")
        )
        months = {str(k): int(v) for k, v in fact["months"].items()}
        undated, pages = int(fact["undated"]), int(fact["pages"])
        return cls(str(fact["url"]), months, oldest, newest, undated, pages, bool(fact["more"]), reach)


@dataclass(frozen=True, slots=True)
class Count:
    """Items of a time. ``whole``: all of it was seen; else there are at least so many.

    ``deep``: the lists reach back to its first day, so that none means none, up to the day of the audit.
    """

    items: int
    whole: bool
    deep: bool


def count(seen: Iterable[tuple[dt.date, Volume]], months: Iterable[Month]) -> Count | None:
    """Items of some months, from audits with their days; None where no list reaches into any of them."""
    seen = tuple((day, volume) for day, volume in seen if volume.newest is not None)
    items, whole, deep, reached = 0, True, True, False
    for month in months:
        best, complete, back = 0, False, False
        for day, volume in seen:
            if day < month.first or volume.oldest is None or volume.oldest > month.last:
                continue
            reached = True
            best = max(best, volume.months.get(str(month), 0))
            from_the_start = volume.reach is not None and volume.reach < month.first
            back = back or from_the_start
            complete = complete or (from_the_start and day > month.last and not volume.undated)
        items, whole, deep = items + best, whole and complete, deep and (back or all(d < month.first for d, _ in seen))
    return Count(items, whole, deep) if reached else None
