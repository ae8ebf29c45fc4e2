"""Bodies from a CSV into the register: all of the file, or nothing and every bad row named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from app import register, register_csv
from app.register_csv import CellError, Row, Table
from core.bodies import BodyKind
from core.errors import UsageError
from core.register import Address, Body, Named, Register, Succession
from core.register_check import problems
from core.register_find import choose
from core.register_names import agree, key, plain, slug
from storage.register import Saved
from storage.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; ``ignored``: heads of columns that mean nothing to the register."""

    saved: Saved
    ignored: tuple[str, ...]


def import_file(store: Store, file: Path, today: dt.date) -> Imported:
    """Adds and changes bodies as the file says. A column that the file lacks leaves what is kept alone.

    Raises UsageError with row, column and reason of everything that is wrong; then nothing was kept.
    """
    table = register_csv.read(file)
    kept = register.bodies_of(store)
    before = kept.register()
    reading = _Reading(table, before, today)
    bodies, steps = reading.read()
    reading.check(bodies, steps)
    found = reading.faults()
    if found:
        lines = "\n".join(f"  - {fault}" for fault in found)
        raise UsageError(
            f"{file}: {len(found)} lỗi, không ghi gì / {len(found)} fault(s), nothing was kept\n{lines}",
            hint="sửa các dòng trên rồi nhập lại / mend these rows and import again",
        )
    return Imported(kept.save(bodies, steps), table.unknown)


