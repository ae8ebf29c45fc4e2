"""A workbook written row by row: our formats, heads in both languages, filters, frozen heads, links that are safe.

XlsxWriter in constant-memory mode: a row is on disk when the next one begins, so rows are written in order, from the
top. The same calls give the same bytes: the time in the file's properties is the day that is given.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from core.audit import VIETNAM
from core.finding import Text
from reports import words
from reports.html_report import safe_url, short_url
from reports.look import look, verdict_colours
from reports.sheets.cells import Cell, Jump, Link, Mark, could_be_formula
from reports.sheets.words import letter

#: Links one sheet may hold; what comes after is text.
MOST_LINKS = 65_000
#: Rows of a sheet, the head among them.
MOST_ROWS = 1_048_576
#: Characters of a cell that are kept.
_LIMIT = 8_000
#: Height of a line in points, and lines a row shows; the rest is read in the cell.
_LINE, _MOST_LINES = 13, 14

#: Lines of a head; height of heads that stand on end, and letters of theirs.
_HEAD, _UPRIGHT, _UPRIGHT_SIZE = 3, 168, 8
#: A sheet that is wider than paper, and one of pictures, in per cent of their size.
_WIDE_SCALE, _PICTURE_SCALE = 80, 80
#: Rows at the top of a sheet that need no page of their own.
_FIRST_LINES = 3

#: Number formats by name. A name not here is a text.
_NUMBERS = {
    "index": "0.000",
    "points": "0.00",
    "signed": "+0.00;-0.00;0.00",
    "signed_index": "+0.000;-0.000;0.000",
    "signed_whole": "+0;-0;0",
    "whole": "0",
    "share": "0.0%",
    "day": "dd/mm/yyyy",
    "moment": "hh:mm dd/mm/yyyy",
}


def _number(form: str, more: dict[str, Any]) -> dict[str, Any]:
    """How a number looks: its format, and at the right a little room before the next column's text."""
    right = {} if "align" in more else {"align": "right", "indent": 1}
    return {"num_format": _NUMBERS.get(form, "General")} | right | more


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, width in characters, and form: a number format's name, "text", "wrap" or "centre".

    ``optional``: hidden when no row has anything in it.
    """

    head: Text
    width: float
    form: str = "text"
    optional: bool = False

    def fitting(self) -> Column:
        """The column, as wide as its head needs for three lines, the filter's button beside them."""
        width = self.width
        while sum(len(textwrap.wrap(said, max(int(width) - 2, 4))) for said in {self.head.vi, self.head.en}) > _HEAD:
            width += 1
        return replace(self, width=width)


