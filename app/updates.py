"""``updates``: how much portals put up in a period, against the same period last year, and which put up nothing."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.numbers_text import csv_text, table
from app.say import say
from core.errors import UsageError
from core.finding import Text
from core.hosts import netloc_of
from core.text import shorten
from core.updates import PORTAL, PREFIX, Count, Month, Volume, count, span
from storage import rounds as kept

#: Months of a year.
_YEAR = 12


class State(StrEnum):
    """Whether a portal put up anything in a period."""

    SOME = "some"
    NONE = "none"
    #: No dates, or lists that do not reach back into the period.
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Section:
    """One section, or under ``portal`` all of them: items of the period, of the year before, and by month."""

    rule: str
    title: Text
    url: str
    now: Count | None
    before: Count | None
    months: Mapping[str, Count | None]


@dataclass(frozen=True, slots=True)
class Portal:
    """One portal's updates in a period, all sections together first."""

    audit: str
    day: dt.date
    name: str
    url: str
    state: State
    newest: dt.date | None
    sections: tuple[Section, ...]
    #: Duties of the newest audit that could not be judged: what it did not see may have been updated.
    unseen: int


@dataclass(frozen=True, slots=True)
class Updates:
    """Every portal's updates from the first to the last month."""

    first: Month
    last: Month
    portals: tuple[Portal, ...]

    def of(self, state: State) -> tuple[Portal, ...]:
        return tuple(p for p in self.portals if p.state is state)


def period(first: str | None, last: str | None, today: dt.date) -> tuple[Month, Month]:
    """The months asked for; without them this year's so far. Raises UsageError."""
    try:
        begins = Month.parse(first) if first else Month(today.year, 1)
        ends = Month.parse(last) if last else Month.of(today)
    except ValueError:
        raise UsageError(
            f"{first or last!r} không phải tháng / is no month",
            where="--from, --to",
            hint="ghi như / write it as 2026-01",
        ) from None
    if ends < begins or len(span(begins, ends)) > _YEAR:
        raise UsageError(
            f"từ {begins} đến {ends} không phải một kỳ / is no period",
            where="--from, --to",
            hint="một kỳ dài từ 1 đến 12 tháng / a period has 1 to 12 months",
        )
    return begins, ends


def updates(store: Any, first: Month, last: Month, round_id: str | None = None) -> Updates:
    """The updates of the portals of a round, or of every portal that was audited."""
    audits = kept.judged(store)
    wanted = None
    if round_id is not None:
        round_ = kept.load(store, round_id)
        wanted = {e.audit for e in kept.entries(store, round_.id)}
    histories: dict[str, list[kept.Judged]] = {}
    for audit in audits:
        histories.setdefault(netloc_of(audit.url).removeprefix("www."), []).append(audit)
    chosen = {
        host: next((a for a in history if wanted is None or a.id in wanted), None)
        for host, history in histories.items()
    }
    facts = kept.facts_of(store, PREFIX)
    portals = [
        _portal(store, chosen[host], history, facts, first, last)  # type: ignore[arg-type]
        for host, history in histories.items()
        if chosen[host] is not None
    ]
    return Updates(first, last, tuple(sorted(portals, key=lambda p: (p.name, p.url))))


def _portal(
    store: Any,
    audit: kept.Judged,
    history: Iterable[kept.Judged],
    facts: Mapping[str, Mapping[str, Any]],
    first: Month,
    last: Month,
) -> Portal:
    seen: dict[str, list[tuple[dt.date, Volume]]] = {}
    for each in history:
        for rule, volume in _volumes(store, each, facts).items():
            seen.setdefault(rule, []).append((each.day, volume))
    report = store.load(audit.id)
    titles = {f.rule: f.title for f in report.findings} | {PORTAL: say("updates_all")}
    sections, known = [], set()
    for rule in sorted(seen, key=lambda r: (r != PORTAL, list(titles).index(r) if r in titles else 0)):
        address = seen[rule][0][1].url
        if rule == PORTAL or address not in known:  # duties of one điểm share a list
            known.add(address)
            sections.append(_section(rule, titles.get(rule, Text(rule, rule)), address, seen[rule], first, last))
    newest = max((v.newest for _, v in seen.get(PORTAL, ()) if v.newest), default=None)
    whole = next((s.now for s in sections if s.rule == PORTAL), None)
    state = State.SOME if whole and whole.items else State.NONE if whole and whole.deep else State.UNSEEN
    unseen = sum(f.verdict.value == "unknown" and f.group == "information" for f in report.findings)
    return Portal(audit.id, audit.day, audit.name or audit.url, audit.url, state, newest, tuple(sections), unseen)


def _section(
    rule: str, title: Text, url: str, seen: list[tuple[dt.date, Volume]], first: Month, last: Month
) -> Section:
    months = span(first, last)
    before = count(seen, [m.plus(-_YEAR) for m in months])
    return Section(rule, title, url, count(seen, months), before, {str(m): count(seen, [m]) for m in months})


def _volumes(store: Any, audit: kept.Judged, facts: Mapping[str, Mapping[str, Any]]) -> dict[str, Volume]:
    """What an audit keeps of updates: from the table of facts, else from its report."""
    raw = facts.get(audit.id)
    if raw is None:
        report = store.load(audit.id).facts
        raw = {n.removeprefix(PREFIX): v for n, v in report.items() if n.startswith(PREFIX)}
    return {rule: Volume.from_fact(fact) for rule, fact in raw.items()}


def items_text(found: Count | None) -> str:
    """A count in a table: 12, "≥ 12" where only a part was seen, a dash where nothing was."""
    if found is None:
        return "–"
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
            counts = [items_text(section.now), items_text(section.before)]
            by = against_text(section.now, section.before)
            rows.append(["" if number else portal.name, title, *counts, by])
    if rows:
        lines += ["", table(heads, rows)]
    lines += ["", f"* {word('updates_limits')}"]
    return "\n".join(lines)


def _none_line(portal: Portal, found: Updates, lang: str) -> str:
    def word(key: str, **values: object) -> str:
        return str(getattr(say(key, **values), lang))

    line = word("updates_none_one", name=portal.name, url=portal.url, newest=_day(portal.newest))
    if portal.day <= found.last.last:
        line += word("updates_so_far", day=_day(portal.day))
    if portal.unseen:
        line += word("updates_not_all", n=portal.unseen)
    return line


def _day(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "–"


def _month(month: Month) -> str:
    return f"{month.number:02}/{month.year}"


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
    return csv_text(heads, rows)


def _cells(found: Count | None) -> list[object]:
    return [found.items, found.whole] if found else [None, None]


FORMATS: dict[str, Callable[..., str]] = {"text": as_text, "json": as_json, "csv": as_csv}
