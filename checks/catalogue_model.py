"""The shape of a catalogue file: what every field may hold, and errors that name file, rule and field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from checks.field_faults import fault
from checks.say import both
from core.bodies import BodyKind
from core.errors import CatalogueError
from core.finding import Text


class Model(BaseModel):
    """Nothing but the fields that are there, and nothing to be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TextModel(Model):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self) -> Text:
        return Text(self.vi, self.en)


class CitationModel(Model):
    text: str = Field(min_length=2)
    clause: str = ""
    confirmed: bool = True
    #: First and last day on which the text carries the duty; open where the catalogue's own days are meant.
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


def _one_for_all(value: Any) -> Any:
    return {BodyKind.PROVINCE.value: value} if isinstance(value, int | float) else value


class EffortModel(Model):
    kind: Literal["content", "configuration", "development", "infrastructure", "procedure"]
    #: Days of work to meet the duty where nothing is there yet.
    days: Decimal = Field(gt=0)


class RuleModel(Model):
    id: str = Field(pattern=r"^[A-Z]+[0-9]*(-[0-9A-Za-z.]+)+$|^[A-Z0-9]+-[A-Z0-9.]+$")
    aliases: tuple[str, ...] = ()
    #: Id of the same duty in the catalogue this one extends.
    replaces: str = ""
    group: Literal["information", "functions", "technical"]
    title: TextModel
    basis: Literal["law", "product"]
    citations: tuple[CitationModel, ...] = ()
    applies_to: tuple[str, ...]
    weight: Annotated[dict[BodyKind, float], BeforeValidator(_one_for_all)]
    effort: EffortModel | None = None
    check: str
    params: dict[str, Any] = Field(default_factory=dict, alias="with")
    fix: TextModel
    note: TextModel | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class ValidityModel(Model):
    title: TextModel
    valid_from: dt.date
    valid_to: dt.date | None = None
    #: Id of the catalogue that holds its duties.
    rules: str = ""


class CatalogueModel(Model):
    id: str = Field(min_length=1)
    title: TextModel
    extends: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    #: Rules and citations hold only between their own days; otherwise they are judged whatever the date.
    by_date: bool = False
    cases: str = "tests/rules"
    timeline: tuple[ValidityModel, ...] = ()
    sets: dict[str, tuple[BodyKind, ...]] = Field(default_factory=dict)
    #: Said at the head of a report on a body of the set ``voluntary``; {kind} is its kind in words.
    voluntary_note: TextModel | None = None
    data: dict[str, Any] = Field(default_factory=dict)
    drop: tuple[str, ...] = ()
    rules: tuple[dict[str, Any], ...] = Field(min_length=1)


class LayerModel(BaseModel):
    """The fields of one file that must be sound before it can be laid over the one it extends."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str = Field(min_length=1)
    title: TextModel
    extends: str = ""
    drop: tuple[str, ...] = ()
    rules: tuple[dict[str, Any], ...] = ()


def one_line(error: Exception) -> str:
    """What an error says, without its line breaks."""
    return " ".join(str(error).split())


def refused(error: ValidationError, file: str, rule: str = "", block: str = "", hint: str = "") -> CatalogueError:
    """The first fault of a file in one sentence, with its place and what to do."""
    first = error.errors()[0]
    field = ".".join(str(p) for p in ((block,) if block else ()) + tuple(first["loc"]))
    where = ", ".join(p for p in (file, f"rule {rule}" if rule else "", field) if p)
    if first["type"] == "extra_forbidden":
        hint = both("field_unknown_hint")
    elif first["type"] == "missing":
        hint = hint or both("field_missing_hint")
    elif "input" in first:
        hint = f"{both('field_given')}: {str(first['input'])[:80]!r}"
    return CatalogueError(fault(error), where=where, hint=hint)
