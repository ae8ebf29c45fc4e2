"""One duty over rounds: the share of bodies by result, as bars that add up to the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports import words
from reports.charts.grid import cell, legend
from reports.charts.picture import Picture, Shape, Value, box, fitted, heading, label, width_of
from reports.charts.words import told
from reports.look import look, verdict_colours

_LEFT, _WIDE, _TOP, _ROW = 190, 560, 66, 34
#: Results that are drawn, best first: a duty that does not apply is none of the whole.
_DRAWN = ("pass", "partial", "fail", "unknown")


@dataclass(frozen=True, slots=True)
class Standing:
    """One round: what it is called, and how many bodies by the value of their verdict."""

    name: str
    counts: Mapping[str, int]


def draw(duty: str, rounds: Sequence[Standing], lang: str = "vi") -> Picture:
    """The bars of all rounds, oldest first."""
    title = told("shares.title", lang, duty=duty)
    text = told("shares.text", lang, n=len(rounds))
    shapes: list[Shape] = [*heading(title, text, _LEFT + _WIDE + 40)]
    for number, one in enumerate(rounds):
        y = _TOP + number * _ROW
        shapes.append(label(_LEFT - 10, y + 19, fitted(one.name, 12, _LEFT - 26), 12, anchor="end"))
        whole = sum(one.counts.get(verdict, 0) for verdict in _DRAWN)
        x = float(_LEFT)
        for verdict in _DRAWN:
            count = one.counts.get(verdict, 0)
            wide = _WIDE * count / whole if whole else 0.0
            if not wide:
                continue
            fill, ink = verdict_colours(verdict)
            shapes.append(box(x, y + 3, wide, _ROW - 8, fill, stroke=look()["soft"], **{"stroke-width": 0.8}))
            room = width_of(str(count), 11.5) + 4
            if wide > room + 24:
                shapes += cell(verdict, x + 4, y + 8, 15, 15)
                shapes.append(label(x + 23, y + 20, str(count), 11.5, ink=ink))
            elif wide > room:
                shapes.append(label(x + wide / 2, y + 20, str(count), 11.5, anchor="middle", ink=ink))
            x += wide
    bottom = _TOP + len(rounds) * _ROW
    shapes += legend(_LEFT, bottom + 10, lang, _WIDE)
    word = [words.pick(words.say(f"verdict.{v}"), lang) for v in look()["verdict"]]
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (one.name, *(one.counts.get(v, 0) for v in look()["verdict"])) for one in rounds
    )
    forms = ("text", *("whole" for _ in word))
    heads = (told("head.round", lang), *word)
    return Picture(title, text, _LEFT + _WIDE + 40, bottom + 66, tuple(shapes), heads, rows, lang, forms)
