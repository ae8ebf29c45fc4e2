"""Rank over years: a line for each body, those in question with a colour, dashes and marks of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from reports.charts.picture import Picture, Shape, Value, dot, fitted, heading, label, line
from reports.charts.words import told
from reports.look import look

#: Where the point of a period and rank stands.
_At = Callable[[int, int], tuple[float, float]]

_LEFT, _RIGHT, _TOP, _STEP = 70, 310, 96, 120
#: Height of a rank, and of all together: of a few bodies among many, and of more.
_ROW, _LOW, _HIGH = 17, 420, 1000
#: Bodies that are few.
_FEW = 12


@dataclass(frozen=True, slots=True)
class Period:
    """One round: what stands over its column, and how many bodies were ranked, where that is known."""

    name: str
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One body and its rank in each period; None where it had none."""

    name: str
    ranks: Sequence[int | None]


def draw(periods: Sequence[Period], lines: Sequence[Line], focus: Collection[str] = (), lang: str = "vi") -> Picture:
    """The bump chart; the bodies named in ``focus`` are shown before the others, all are where none is named."""
    lowest = max((r for one in lines for r in one.ranks if r is not None), default=1)
    ranked = [one for one in lines if any(r is not None for r in one.ranks)]
    row = min(_ROW, (_LOW if len(ranked) <= _FEW else _HIGH) / lowest)
    step = max(_STEP, min(220, 560 / max(len(periods) - 1, 1)))
    right = _LEFT + (len(periods) - 1) * step
    bottom = _TOP + lowest * row

    def at(period: int, rank: int) -> tuple[float, float]:
        return _LEFT + period * step, _TOP + (rank - 0.5) * row

    title = told("bump.title", lang)
    text = told("bump.text", lang, n=len(ranked), periods=len(periods)) if ranked else told("bump.none", lang)
    soft = look()["soft"]
    shapes: list[Shape] = [*heading(title, text, right + _RIGHT)]
    for number, period in enumerate(periods):
        x = _LEFT + number * step
        shapes.append(label(x, _TOP - 26, fitted(period.name, 13, min(step, 2 * _LEFT) - 8), 13, anchor="middle"))
        if period.of is not None:
            shapes.append(label(x, _TOP - 11, told("bump.of", lang, n=period.of), 10.5, anchor="middle", ink=soft))
        shapes.append(line([(x, _TOP - 4), (x, bottom)], look()["grid"]))
    for rank in _ticks(lowest, row):
        shapes.append(label(_LEFT - 16, at(0, rank)[1] + 4, str(rank), 10.5, anchor="end", ink=soft))
    # Where nobody is asked for, a few bodies are told apart and of many none.
    few = len(ranked) <= len(look()["lines"])
    bright = [one for one in ranked if one.name in focus or (not focus and few)]
    for one in ranked:
        if one not in bright:
            shapes += _line(one, at, look()["faint"], 1.2, "", None)
    for number, one in enumerate(bright):
        style = look()["lines"][number % len(look()["lines"])]
        shapes += _line(one, at, style["colour"], 3, style["dash"], style["mark"])
    shapes += _names(ranked, bright, at, row, right)
    rows: tuple[tuple[Value, ...], ...] = tuple((one.name, *one.ranks) for one in lines)
    heads = (told("head.body", lang), *(period.name for period in periods))
    forms = ("text", *("whole" for _ in periods))
    return Picture(title, text, int(right + _RIGHT), int(bottom + 24), tuple(shapes), heads, rows, lang, forms)


def _ticks(lowest: int, row: float) -> Iterator[int]:
    """The ranks that are named at the left: as many as fit."""
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000) if s * row >= 14 or s == 5000)
    yield 1
    yield from (rank for rank in range(step, lowest + 1, step) if (rank - 1) * row >= 12)


def _line(one: Line, at: _At, ink: str, width: float, dash: str, mark: str | None) -> Iterator[Shape]:
    """The parts of a line between ranks that are known, and its points; a gap stays a gap."""
    run: list[tuple[float, float]] = []
    points = []
    for number, rank in enumerate((*one.ranks, None)):
        if rank is not None:
            run.append(at(number, rank))
            points.append(run[-1])
            continue
        if len(run) > 1:
            yield line(run, ink, width, dash)
        run = []
    for x, y in points:
        yield dot(x, y, mark or "circle", ink, 5 if mark else 2.2)


def _names(ranked: Sequence[Line], bright: Sequence[Line], at: _At, row: float, right: float) -> Iterator[Shape]:
    """The names at the right, at each line's last rank, as many as fit; those that tie share a line of words."""
    last: dict[int, list[Line]] = {}
    for one in (*bright, *(one for one in ranked if one not in bright)):
        if one.ranks[-1] is not None:
            last.setdefault(one.ranks[-1], []).append(one)
    placed: list[int] = []
    for rank, tied in last.items():  # the bright ones first
        strong = tied[0] in bright
        if not strong and any(abs(rank - other) * row < 11 for other in placed):
            continue
        placed.append(rank)
        ink = _colour(bright, tied[0]) if strong else look()["soft"]
        size = 12.5 if strong else 10.5
        said = fitted(f"{rank}. {', '.join(one.name for one in tied)}", size, _RIGHT - 24)
        yield label(right + 14, at(0, rank)[1] + 4, said, size, ink=ink, bold=strong)
    for one in bright:  # a body that is no longer ranked is named where its line ends
        known = [n for n, rank in enumerate(one.ranks) if rank is not None]
        if known[-1] < len(one.ranks) - 1:
            x, y = at(known[-1], one.ranks[known[-1]] or 1)
            ink = _colour(bright, one)
            yield label(x + 8, y + 17, fitted(one.name, 12, 110), 12, ink=ink, bold=True, edged=True)


def _colour(bright: Sequence[Line], one: Line) -> str:
    lines = look()["lines"]
    return str(lines[bright.index(one) % len(lines)]["colour"])
