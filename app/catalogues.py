"""Opening a catalogue for the doors."""

from __future__ import annotations

from checks.catalogue import load
from core.rule import Catalogue


def open_catalogue(name: str | None) -> Catalogue:
    """The catalogue of an id or file, the default one for None. Raises CatalogueError."""
    return load(name)
