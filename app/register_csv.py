"""The register as CSV: heads, cells and rows, and the file they make."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from core.bodies import NAMES, BodyKind
from core.data_files import read_yaml
from core.errors import UsageError
from core.register import Body, Register, Succession
from core.register_names import whole_address
from core.text import clean, fold

#: A text with its period: "Tỉnh Thừa Thiên Huế [..31/12/2024]".
_PERIOD = re.compile(r"(.*)\[([^\[\]]*?)\.\.([^\[\]]*)\]", re.DOTALL)
_DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
#: What a spreadsheet would take for a formula, or what stands for such.
_RISKY = re.compile(r"'*[=+\-@\t\r]|''")

Span = tuple[str, dt.date | None, dt.date | None]


class CellError(Exception):
    """A cell that cannot be read: why, in Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file: its number there, and its cells by column. A column that the file lacks is missing."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. ``heads``: what each column is called there; ``unknown``: heads that mean nothing to us."""

    rows: tuple[Row, ...]
    heads: Mapping[str, str]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    vi: Mapping[str, str]
    en: Mapping[str, str]
    meaning: Mapping[str, str]
    kinds: Mapping[str, BodyKind]
    yes: frozenset[str]
    no: frozenset[str]


@cache
def _columns() -> _Columns:
    data = read_yaml(Path(__file__).with_name("register_columns.yaml"))
    columns = data["columns"]
    meaning = {fold(head): name for name, c in columns.items() for head in (name, c["vi"], c["en"], *c["other"])}
    kinds = {fold(word): BodyKind(kind) for kind, words in data["kinds"].items() for word in words}
    kinds |= {fold(word): kind for kind in BodyKind for word in (kind.value, *NAMES[kind])}
    return _Columns(
        {name: c["vi"] for name, c in columns.items()},
        {name: c["en"] for name, c in columns.items()},
        meaning,
        kinds,
        frozenset(fold(word) for word in data["yes"]),
        frozenset(fold(word) for word in data["no"]),
    )


def head_of(column: str) -> str:
    """What a column is called in a Vietnamese file."""
    return _columns().vi.get(column, column)


def read(file: Path) -> Table:
    """The rows of a CSV in UTF-8, with or without BOM, separated by commas, semicolons or tabs. Raises UsageError."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"không đọc được / cannot read {file}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{file} không phải mã UTF-8 / is not in UTF-8 (byte {error.start})",
            hint="trong Excel chọn “CSV UTF-8” khi lưu / save it as “CSV UTF-8” in Excel",
        ) from None
    try:
        return _table(text, file)
    except csv.Error as error:
        raise UsageError(f"{file} không phải tệp CSV / is no CSV: {error}") from None


def _table(text: str, file: Path) -> Table:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter, strict=True)
    lines = _numbered(reader)
    _, heads = next(lines, (0, []))
    known = [_columns().meaning.get(fold(head), "") for head in heads]
    if "name" not in known and "id" not in known:
        raise UsageError(
            f"{file} không có cột “Tên” hay “Mã” / has no column “name” or “id”",
            hint=f"dòng đầu ghi tên cột / the first line holds the heads: {', '.join(_columns().vi.values())}",
        )
    twice = [heads[i] for i, name in enumerate(known) if name and name in known[:i]]
    if twice:
        raise UsageError(f"{file}: cột {twice[0]!r} có hai lần / the column is there twice")
    rows = []
    for line, cells in lines:
        if len(cells) > len(heads) and any(cells[len(heads) :]):
            raise UsageError(
                f"{file}, dòng {line}: có nhiều ô hơn dòng đầu / line {line} has more cells than the first",
                hint="ô có dấu phẩy phải nằm trong ngoặc kép / a cell with a comma needs quotes",
            )
        filled = [*cells, *[""] * (len(heads) - len(cells))]
        rows.append(Row(line, {name: uncaged(cell) for name, cell in zip(known, filled, strict=False) if name}))
    return Table(
        tuple(rows),
        {name: head.strip() for name, head in zip(known, heads, strict=True) if name},
        tuple(head.strip() for name, head in zip(known, heads, strict=True) if not name and head.strip()),
    )


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that hold anything, with the line each begins on."""
    begins = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def write(bodies: Iterable[Body], register: Register, lang: str = "vi", delimiter: str = ",") -> bytes:
    """The bodies as CSV in UTF-8 with BOM, which spreadsheets read right; ``read`` gives the same back."""
    columns = _columns().en if lang == "en" else _columns().vi
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns.values())
    for body in bodies:
        cells = _cells(body, register.merged(body.id))
        cells["kind"] = body.kind.value if lang == "en" else NAMES[body.kind][0]
        writer.writerow([caged(cells[name]) for name in columns])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _cells(body: Body, step: Succession | None) -> dict[str, str]:
    return {
        "id": body.id,
        "name": spans_text((n.name, n.valid_from, n.valid_to) for n in body.names),
        "aliases": " | ".join(body.aliases),
        "parent": body.parent or "",
        "code": body.code,
        "url": spans_text((a.url, a.valid_from, a.valid_to) for a in body.addresses),
        "seat": body.seat,
        "from": day_text(body.valid_from),
        "to": day_text(body.valid_to),
        "merged_into": step.new if step else "",
        "merged_on": day_text(step.day if step else None),
        "main": "x" if step and step.main else "",
    }


