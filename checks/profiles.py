"""Profiles of content: the signs by which a page plainly is a section, read from ``plain.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from checks.phrases import NO_PHRASES, Phrases
from core.data_files import read_yaml

#: Points from which a page plainly is the section, where its entry says nothing else.
_NEED = 6


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that tells: where to look, what for, and what it is worth."""

    points: int
    place: str = ""
    words: Phrases = NO_PHRASES
    pattern: re.Pattern[str] | None = None
    least: int = 1
    #: For entries and details: this share of at least ``of`` must show it.
    share: float = 0.0
    of: int = 3
    form: tuple[str, ...] = ()
    #: So many persons are named.
    people: int = 0
    files: int = 0
    dated: int = 0
    menu: float = 0.0


@dataclass(frozen=True)
class Profile:
    """The signs of one kind of content."""

    key: str
    signs: tuple[Sign, ...]
    need: int = _NEED
    #: Signs without which the rest is something else, counted from 0.
    must: tuple[int, ...] = ()
    #: Phrases of the page's own names that make it something else.
    not_words: Phrases = NO_PHRASES
    #: Phrases anywhere on the page that do the same.
    not_said: Phrases = NO_PHRASES
    #: More dated entries than this make it a list of articles.
    dated_most: int = 1_000
    #: The pages below its address tell as well: a head with one page for each part.
    hub: bool = False
    #: Fewer entries than this are no list.
    entries_least: int = 0

    @cached_property
    def costly_last(self) -> tuple[Sign, ...]:
        """The signs that are not musts, those last that are looked for in much text."""
        others = (sign for number, sign in enumerate(self.signs) if number not in self.must)
        return tuple(sorted(others, key=_cost))

    @cached_property
    def most(self) -> int:
        """Points of all its signs."""
        return sum(sign.points for sign in self.signs)

    @cached_property
    def musts(self) -> tuple[Sign, ...]:
        """The signs that all have to be there, in the same order."""
        return tuple(sorted((self.signs[number] for number in self.must), key=_cost))


#: Where signs are looked for, and how long that takes.
_PLACES = ("", "own", "heads", "lead", "any", "body", "entries", "details")


def _cost(sign: Sign) -> tuple[bool, bool, int]:
    return sign.place == "details", sign.pattern is not None, _PLACES.index(sign.place)


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Every profile by key."""
    data: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("plain.yaml"))
    return {key: _profile(key, entry) for key, entry in data.items()}


def _profile(key: str, entry: dict[str, Any]) -> Profile:
    values = dict(entry)
    values["signs"] = tuple(_sign(sign) for sign in values["signs"])
    values["must"] = tuple(number - 1 for number in values.get("must", ()))
    values["not_words"] = Phrases(values.pop("not", ()))
    values["not_said"] = Phrases(values.get("not_said", ()))
    return Profile(key, **values)


def _sign(entry: dict[str, Any]) -> Sign:
    values = dict(entry)
    values["place"] = values.pop("in", "")
    values["words"] = Phrases(values.get("words", ()))
    values["form"] = tuple(values.get("form", ()))
    if "pattern" in values:
        values["pattern"] = re.compile(values["pattern"])
    return Sign(**values)
