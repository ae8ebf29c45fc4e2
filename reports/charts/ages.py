"""How old the newest item of each section is, on a scale that narrows towards longer times."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.audit import Audit
from core.finding import Text, Verdict
from reports import words
from reports.charts.grid import cell
from reports.charts.picture import Picture, Shape, box, folded, heading, label, line
from reports.charts.words import told
from reports.look import look, verdict_colours

_LEFT, _WIDE, _RIGHT, _TOP, _ROW = 350, 330, 170, 84, 22
#: Size of the words, and how much a second line of a name adds to its row.
_SIZE, _SECOND = 12, 10
_TICKS = (0, 7, 30, 90, 365, 1095, 3650)


@dataclass(frozen=True, slots=True)
class Age:
    """One section: the duty it serves, its newest date, and how the duty was judged."""

    rule: str
    title: Text
    newest: dt.date
    verdict: Verdict


def of_audit(audit: Audit) -> tuple[Age, ...]:
    """The duties of an audit whose sections show a date, the longest without news first."""
    found = [Age(f.rule, f.title, f.newest_date, f.verdict) for f in audit.findings if f.newest_date is not None]
    return tuple(sorted(found, key=lambda age: (age.newest, age.rule)))


def draw(ages: Sequence[Age], today: dt.date, lang: str = "vi") -> Picture:
    """The bars; ``today`` is the day they are counted to."""
    title = told("ages.title", lang)
    text = told("ages.text", lang, day=words.pick(words.day(today), lang)) if ages else told("ages.none", lang)
    names = [folded(words.pick(age.title, lang), _SIZE, _LEFT - 42) for age in ages]
    bottom = _TOP + max(sum(_high(name) for name in names), _ROW)
    shapes: list[Shape] = [*heading(title, text, _LEFT + _WIDE + _RIGHT)]
    most = max([(today - age.newest).days for age in ages], default=0)
    ticks = [t for t in _TICKS if t <= max(most, 30)]
    ticks += [t for t in _TICKS if t > max(most, 30)][:1]

    def at(days: int) -> float:
        return _LEFT + _WIDE * math.log1p(max(days, 0)) / math.log1p(max(ticks[-1], most))

    for tick in ticks:
        shapes.append(line([(at(tick), _TOP - 6), (at(tick), bottom)], look()["grid"]))
        shapes.append(label(at(tick), _TOP - 12, told(f"tick.t{tick}", lang), 11, anchor="middle", ink=look()["soft"]))
    below = _TOP
    for name, age in zip(names, ages, strict=True):
        top, below = below, below + _high(name)
        for number, part in enumerate(name):
            up = 13 if len(name) > 1 else 15
            shapes.append(label(_LEFT - 30, top + up + number * (_SIZE + 1), part, _SIZE, anchor="end"))
        days, y = (today - age.newest).days, top + (below - top - _ROW) // 2
        shapes += cell(age.verdict.value, _LEFT - 21, y + 4, 14, _ROW - 8)
        fill, _ = verdict_colours(age.verdict.value)
        shapes.append(box(_LEFT, y + 4, max(at(days) - _LEFT, 2), _ROW - 8, fill, stroke=look()["soft"]))
        shapes.append(label(max(at(days), _LEFT + 2) + 7, y + 15, f"{said(days, lang)} ({_day(age, lang)})", 11))
    rows = tuple(
        (
            age.rule,
            words.pick(age.title, lang),
            age.newest,
            (today - age.newest).days,
            words.pick(words.say(f"verdict.{age.verdict.value}"), lang),
        )
        for age in ages
    )
    heads = tuple(told(f"head.{name}", lang) for name in ("rule", "duty", "newest", "days", "verdict"))
    forms = ("text", "text", "day", "whole", "text")
    return Picture(title, text, _LEFT + _WIDE + _RIGHT, bottom + 24, tuple(shapes), heads, rows, lang, forms)


def _high(name: Sequence[str]) -> int:
    """Height of the row of a name that may have a second line."""
    return _ROW + _SECOND * (len(name) - 1)


def _day(age: Age, lang: str) -> str:
    return words.pick(words.day(age.newest), lang)


def said(days: int, lang: str) -> str:
    """How long ago in words; a schedule may cover days to come."""
    if days == 0:
        return told("ages.today", lang)
    return told("ages.days" if days > 0 else "ages.ahead", lang, n=words.pick(words.number(abs(days)), lang))
