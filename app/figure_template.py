"""Empty tables to fill in: heads and notes in Vietnamese, with an example that an import passes over."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.figure_columns import columns as other_columns
from app.figure_columns import title
from checks.figures import FigureKind, figures
from core.data_files import read_yaml
from core.errors import UsageError
from core.finding import Text

#: Rows of a sheet that are formatted in advance.
_READY = 200
#: Letters in a line of notes, lines of a head, height of a line in points.
_NOTE_WIDTH, _HEAD_LINES, _LINE = 70, 4, 15

#: Name, head and note of a column.
_Column = tuple[str, Text, str]


def write_template(form: str, path: Path) -> None:
    """Writes the template, ``xlsx`` or ``csv``. UsageError for another form or a place that cannot be written."""
    from reports.files import write_whole

    made = {"xlsx": xlsx_template, "csv": csv_template}.get(form)
    if made is None:
        raise UsageError(f"không có biểu mẫu {form!r} / no such template", where="--template", hint="xlsx | csv")
    try:
        write_whole(path, made())
    except OSError as error:
        raise UsageError(f"không ghi được / cannot write {path}: {error.strerror}", where="--out") from None


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Any]:
    found: dict[str, Any] = read_yaml(Path(__file__).with_name("figure_template.yaml"))
    return found


def _sheets() -> dict[str, list[_Column]]:
    """The columns of each topic."""
    words = _words()
    found = {}
    for topic in figures().topics:
        kinds = [kind for kind in figures().figures if kind.topic == topic]
        more = words["more"].get(topic, [])
        parts = [kind.part for kind in kinds if kind.part and kind.part not in more]
        # A mark of the staff is given as points of a maximum.
        own = [kind for kind in kinds if kind.name != "criterion"]
        keys = (*words["who"], *dict.fromkeys(parts), *more)
        found[topic] = [_column(key) for key in keys] + [_figure(kind) for kind in own]
    return found


def _column(key: str) -> _Column:
    return key, title(key), other_columns()[key].get("note", "")


def _figure(kind: FigureKind) -> _Column:
    unit = _words()["units"][kind.unit]
    return kind.name, kind.title.text, f"{unit} {kind.note.vi}" if kind.note else unit


def csv_template() -> bytes:
    """One table with every column; lines that begin with # are notes and are passed over."""
    found = list({column[0]: column for sheet in _sheets().values() for column in sheet}.values())
    words, text = _words(), io.StringIO(newline="")
    write = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for note in (*words["csv_notes"], *(f"{head.vi}: {note}" for _, head, note in found)):
        write.writerow([f"# {note}"])
    write.writerow([head.vi for _, head, _ in found])
    example = [str(words["example"][name]) if name in words["csv_example"] else "" for name, _, _ in found]
    write.writerow([f"# Ví dụ: {example[0]}", *example[1:]])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def xlsx_template() -> bytes:
    """A workbook: how to fill it in, a sheet for each topic, and an example."""
    from openpyxl import Workbook
    from openpyxl.worksheet.properties import PageSetupProperties

    book = Workbook()
    guide: Any = book.active
    guide.title = "Hướng dẫn"
    _guide(guide)
    for topic, found in _sheets().items():
        _sheet(book.create_sheet(figures().topics[topic].vi), found)
    _example(book.create_sheet("Ví dụ"))
    for sheet in book.worksheets:  # printed one page wide
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guide(sheet: Any) -> None:
    for line in _words()["guide"]:
        sheet.append([line])
    sheet.append([])
    sheet.append(_words()["guide_heads"])
    heads = sheet.max_row
    for topic, found in _sheets().items():
        for _, head, note in found:
            sheet.append([figures().topics[topic].vi, head.vi, note, head.en])
            _wrap(sheet, sheet.max_row, 1 + len(note) // _NOTE_WIDTH)
    for name, width in zip("ABCD", (22, 46, _NOTE_WIDTH, 40), strict=True):
        sheet.column_dimensions[name].width = width
    _bold(sheet, 1)
    _bold(sheet, heads)
    sheet.freeze_panes = f"A{heads + 1}"


def _sheet(sheet: Any, found: Sequence[_Column]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.utils import get_column_letter

    for number, (name, head, note) in enumerate(found, 1):
        cell = sheet.cell(1, number, head.vi)
        if note:
            cell.comment = Comment(note, "decree43", height=90, width=260)
        if form := _number_format(name):
            for row in range(2, _READY + 2):
                sheet.cell(row, number).number_format = form
        sheet.column_dimensions[get_column_letter(number)].width = 30 if name in ("body", "link", "rule") else 16
    _bold(sheet, 1)
    _wrap(sheet, 1, _HEAD_LINES)
    sheet.freeze_panes = "B2"


def _number_format(name: str) -> str:
    if name in ("begins", "ends"):
        return "dd/mm/yyyy"
    kind = figures().kind(name)
    return "#,##0" if kind is not None and kind.unit == "count" else ""


def _example(sheet: Any) -> None:
    from openpyxl.utils import get_column_letter

    values = _words()["example"]
    for topic, found in _sheets().items():
        sheet.append([figures().topics[topic].vi])
        _bold(sheet, sheet.max_row)
        sheet.append([head.vi for _, head, _ in found])
        _wrap(sheet, sheet.max_row, _HEAD_LINES)
        sheet.append([values.get(name) for name, _, _ in found])
        sheet.append([None])
    for number in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 22


def _bold(sheet: Any, row: int) -> None:
    from openpyxl.styles import Font

    for cell in sheet[row]:
        cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True)


def _wrap(sheet: Any, row: int, lines: int) -> None:
    """Long texts on several lines; the height is said, as not every program finds it by itself."""
    from openpyxl.styles import Alignment

    for cell in sheet[row]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[row].height = _LINE * lines
