"""Opening and comparing catalogues for the doors."""

from __future__ import annotations

import datetime as dt

from app.settings import vietnam_today
from checks.catalogue import AUTO, load
from checks.catalogue_diff import Difference, compare
from checks.crosswalk import Duty as Duty
from checks.crosswalk import crosswalk, duties_named
from core.rule import Catalogue


def open_catalogue(name: str | None, day: dt.date | None = None) -> Catalogue:
    """The catalogue of an id or file, the default one for None, that of the law in force on the day for ``auto``.

    Without a day ``auto`` takes today in Vietnam. Raises CatalogueError.
    """
    return load(name, (day or vietnam_today()) if name == AUTO else None)


def by_time() -> tuple[Catalogue, ...]:
    """The catalogue of each law of the timeline, the oldest first."""
    return tuple(load(span.rules) for span in load().timeline if span.rules)


def duties(catalogues: tuple[Catalogue, ...], name: str | None) -> tuple[Duty, ...]:
    """Every duty of the catalogues, or those that have or had an id."""
    found = crosswalk(catalogues)
    return duties_named(found, name) if name else found


def compared(before: Catalogue, after: Catalogue) -> Difference:
    """What differs between two catalogues."""
    return compare(before, after)
