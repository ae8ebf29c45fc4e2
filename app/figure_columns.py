"""What the columns of a table of figures are: heads matched with figures and with ``figure_columns.yaml``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.tables import Row, Sheet
from checks.figures import FigureKind
from core.data_files import read_yaml
from core.finding import Text
from core.text import fold

#: Rows above the heads in which a table may name itself.
_TITLE_ROWS = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head as written, and the key of ``figure_columns.yaml`` or the figure it holds."""

    index: int
    head: str
    key: str = ""
    kind: FigureKind | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The row of heads: what is understood, and what is not (with the nearest head that would be)."""

    row: int
    columns: tuple[Column, ...]
    unknown: tuple[tuple[str, str], ...]
    twice: tuple[str, ...]

    def has(self, *keys: str) -> bool:
        return any(column.key in keys for column in self.columns)


@lru_cache(maxsize=1)
def columns() -> Mapping[str, Any]:
    """The columns beside the figures by key."""
    found: dict[str, Any] = read_yaml(Path(__file__).with_name("figure_columns.yaml"))
    return found


def title(key: str) -> Text:
    """What a column is headed in our templates."""
    return Text(columns()[key]["vi"], columns()[key]["en"])


def find_head(sheet: Sheet, kinds: Sequence[FigureKind]) -> Head | None:
    """The first row that names a body and something about it; None where no row does."""
    for row in sheet.rows[:_TITLE_ROWS]:
        head = _head(row, kinds)
        if head.has("body", "body_id") and len(head.columns) > 1:
            return head
    return None


def _head(row: Row, kinds: Sequence[FigureKind]) -> Head:
    found: list[Column] = []
    unknown: list[tuple[str, str]] = []
    spellings = {spelling: kind for kind in kinds for spelling in kind.spellings}
    known = {fold(head): key for key, entry in columns().items() for head in (key, *entry["heads"])}
    for index, cell in enumerate(row.cells):
        words = str(cell).strip() if cell is not None else ""
        folded = fold(words)
        if not folded:
            continue
        if folded in known:
            found.append(Column(index, words, known[folded]))
        elif folded in spellings:
            found.append(Column(index, words, kind=spellings[folded]))
        else:
            near = difflib.get_close_matches(folded, [*known, *spellings], 1, 0.6)
            unknown.append((words, _shown(near, spellings, known)))
    return Head(row.number, tuple(found), tuple(unknown), tuple(_twice(found)))


def _shown(near: list[str], spellings: Mapping[str, FigureKind], known: Mapping[str, str]) -> str:
    if not near:
        return ""
    return spellings[near[0]].title.vi if near[0] in spellings else title(known[near[0]]).vi


def _twice(found: Iterable[Column]) -> Iterable[str]:
    seen: set[tuple[str, str]] = set()
    for column in found:
        name = column.key, column.kind.name if column.kind else ""
        if name in seen and column.key != "ignored":
            yield column.head
        seen.add(name)
