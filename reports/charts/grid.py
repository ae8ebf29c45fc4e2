"""Cells of verdicts in rows and columns: one path for each verdict, filled with its pattern, and the legend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports import words
from reports.charts.picture import Shape, Tile, label, width_of
from reports.look import look


def cells(rows: Sequence[Sequence[str]], tile: Tile) -> Iterator[Shape]:
    """The verdicts (by value; anything else stays blank) row by row from the tile's corner."""
    runs: dict[str, list[str]] = {verdict: [] for verdict in look()["verdict"]}
    for number, row in enumerate(rows):
        y, start = tile.y + number * tile.height, 0
        for column in range(1, len(row) + 1):
            if column == len(row) or row[column] != row[start]:
                if row[start] in runs:
                    width = (column - start) * tile.width
                    runs[row[start]].append(f"M{tile.x + start * tile.width} {y}h{width}v{tile.height}h-{width}z")
                start = column
    for verdict, parts in runs.items():
        if parts:
            yield Shape("path", {"d": "".join(parts), "fill": f"url(#{verdict})"})


def legend(tile: Tile, row: int, lang: str, room: float) -> Iterator[Shape]:
    """The verdicts and their words, beginning below row ``row`` of the grid; wraps where there is no room."""
    x, y = 0, row
    for verdict in look()["verdict"]:
        found = words.word("verdict", verdict)
        text = words.pick(found, lang) if found else verdict
        wide = int((width_of(text, 12) + 2 * tile.width) // tile.width) + 2
        if x and (x + wide) * tile.width > room:
            x, y = 0, y + 2
        left, top = tile.x + x * tile.width, tile.y + y * tile.height
        d = f"M{left} {top}h{tile.width}v{tile.height}h-{tile.width}z"
        yield Shape("path", {"d": d, "fill": f"url(#{verdict})", "stroke": look()["soft"], "stroke-width": 0.6})
        yield label(left + tile.width + 5, top + tile.height - 4, text, 12)
        x += wide