class Book:
    """A workbook in one language; ``done()`` gives its bytes."""

    def __init__(self, lang: str, title: str, subject: str, day: dt.date) -> None:
        self.lang = "en" if lang == "en" else "vi"
        self._file = io.BytesIO()
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
            "default_format_properties": {"font_name": look()["sheet_font"], "font_size": 10},
        }
        self._book = xlsxwriter.Workbook(self._file, options)
        made = dt.datetime.combine(day, dt.time())
        self._book.set_properties({"title": title, "subject": subject, "author": "decree43", "created": made})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._marks: dict[tuple[Any, ...], tuple[str, Format]] = {}

    def done(self) -> bytes:
        """The file. Nothing can be written after."""
        self._book.close()
        return self._file.getvalue()

    def pick(self, text: Text | str) -> str:
        """The words in the workbook's language."""
        return words.pick(text, self.lang)

    def format(self, **properties: Any) -> Format:
        """The format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({"valign": "top", **properties})
        return self._formats[key]

    def mark(self, mark: Mark, more: dict[str, Any]) -> tuple[str, Format]:
        """What stands in the cell of a verdict, and how it looks; made once for each kind of cell."""
        key = (mark.verdict, mark.short, *more.items())
        if key not in self._marks:
            fill, ink = verdict_colours(mark.verdict)
            found = words.word("verdict", mark.verdict)
            text = (
                letter(mark.verdict, self.lang)
                if mark.short
                else self.pick(found)
                if found
                else words.seen(mark.verdict, 40)
            )
            looks = {"bg_color": fill, "font_color": ink, "border": 1, "border_color": look()["sheet"]["line"]}
            centred = {"align": "center"} if mark.short else {}
            self._marks[key] = text, self.format(**looks | centred | more)
        return self._marks[key]

    def plain_sheet(self, name: Text, widths: Sequence[float]) -> Plain:
        """A sheet without heads: titles, pairs and small tables."""
        return Plain(self, self._sheet(name, widths), self.pick(name))

    def table(
        self,
        name: Text,
        columns: Sequence[Column],
        *,
        frozen: int = 0,
        printed: int = 0,
        upright: bool = False,
        ruled: bool = True,
    ) -> Table:
        """A sheet with a head row.

        ``frozen`` columns stay in sight, the first ``printed`` go to paper (0: all), ``upright`` heads stand on end
        and the sheet goes over as many pages as it is wide, ``ruled``: a thin line under each row.
        """
        columns = [c if upright and n >= frozen else c.fitting() for n, c in enumerate(columns)]
        sheet = self._sheet(name, [c.width for c in columns])
        if upright:
            sheet.set_print_scale(_WIDE_SCALE)
            sheet.repeat_columns(0)
        return Table(self, sheet, self.pick(name), columns, frozen, printed, upright, ruled)

    def _sheet(self, name: Text, widths: Sequence[float]) -> Worksheet:
        sheet = self._book.add_worksheet(self.pick(name))
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&8&A&R&8&P/&N")
        return sheet


class Plain:
    """A sheet that is written cell by cell, from the top."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book, self.sheet, self.name = book, sheet, name
        #: The next row that is free, from 0.
        self.next = 0
        self._links = 0
        self._breaks: list[int] = []

    def line(self, cells: Iterable[Cell | tuple[Cell, str]], form: str = "text", **more: Any) -> int:
        """Writes a row and gives its number; ``more`` are further format properties of every cell."""
        row = self.next
        for column, cell in enumerate(cells):
            value, own = cell if isinstance(cell, tuple) else (cell, form)
            self.put(row, column, value, own, **more)
        self.next += 1
        return row

    def title(self, text: str) -> None:
        """The title of the sheet, in a row that is high enough."""
        self.sheet.set_row(self.next, 24)
        self.line([text], bold=True, font_size=14)

    def skip(self, rows: int = 1) -> None:
        """Leaves rows empty."""
        self.next += rows

    def portrait(self) -> None:
        """Upright on paper."""
        self.sheet.set_portrait()

    def new_page(self) -> None:
        """What follows begins on a page of its own; such a sheet is printed at its own size and not fitted."""
        if self.next > _FIRST_LINES:
            self._breaks.append(self.next)
            self.sheet.set_h_pagebreaks(self._breaks)
            self.sheet.set_print_scale(_PICTURE_SCALE)

    def sentence(self, text: str, columns: int, **more: Any) -> None:
        """A sentence over several columns, as many lines high as it needs at some 22 letters a column."""
        shown = words.seen(text, _LIMIT)
        self.sheet.set_row(self.next, math.ceil(len(shown) / (22 * columns)) * _LINE + 2)
        looks = self.book.format(**{"text_wrap": True} | more)
        self.sheet.merge_range(self.next, 0, self.next, columns - 1, "", looks)
        self.sheet.write_string(self.next, 0, shown, looks)
        self.next += 1

    def picture(self, png: bytes, description: str, height: float, scale: float) -> None:
        """A picture at the next row; ``height`` in points of the page, after which the next row follows."""
        options = {
            "image_data": io.BytesIO(png),
            "description": description,
            "x_scale": scale,
            "y_scale": scale,
            "object_position": 1,
        }
        self.sheet.insert_image(self.next, 0, "picture.png", options)
        self.next += int(height / 15) + 2

    def put(self, row: int, column: int, value: Cell, form: str = "text", **more: Any) -> None:
        """One cell. Text is never a formula, a link only what is http or https."""
        book, sheet = self.book, self.sheet
        if value is None or value == "":
            if more:
                sheet.write_blank(row, column, None, book.format(**more))
        elif isinstance(value, Mark):
            shown, looks = book.mark(value, more)
            sheet.write_string(row, column, shown, looks)
        elif isinstance(value, Link):
            self._link(row, column, value, more | ({"text_wrap": True} if form == "wrap" else {}))
        elif isinstance(value, Jump):
            target = value.sheet.replace("'", "''")
            self._url(row, column, f"internal:'{target}'!A{value.row + 1}", value.text, more)
        elif isinstance(value, bool):
            self._text(row, column, str(value), form, more)
        elif isinstance(value, int | float):
            sheet.write_number(row, column, value, book.format(**_number(form, more)))
        elif isinstance(value, dt.datetime):
            local = value.astimezone(VIETNAM).replace(tzinfo=None)
            looks = {"num_format": _NUMBERS["moment"], "align": "left"}
            sheet.write_datetime(row, column, local, book.format(**looks | more))
        elif isinstance(value, dt.date):
            looks = {"num_format": _NUMBERS["day"], "align": "left"}
            sheet.write_datetime(row, column, value, book.format(**looks | more))
        else:
            self._text(row, column, value, form, more)

    def _text(self, row: int, column: int, value: str, form: str, more: dict[str, Any]) -> None:
        text = words.seen(value, _LIMIT)
        properties = dict(more)
        if form == "wrap":
            properties["text_wrap"] = True
        elif form == "centre":
            properties["align"] = "center"
        if could_be_formula(text):
            properties["quote_prefix"] = True  # stays text also when somebody edits the cell
        self.sheet.write_string(row, column, text, self.book.format(**properties))

    def _link(self, row: int, column: int, link: Link, more: dict[str, Any]) -> None:
        url = safe_url(link.url)
        shown = link.text or short_url(link.url)
        if url:
            self._url(row, column, url, shown, more)
        elif shown:
            self._text(row, column, shown, "text", more)

    def _url(self, row: int, column: int, url: str, text: str, more: dict[str, Any]) -> None:
        text = words.seen(text, _LIMIT)
        self._links += 1
        if self._links > MOST_LINKS:  # the whole address then: there is no other way to it
            self._text(row, column, text if url.startswith("internal:") else url, "text", more)
            return
        looks = {"font_color": look()["sheet"]["link"], "underline": 1, "quote_prefix": could_be_formula(text)} | more
        self.sheet.write_url(row, column, url, self.book.format(**looks), string=text)


