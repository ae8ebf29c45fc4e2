"""Cells of verdicts in rows and columns, each with its colour and its sign, and the legend.

One path for the colour and one for the signs of each verdict: 34 bodies by 70 duties are some 100 KB. (SVG patterns
would be shorter, but renderers round their tiles to pixels, and the signs drift out of their cells.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports import words
from reports.charts.picture import Shape, label, width_of
from reports.look import look


@dataclass(frozen=True, slots=True)
class Tile:
    """The cell of a grid: its size, and the corner the grid begins at."""

    width: int
    height: int
    x: int
    y: int


def cells(rows: Sequence[Sequence[str]], tile: Tile) -> Iterator[Shape]:
    """The verdicts (by value; anything else stays blank) row by row from the tile's corner."""
    fills: dict[str, list[str]] = {verdict: [] for verdict in look()["verdict"]}
    signs: dict[str, list[str]] = {verdict: [] for verdict in look()["verdict"]}
    for number, row in enumerate(rows):
        y, start = tile.y + number * tile.height, 0
        for column in range(1, len(row) + 1):
            if column == len(row) or row[column] != row[start]:
                if row[start] in fills:
                    width = (column - start) * tile.width
                    fills[row[start]].append(f"M{tile.x + start * tile.width} {y}h{width}v{tile.height}h-{width}z")
                start = column
        for column, verdict in enumerate(row):
            if verdict in signs:
                signs[verdict].append(_sign(verdict, tile.x + column * tile.width, y, tile))
    wide = max((len(row) for row in rows), default=0) * tile.width
    for verdict, parts in fills.items():
        if parts:
            yield Shape("path", {"d": "".join(parts), "fill": look()["verdict"][verdict]["fill"]})
    across = [f"M{tile.x} {tile.y + n * tile.height}h{wide}" for n in range(len(rows) + 1)]
    down = [f"M{tile.x + n} {tile.y}v{len(rows) * tile.height}" for n in range(0, wide + 1, tile.width)]
    yield Shape("path", {"d": "".join(across + down), "fill": "none", "stroke": look()["grid"]})
    for verdict, parts in signs.items():
        if parts:
            yield _signs("".join(parts), verdict)


def cell(verdict: str, x: float, y: float, width: int, height: int) -> Iterator[Shape]:
    """One cell by itself, with an edge."""
    tile = Tile(width, height, int(x), int(y))
    colours = look()["verdict"][verdict]
    place = {"x": tile.x, "y": tile.y, "width": width, "height": height}
    yield Shape("rect", {**place, "fill": colours["fill"], "stroke": look()["soft"], "stroke-width": 0.6})
    yield _signs(_sign(verdict, tile.x, tile.y, tile), verdict)


def legend(x: float, y: float, lang: str, room: float, size: int = 15) -> Iterator[Shape]:
    """The verdicts and their words from a corner; wraps where there is no room."""
    left = x
    for verdict in look()["verdict"]:
        text = words.pick(words.say(f"verdict.{verdict}"), lang)
        wide = size + 6 + width_of(text, 12) + 16
        if left > x and left + wide > x + room:
            left, y = x, y + size + 8
        yield from cell(verdict, left, y, size, size)
        yield label(int(left) + size + 6, int(y) + size - 3, text, 12)
        left += wide


def _signs(d: str, verdict: str) -> Shape:
    ink = look()["verdict"][verdict]["ink"]
    return Shape("path", {"d": d, "fill": "none", "stroke": ink, "stroke-width": 1.5})


def _sign(verdict: str, x: int, y: int, tile: Tile) -> str:
    """The sign of a verdict in the cell at x, y: a tick, a slash, a cross, a ring, a dash."""
    side = min(tile.width, tile.height) - 7
    left, top = x + (tile.width - side) // 2, y + (tile.height - side) // 2
    half = side // 2
    return {
        "pass": f"M{left} {top + half}l{half - 1} {side - half - 1}l{side - half + 1}-{side - 1}",
        "partial": f"M{left} {top + side}l{side}-{side}",
        "fail": f"M{left} {top}l{side} {side}m0-{side}l-{side} {side}",
        "unknown": f"M{left + 1} {top + half}a{half - 1} {half - 1} 0 1 0 {2 * half - 2} 0"
        f"a{half - 1} {half - 1} 0 1 0-{2 * half - 2} 0",
        "not_applicable": f"M{left + 1} {top + half}h{side - 2}",
    }[verdict]
