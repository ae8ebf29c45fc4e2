"""A badge for a portal's own page: value, coverage and day as one small SVG, without script or outside font.

The letters are given their length, so that they fit whatever font a browser has. What its colours mean is data
(``badge.yaml``); the number is always there too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.audit import Audit
from core.data_files import read_yaml
from core.finding import Text
from reports import words
from reports.words import pick, seen

#: Pixels beside the letters of a part.
_MARGIN = 7
#: Widths of letters of DejaVu Sans at 11 pixels, by kind; others are as wide as "n".
_WIDTHS = {**dict.fromkeys("iljtfrI1.,:;|!'()·- ", 4.2), **dict.fromkeys("mwMW%@", 10.3)}


@dataclass(frozen=True, slots=True)
class Part:
    """A field of the badge: where it begins, its width and that of its letters, in pixels."""

    text: str
    colour: str
    x: int
    width: int
    letters: int
    bold: bool = False


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The badge as UTF-8 SVG."""
    lang = "en" if lang == "en" else "vi"

    def say(name: str, **values: Text | str) -> str:
        return pick(words.say(name, **values), lang)

    score, look = audit.score, _look()
    value = say("badge.none") if score.value is None else say("badge.value", value=words.index(score.value))
    coverage: Text | str = "–" if score.coverage is None else words.percent(score.coverage)
    detail = say("badge.detail", coverage=coverage, day=words.day(audit.today))
    limits = [say(f"badge.{name}") for name in _limits(audit)]
    detail = " · ".join([detail, *limits])
    title = say(
        "badge.title",
        portal=seen(audit.portal.name or audit.portal.url, 200),
        value=value,
        coverage=coverage,
        day=words.day(audit.today),
        ruleset=seen(audit.ruleset.id, 80),
    )
    title += f" ({'; '.join(limits)})" if limits else ""
    fields = ((say("badge.label"), look["label"]), (value, colour(audit)), (detail, look["detail"]))
    parts, x = list[Part](), 0
    for number, (text, fill) in enumerate(fields):
        letters = width_of(text, bold=number == 1)
        parts.append(Part(text, fill, x, letters + 2 * _MARGIN, letters, number == 1))
        x += letters + 2 * _MARGIN
    svg = _environment().get_template("badge.svg.j2").render(parts=parts, width=x, title=title, lang=lang)
    return svg.encode("utf-8", "replace")


def _limits(audit: Audit) -> Iterator[str]:
    """What keeps the value from standing for the portal as a whole: names of sentences."""
    if not audit.complete:
        yield "incomplete"
    if audit.skipped:
        yield "part"
    if audit.of_folder:
        yield "folder"


def colour(audit: Audit) -> str:
    """The colour of the value: by its height, or the one for too little seen."""
    look, score = _look(), audit.score
    unsure = score.value is None or any(_limits(audit)) or (score.coverage or 0) < look["unsure"]["coverage"]
    if unsure or score.value is None:
        return str(look["unsure"]["colour"])
    fits = (step["colour"] for step in look["values"] if score.value >= step["from"])
    return str(next(fits, look["values"][-1]["colour"]))


def width_of(text: str, *, bold: bool = False) -> int:
    """Pixels of a text; marks over letters take no room."""
    bare = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    width = sum(_WIDTHS.get(c, 7.7 if c.isupper() else 6.9) for c in bare)
    return round(width * (1.12 if bold else 1.0))


@lru_cache(maxsize=1)
def _look() -> dict[str, Any]:
    look: dict[str, Any] = read_yaml(Path(__file__).parent / "badge.yaml")
    return look


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
