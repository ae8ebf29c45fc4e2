"""Tables as people send them: XLSX, CSV and JSON read into sheets of rows, cells as they stand there."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from core.errors import UsageError
from core.text import fold

Cell = str | int | float | bool | dt.date | None

#: A table of figures is smaller than this; what is larger is something else.
MAX_BYTES = 50_000_000
MAX_UNPACKED = 500_000_000
#: Sheets of our templates that hold no data.
GUIDES = frozenset({"huong dan", "vi du", "guide", "example"})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as the program that shows the table counts it, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; CSV and JSON have a single one, named as the file."""

    name: str
    rows: tuple[Row, ...]


class Formula(str):
    """A cell with a formula whose result was never reckoned; its text."""


def read_tables(path: Path) -> list[Sheet]:
    """The sheets of a file. UsageError for a file that is missing, too large, damaged or of another kind."""
    readers = {".xlsx": _xlsx, ".csv": _csv, ".json": _json}
    read = readers.get(path.suffix.lower())
    if read is None:
        raise UsageError(f"không đọc được loại tệp / unknown kind of file: {path.name}", hint=".xlsx, .csv, .json")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            megabytes = f"{size // 1_000_000} MB"
            raise UsageError(f"{path.name}: tệp quá lớn / too large ({megabytes})", hint="chia nhỏ tệp / split it")
        return read(path)
    except OSError as error:
        raise UsageError(f"không đọc được / cannot read {path}: {error.strerror or error}") from None


def _xlsx(path: Path) -> list[Sheet]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    data = path.read_bytes()
    sheets = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > MAX_UNPACKED:
                raise UsageError(f"{path.name}: tệp quá lớn khi giải nén / too large when unpacked")
        with warnings.catch_warnings():  # of extensions of Excel that hold no values
            warnings.simplefilter("ignore")
            values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            formulas = load_workbook(io.BytesIO(data), read_only=True)
            for sheet in values.worksheets:
                if fold(sheet.title) in GUIDES:
                    continue
                both = [sheet, formulas[sheet.title]]
                for one in both:
                    one.reset_dimensions()  # some programs write a size that is too small
                rows = zip_longest(*(one.iter_rows(values_only=True) for one in both))
                found = _numbered(_reckoned(shown or (), written or ()) for shown, written in rows)
                sheets.append(Sheet(sheet.title, tuple(found)))
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, EOFError, SyntaxError) as error:
        reason = " ".join(str(error).split())[:120]
        raise UsageError(f"{path.name} không phải tệp XLSX đọc được / is no readable XLSX file: {reason}") from None
    return sheets


def _reckoned(values: Sequence[Any], formulas: Sequence[Any]) -> list[Cell]:
    cells: list[Cell] = []
    for value, written in zip_longest(values, formulas):
        if value is None and isinstance(written, str) and written.startswith("="):
            cells.append(Formula(written))
        else:
            cells.append(_day(value))
    return cells


def _day(value: Any) -> Cell:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, str | int | float | bool | dt.date) or value is None else str(value)


def _numbered(rows: Iterable[Sequence[Cell]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, 1):
        if any(cell not in (None, "") for cell in cells):
            yield Row(number, tuple(cells))


def _csv(path: Path) -> list[Sheet]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            f"{path.name} không phải mã UTF-8 / is not UTF-8",
            hint="trong Excel: Lưu dưới dạng “CSV UTF-8” / in Excel: save as “CSV UTF-8”",
        ) from None
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    separator = max(";,\t", key=lambda mark: _columns(lines[:20], mark))
    rows, begins = [], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].startswith("#"):
                rows.append(Row(begins, tuple(cells)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{path.name}, dòng / line {begins}: {error}") from None
    return [Sheet(path.name, tuple(rows))]


def _columns(lines: list[str], separator: str) -> int:
    return max((len(cells) for cells in csv.reader(lines, delimiter=separator)), default=0)


def _json(path: Path) -> list[Sheet]:
    def refuse(word: str) -> float:
        raise ValueError(f"{word} không phải số / is not a number")

    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"), parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(f"{path.name} không phải JSON / is no JSON: {reason}") from None
    lists = data if isinstance(data, dict) else {path.name: data}
    hint = '[{"body": "…", "begins": "2021-01-01", "ends": "2021-06-30", "questions_received": 12}, …]'
    sheets = []
    for name, entries in lists.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise UsageError(f"{path.name}: “{name}” không phải danh sách / is no list of objects", hint=hint)
        heads = list(dict.fromkeys(str(key) for entry in entries for key in entry))
        rows = [Row(0, tuple(heads))]
        for number, entry in enumerate(entries, 1):
            nested = [key for key, value in entry.items() if isinstance(value, dict | list)]
            if nested:
                where = f"{path.name}, {name}, mục / entry {number}"
                raise UsageError(f"{where}: “{nested[0]}” không phải một giá trị / is no value", hint=hint)
            rows.append(Row(number, tuple(entry.get(head) for head in heads)))
        sheets.append(Sheet(name, tuple(rows) if entries else ()))
    return sheets
