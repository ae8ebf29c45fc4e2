"""How the scores of a group spread, and where one body stands among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports import words
from reports.charts.picture import Picture, Shape, box, fitted, heading, label, line, width_of
from reports.charts.words import told
from reports.look import look

#: Intervals of the scale, each 0.05 wide where the scale is 1.
BINS = 20
_LEFT, _WIDE, _TOP, _HIGH = 60, 700, 124, 240


@dataclass(frozen=True, slots=True)
class Own:
    """The body that is shown: its value, bounds and rank, where there are any."""

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    rank: int | None = None
    of: int | None = None


def draw(
    values: Sequence[float | None], lang: str = "vi", *, own: Own | None = None, scale: float = 1.0, group: str = ""
) -> Picture:
    """The bars; ``values`` are those of all bodies, the own one's too, None for a body without a score."""
    known = [v for v in values if v is not None]
    counts = [0] * BINS
    for value in known:
        counts[_bin(value, scale)] += 1
    most = max([*counts, 1])
    title = told("distribution.title", lang) + (f" – {group}" if group else "")
    text = told("distribution.text", lang, n=len(known))
    if len(known) < len(values):
        text += " " + told("distribution.without", lang, n=len(values) - len(known))
    ink, soft = look()["ink"], look()["soft"]
    bottom, step = _TOP + _HIGH, _WIDE / BINS
    shapes: list[Shape] = [*heading(title, text, _LEFT + _WIDE + 40)]
    mine = _bin(own.value, scale) if own else None
    for number, count in enumerate(counts):
        height = _HIGH * count / most
        fill = "url(#hatch)" if number == mine else look()["bar"]
        x = _LEFT + number * step
        if count:
            shapes.append(box(x + 1, bottom - height, step - 2, height, fill, stroke=soft, **{"stroke-width": 0.7}))
            shapes.append(label(x + step / 2, bottom - height - 5, str(count), 11, anchor="middle"))
    shapes.append(line([(_LEFT, bottom), (_LEFT + _WIDE, bottom)], ink, 1.2))
    for tick in range(0, BINS + 1, 2):
        x = _LEFT + tick * step
        shapes.append(line([(x, bottom), (x, bottom + 5)], ink))
        shapes.append(label(x, bottom + 19, _said(tick * scale / BINS, lang, scale), 11, anchor="middle", ink=soft))
    middle = _LEFT + _WIDE / 2
    shapes.append(label(middle, bottom + 38, told("distribution.axis", lang), 12, anchor="middle", ink=soft))
    x, y = 22, _TOP + _HIGH / 2
    count_word = told("distribution.count", lang)
    shapes.append(label(x, y, count_word, 12, anchor="middle", ink=soft, upright=True))
    if own:
        shapes += _own(own, lang, scale, bottom, bottom - _HIGH * counts[_bin(own.value, scale)] / most - 18)
    edges = [i * scale / BINS for i in range(BINS + 1)]
    yes = own.name if own else ""
    rows = tuple(
        (edges[first], edges[last + 1], counts[first], yes if first == mine else "")
        for first, last in _runs(counts, mine)
    )
    heads = tuple(told(f"head.{name}", lang) for name in ("from", "to", "count", "own"))
    forms = ("points", "points", "whole", "text")
    return Picture(title, text, _LEFT + _WIDE + 40, bottom + 78, tuple(shapes), heads, rows, lang, forms)


def _runs(counts: Sequence[int], mine: int | None) -> Iterator[tuple[int, int]]:
    """The intervals as the table has them: empty ones side by side are one row."""
    first = 0
    for number in range(1, len(counts) + 1):
        if number == len(counts) or counts[number - 1] or counts[number] or mine in (number - 1, number):
            yield first, number - 1
            first = number


def _own(own: Own, lang: str, scale: float, bottom: float, top: float) -> list[Shape]:
    """The line down to the body's bar, its words on top, its bounds as a bracket under the axis."""
    accent = look()["accent"]

    def at(value: float) -> float:
        return _LEFT + _WIDE * min(max(value / scale, 0.0), 1.0)

    x = at(own.value)
    said = told("distribution.own", lang, name=own.name, value=_said(own.value, lang, scale, 3))
    if own.rank is not None and own.of is not None:
        said += ", " + told("distribution.rank", lang, rank=own.rank, of=own.of)
    said = fitted(said, 13, _WIDE)
    half = width_of(said, 13) / 2
    place = min(max(x, _LEFT + half - 30), _LEFT + _WIDE - half + 30)
    shapes = [
        line([(x, _TOP - 32), (x, top - 6)], accent, 2),
        Shape("path", {"d": f"M{x:.1f} {top:.1f}l-6-9h12z", "fill": accent}),
        label(place, _TOP - 40, said, 13, anchor="middle", ink=accent, bold=True),
    ]
    if own.low is not None and own.high is not None and own.high > own.low:
        low, high, y = at(own.low), at(own.high), bottom + 52
        shapes.append(line([(low, y - 5), (low, y + 5)], accent, 2))
        shapes.append(line([(high, y - 5), (high, y + 5)], accent, 2))
        shapes.append(line([(low, y), (high, y)], accent, 2))
        bounds = told(
            "distribution.range", lang, low=_said(own.low, lang, scale, 3), high=_said(own.high, lang, scale, 3)
        )
        half = width_of(bounds, 11) / 2
        place = min(max((low + high) / 2, _LEFT + half), _LEFT + _WIDE - half)
        shapes.append(label(place, y + 18, bounds, 11, anchor="middle", ink=accent))
    return shapes


def _bin(value: float, scale: float) -> int:
    """The interval of a value; a value on an edge belongs to the interval above, the greatest to the last."""
    return min(max(int(value / scale * BINS + 1e-9), 0), BINS - 1)


def _said(value: float, lang: str, scale: float, digits: int = 1) -> str:
    return words.pick(words.number(value, digits if scale <= 1 else 0 if digits == 1 else 2), lang)
