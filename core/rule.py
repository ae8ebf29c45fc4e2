"""A duty as data: what the catalogue says of it, before anything is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from core.bodies import BodyKind
from core.finding import Citation, Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty of a catalogue (design 4.3).

    ``basis`` is ``law`` or ``product`` (our own default); ``group`` one of information, functions,
    technical. A weight of 0 makes it an advisory. ``check`` names the kind, ``params`` are its fields.
    """

    id: str
    title: Text
    group: str
    basis: str
    citations: tuple[Citation, ...]
    applies_to: frozenset[BodyKind]
    weight: Mapping[BodyKind, float]
    check: str
    params: Mapping[str, Any]
    fix: Text
    aliases: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    #: Which numbers are the product's own default, in words.
    note: Text = field(default_factory=lambda: Text("", ""))

    def weight_for(self, kind: BodyKind) -> float:
        """Points at stake for this kind of body.

        Government agencies use the ministries' column; kinds without a column the province's.
        """
        if kind in self.weight:
            return float(self.weight[kind])
        if kind is BodyKind.GOVERNMENT_AGENCY and BodyKind.MINISTRY in self.weight:
            return float(self.weight[BodyKind.MINISTRY])
        return float(self.weight.get(BodyKind.PROVINCE, 0.0))


@dataclass(frozen=True, slots=True)
class Validity:
    """A text in force at a time, for the note in the report's head."""

    title: Text
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A set of rules with an id, a validity and a content hash."""

    id: str
    title: Text
    rules: tuple[Rule, ...]
    sha256: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    #: Texts that were in force at other times.
    timeline: tuple[Validity, ...] = ()
    #: Lists shared by rules: service host prefixes, provinces …
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    #: Folder of the rule cases, absolute; "" when there is none.
    cases: str = ""
    path: str = ""

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id or former id."""
        return next((r for r in self.rules if r.id == rule_id or rule_id in r.aliases), None)