class Table(Plain):
    """A sheet with heads, a filter over all rows, and the head frozen and repeated in print."""

    def __init__(
        self,
        book: Book,
        sheet: Worksheet,
        name: str,
        columns: Sequence[Column],
        frozen: int,
        printed: int,
        upright: bool,
        ruled: bool,
    ) -> None:
        super().__init__(book, sheet, name)
        self._columns = tuple(columns)
        self._printed = printed or len(columns)
        self._rule = {"bottom": 1, "bottom_color": look()["sheet"]["line"]} if ruled else {}
        self._filled = [False] * len(columns)
        self._wraps = [n for n, column in enumerate(columns[: self._printed]) if column.form == "wrap"]
        colours = look()["sheet"]["head"]
        looks: dict[str, Any] = {"bold": True, "bg_color": colours["fill"], "font_color": colours["ink"]}
        looks |= {"text_wrap": True, "border": 1, "border_color": look()["sheet"]["line"], "valign": "vcenter"}
        sheet.set_row(0, _UPRIGHT if upright else _HEAD * _LINE + 6)
        for number, column in enumerate(self._columns):
            turned = {"rotation": 90, "font_size": _UPRIGHT_SIZE} if upright and number >= frozen else {}
            sheet.write_string(0, number, self._head(column.head), book.format(**looks, **turned))
        sheet.freeze_panes(1, frozen)
        sheet.repeat_rows(0)
        self.next = 1

    def _head(self, head: Text) -> str:
        """Both languages, the workbook's first."""
        vi, en = ("\n".join(words.seen(part, 200) for part in said.split("\n")) for said in (head.vi, head.en))
        first, second = (vi, en) if self.book.lang == "vi" else (en, vi)
        return first if first == second or not second else f"{first}\n{second}"

    def row(self, cells: Sequence[Cell]) -> int:
        """The next row, a cell for each column, as high as the longest text that is printed; gives its number."""
        lines = max((self._lines(cells[n], self._columns[n].width) for n in self._wraps), default=1)
        if lines > 1:
            self.sheet.set_row(self.next, min(lines, _MOST_LINES) * _LINE + 2)
        self._filled = [had or cell not in (None, "") for had, cell in zip(self._filled, cells, strict=True)]
        row = self.next
        for number, (cell, column) in enumerate(zip(cells, self._columns, strict=True)):
            # Not every program keeps the room at the right of a number: what follows one has some at its left.
            apart = {"indent": 1} if number and self._columns[number - 1].form in _NUMBERS and self._said(cell) else {}
            self.put(row, number, cell, column.form, **self._rule, **apart)
        self.next += 1
        return row

    @staticmethod
    def _said(cell: Cell) -> bool:
        """Whether a cell begins at its left."""
        return isinstance(cell, str | Link | Jump | Mark | dt.date)

    @staticmethod
    def _lines(cell: Cell, width: float) -> int:
        """Lines a text takes in a column. Not every program does this by itself when it opens a file."""
        shown = (cell.text or short_url(cell.url)) if isinstance(cell, Link) else cell
        return math.ceil(len(shown) * 1.12 / width) if isinstance(shown, str) else 1

    @property
    def full(self) -> bool:
        """Whether no row more fits."""
        return self.next >= MOST_ROWS

    def close(self) -> None:
        """Sets the filter over all that was written, and hides what stayed empty."""
        for number, (column, filled) in enumerate(zip(self._columns, self._filled, strict=True)):
            if column.optional and not filled:
                self.sheet.set_column(number, number, column.width, None, {"hidden": True})
        last = max(self.next - 1, 1)
        self.sheet.autofilter(0, 0, last, len(self._columns) - 1)
        self.sheet.print_area(0, 0, last, self._printed - 1)
