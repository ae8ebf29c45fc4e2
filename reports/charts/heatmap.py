"""Bodies by duties: every cell a verdict, in its colour and with its sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import words
from reports.charts.grid import Tile, cells, legend
from reports.charts.picture import Picture, Shape, fitted, heading, label, width_of
from reports.charts.words import told
from reports.look import look

#: Bodies that are drawn; the table has all.
MOST_ROWS = 80
_LEFT, _TOP = 250, 50


@dataclass(frozen=True, slots=True)
class Line:
    """One body and the values of its verdicts, one for each duty; "" where there is none."""

    name: str
    verdicts: Sequence[str]


def draw(duties: Sequence[str], lines: Sequence[Line], lang: str = "vi") -> Picture:
    """The heat map; ``duties`` are what stands over the columns, short ids."""
    drawn = lines[:MOST_ROWS]
    heads = max((width_of(duty, 10) for duty in duties), default=0)
    tile = Tile(15, 15, _LEFT, int(_TOP + heads + 10))
    room = max(len(duties) * tile.width, 560)
    text = told("heatmap.text", lang, rows=len(lines), columns=len(duties))
    if len(drawn) < len(lines):
        text += " " + told("heatmap.cut", lang, shown=len(drawn), all=len(lines))
    title = told("heatmap.title", lang)
    shapes: list[Shape] = [*heading(title, text, tile.x + room + 30)]
    for number, duty in enumerate(duties):
        x, y = tile.x + number * tile.width + 11, tile.y - 6
        shapes.append(label(x, y, duty, 10, upright=True))
    for number, one in enumerate(drawn):
        name = fitted(one.name, 11, _LEFT - 24)
        shapes.append(label(_LEFT - 8, tile.y + (number + 1) * tile.height - 4, name, 11, anchor="end"))
    shapes += cells([one.verdicts for one in drawn], tile)
    bottom = tile.y + len(drawn) * tile.height
    shapes += legend(tile.x, bottom + 14, lang, room)
    word = {v: words.pick(w, lang) for v in look()["verdict"] if (w := words.word("verdict", v))}
    rows = tuple((one.name, *(word.get(v, "") for v in one.verdicts)) for one in lines)
    table = (told("head.body", lang), *duties)
    return Picture(title, text, tile.x + room + 30, bottom + 66, tuple(shapes), table, rows, lang)
