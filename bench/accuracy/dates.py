"""How often the date reader is right on strings in context (bench/corpus/dates.yaml)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from bench.accuracy.corpus import FOLDER, SPLITS
from bench.accuracy.score import Share
from core.dates import find_dates

#: What speaks of freshness: a date that is none of these must never be read as one.
FRESH = frozenset({"published", "updated"})
#: Dates that may go unread: nothing is judged by them.
_MAY_BE_MISSED = frozenset({"event", "clock", "copyright", "licence", "other"})


@dataclass(frozen=True)
class Sample:
    """A string, the days a fair reader finds in it with their roles, and what was read."""

    text: str
    split: str
    note: str
    expected: tuple[tuple[dt.date, frozenset[str]], ...]
    got: tuple[tuple[dt.date, str], ...]

    @property
    def is_trap(self) -> bool:
        """Nothing in it says when something was put up."""
        return not any(roles & FRESH for _, roles in self.expected)

    @property
    def false_fresh(self) -> bool:
        """A date was read as one of putting up that is none."""
        allowed = {day for day, roles in self.expected if roles & FRESH}
        return any(role in FRESH and day not in allowed for day, role in self.got)

    @property
    def right(self) -> bool:
        """Every date that counts is read with its role, and none is taken for freshness that is none."""
        found = set(self.got)
        missing = [
            day
            for day, roles in self.expected
            if not roles & _MAY_BE_MISSED and not any((day, role) in found for role in roles)
        ]
        return not missing and not self.false_fresh


def samples() -> Iterator[Sample]:
    """Every string of the set but those marked as debatable."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / "dates.yaml").read_text(encoding="utf-8"))
    for row in rows:
        if "debatable" not in row.get("note", ""):
            expected = tuple((e["day"], frozenset(_several(e["role"]))) for e in row["expect"])
            got = tuple((d.day, d.role.value) for d in find_dates(row["text"], row["today"]))
            yield Sample(row["text"], row["split"], row.get("note", ""), expected, got)


def _several(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def figures(split: str) -> dict[str, Share]:
    """Right strings, right among those that show a date of putting up, and traps seen through."""
    ones = [s for s in samples() if s.split == split]
    shown, traps = [s for s in ones if not s.is_trap], [s for s in ones if s.is_trap]
    return {
        "all": Share(sum(s.right for s in ones), len(ones)),
        "with a date of putting up": Share(sum(s.right for s in shown), len(shown)),
        "traps": Share(sum(s.right for s in traps), len(traps)),
    }


def table() -> Iterator[str]:
    """The figures as Markdown, and the strings of ``tune`` that were read wrongly."""
    yield "| date strings | all | with a date of putting up | traps |"
    yield "|---|---|---|---|"
    for split in reversed(SPLITS):
        yield f"| {split} | " + " | ".join(str(share) for share in figures(split).values()) + " |"
    wrong = [s for s in samples() if s.split == "tune" and not s.right]
    for one in wrong:
        expected = "; ".join(f"{day} {'/'.join(sorted(roles))}" for day, roles in one.expected) or "none"
        got = "; ".join(f"{day} {role}" for day, role in one.got) or "none"
        yield f"- “{' '.join(one.text.split())}”: read {got}, should be {expected} ({one.note})"


if __name__ == "__main__":
    print("\n".join(table()))
