"""What a cell may hold, and text that no spreadsheet takes for a formula."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from reports.addresses import readable
from reports.words import seen

#: A cell that begins so is taken for a formula; the wide forms too, by East Asian versions.
_STARTS = re.compile(r"[\s\u200b\ufeff']*[=+\-@＝＋－＠]")
#: The same after what another separator setting takes for the end of a cell.
_INSIDE = re.compile(r"(?<=[,;|\t])(\s*)(?=[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Link:
    """An address that may be followed. Only http and https become links; another address is shown as text."""

    url: str
    text: str = ""


def address(url: str, home: str, room: int = 44) -> Link:
    """A link that fits into a column: an address on the portal itself by its path, the middle of a long one cut."""
    return Link(url, readable(url, home, room))


@dataclass(frozen=True, slots=True)
class Jump:
    """A way to a row (from 0) of another sheet of the same workbook."""

    sheet: str
    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict, by its value: its word or, ``short``, its letter, on its colour."""

    verdict: str
    short: bool = False


Cell = str | float | int | bool | dt.date | dt.datetime | Link | Jump | Mark | None


def could_be_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate this when it is typed or read from CSV."""
    return bool(_STARTS.match(text))


def csv_safe(text: str, limit: int = 4000) -> str:
    """Crawled text for a CSV cell: an apostrophe before what would begin a formula, also after a separator.

    The apostrophe is what spreadsheets themselves put before text; control characters become spaces.
    """
    shown = _INSIDE.sub(r"\1'", seen(text, limit))
    return f"'{shown}" if could_be_formula(shown) else shown
