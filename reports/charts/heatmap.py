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
#: Bodies that may stand over the columns, the duties in the rows; the room for ids and titles then.
_FEW, _NAMES = 20, 560


@dataclass(frozen=True, slots=True)
class Line:
    """One body and the values of its verdicts, one for each duty; "" where there is none."""

    name: str
    verdicts: Sequence[str]


def draw(duties: Sequence[str], lines: Sequence[Line], lang: str = "vi", *, titles: Sequence[str] = ()) -> Picture:
    """The heat map; ``duties`` are short ids, ``titles`` their words.

    Duties stand over the columns; of few bodies they stand in the rows, where there is room for their titles.
    """
    if titles and len(lines) <= _FEW and len(lines) < len(duties):
        return _down(duties, titles, lines, lang)
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
    names, rows = _table(duties, lines, lang)
    return Picture(title, text, tile.x + room + 30, bottom + 66, tuple(shapes), names, rows, lang)


def _down(duties: Sequence[str], titles: Sequence[str], lines: Sequence[Line], lang: str) -> Picture:
    """Duties from the top down, each with its title, and a column for each body."""
    over = max((width_of(fitted(one.name, 12, 170), 12) for one in lines), default=0)
    tile = Tile(22, 18, _NAMES, int(_TOP + over + 14))
    room = max(len(lines) * tile.width, 110)
    title, text = told("heatmap.title", lang), told("heatmap.text", lang, rows=len(lines), columns=len(duties))
    shapes: list[Shape] = [*heading(title, text, tile.x + room + 30)]
    for number, one in enumerate(lines):
        x = tile.x + number * tile.width + 15
        shapes.append(label(x, tile.y - 6, fitted(one.name, 12, 170), 12, upright=True))
    for number, (duty, words_of_it) in enumerate(zip(duties, titles, strict=True)):
        y = tile.y + (number + 1) * tile.height - 5
        shapes.append(label(14, y, fitted(duty, 11, 118), 11, ink=look()["soft"]))
        shapes.append(label(_NAMES - 8, y, fitted(words_of_it, 12, _NAMES - 146), 12, anchor="end"))
    columns = [[one.verdicts[n] if n < len(one.verdicts) else "" for one in lines] for n in range(len(duties))]
    shapes += cells(columns, tile)
    bottom = tile.y + len(duties) * tile.height
    shapes += legend(14, bottom + 14, lang, tile.x + room)
    names, rows = _table(duties, lines, lang)
    return Picture(title, text, tile.x + room + 30, bottom + 66, tuple(shapes), names, rows, lang)


def _table(
    duties: Sequence[str], lines: Sequence[Line], lang: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Heads and rows of the table: a row for each body."""
    word = {v: words.pick(w, lang) for v in look()["verdict"] if (w := words.word("verdict", v))}
    rows = tuple((one.name, *(word.get(v, "") for v in one.verdicts)) for one in lines)
    return (told("head.body", lang), *duties), rows
