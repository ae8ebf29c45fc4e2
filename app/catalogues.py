"""Opening a catalogue for the doors."""

from __future__ import annotations

import datetime as dt

from app.settings import vietnam_today
from checks.catalogue import AUTO, load
from core.rule import Catalogue


def open_catalogue(name: str | None, day: dt.date | None = None) -> Catalogue:
    """The catalogue of an id or file, the default one for None, that of the law in force on the day for ``auto``.

    Without a day ``auto`` takes today in Vietnam. Raises CatalogueError.
    """
    return load(name, (day or vietnam_today()) if name == AUTO else None)
