"""Which figures exist, what they are called and which sums must hold: ``figures.yaml`` read and asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from checks.say import say
from core.data_files import read_yaml
from core.finding import Text
from core.numbers import show_number
from core.text import fold

Unit = Literal["count", "amount", "share", "yes_no"]


class Model(BaseModel):
    """A block of our YAML files: no unknown fields, no changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Words(Model):
    """A text in both languages."""

    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    @property
    def text(self) -> Text:
        return Text(self.vi, self.en)


class Bound(Model):
    """Another figure as a limit, ``per`` month where it is an average."""

    figure: str
    per: Literal["month"] | None = None


class FigureKind(Model):
    """One figure: its name in the data, its titles, its unit and what it may be broken down by."""

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    title: Words
    topic: str
    unit: Unit
    part: str = ""
    optional: bool = False
    least: Bound | None = None
    most: Bound | None = None
    note: Words | None = None
    heads: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Everything a column with this figure may be headed, folded."""
        return frozenset(fold(t) for t in (self.name, self.title.vi, self.title.en, *self.heads))


class Check(Model):
    """The figures of ``sum`` add up to ``equals``, or to no more than ``at_most``."""

    sum: tuple[str, ...]
    equals: str | None = None
    at_most: str | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Check:
        if (self.equals is None) == (self.at_most is None):
            raise ValueError("needs one of equals, at_most")
        return self

    def follows(self, other: Check) -> bool:
        """Whether this sum cannot be met because a part of it is already too much by the other check."""
        return bool(self.equals) and self.equals == other.at_most and set(other.sum) <= set(self.sum)

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.sum, self.equals or self.at_most or "")


class Figures(Model):
    """All of ``figures.yaml``."""

    topics: dict[str, Words]
    parts: dict[str, Words]
    part_values: dict[str, dict[str, tuple[str, ...]]]
    figures: tuple[FigureKind, ...]
    checks: tuple[Check, ...]

    @model_validator(mode="after")
    def _names_exist(self) -> Figures:
        names = {kind.name for kind in self.figures}
        for kind in self.figures:
            if kind.topic not in self.topics or (kind.part and kind.part not in self.parts):
                raise ValueError(f"{kind.name}: no such topic or part")
            for bound in (kind.least, kind.most):
                if bound is not None and bound.figure not in names:
                    raise ValueError(f"{kind.name}: no figure {bound.figure}")
        for check in self.checks:
            if missing := set(check.names) - names:
                raise ValueError(f"a check names {', '.join(sorted(missing))}")
        return self

    def kind(self, name: str) -> FigureKind | None:
        """The figure of that name."""
        return next((kind for kind in self.figures if kind.name == name), None)

    def part(self, kind: FigureKind, text: str) -> str | None:
        """The part as the data has it: "Mức độ 3" is "3". None where only certain parts exist and this is none."""
        known = self.part_values.get(kind.part)
        if known is None:
            return text.strip()
        folded = fold(text)
        return next((id for id, words in known.items() if folded in {fold(id), *map(fold, words)}), None)

    def accepted(self, part: str) -> str:
        """The parts that exist of that kind, as they may be written: “2, 3, 4, một phần, toàn trình”."""
        known = self.part_values.get(part, {})
        return ", ".join(id if id.isdigit() or not words else words[0] for id, words in known.items())

    def broken(self, values: Mapping[str, Fraction]) -> list[tuple[Check, Text]]:
        """Checks that these figures of one body, period and part do not pass, in words; gaps are no breach."""
        found = []
        for check in self.checks:
            whole = values.get(check.equals or check.at_most or "")
            given = [values.get(name) for name in check.sum]
            gaps = [n for n, v in zip(check.sum, given, strict=True) if v is None and not self._optional(n)]
            total = sum((v for v in given if v is not None), Fraction(0))
            # Parts that alone are too many are wrong whatever the gaps hold.
            if whole is None or not (total > whole or (check.equals and not gaps and total != whole)):
                continue
            key = "figures_unequal" if check.equals else "figures_too_many"
            found.append((check, say(key, sum=self._titles(check.sum), total=show_number(total),
                                     whole=self._titles(check.names[-1:]), limit=show_number(whole))))  # fmt: skip
        return [(check, why) for check, why in found if not any(check.follows(other) for other, _ in found)]

    def _optional(self, name: str) -> bool:
        kind = self.kind(name)
        return kind is not None and kind.optional

    def _titles(self, names: Iterable[str]) -> Text:
        kinds = [kind for name in names if (kind := self.kind(name))]
        return Text(" + ".join(f"“{k.title.vi}”" for k in kinds), " + ".join(f"“{k.title.en}”" for k in kinds))


@lru_cache(maxsize=1)
def figures() -> Figures:
    """The figures that exist."""
    data: dict[str, Any] = read_yaml(Path(__file__).with_name("figures.yaml"))
    return Figures.model_validate(data)
