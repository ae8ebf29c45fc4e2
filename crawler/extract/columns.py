"""What the head of a column says of the dates under it, where no entry of the list takes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from core.date_words import role_of_label
from core.page import DateRole, SeenDate, Table
from core.text import clean


def by_column(dates: Iterable[SeenDate], tables: Iterable[Table]) -> list[SeenDate]:
    """Dates that stand alone in a cell have the role their column's head gives: "Ngày ban hành" is no posting.

    A date that stands on the page more often than in such cells keeps what was read of it.
    """
    cells: dict[str, Counter[DateRole]] = defaultdict(Counter)
    for table in tables:
        roles = [role_of_label(head) if head else None for head in table.headers]
        for row in table.rows:
            for role, cell in zip(roles, row, strict=False):
                if role is not None and cell:
                    cells[clean(cell)][role] += 1
    found = list(dates)
    times = Counter(d.text for d in found)
    return [_as_headed(d, cells[d.text]) if times[d.text] <= cells[d.text].total() else d for d in found]


#: Heads that say a day is no posting, whatever stands below; the day of a meeting in a schedule is left as it is.
_NO_POSTING = frozenset({DateRole.ISSUED, DateRole.EFFECTIVE, DateRole.DEADLINE})


def _as_headed(date: SeenDate, told: Counter[DateRole]) -> SeenDate:
    """The role of the column; where one day stands under several heads, what it is read as stays."""
    role = next(iter(told)) if len(told) == 1 else None
    return replace(date, role=role) if date.role is DateRole.PUBLISHED and role in _NO_POSTING else date
