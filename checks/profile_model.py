"""A scoring profile as data: groups of bodies, terms with their points, every constant with its mark."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field, model_validator

from checks.figures import FigureKind, Model, Words
from core.bodies import BodyKind
from core.numbers import exact

#: Where a constant comes from: the document itself, deduced from its numbers, or our own default.
Mark = Literal["document", "inferred", "default"]


class Constant(Model):
    """A number and its mark."""

    value: float
    mark: Mark = Field(alias="from")
    note: str = ""

    @property
    def exact(self) -> Fraction:
        return exact(self.value)


class Band(Model):
    """A grade from so many points (or, for a share, so much of it) on."""

    id: str
    title: Words
    at_least: Constant


class Condition(Model):
    """The sum of some figures, or its share ``in`` others, or its average ``per`` month, against a limit."""

    sum: tuple[str, ...] = Field(min_length=1)
    in_: tuple[str, ...] = Field(default=(), alias="in")
    per: Literal["month"] | None = None
    at_least: Constant | None = None
    more_than: Constant | None = None
    at_most: Constant | None = None
    less_than: Constant | None = None

    @model_validator(mode="after")
    def _one_limit(self) -> Condition:
        if len(self.limits) != 1:
            raise ValueError("cần một trong / needs one of at_least, more_than, at_most, less_than")
        return self

    @property
    def limits(self) -> tuple[Constant, ...]:
        return tuple(c for c in (self.at_least, self.more_than, self.at_most, self.less_than) if c)


class Level(Model):
    """Points given when all conditions hold."""

    points: Constant
    when: tuple[Condition, ...] = Field(min_length=1)


class Bonus(Model):
    """Points on top; the first level that holds is given."""

    id: str
    title: Words
    levels: tuple[Level, ...] = Field(min_length=1)

    @property
    def most(self) -> Fraction:
        return max(level.points.exact for level in self.levels)


class Criterion(Model):
    """Points for a part of the content: the mean of the duties named, or what staff marked (``staff: true``).

    Where both are there, the mark of the staff counts and the crawl's finding stands beside it.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_.-]*$")
    title: Words
    points: Constant
    rules: tuple[str, ...] = ()
    staff: bool = False

    @model_validator(mode="after")
    def _something_tells(self) -> Criterion:
        if not self.rules and not self.staff:
            raise ValueError("cần rules, hoặc staff: true / needs rules, or staff: true")
        return self


class CurvePoint(Model):
    """At this share so many points; two entries at one share are a jump, of which the second holds there."""

    share: float = Field(ge=0, le=1)
    points: float
    mark: Mark = Field(alias="from")
    note: str = ""


class Share(Model):
    """The sum of some figures as a share ``in`` another."""

    sum: tuple[str, ...] = Field(min_length=1)
    in_: str = Field(alias="in")
    title: Words


class FindingsTerm(Model):
    """One group of the catalogue's duties with the weights they have there."""

    how: Literal["findings"]
    id: str
    title: Words
    max: Constant

    @property
    def base(self) -> Constant:
        return self.max

    @property
    def cap(self) -> Constant:
        return self.max


class CriteriaTerm(Model):
    """Criteria that add up to ``base``, less deductions, and a bonus up to ``cap``."""

    how: Literal["criteria"]
    id: str
    title: Words
    base: Constant
    cap: Constant
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    #: Points taken off where a thing is missing: all of them where nothing of it is there.
    deductions: tuple[Criterion, ...] = ()
    bonus: tuple[Criterion, ...] = ()
    bands: tuple[Band, ...] = ()


class FiguresTerm(Model):
    """Points by a share of figures the body reports, and a bonus up to ``cap``; ``none`` without any demand."""

    how: Literal["figures"]
    id: str
    title: Words
    base: Constant
    cap: Constant
    share: Share
    none: Constant
    curve: tuple[CurvePoint, ...] = Field(min_length=2)
    bonus: tuple[Bonus, ...] = ()
    bands: tuple[Band, ...] = ()


Term = Annotated[FindingsTerm | CriteriaTerm | FiguresTerm, Field(discriminator="how")]


class Group(Model):
    """Bodies that are scored and ranked together, and the terms that make up their total."""

    id: str
    title: Words
    kinds: tuple[BodyKind, ...] = Field(min_length=1)
    terms: tuple[str, ...] = Field(min_length=1)
    #: Total without bonus, and with it. None under a profile of shares: there the duties' weights say it.
    base: Constant | None = None
    cap: Constant | None = None
    #: Terms a body may be outside of: the others are then drawn out to the whole base.
    may_miss: tuple[str, ...] = ()
    note: Words | None = None


class Rounding(Model):
    """``step`` of every term and of the total, rounded half up."""

    step: Constant


class Profile(Model):
    """One way to score a body."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Words
    source: Words
    unit: Literal["share", "points"]
    catalogue: str = "nd43-2011"
    rounding: Rounding
    groups: tuple[Group, ...] = Field(min_length=1)
    terms: tuple[Term, ...] = Field(min_length=1)
    #: Grades of the total; none where the document names none.
    bands: tuple[Band, ...] = ()
    #: Figures of this province's own.
    figures: tuple[FigureKind, ...] = ()
    #: What is not known or ambiguous in the document, for whoever has the full text.
    open_questions: tuple[Words, ...] = ()

    def term(self, id: str) -> Term | None:
        return next((term for term in self.terms if term.id == id), None)

    def group_of(self, kind: BodyKind) -> Group | None:
        """The group a kind of body is scored in; None: it is not scored."""
        return next((group for group in self.groups if kind in group.kinds), None)

    def criteria(self) -> Iterator[Criterion]:
        """Every criterion, deduction and bonus that duties or staff decide."""
        for term in self.terms:
            if isinstance(term, CriteriaTerm):
                yield from (*term.criteria, *term.deductions, *term.bonus)
