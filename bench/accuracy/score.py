"""Counting: what was found against what is true, and how sure the figures are."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from app.site_truth import Expected
from bench.accuracy.corpus import Example
from core.finding import Finding

THERE = frozenset({"pass", "partial"})
ABSENT = frozenset({"fail"})


@dataclass(frozen=True)
class Case:
    """One duty of one portal: the truth, and what was found by the program or by a reference matcher."""

    example: Example
    rule: str
    group: str
    truth: Expected
    #: A verdict; a reference matcher only says pass or fail.
    got: str
    #: The reason given, in Vietnamese.
    reason: str = ""
    #: Path of the page that is said to carry the duty.
    section: str = ""
    newest: date | None = None

    @property
    def is_there(self) -> bool:
        """A fair judge finds the section there, however complete and fresh."""
        return set(self.truth.verdicts) <= THERE

    @property
    def is_absent(self) -> bool:
        return set(self.truth.verdicts) <= ABSENT

    @property
    def judgeable(self) -> bool:
        """A fair judge need not say "cannot be judged" or "does not apply"."""
        return not {"unknown", "not_applicable"} & set(self.truth.verdicts)

    @property
    def right(self) -> bool:
        return self.got in self.truth.verdicts

    @property
    def false_fail(self) -> bool:
        return self.is_there and self.got == "fail"

    @property
    def false_pass(self) -> bool:
        """Said to be there, in whole or in part, and a fair judge could not say so."""
        return self.got in THERE and not THERE & set(self.truth.verdicts)


def case(example: Example, finding: Finding, truth: Expected) -> Case:
    """The case of a finding of the program."""
    first = next((p for p in finding.evidence if p.kind == "page"), None)
    return Case(
        example, finding.rule, finding.group, truth, finding.verdict.value,
        finding.message.vi, place(first.url) if first else "", finding.newest_date,
    )  # fmt: skip


def place(url: str) -> str:
    """Path and query of an address."""
    split = urlsplit(url)
    return (split.path or "/") + (f"?{split.query}" if split.query else "")


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % interval of Wilson (JASA 22, 1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.959964, self.of, self.hits / self.of
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval
        return f"{self.hits / self.of:.3f} ({low:.2f}–{high:.2f}; {self.hits}/{self.of})"


@dataclass(frozen=True)
class Figures:
    """What a set of cases comes to."""

    cases: tuple[Case, ...]

    def _share(self, of: Callable[[Case], bool], hit: Callable[[Case], bool]) -> Share:
        counted = [c for c in self.cases if of(c)]
        return Share(sum(map(hit, counted)), len(counted))

    @property
    def recall(self) -> Share:
        """Of the sections that are there, those said to be there in whole or in part; unknown is a miss."""
        return self._share(lambda c: c.is_there, lambda c: c.got in THERE)

    @property
    def precision(self) -> Share:
        """Of those said to be there, those that are; where both may be said, the case is left out."""
        return self._share(lambda c: c.got in THERE and (c.is_there or c.false_pass), lambda c: c.is_there)

    @property
    def exact(self) -> Share:
        """The verdict itself is one a fair judge could give."""
        return self._share(lambda c: True, lambda c: c.right)

    @property
    def unknown(self) -> Share:
        """Said to be beyond judging where a fair judge can."""
        return self._share(lambda c: c.judgeable, lambda c: c.got == "unknown")

    @property
    def section(self) -> Share:
        """The address given is one that carries the duty."""
        return self._share(
            lambda c: c.is_there and c.got in THERE and bool(c.truth.sections) and bool(c.section),
            lambda c: _same_place(c.section, c.truth.sections),
        )

    @property
    def newest(self) -> Share:
        """The newest date is the true one, to the day."""
        return self._share(
            lambda c: c.is_there and c.got in THERE and c.truth.newest is not None,
            lambda c: c.newest == c.truth.newest,
        )


def _same_place(found: str, sections: Iterable[str]) -> bool:
    return any(place(s).rstrip("/") == found.partition("#")[0].rstrip("/") for s in sections)


def grouped(cases: Iterable[Case], by: Callable[[Case], str]) -> dict[str, Figures]:
    """Figures by rule, group, family or state, by name."""
    found: dict[str, list[Case]] = {}
    for one in cases:
        found.setdefault(by(one), []).append(one)
    return {name: Figures(tuple(found[name])) for name in sorted(found)}
