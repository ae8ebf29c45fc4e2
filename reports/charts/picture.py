"""A picture: shapes and words on paper, as SVG and PNG, with the same data as a table.

The SVG has presentation attributes only, so a page that forbids inline styles shows it; its letters are named by the
font list of ``look.yaml``. PNG: resvg, a wheel without system libraries, with the font of ``fontpkg-noto-sans``, so
that every machine draws the same letters; matplotlib would draw it a second time in its own way, and CairoSVG needs
a library of the system.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from reports.look import look
from reports.words import seen

Value = str | float | dt.date | None

#: Width of letters in parts of the size, Noto Sans: what is narrow, what is wide; the rest by case.
_NARROW, _WIDE = frozenset("iljI.,:;'|!()[] ftr-/"), frozenset("mwMW—%@…")


@dataclass(frozen=True, slots=True)
class Shape:
    """One SVG element; ``text`` is its words."""

    tag: str
    attributes: Mapping[str, str | float]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn, in one language. ``heads`` and ``rows`` say the same in numbers and words."""

    title: str
    text: str
    width: int
    height: int
    shapes: tuple[Shape, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    lang: str = "vi"
    #: Form of each column of the table, as ``reports.sheets.book`` names them.
    forms: tuple[str, ...] = field(default=())

    def svg(self, prefix: str = "chart") -> str:
        """The picture as SVG. ``prefix`` keeps the ids of several pictures on one page apart."""
        return (
            _template().render(p=self, title=seen(self.title), text=seen(self.text), prefix=prefix, look=look()).strip()
        )

    def png(self, zoom: float = 2.0) -> bytes:
        """The picture as PNG, ``zoom`` pixels for each unit."""
        import resvg_py  # 10 MB that a report without pictures needs not load

        family = _font().stem.partition("[")[0]
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=self.svg(),
                zoom=zoom,
                skip_system_fonts=True,
                font_files=[str(_font())],
                font_family=family,
                sans_serif_family=family,
            )
        )


@lru_cache(maxsize=1)
def _font() -> Path:
    from fontpkg_noto_sans import ROOT

    return next(path for path in sorted((Path(ROOT) / "files").glob("NotoSans*.ttf")) if "Italic" not in path.name)


@lru_cache(maxsize=1)
def _template() -> Template:
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return env.get_template("picture.svg.j2")


def width_of(text: str, size: float) -> float:
    """About how wide words are, a little too wide rather than too narrow."""
    total = 0.0
    for letter in unicodedata.normalize("NFD", text):
        if unicodedata.combining(letter):
            continue
        total += 0.36 if letter in _NARROW else 0.92 if letter in _WIDE else 0.69 if letter.isupper() else 0.59
    return total * size


def fitted(text: str, size: float, room: float) -> str:
    """The words as far as there is room, an ellipsis after what is cut."""
    shown = seen(text, 300)
    if width_of(shown, size) <= room:
        return shown
    while shown and width_of(shown + "…", size) > room:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def folded(text: str, size: float, room: float, lines: int = 2) -> list[str]:
    """The words in as many lines as they need, about equally long; the last one is cut where there are more."""
    shown = seen(text, 300)
    found = _lines(shown, size, room)
    narrower = (_lines(shown, size, room * share) for share in (0.55, 0.65, 0.75, 0.85))
    found = next((tried for tried in narrower if len(tried) == len(found)), found)
    if len(found) > lines:
        found = [*found[: lines - 1], " ".join(found[lines - 1 :])]
    return [fitted(said, size, room) for said in found]


def _lines(text: str, size: float, room: float) -> list[str]:
    found = [""]
    for part in text.split(" "):
        longer = f"{found[-1]} {part}".strip()
        if found[-1] and width_of(longer, size) > room:
            found.append(part)
        else:
            found[-1] = longer
    return found


def label(
    x: float,
    y: float,
    text: str,
    size: float = 12,
    *,
    anchor: str = "start",
    ink: str = "",
    bold: bool = False,
    upright: bool = False,
    edged: bool = False,
) -> Shape:
    """Words at a place; ``anchor`` is start, middle or end. ``edged``: with an edge of paper, over lines."""
    attributes: dict[str, str | float] = {"x": _n(x), "y": _n(y)}
    attributes |= {"font-size": size, "text-anchor": anchor, "fill": ink or look()["ink"]}
    if bold:
        attributes["font-weight"] = 700
    if upright:
        attributes["transform"] = f"rotate(-90 {_n(x)} {_n(y)})"
    if edged:
        attributes |= {"stroke": look()["paper"], "stroke-width": 3, "paint-order": "stroke"}
    return Shape("text", attributes, seen(text, 300))


def heading(title: str, text: str, width: float) -> tuple[Shape, Shape]:
    """The title and what the picture shows, cut where the paper ends."""
    return (
        label(14, 26, fitted(title, 17.5, width - 28), 17, bold=True),
        label(14, 44, fitted(text, 12, width - 28), 12, ink=look()["soft"]),
    )


def box(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> Shape:
    place: dict[str, str | float] = {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height)}
    return Shape("rect", place | {"fill": fill} | more)


def line(points: Sequence[tuple[float, float]], ink: str, width: float = 1, dash: str = "") -> Shape:
    """A line through points."""
    attributes: dict[str, str | float] = {
        "points": " ".join(f"{_n(x)},{_n(y)}" for x, y in points),
        "fill": "none",
        "stroke": ink,
        "stroke-width": width,
        "stroke-linejoin": "round",
    }
    return Shape("polyline", attributes | ({"stroke-dasharray": dash} if dash else {}))


#: Marks of points, on a circle of radius 1.
_MARKS = {
    "square": "M-.85-.85h1.7v1.7h-1.7z",
    "triangle": "M0-1.1L1 .8H-1z",
    "down": "M0 1.1L1-.8H-1z",
    "diamond": "M0-1.2L1.2 0 0 1.2-1.2 0z",
    "cross": "M-.4-1.1h.8v.7h.7v.8h-.7v.7h-.8v-.7h-.7v-.8h.7z",
}


def dot(x: float, y: float, mark: str, ink: str, size: float = 4.5) -> Shape:
    """A point of a line, in one of the marks of ``look.yaml``."""
    edge: dict[str, str | float] = {"fill": ink, "stroke": look()["paper"]}
    if mark not in _MARKS:
        return Shape("circle", {"cx": _n(x), "cy": _n(y), "r": size, "stroke-width": 1.2} | edge)
    move: dict[str, str | float] = {
        "transform": f"translate({_n(x)} {_n(y)}) scale({size})",
        "stroke-width": _n(1.2 / size),
    }
    return Shape("path", {"d": _MARKS[mark]} | move | edge)


def _n(value: float) -> float:
    """A coordinate with one decimal at most, whole where it is whole."""
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded
