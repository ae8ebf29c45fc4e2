"""Data tables and labelled two-column tables. Tables that only place things on the page are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.page import Field, Table
from core.text import any_phrase, fold
from crawler.extract.links import resolve
from crawler.extract.parse import Node, words

MAX_ROWS = 60
MAX_CELLS = 14
_CELL_LIMIT = 400
#: Heads of the tables that portals show; a first row of these is a head also without ``th``.
HEADS = (
    "stt", "tt", "so tt", "so ky hieu", "so hieu", "ky hieu", "so van ban", "so quyet dinh", "so", "trich yeu",
    "noi dung", "tieu de", "ten",
    "ten van ban", "ten tai lieu", "ten du an", "ten thu tuc", "ten de tai", "ten goi thau", "ten don vi", "ten file",
    "van ban", "ngay", "ngay ban hanh", "ngay bh",
    "ngay dang", "ngay hieu luc", "ngay ky", "co quan ban hanh", "don vi", "don vi ban hanh", "nguoi ky",
    "loai van ban", "linh vuc",
    "tai ve", "tep dinh kem", "file dinh kem", "dinh kem", "ho va ten", "ho ten", "chuc vu", "chuc danh", "dien thoai",
    "email",
    "thu", "thoi gian", "sang", "chieu", "dia diem", "thanh phan", "chu tri", "chu dau tu", "tong muc dau tu",
    "nguon von", "muc tieu",
    "quy mo", "trang thai", "tinh trang", "cau hoi", "nguoi gui", "nguoi hoi", "ngay gui", "ngay hoi", "ngay tra loi",
    "muc do", "chi tieu",
    "don vi tinh", "phong", "phong ban", "can bo", "so dien thoai", "dia chi", "bat dau", "ket thuc", "han gop y",
    "du thao", "nam", "quy", "ghi chu",
    "ma so", "chu nhiem", "du toan", "quyet toan", "lanh dao", "no", "title", "date", "number", "name",
)  # fmt: skip
_HEADS = frozenset(HEADS)
_VALUE = re.compile(r"\d{2}")
_MARK = re.compile(r"^(?:\d+|[\d/.\-\s:]+)$")
_LABEL_WORDS = (
    "so ky hieu so hieu|so van ban|ngay ban hanh|ngay hieu luc|nguoi ky|trich yeu|co quan ban hanh|loai van ban|linh "
    "vuc|ten du an|chu dau tu|"
    "tong muc dau tu|nguon von|muc tieu|quy mo|thoi gian|dia diem|ho va ten|ho ten|chuc vu|dien thoai|email|dia chi|"
    "ngay sinh|que quan|"
    "trinh do|ma so|chu nhiem|co quan chu tri|tinh trang|trang thai|hinh thuc|tep dinh kem|so ky hieu|so hieu|tieu de|"
    "ngay|noi dung|fax|website"
).split("|")


@dataclass(slots=True)
class Grid:
    """A data table with its nodes: head cells, then rows of (row node, cell nodes, cell texts)."""

    table: Table
    rows: list[tuple[Node, list[Node], list[str]]]


def read_tables(body: Node, base: str) -> tuple[list[Grid], list[Field], int, int]:
    """Data tables, fields from two-column tables; number of data tables and of those without marked heads."""
    grids: list[Grid] = []
    fields: list[Field] = []
    count = bare = 0
    for node in body.iter("table"):
        grid = _grid(node, base)
        if grid is None:
            continue
        pairs = _pairs(grid)
        count += 1
        bare += not grid.table.marked
        if pairs:
            fields += pairs
        elif len(grids) < 12:
            grids.append(grid)
            fields += _first_row(grid.table)
    return grids, fields, count, bare


def _grid(node: Node, base: str) -> Grid | None:
    if (node.get("role") or "") in ("presentation", "none") or next(_below(node, "table"), None) is not None:
        return None
    if next(node.iter("form", "h1", "nav", "textarea", "select"), None) is not None:
        return None
    head: list[str] = []
    marked = False
    rows: list[tuple[Node, list[Node], list[str]]] = []
    total = 0
    wide = 0
    for row in node.iter("tr"):
        cells = [c for c in row if c.tag in ("td", "th")]
        if not cells:
            continue
        if not head and not rows and (all(c.tag == "th" for c in cells) or _parent_tag(row) == "thead"):
            head = [words(c)[:80] for c in cells[:MAX_CELLS]]
            marked = any(c.tag == "th" for c in cells)
            if len(cells) == 1:  # one head across the table is its caption
                head = []
            continue
        total += 1
        wide = max(wide, len(cells))
        if len(rows) < MAX_ROWS:
            texts = [words(c) for c in cells[:MAX_CELLS]]
            if max(map(len, texts)) > 1500:
                return None
            rows.append((row, cells[:MAX_CELLS], texts))
    if wide < 2 or not rows:
        return None
    if total < 2 and not head:
        return None
    if not head and len(rows) > 1 and _is_head(rows[0]):
        head = [t[:80] for t in rows[0][2]]
        rows, total = rows[1:], total - 1
    if not head and _places_things(rows):
        return None
    marked = marked or any(c.tag == "th" for _, cells, _ in rows[:3] for c in cells)
    caption = next(node.iter("caption"), None)
    table = Table(
        tuple(head),
        tuple(tuple(t if len(t) <= _CELL_LIMIT else t[:_CELL_LIMIT] for t in texts) for _, _, texts in rows),
        words(caption)[:200] if caption is not None else (node.get("summary") or "")[:200],
        marked,
        total,
        tuple(_urls(row, base) for row, _, _ in rows),
    )
    return Grid(table, rows)


def _below(node: Node, tag: str) -> Iterator[Node]:
    found: Iterator[Node] = node.iter(tag)
    next(found, None)
    return found


def _parent_tag(node: Node) -> str:
    parent = node.getparent()
    return parent.tag if parent is not None else ""


def _urls(row: Node, base: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(u for a in row.iter("a") if (u := resolve(a.get("href") or "", base)[0])))[:6]


def _is_head(row: tuple[Node, list[Node], list[str]]) -> bool:
    _, _, texts = row
    full = [t for t in texts if t]
    if len(full) < 2 or any(len(t) > 45 or _VALUE.search(t) for t in full):
        return False
    return sum(fold(t) in _HEADS for t in full) * 2 >= len(full)


def _places_things(rows: list[tuple[Node, list[Node], list[str]]]) -> bool:
    """Whether cells hold blocks of the page, not data."""
    for row, _, texts in rows[:10]:
        if max(map(len, texts)) > 700:
            return True
        if (
            sum(1 for _ in row.iter("a")) > 10
            or next(row.iter("ul", "h2", "h3", "iframe", "marquee"), None) is not None
        ):
            return True
    cells = [t for _, _, texts in rows for t in texts]
    if cells.count("") * 5 >= len(cells) * 2 and next(rows[0][0].iter("img"), None) is not None:
        return True  # pictures beside words
    same = {len(texts) for _, _, texts in rows}
    return len(rows) < 3 and len(same) > 1 and not any(fold(t) in _HEADS for _, _, ts in rows for t in ts)


def is_label(text: str) -> bool:
    """Whether words name a value: short, ending in a colon or one of the names that documents have."""
    if not 1 < len(text) <= 60:
        return False
    return text.endswith(":") or (len(text) <= 34 and any_phrase(fold(text), _LABEL_WORDS) is not None)


def _pairs(grid: Grid) -> list[Field]:
    """Name and value of each row of a two-column (or twice two) table; nothing for any other."""
    if grid.table.headers and len(grid.table.headers) > 2:
        return []
    found: list[Field] = []
    labelled = 0
    rows = [r for r in grid.rows if any(r[2])]
    for _, cells, texts in rows:
        if len(texts) not in (2, 4):
            if len(texts) == 1:
                continue
            return []
        for n in range(0, len(texts), 2):
            name = texts[n]
            sure = cells[n].tag == "th" or is_label(name) or next(cells[n].iter("b", "strong"), None) is not None
            if not name or _MARK.match(name) or len(name) > 60 or not sure:
                continue
            labelled += 1
            found.append(Field(name.rstrip(" :"), texts[n + 1][:_CELL_LIMIT]))
    if not rows or labelled * 10 < len(rows) * 7 or (grid.table.headers and labelled < 2):
        return []
    return found


def _first_row(table: Table) -> list[Field]:
    """For a list of documents the column heads are the names of the fields."""
    if len(table.headers) < 3 or not table.rows or sum(fold(h) in _HEADS for h in table.headers) < 2:
        return []
    return [Field(h, v) for h, v in zip(table.headers, table.rows[0], strict=False) if h and v]