class _Reading:
    """One reading of a table, with the faults it meets on the way."""

    def __init__(self, table: Table, before: Register, today: dt.date) -> None:
        self._told: list[tuple[int, str]] = []
        self._table = table
        self._before = before
        self._today = today
        #: Lines by id of the body they tell of.
        self._line: dict[str, int] = {}
        self._by_key: dict[str, list[Body]] = {}
        self._by_id = dict(before.bodies)
        self._given = {row.cells.get("id", "") for row in table.rows}
        self._parents: dict[tuple[str, dt.date], list[Body]] = {}
        for body in before.bodies.values():
            self._know(body)

    def read(self) -> tuple[list[Body], list[Succession]]:
        """The bodies and mergers that the rows tell."""
        bodies: dict[int, tuple[Row, Body]] = {}
        waiting = list(self._table.rows)
        while waiting:
            # A row without an id gets one made of its parent's: rows whose parent is a row still to come wait for it.
            to_come = {key(name) for row in waiting for name in _names(row)}
            ready = [row for row in waiting if self._parent_is_known(row, to_come)] or waiting
            for row in ready:
                if (body := self._body(row)) is not None:
                    bodies[row.line] = row, body
            done = {row.line for row in ready}
            waiting = [row for row in waiting if row.line not in done]
        told = [bodies[line] for line in sorted(bodies)]
        return [body for _, body in told], [step for row, body in told for step in self._step(row, body)]

    def check(self, bodies: list[Body], steps: list[Succession]) -> None:
        """Tells what is wrong with the register as a whole once these are in it; of rows with a fault, nothing more."""
        found = problems(*register.together(self._before, bodies, steps))
        bad = {line for line, _ in self._told}
        here = [p for p in found if p.body in self._line]
        for problem in here or found:
            line = self._line.get(problem.body, 0)
            if line not in bad:
                self._tell(line, problem.field, problem.vi, problem.en, problem.body)

    def faults(self) -> list[str]:
        """Everything that is wrong, by line."""
        return [text for _, text in sorted(self._told, key=lambda told: told[0])]

    def _tell(self, line: int, column: str, vi: str, en: str, body: str = "") -> None:
        head = self._table.heads.get(column) or register_csv.head_of(column)
        where = f"dòng {line}, cột “{head}”" if line else f"cơ quan đang lưu {body}"
        self._told.append((line, f"{where}: {vi} / {en}"))

    def _cell(self, row: Row, column: str, read: Callable[[str], T], otherwise: T) -> T:
        """What a cell says; what is kept when the file lacks the column."""
        if column not in row.cells:
            return otherwise
        try:
            return read(row.cells[column])
        except CellError as error:
            vi, _, en = str(error).partition(" / ")
            self._tell(row.line, column, vi, en)
            return otherwise

    def _spans(self, row: Row, column: str) -> list[register_csv.Span]:
        return self._cell(row, column, register_csv.spans_of, [])

    def _parent_is_known(self, row: Row, to_come: set[str]) -> bool:
        parent = row.cells.get("parent", "")
        return not parent or parent in self._by_id or key(parent) not in to_come

    def _body(self, row: Row) -> Body | None:
        names = tuple(Named(*span) for span in self._spans(row, "name"))
        ends = self._cell(row, "to", register_csv.day_of, None)
        parent = self._parent(row, ends or self._today)
        name = row.cells.get("id", "") or (self._same(names[-1].name, parent, ends) if names else "")
        if not name:
            self._tell(row.line, "name", "chưa có tên", "there is no name")
            return None
        if name in self._line:
            vi, en = f"mã {name} đã có ở dòng {self._line[name]}", f"the id is on line {self._line[name]} already"
            self._tell(row.line, "id" if row.cells.get("id") else "name", vi, en)
            return None
        self._line[name] = row.line
        old = self._before.bodies.get(name)
        if old is None and not row.cells.get("kind"):
            self._tell(row.line, "kind", "chưa ghi loại cơ quan", "there is no kind")
        old = old or Body(name, BodyKind.OTHER, ())
        kind = self._cell(row, "kind", register_csv.kind_of, old.kind) if row.cells.get("kind") else old.kind
        code = row.cells.get("code", old.code)
        body = replace(
            old,
            kind=kind,
            names=names if "name" in row.cells else old.names,
            addresses=self._addresses(row) if "url" in row.cells else old.addresses,
            parent=parent if "parent" in row.cells else old.parent,
            # Spreadsheets eat the leading nought of "01".
            code=code.zfill(2) if code.isdigit() and kind is BodyKind.PROVINCE else code,
            valid_from=self._cell(row, "from", register_csv.day_of, old.valid_from),
            valid_to=ends if "to" in row.cells else old.valid_to,
            aliases=self._cell(row, "aliases", _listed, old.aliases),
            seat=self._cell(row, "seat", str, old.seat),
        )
        self._know(body)
        return body

    def _addresses(self, row: Row) -> tuple[Address, ...]:
        spans = self._spans(row, "url")
        return self._cell(
            row, "url", lambda _: tuple(Address(register_csv.address_of(url), *when) for url, *when in spans), ()
        )

    def _parent(self, row: Row, day: dt.date) -> str | None:
        """Id of the parent a row names: by id, else by code, name or address as of the day."""
        text = row.cells.get("parent", "")
        if not text or text in self._by_id or text in self._given:
            return text or None
        if (text, day) not in self._parents:
            self._parents[text, day] = choose(text, self._by_key.get(key(text), self._by_id.values()), day)
        found = self._parents[text, day]
        if len(found) == 1:
            return found[0].id
        if found:
            several = ", ".join(body.id for body in found)
            vi, en = f"{text!r} có thể là {several}", "it may be any of these: give the id"
        else:
            vi, en = f"không có cơ quan {text!r} ngày {day:%d/%m/%Y}", f"there is no such body on {day}"
        self._tell(row.line, "parent", vi, en)
        return None

    def _same(self, name: str, parent: str | None, ends: dt.date | None) -> str:
        """Id of the body of that name under that parent; a new one where there is none yet."""
        day = ends or self._today
        known = [b for b in self._by_key.get(key(name), ()) if b.parent == parent and b.exists(day)]
        known = [b for b in known if any(agree(n.name, name) for n in b.names)]
        if len(known) == 1:
            return known[0].id
        own = slug(plain(name)) or slug(name)
        return f"{own}-{parent}" if parent else own

    def _step(self, row: Row, body: Body) -> list[Succession]:
        kept = self._before.merged(body.id)
        into = row.cells.get("merged_into", kept.new if kept else "")
        after = body.valid_to + dt.timedelta(days=1) if body.valid_to else None
        day = self._cell(row, "merged_on", register_csv.day_of, kept.day if kept else None) or after
        main = self._cell(row, "main", register_csv.yes_of, kept.main if kept else False)
        if not into:
            return []
        if day is None:
            vi, en = "chưa ghi ngày hợp nhất hay ngày kết thúc", "give the day of the merger, or the last day"
            self._tell(row.line, "merged_on", vi, en)
            return []
        if into not in self._by_id and len(found := choose(into, self._by_key.get(key(into), ()), day)) == 1:
            into = found[0].id
        if kept and into != kept.new:
            vi = f"đã hợp nhất vào {kept.new}; nếu ghi sai thì nhập với ô này để trống, rồi nhập lại"
            en = f"merged into {kept.new} already; if that is wrong, import it with this cell empty first"
            self._tell(row.line, "merged_into", vi, en)
        return [Succession(body.id, into, day, main)]

    def _know(self, body: Body) -> None:
        self._by_id[body.id] = body
        for name in dict.fromkeys(key(n.name) for n in body.names):
            known = self._by_key.setdefault(name, [])
            known[:] = [other for other in known if other.id != body.id] + [body]


def _names(row: Row) -> list[str]:
    try:
        return [name for name, _, _ in register_csv.spans_of(row.cells.get("name", ""))]
    except CellError:
        return []


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())
