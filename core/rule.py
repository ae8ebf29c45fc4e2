"""A duty as data: what the catalogue says of it, before anything is judged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from core.bodies import VOLUNTARY, BodyKind
from core.finding import Citation, Text


def _holds(span: Rule | Citation, day: dt.date) -> bool:
    return (span.valid_from is None or span.valid_from <= day) and (span.valid_to is None or day <= span.valid_to)


@dataclass(frozen=True, slots=True)
class Effort:
    """What kind of work a duty takes, and how many days of it (more than none)."""

    kind: str
    days: Decimal


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
    #: Id of the same duty in the catalogue this one extends.
    replaces: str = ""
    #: What it takes to meet the duty; a default of the product. None where the catalogue does not say.
    effort: Effort | None = None

    def in_force(self, day: dt.date) -> bool:
        """Whether the duty's own days include this one."""
        return _holds(self, day)

    def cited_on(self, day: dt.date) -> tuple[Citation, ...]:
        """The texts that carry the duty on a day."""
        return tuple(c for c in self.citations if _holds(c, day))

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
    #: Id of the catalogue that holds its duties; "" when there is none.
    rules: str = ""


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
    #: Folders of the rule cases, absolute: those of the catalogues it extends first.
    cases: tuple[str, ...] = ()
    path: str = ""
    #: Ids of the catalogues it starts from, the oldest first.
    extends: tuple[str, ...] = ()
    #: Rules and citations hold only between their own days; otherwise they are judged whatever the date.
    by_date: bool = False
    #: Bodies the law does not bind: they apply it of their own will.
    voluntary: frozenset[BodyKind] = VOLUNTARY
    #: Said at the head of a report on such a body; {kind} stands for its kind in words.
    voluntary_note: Text = field(default_factory=lambda: Text("", ""))

    def judged_as_of(self, today: dt.date) -> dt.date:
        """The day whose state of the law is judged: today, or the nearest day on which the catalogue was in force."""
        if self.valid_from is not None and today < self.valid_from:
            return self.valid_from
        return self.valid_to if self.valid_to is not None and self.valid_to < today else today

    def holds(self, rule: Rule, kind: BodyKind, today: dt.date) -> bool:
        """Whether a duty binds this kind of body on a day (of their own will included)."""
        return kind in rule.applies_to and (not self.by_date or rule.in_force(self.judged_as_of(today)))

    def citations(self, rule: Rule, today: dt.date) -> tuple[Citation, ...]:
        """The texts to print beside a duty judged on a day."""
        return rule.cited_on(self.judged_as_of(today)) if self.by_date else rule.citations

    def rule(self, rule_id: str) -> Rule | None:
        """The rule of that id or former id."""
        return next((r for r in self.rules if r.id == rule_id or rule_id in r.aliases), None)
