"""``trend``: one body or portal over time: value, bounds, coverage, rank in each round, and each duty's history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.ranking import Ranking, rank
from core.errors import UsageError
from core.finding import Text, Verdict
from core.history import Run, lacking_since, runs
from core.ranking import Place, places
from core.register import Succession
from core.register_names import place
from core.rounds import PUBLISHED, Entry, Round
from storage import rounds as kept
from storage.find_body import BodyFinder


@dataclass(frozen=True, slots=True)
class Point:
    """One audit of the portal."""

    audit: str
    day: dt.date
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    ruleset: str
    complete: bool
    #: How many rules were left out when it was asked for: its value is of the others only.
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Stand:
    """One place in one round, of the body or of the one it carries on."""

    round: Round
    category: str
    place: Place
    body: str
    name: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty over the audits. ``since``: not met, or only in part, ever since that day; None where it is met."""

    rule: str
    title: Text
    runs: tuple[Run, ...]
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything kept of one body or portal, oldest first."""

    name: str
    points: tuple[Point, ...]
    stands: tuple[Stand, ...]
    duties: tuple[Duty, ...]
    #: The catalogue whose audits the points and duties are of, and how many audits by others were left out.
    ruleset: str
    others: int


def trend(store: Any, who: str, rules: str | None = None) -> Trend:
    """The trend of a body (id, code or name) or of a portal (address). Raises UsageError where nothing is kept.

    Audits of one catalogue are put in a row: ``rules``, else the newest audit's.
    """
    finder = BodyFinder(store)
    bodies, audits = _found(store, finder, who)
    history = list(reversed(audits))
    ruleset = rules or (history[-1].ruleset if history else "")
    mine = [a for a in history if a.ruleset == ruleset]
    stands = _stands(store, finder, bodies)
    if not mine and not stands:
        raise _nothing(who)
    coverage = {row.id: row.coverage for row in store.list()}
    points = tuple(
        Point(a.id, a.day, a.value, a.low, a.high, coverage.get(a.id), a.ruleset, a.complete, a.skipped) for a in mine
    )
    name = finder.name(bodies[0]) if bodies else mine[-1].name or mine[-1].url
    return Trend(name, points, stands, _duties(store, mine), ruleset, len(history) - len(mine))


@dataclass(frozen=True, slots=True)
class Line:
    """The kept audits of one body or portal, newest first; ``key``: the body's id, or the host."""

    name: str
    key: str
    audits: tuple[kept.Judged, ...]


def audits_of(store: Any, who: str) -> Line:
    """The audits of a body (id, code or name) or of a portal (address). Raises UsageError where none is kept."""
    finder = BodyFinder(store)
    bodies, audits = _found(store, finder, who)
    if not audits:
        raise _nothing(who)
    name = finder.name(bodies[0]) if bodies else audits[0].name or audits[0].url
    key = bodies[0] if bodies else place(audits[0].url)
    return Line(name, key, tuple(audits))


def _nothing(who: str) -> UsageError:
    return UsageError(
        f"chưa có gì về {who!r} / nothing is kept of it",
        hint="mã hoặc tên cơ quan trong danh bạ, hoặc địa chỉ cổng đã kiểm tra / "
        "a body of the register, or the address of a portal that was audited",
    )


def _found(store: Any, finder: BodyFinder, who: str) -> tuple[list[str], list[kept.Judged]]:
    """The body with those it carries on, main ones only, newest first; and the audits of their portals."""
    everything = kept.judged(store)
    bodies = finder.find(who)
    if not bodies and ("." in who or ":" in who):
        where = place(who if "://" in who else f"https://{who}")
        there = [a for a in everything if place(a.url) == where]
        # A folder's address is a stand-in: its audits are the portal's history only where nothing else is.
        audits = [a for a in there if not a.folder] or there
        return list(dict.fromkeys(filter(None, (finder.owner(a) for a in audits)))), audits
    line = _line(bodies, kept.all_successions(store))
    if len(line) < len(bodies):
        line = bodies[:0]
    if bodies and not line:
        raise UsageError(f"{who!r} là một trong / is one of: {', '.join(bodies)}", hint="ghi mã / give the id")
    return line, [a for a in everything if finder.owner(a) in line]


def _line(bodies: list[str], steps: tuple[Succession, ...]) -> list[str]:
    """One body and the main ones before it, newest first; empty where several bodies are no such line."""
    main = {s.new: s.old for s in steps if s.main}
    starts = [b for b in bodies if not any(main.get(other) == b for other in bodies)]
    if len(starts) != 1:
        return []
    line = [starts[0]]
    while (old := main.get(line[-1])) is not None and old not in line:
        line.append(old)
    return line if set(bodies) <= set(line) else []


def _stands(store: Any, finder: BodyFinder, bodies: list[str]) -> tuple[Stand, ...]:
    """Places in every round, with the range of possible ranks in those of ours."""
    rankings: dict[tuple[str, str], tuple[Ranking, ...]] = {}
    found = []
    for round_, entry in kept.history(store, bodies) if bodies else ():
        place = _published(entry) if round_.source == PUBLISHED else _ours(store, round_, entry, rankings)
        if place is not None:
            name = finder.name(entry.body, round_.day)
            found.append(Stand(round_, entry.category, place, entry.body, name))
    return tuple(found)


def _published(entry: Entry) -> Place:
    return places([entry], published=True)[0] if entry.rank is not None else _unranked(entry)


def _unranked(entry: Entry) -> Place:
    """A published value without a rank: its table may not be whole, so none is computed."""
    (place,) = places([entry])
    return Place(place.body, place.value, place.low, place.high, None, None, None, entry.of, entry.profile)


def _ours(
    store: Any, round_: Round, entry: Entry, rankings: dict[tuple[str, str], tuple[Ranking, ...]]
) -> Place | None:
    key = (round_.id, entry.profile)
    if key not in rankings:
        rankings[key] = rank(store, round_.id, profile=entry.profile, category=entry.category)
    return next((r.place for table in rankings[key] for r in table.rows if r.place.body == entry.body), None)


def _duties(store: Any, audits: list[kept.Judged]) -> tuple[Duty, ...]:
    if not audits:
        return ()
    order = {a.id: (n, a.day) for n, a in enumerate(audits)}
    titles: Mapping[str, Text] = {f.rule: f.title for f in store.load(audits[-1].id).findings}
    verdicts = kept.verdicts(store, order)
    found = []
    for rule in [*titles, *sorted(verdicts.keys() - titles.keys())]:
        seen = sorted((order[audit][0], order[audit][1], Verdict(v)) for audit, v in verdicts.get(rule, ()))
        history = runs((day, verdict) for _, day, verdict in seen)
        found.append(Duty(rule, titles.get(rule, Text(rule, rule)), history, lacking_since(history)))
    return tuple(found)
