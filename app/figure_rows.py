"""Rows of a table to figures and claims; a cell that cannot be taken is named with sheet, row, column and reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app import figure_cells as cell
from app.figure_cells import BadCell
from app.figure_columns import Column, Head, find_head, title
from app.tables import Cell, Row, Sheet
from checks.figures import FigureKind, figures
from core.figures import Claim, Figure
from core.numbers import read_period
from core.register import Body
from core.text import fold

#: First cells of rows that add up the others.
_TOTALS = frozenset({"tong", "tong cong", "cong", "tong so", "toan tinh", "total"})
#: Letters of the name of a part, as the database keeps it.
_LONGEST = 200
#: Columns that say what a figure is broken down by.
_PARTS = ("level", "section", "term", "criterion")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, and where."""

    sheet: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.sheet}, dòng / row {self.row}" if self.row else self.sheet
        return f"{place}, cột / column “{self.column}”: {self.reason}" if self.column else f"{place}: {self.reason}"


@dataclass(frozen=True)
class Names:
    """What rows are understood by: bodies, figures, criteria and duties, each looked up by a text."""

    #: Bodies that are meant by a text on the days of a period, among the children of a parent ("": of any).
    bodies: Callable[[str, str, dt.date, dt.date], list[Body]]
    kinds: Sequence[FigureKind]
    #: Folded id or title of a criterion: its id.
    criteria: Mapping[str, str]
    #: Folded id, former id or title of a duty: its id. A function: catalogues are read when a claim is met.
    rules: Callable[[], Mapping[str, str]]


