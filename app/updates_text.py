"""Volumes of updates as text, JSON (``decree43-updates/1``) and CSV."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from app.numbers_text import csv_text, day_text, table
from app.say import say
from app.updates import Portal, State, Updates
from core.finding import Text
from core.text import shorten
from core.updates import Count, Month


def items_text(found: Count | None, lang: str) -> str:
    """A count in a table: 12, "≥ 12" where a part was seen, "không rõ" where none stood in it; a dash: not seen."""
    if found is None:
        return "–"
    if not found.items and not found.whole:
        return str(getattr(say("updates_unsure"), lang))
    return str(found.items) if found.whole else f"≥ {found.items}"


def against_text(now: Count | None, before: Count | None) -> str:
    """The difference to the year before, where both periods were seen whole."""
    if now is None or before is None or not (now.whole and before.whole):
        return ""
    by = now.items - before.items
    return f"{'+' if by > 0 else '−' if by < 0 else ''}{abs(by)}"


def as_text(found: Updates, lang: str, *, sections: bool = True) -> str:
    """Portals with no update first, then those that could not be told, then the counts."""

    def word(key: str, **values: object) -> str:
        return str(getattr(say(key, **values), lang))

    lines = [word("updates_title", first=_month(found.first), last=_month(found.last), n=len(found.portals)), ""]
    none, unseen = found.of(State.NONE), found.of(State.UNSEEN)
    lines.append(word("updates_none", n=len(none)))
    lines += [f"- {_none_line(p, found, lang)}" for p in none]
    if unseen:
        lines.append(word("updates_unseen", n=len(unseen)))
        lines += [f"- {p.name}: {p.url}" for p in unseen]
    heads = [word(f"head_{n}") for n in ("portal", "section", "items", "items_before", "items_by")]
    rows = []
    for portal in found.portals:
        for number, section in enumerate(portal.sections if sections else portal.sections[:1]):
            title = shorten(getattr(section.title, lang), 72)
            counts = [items_text(section.now, lang), items_text(section.before, lang)]
            by = against_text(section.now, section.before)
            rows.append(["" if number else portal.name, title, *counts, by])
    if rows:
        lines += ["", table(heads, rows)]
    lines += ["", f"* {word('updates_limits')}"]
    return "\n".join(lines)


def _none_line(portal: Portal, found: Updates, lang: str) -> str:
    def word(key: str, **values: object) -> str:
        return str(getattr(say(key, **values), lang))

    line = word("updates_none_one", name=portal.name, url=portal.url, newest=day_text(portal.newest))
    if portal.day <= found.last.last:
        line += word("updates_so_far", day=day_text(portal.day))
    if portal.unseen:
        line += word("updates_not_all", n=portal.unseen)
    return line


def _month(month: Month) -> Text:
    return Text(f"{month.number:02}/{month.year}", str(month))


def _count(found: Count | None) -> dict[str, Any] | None:
    return None if found is None else {"items": found.items, "whole": found.whole}


def as_json(found: Updates, lang: str, *, sections: bool = True) -> str:
    """Schema ``decree43-updates/1``: counts with whether all of the time was seen; null: not seen."""
    value = {
        "schema": "decree43-updates/1",
        "from": str(found.first),
        "to": str(found.last),
        "portals": [
            {
                "audit": portal.audit,
                "day": portal.day.isoformat(),
                "name": portal.name,
                "url": portal.url,
                "state": portal.state.value,
                "newest": portal.newest.isoformat() if portal.newest else None,
                "unseen_duties": portal.unseen,
                "sections": [
                    {
                        "rule": section.rule,
                        "url": section.url,
                        "now": _count(section.now),
                        "year_before": _count(section.before),
                        "months": {month: _count(c) for month, c in section.months.items()},
                    }
                    for section in (portal.sections if sections else portal.sections[:1])
                ],
            }
            for portal in found.portals
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


def as_csv(found: Updates, lang: str, *, sections: bool = True) -> str:
    """One row for each section and month."""
    heads = "portal url state section rule month items whole year_before year_before_whole".split()
    rows: list[list[object]] = []
    for portal in found.portals:
        for section in portal.sections if sections else portal.sections[:1]:
            head: list[object] = [portal.name, portal.url, portal.state.value, getattr(section.title, lang)]
            for month, now in section.months.items():
                cells = [now.items, now.whole] if now else [None, None]
                rows.append([*head, section.rule, month, *cells, None, None])
            total = [c for each in (section.now, section.before) for c in _cells(each)]
            rows.append([*head, section.rule, "", *total])
    return csv_text(heads, rows, lang)


def _cells(found: Count | None) -> list[object]:
    return [found.items, found.whole] if found else [None, None]


FORMATS: dict[str, Callable[..., str]] = {"text": as_text, "json": as_json, "csv": as_csv}