def caged(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def uncaged(cell: str) -> str:
    """The cell as it was before ``caged``, without outer spaces."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _RISKY.match(cell[1:]) else cell


def kind_of(cell: str) -> BodyKind:
    """The kind that a cell names. Raises CellError."""
    found = _columns().kinds.get(fold(cell))
    if found is None:
        raise CellError(f"không có loại cơ quan {cell!r}", f"no such kind; one of {', '.join(BodyKind)}")
    return found


def yes_of(cell: str) -> bool:
    """Yes or no. Raises CellError."""
    word = fold(cell)
    if word and word not in _columns().yes and word not in _columns().no and cell.strip() != "-":
        raise CellError(f"{cell!r} không phải x hay để trống", "write x, or leave it empty")
    return word in _columns().yes


def day_of(cell: str) -> dt.date | None:
    """The day in a cell, day first; None when it is empty. Raises CellError."""
    if not cell:
        return None
    for form in _DAY_FORMATS:
        try:
            return dt.datetime.strptime(cell, form).date()
        except ValueError:
            continue
    raise CellError(f"{cell!r} không phải ngày", "is not a day; write it as 31/12/2024")


def day_text(day: dt.date | None) -> str:
    """Day first, as people write it; "" for None."""
    return "" if day is None else f"{day:%d/%m}/{day.year:04d}"


def spans_of(cell: str) -> list[Span]:
    """Texts with their periods, oldest first: "A [..31/12/2024] | B [01/01/2025..]". Raises CellError."""
    found: list[Span] = []
    for part in cell.split("|"):
        if not part.strip():
            continue
        period = _PERIOD.fullmatch(part.strip())
        if period is None:
            found.append((clean(part), None, None))
        else:
            found.append((clean(period[1]), day_of(period[2].strip()), day_of(period[3].strip())))
    return sorted(found, key=lambda span: (span[1] or dt.date.min, span[2] or dt.date.max))


def spans_text(spans: Iterable[Span]) -> str:
    """The cell that ``spans_of`` reads."""
    return " | ".join(
        f"{text} [{day_text(begins)}..{day_text(ends)}]" if begins or ends else text for text, begins, ends in spans
    )


def address_of(text: str) -> str:
    """An address as it is kept. Raises CellError."""
    try:
        return whole_address(text)
    except ValueError:
        raise CellError(f"{text!r} không phải địa chỉ cổng", "is not the address of a portal") from None