@dataclass
class Reading:
    """What a file says, where each figure stood, and everything that is wrong with it."""

    figures: list[Figure] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    #: By body, name, part and period: sheet, row and head where it stood, and what it said.
    places: dict[tuple[object, ...], tuple[str, int, str, object]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    #: By body and period the figures with a cell that could not be taken: no sum is told of them.
    spoilt: dict[tuple[str, dt.date, dt.date], set[str]] = field(default_factory=dict)
    #: Rows of totals and sheets or columns that were passed over, in words.
    passed: list[str] = field(default_factory=list)


def read_rows(sheets: Sequence[Sheet], names: Names, *, skip_unknown: bool = False) -> Reading:
    """Everything in the sheets."""
    reading = Reading()
    for sheet in sheets:
        if not sheet.rows:
            continue
        head = find_head(sheet, names.kinds)
        if head is None:
            reason = "không có hàng tiêu đề có cột “Cơ quan” / no row of heads with a column “Cơ quan”"
            if skip_unknown:
                reading.passed.append(f"{sheet.name}: {reason}")
            else:
                reading.faults.append(Fault(sheet.name, 0, "", reason))
            continue
        _heads(sheet, head, reading, skip_unknown)
        for row in sheet.rows:
            if row.number > head.row:
                _Row(sheet.name, row, head, names, reading).read()
    return reading


def _heads(sheet: Sheet, head: Head, reading: Reading, skip_unknown: bool) -> None:
    for words, near in head.unknown:
        if skip_unknown:
            reading.passed.append(f"{sheet.name}: cột / column “{words}”")
            continue
        hint = f", có phải “{near}”? / do you mean “{near}”?" if near else ""
        reason = f"không có cột này; xóa cột hoặc dùng --skip-unknown / no such column{hint}"
        reading.faults.append(Fault(sheet.name, head.row, words, reason))
    for words in head.twice:
        reading.faults.append(Fault(sheet.name, head.row, words, "cột có hai lần / stands there twice"))


class _Row:
    """One row while it is read."""

    def __init__(self, sheet: str, row: Row, head: Head, names: Names, reading: Reading) -> None:
        self._sheet, self._number, self._names, self._reading = sheet, row.number, names, reading
        self._cells: dict[str, tuple[Column, Cell]] = {}
        self._given: list[tuple[Column, FigureKind, Cell]] = []
        for column in head.columns:
            value = row.cells[column.index] if column.index < len(row.cells) else None
            if cell.blank(value):
                continue
            if column.kind is not None:
                self._given.append((column, column.kind, value))
            else:
                self._cells.setdefault(column.key, (column, value))

    def read(self) -> None:
        try:
            self._read()
        except BadCell as error:
            self._bad(error, "")

    def _read(self) -> None:
        named = self._cells.get("body") or self._cells.get("body_id")
        first = next(iter(self._cells.values()), None)
        if any(fold(str(c[1])) in _TOTALS for c in (named, first) if c is not None):
            self._reading.passed.append(f"{self._sheet}, dòng / row {self._number}: dòng tổng cộng / a total")
            return
        says = {"value", "marked", "claimed"} & self._cells.keys()
        if not self._given and not says:
            return
        if named is None:
            self._fault(title("body").vi, "chưa ghi cơ quan / no body is named")
        period = self._period()
        body = self._body(named, period) if period and named else None
        if body is None or period is None:
            self._only_cells()
            return
        for column, kind, value in self._given:
            self._figure(body, period, kind, column.head, value)
        if "value" in says:
            self._long(body, period)
        if "marked" in says:
            self._marked(body, period)
        if "claimed" in says:
            self._claim(body, period)

    def _only_cells(self) -> None:
        """Faults of the figures themselves, where it is not known whose they are."""
        for column, kind, value in self._given:
            try:
                cell.figure(value, kind.unit)
            except BadCell as error:
                self._bad(error, column.head)

    def _fault(self, column: str, reason: str) -> None:
        fault = Fault(self._sheet, self._number, column, reason)
        if fault not in self._reading.faults:  # a wrong level is one fault, and not one of each figure beside it
            self._reading.faults.append(fault)

    def _bad(self, error: BadCell, head: str) -> None:
        """The fault of a cell, in its own column where it names one."""
        self._fault(self._head(error.key) if error.key else head, str(error))

    def _words(self, key: str) -> str:
        """The text in that column."""
        try:
            return cell.words(self._value(key))
        except BadCell as error:
            raise BadCell(str(error), error.key or key) from None

    def _number_in(self, key: str) -> Fraction:
        """The number in that column."""
        try:
            return cell.number(self._value(key))
        except BadCell as error:
            raise BadCell(str(error), error.key or key) from None

    def _value(self, key: str) -> Cell:
        return self._cells[key][1] if key in self._cells else None

    def _head(self, key: str) -> str:
        return self._cells[key][0].head if key in self._cells else title(key).vi

    def _period(self) -> tuple[dt.date, dt.date] | None:
        if "period" in self._cells:
            period = read_period(self._words("period"))
            if period is None:
                reason = "viết như “6 tháng đầu năm 2021”, “Quý II/2021”, “Tháng 6/2021” / no such period"
                self._fault(self._head("period"), reason)
            return period
        days = []
        for key in ("begins", "ends"):
            if key not in self._cells:
                self._fault(title(key).vi, "chưa ghi kỳ báo cáo / the period is missing")
                return None
            try:
                days.append(cell.day(self._value(key)))
            except BadCell as error:
                self._fault(self._head(key), str(error))
                return None
        if days[1] < days[0]:
            reason = f"{days[1]:%d/%m/%Y} trước ngày bắt đầu / before the beginning {days[0]:%d/%m/%Y}"
            self._fault(self._head("ends"), reason)
            return None
        return days[0], days[1]

    def _body(self, named: tuple[Column, Cell], period: tuple[dt.date, dt.date]) -> Body | None:
        if "body_id" in self._cells:
            named = self._cells["body_id"]
        column = named[0]
        text = self._words(column.key)
        found = self._names.bodies(text, self._words("parent"), *period)
        if len(found) == 1:
            return found[0]
        if found:
            shown = ", ".join(f"{body.id} ({body.name})" for body in found[:6])
            more = " …" if len(found) > 6 else ""
            self._fault(column.head, f"“{text}” có nhiều cơ quan / is ambiguous: {shown}{more}")
        else:
            self._fault(column.head, f"danh bạ không có “{text}” trong kỳ này / not in the register in this period")
        return None

    def _part(self, kind: FigureKind) -> str:
        """The part a figure of this row is of. BadCell where it cannot be broken down so."""
        given = [key for key in _PARTS if key in self._cells]
        if kind.part and kind.part in given:
            return self._named_part(kind, kind.part)
        if "part" in self._cells and kind.part:
            return self._named_part(kind, "part")
        if given or "part" in self._cells:
            head = self._head(given[0] if given else "part")
            raise BadCell(f"không chia theo cột “{head}” / is not broken down by that column")
        if kind.part in ("criterion", "term"):
            raise BadCell(f"thiếu cột “{title(kind.part).vi}” / that column is missing", kind.part)
        return ""

    def _named_part(self, kind: FigureKind, key: str) -> str:
        text = self._words(key)
        if len(text) > _LONGEST:
            raise BadCell(f"“{text[:40]}…” dài quá {_LONGEST} ký tự / is too long", key)
        if kind.part == "criterion":
            return self._criterion(text, key)
        part = figures().part(kind, text)
        if part is None:
            accepted = figures().accepted(kind.part)
            self._fault(self._head(key), f"không có “{text}”; ghi / there is no such value; write: {accepted}")
            return text  # nothing is kept of this file; its sums are still looked at
        return part

    def _criterion(self, text: str, key: str) -> str:
        found = self._names.criteria.get(fold(text))
        if found is None:
            raise BadCell(f"không có tiêu chí “{text}” / no such criterion (decree43 profiles show)", key)
        return found

    def _figure(self, body: Body, period: tuple[dt.date, dt.date], kind: FigureKind, head: str, value: Cell) -> None:
        found: list[float] = []
        try:
            found.append(cell.figure(value, kind.unit))
        except BadCell as error:
            self._bad(error, head)
        try:
            part = self._part(kind)
        except BadCell as error:
            self._bad(error, head)
            found.clear()
        if not found:
            self._reading.spoilt.setdefault((body.id, *period), set()).add(kind.name)
            return
        item = Figure(body.id, kind.name, *period, found[0], part)
        if self._once((Figure, body.id, kind.name, part, *period), head, item.value):
            self._reading.figures.append(item)

    def _long(self, body: Body, period: tuple[dt.date, dt.date]) -> None:
        name = self._words("name")
        kind = next((kind for kind in self._names.kinds if fold(name) in kind.spellings), None)
        if kind is None:
            self._fault(self._head("name"), f"không có chỉ tiêu “{name}” / no such figure")
            return
        self._figure(body, period, kind, self._head("value"), self._value("value"))

    def _marked(self, body: Body, period: tuple[dt.date, dt.date]) -> None:
        kind = figures().kind("criterion")
        assert kind is not None
        part = share = None
        try:
            part = self._part(kind)
        except BadCell as error:
            self._bad(error, self._head("marked"))
        try:
            share = self._number_in("marked") / self._most("marked")
        except BadCell as error:
            self._bad(error, self._head("marked"))
        if part is None or share is None:
            return
        if self._once((Figure, body.id, kind.name, part, *period), self._head("marked"), float(share)):
            self._reading.figures.append(Figure(body.id, kind.name, *period, float(share), part))

    def _claim(self, body: Body, period: tuple[dt.date, dt.date]) -> None:
        text = self._words("rule")
        rule = self._names.rules().get(fold(text)) if text else None
        if rule is None:
            self._fault(self._head("rule"), f"không có nghĩa vụ “{text}” / no such duty (decree43 rules list)")
        link = points = most = None
        try:
            link = cell.link(self._value("link"))
        except BadCell as error:
            self._bad(error, self._head("link"))
        try:
            points, most = self._number_in("claimed"), self._most("claimed")
        except BadCell as error:
            self._bad(error, self._head("claimed"))
        note = self._words("note")
        if rule is None or link is None or points is None or most is None:
            return
        item = Claim(body.id, rule, *period, float(points), float(most), link, note)
        if self._once((Claim, body.id, rule, *period), self._head("claimed"), item):
            self._reading.claims.append(item)

    def _most(self, of: str) -> Fraction:
        if "most" not in self._cells:
            raise BadCell(f"thiếu “{title('most').vi}” / the maximum is missing", "most")
        most = self._number_in("most")
        if most == 0:
            raise BadCell("phải lớn hơn 0 / must be above 0", "most")
        if self._number_in(of) > most:
            raise BadCell(f"lớn hơn “{title('most').vi}” / above the maximum")
        return most

    def _once(self, key: tuple[object, ...], head: str, value: object) -> bool:
        """Notes where a value stands; the same again is passed over, another one is a fault."""
        before = self._reading.places.setdefault(key, (self._sheet, self._number, head, value))
        if before[3] != value:
            self._fault(head, f"khác với {before[0]}, dòng {before[1]} cho cùng cơ quan và kỳ / differs from that row")
        return before[:2] == (self._sheet, self._number)
