"""Each duty of one portal over its audits: a strip of verdicts, oldest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from reports import words
from reports.charts.grid import Tile, cells, legend
from reports.charts.picture import Picture, Shape, fitted, heading, label
from reports.charts.words import told
from reports.look import look

_LEFT, _TOP = 480, 130


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty: its id, words, and the values of its verdicts, one for each audit; "" where there is none."""

    rule: str
    title: str
    verdicts: Sequence[str]


def draw(days: Sequence[dt.date], duties: Sequence[Duty], lang: str = "vi", *, of: int = 0) -> Picture:
    """The strips of the duties; ``days`` are those of the audits, oldest first; ``of``: how many duties there are."""
    tile = Tile(18, 18, _LEFT, _TOP)
    room = max(len(days) * tile.width, 400)
    title = told("trend.title", lang)
    part = of > len(duties)
    text = told("trend.part" if part else "trend.text", lang, rows=len(duties), columns=len(days), of=of)
    shapes: list[Shape] = [*heading(title, text, tile.x + room + 30)]
    for number, day in enumerate(days):
        x, y = tile.x + number * tile.width + 13, tile.y - 6
        shapes.append(label(x, y, f"{day:%d/%m/%Y}", 10.5, upright=True))
    for number, duty in enumerate(duties):
        y = tile.y + (number + 1) * tile.height - 5
        shapes.append(label(14, y, fitted(duty.rule, 11, 100), 11, ink=look()["soft"]))
        shapes.append(label(_LEFT - 8, y, fitted(duty.title, 11, _LEFT - 130), 11, anchor="end"))
    shapes += cells([duty.verdicts for duty in duties], tile)
    bottom = tile.y + len(duties) * tile.height
    shapes += legend(tile.x, bottom + 14, lang, room)
    word = {v: words.pick(w, lang) for v in look()["verdict"] if (w := words.word("verdict", v))}
    rows = tuple((d.rule, d.title, *(word.get(v, "") for v in d.verdicts)) for d in duties)
    heads = (told("head.rule", lang), told("head.duty", lang), *(words.pick(words.day(day), lang) for day in days))
    return Picture(title, text, tile.x + room + 30, bottom + 66, tuple(shapes), heads, rows, lang)
