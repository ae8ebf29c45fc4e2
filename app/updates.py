"""``updates``: how much portals put up in a period, against the same period last year, and which put up nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.body_names import PortalNames
from app.ranking_data import data
from app.say import say
from core.errors import UsageError
from core.finding import Finding, Text, Verdict
from core.hosts import netloc_of
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
    audits = [a for a in kept.judged(store) if not a.folder]
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
    source = _Source(store, [audit.id for audit in chosen.values() if audit is not None])
    portals = [
        _portal(source, audit, histories[host], first, last) for host, audit in chosen.items() if audit is not None
    ]
    return Updates(first, last, tuple(sorted(portals, key=lambda p: (p.name, p.url))))


class _Source:
    """What the database keeps of volumes, titles and unknown duties, asked for once."""

    def __init__(self, store: Any, audits: list[str]) -> None:
        self._store = store
        self._names = PortalNames(store)
        self._facts = kept.facts_of(store, PREFIX)
        self._unknown = kept.with_verdict(store, audits, Verdict.UNKNOWN.value)
        self._rules: dict[str, dict[str, Finding]] = {}

    def name(self, audit: kept.Judged) -> str:
        """What the register calls the body, else the portal's own name."""
        return self._names.of(audit)

    def volumes(self, audit: kept.Judged) -> dict[str, Volume]:
        """What an audit keeps of updates: from the table of facts, else from its report."""
        raw = self._facts.get(audit.id)
        if raw is None:
            report = self._store.load(audit.id).facts
            raw = {n.removeprefix(PREFIX): v for n, v in report.items() if n.startswith(PREFIX)}
        none = data("updates")["not_published"]
        return {rule: Volume.from_fact(fact) for rule, fact in raw.items() if rule not in none}

    def titles(self, audit: kept.Judged) -> dict[str, Text]:
        """Titles of the duties by rule, from the first report by the audit's catalogue."""
        return {rule: finding.title for rule, finding in self._findings(audit).items()}

    def unseen(self, audit: kept.Judged) -> int:
        """Duties about information that the audit could not judge."""
        known = self._findings(audit)
        return sum(rule in known and known[rule].group == "information" for rule in self._unknown.get(audit.id, ()))

    def _findings(self, audit: kept.Judged) -> dict[str, Finding]:
        if audit.ruleset not in self._rules:
            self._rules[audit.ruleset] = {f.rule: f for f in self._store.load(audit.id).findings}
        return self._rules[audit.ruleset]


def _portal(source: _Source, audit: kept.Judged, history: Iterable[kept.Judged], first: Month, last: Month) -> Portal:
    seen: dict[str, list[tuple[dt.date, Volume]]] = {}
    for each in history:
        for rule, volume in source.volumes(each).items():
            seen.setdefault(rule, []).append((each.day, volume))
    titles = source.titles(audit) | {PORTAL: say("updates_all")}
    order = {rule: number for number, rule in enumerate(titles)}
    sections, known = [], set()
    for rule in sorted(seen, key=lambda r: (r != PORTAL, order.get(r, len(order)), r)):
        address = seen[rule][0][1].url
        if rule == PORTAL or address not in known:  # duties of one điểm share a list
            known.add(address)
            sections.append(_section(rule, titles.get(rule, Text(rule, rule)), address, seen[rule], first, last))
    newest = max((v.newest for _, v in seen.get(PORTAL, ()) if v.newest), default=None)
    whole = next((s.now for s in sections if s.rule == PORTAL), None)
    state = State.SOME if whole and whole.items else State.NONE if whole and whole.deep else State.UNSEEN
    name, unseen = source.name(audit), source.unseen(audit)
    return Portal(audit.id, audit.day, name, audit.url, state, newest, tuple(sections), unseen)


def _section(
    rule: str, title: Text, url: str, seen: list[tuple[dt.date, Volume]], first: Month, last: Month
) -> Section:
    months = span(first, last)
    before = count(seen, [m.plus(-_YEAR) for m in months])
    return Section(rule, title, url, count(seen, months), before, {str(m): count(seen, [m]) for m in months})
