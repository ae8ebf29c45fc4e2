"""One cell of a table of figures: a number, a day, a yes or a link, or the reason why it is none."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from urllib.parse import urlsplit

from app.tables import Cell, Formula
from checks.figures import Unit
from core.numbers import exact, read_day, read_number, show_number
from core.text import clean, fold

_YES = frozenset({"co", "x", "yes", "y", "true", "1", "dung"})
_NO = frozenset({"khong", "no", "n", "false", "0", "sai"})

#: Beyond this a float is not exact to the unit, and no figure is so large.
_MOST = 10**15
#: What spreadsheets write in a cell whose formula failed, folded.
_ERRORS = frozenset({"div 0", "n a", "name", "null", "num", "ref", "value"})


class BadCell(ValueError):
    """Why a cell cannot be taken, Vietnamese and English.

    ``key`` is the column that is at fault, as ``figure_columns.yaml`` calls it; "" for the one that is being read.
    """

    def __init__(self, reason: str, key: str = "") -> None:
        super().__init__(reason)
        self.key = key


def blank(cell: Cell) -> bool:
    """Nothing was filled in; dashes say the same."""
    return cell is None or (isinstance(cell, str) and clean(cell).strip("-–—…. ") == "")


def words(cell: Cell) -> str:
    """The cell's text."""
    _reckoned(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # a code that the table keeps as a number
    return "" if cell is None else clean("".join(c if c.isprintable() else " " for c in str(cell)))


def number(cell: Cell) -> Fraction:
    """The cell's number, not negative."""
    _reckoned(cell)
    if isinstance(cell, bool | dt.date):
        raise BadCell(f"{cell} không phải số / is not a number")
    if isinstance(cell, float) and not math.isfinite(cell):
        raise BadCell(f"{cell} không phải số / is not a number")
    value = exact(cell) if isinstance(cell, int | float) else read_number(str(cell))
    if value is None:
        raise BadCell(f"“{clean(str(cell))[:40]}” không phải số / is not a number (viết / write 1.234,5)")
    if value < 0:
        raise BadCell(f"{show_number(value).vi} là số âm / is negative")
    if value > _MOST:
        raise BadCell("số quá lớn / is too large")
    return value


def figure(cell: Cell, unit: Unit) -> float:
    """The cell as a figure of that unit."""
    if unit == "yes_no":
        answer = fold(words(cell)) if not isinstance(cell, bool) else str(cell).lower()
        if answer not in _YES | _NO:
            raise BadCell(f"“{words(cell)[:40]}”: ghi “có” hoặc “không” / write yes or no")
        return 1.0 if answer in _YES else 0.0
    value = number(cell)
    if unit == "count" and value.denominator != 1:
        shown = show_number(value, 3).vi
        raise BadCell(f"{shown} không phải số nguyên / is not a whole number (dấu chấm ngăn hàng nghìn)")
    if unit == "share" and value > 1:
        raise BadCell(f"{show_number(value).vi} lớn hơn 1 / is above 1: ghi 0,75 hoặc 75%")
    return float(value)


def day(cell: Cell) -> dt.date:
    """The cell's day, day first."""
    _reckoned(cell)
    if isinstance(cell, dt.date):
        return cell
    found = read_day(str(cell)) if isinstance(cell, str) else None
    if found is None:
        raise BadCell(f"“{clean(str(cell))[:40]}” không phải ngày / is not a day (viết / write 30/6/2021)")
    return found


def link(cell: Cell) -> str:
    """An http address, or "" where there is none."""
    address = words(cell)
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in address
    except ValueError:
        sound = False
    if not sound:
        raise BadCell(f"“{address[:60]}” không phải địa chỉ / is not an address (https://…)")
    return address


def _reckoned(cell: Cell) -> None:
    if isinstance(cell, Formula):
        raise BadCell(f"công thức {cell[:40]} chưa được tính: mở và lưu lại bằng Excel / a formula without its result")
    if (
        isinstance(cell, str)
        and cell.startswith("#")
        and fold(cell) in {"div 0", "n a", "name", "null", "num", "ref", "value"}
    ):
        raise BadCell(f"{cell} là lỗi của bảng tính / is an error of the spreadsheet")
