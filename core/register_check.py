"""What is wrong with a register: periods, parents, mergers, ids."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.register import Body, Succession
from core.register_names import is_id, path, place

_Period = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: whose, in which field (a column of the register's CSV), in Vietnamese and English."""

    body: str
    field: str
    vi: str
    en: str

    def __str__(self) -> str:
        return f"{self.body}: {self.vi} / {self.en}"


def problems(bodies: Sequence[Body], successions: Sequence[Succession] = ()) -> tuple[Problem, ...]:
    """Every fault of a whole register, in the order of the bodies."""
    by_id = {body.id: body for body in bodies}
    found = [
        *_twice(bodies),
        *(fault for body in bodies for fault in _of_one(body, by_id)),
        *_circles(
            {b.id: b.parent for b in bodies if b.parent}, "parent", "cấp trên đi vòng", "the parents go in circles"
        ),
        *_shared(bodies),
        *_mergers(successions, by_id),
    ]
    order = {body.id: number for number, body in enumerate(bodies)}
    return tuple(sorted(found, key=lambda fault: order.get(fault.body, len(order))))


def _twice(bodies: Sequence[Body]) -> Iterator[Problem]:
    for name, times in Counter(body.id for body in bodies).items():
        if times > 1:
            yield Problem(name, "id", f"mã {name} có {times} lần", f"the id {name} is given {times} times")


def _of_one(body: Body, by_id: Mapping[str, Body]) -> Iterator[Problem]:
    if not is_id(body.id):
        yield Problem(
            body.id,
            "id",
            f"mã {body.id!r} phải gồm chữ thường không dấu, số và gạch nối",
            "an id is made of small ASCII letters, digits and hyphens",
        )
    if not body.names or not all(named.name.strip() for named in body.names):
        yield Problem(body.id, "name", "chưa có tên", "there is no name")
    if body.parent is not None and body.parent not in by_id:
        yield Problem(
            body.id, "parent", f"không có cơ quan cấp trên {body.parent!r}", f"there is no parent {body.parent!r}"
        )
    if _backwards(body.valid_from, body.valid_to):
        yield _ends_first(body.id, "to", body.valid_from, body.valid_to)
    names = [(n.name, n.valid_from, n.valid_to) for n in body.names]
    addresses = [(a.url, a.valid_from, a.valid_to) for a in body.addresses]
    yield from _periods(body.id, "name", names)
    yield from _periods(body.id, "url", addresses)


def _periods(body: str, field: str, spans: Iterable[tuple[str, dt.date | None, dt.date | None]]) -> Iterator[Problem]:
    """An end before its beginning; two that hold on the same days."""
    sound = []
    for text, begins, ends in spans:
        if _backwards(begins, ends):
            yield _ends_first(body, field, begins, ends, f"“{text}”: ")
        else:
            sound.append((begins or dt.date.min, ends or dt.date.max, text))
    for (_, ends, one), (begins, _, other) in pairwise(sorted(sound)):
        if begins <= ends:
            yield Problem(
                body,
                field,
                f"“{one}” và “{other}” trùng thời gian; ghi ngày kết thúc của cái trước",
                f"{one!r} and {other!r} hold at the same time: give the day the first one ended",
            )


def _backwards(begins: dt.date | None, ends: dt.date | None) -> bool:
    return begins is not None and ends is not None and ends < begins


def _ends_first(body: str, field: str, begins: dt.date | None, ends: dt.date | None, what: str = "") -> Problem:
    return Problem(
        body,
        field,
        f"{what}ngày kết thúc {ends:%d/%m/%Y} trước ngày bắt đầu {begins:%d/%m/%Y}",
        f"{what}it ends on {ends} before it begins on {begins}",
    )


def _circles(step: Mapping[str, str], field: str, vi: str, en: str) -> Iterator[Problem]:
    """A chain that comes back to itself, told once, at its first member."""
    done = set[str]()
    for start in step:
        way: list[str] = []
        here: str | None = start
        while here is not None and here not in done and here not in way:
            way.append(here)
            here = step.get(here)
        if here is not None and here in way:
            circle = " → ".join([*way[way.index(here) :], here])
            yield Problem(here, field, f"{vi}: {circle}", f"{en}: {circle}")
        done.update(way)


def _shared(bodies: Sequence[Body]) -> Iterator[Problem]:
    """One address, or one code of a kind, of two bodies at the same time: whose audit would it be?"""
    addresses: dict[str, list[tuple[_Period, Body]]] = {}
    codes: dict[str, list[tuple[_Period, Body]]] = {}
    for body in bodies:
        if body.code:
            codes.setdefault(f"{body.kind}:{body.code}", []).append((_span(body.valid_from, body.valid_to), body))
        for address in body.addresses:
            begins, ends = _span(address.valid_from, address.valid_to)
            period = max(begins, _span(body.valid_from, None)[0]), min(ends, _span(None, body.valid_to)[1])
            where = f"{place(address.url)}{path(address.url)}".rstrip("/")
            addresses.setdefault(where, []).append((period, body))
    yield from _together(
        addresses,
        "url",
        lambda what, other: (
            f"địa chỉ {what} cùng lúc là của {other}; cổng dùng chung chỉ ghi cho cơ quan chủ quản",
            f"the address {what} is {other}'s at the same time: give a shared portal to the body that runs it",
        ),
    )
    yield from _together(
        codes,
        "code",
        lambda what, other: (
            f"mã số {what.partition(':')[2]} cùng lúc là của {other}",
            f"the code {what.partition(':')[2]} is {other}'s at the same time",
        ),
    )


def _together(
    owners: Mapping[str, list[tuple[_Period, Body]]], field: str, say: Callable[[str, str], tuple[str, str]]
) -> Iterator[Problem]:
    for what, spans in owners.items():
        sound = sorted(((p, b.id) for p, b in spans if p[0] <= p[1]), key=lambda span: span[0])
        for ((_, ends), one), ((begins, _), other) in pairwise(sound):
            if begins <= ends and one != other:
                yield Problem(one, field, *say(what, other))
                yield Problem(other, field, *say(what, one))


def _span(begins: dt.date | None, ends: dt.date | None) -> _Period:
    return begins or dt.date.min, ends or dt.date.max


def _mergers(successions: Sequence[Succession], by_id: Mapping[str, Body]) -> Iterator[Problem]:
    into: dict[str, list[Succession]] = {}
    went: dict[str, list[str]] = {}
    for step in successions:
        went.setdefault(step.old, []).append(step.new)
        into.setdefault(step.new, []).append(step)
        yield from _one_merger(step, by_id)
    for old, news in went.items():
        if len(news) > 1:
            both = ", ".join(sorted(news))
            yield Problem(
                old, "merged_into", f"đã hợp nhất hai lần: vào {both}", f"it was merged more than once: into {both}"
            )
    for new, steps in into.items():
        mains = [step.old for step in steps if step.main]
        if len(mains) != 1:
            olds = ", ".join(sorted(step.old for step in steps))
            for step in steps:
                yield Problem(
                    step.old,
                    "main",
                    f"{new} phải kế tục đúng một trong các cơ quan {olds}; đang ghi {len(mains)}",
                    f"{new} must continue exactly one of {olds}; {len(mains)} are marked",
                )
    first = {old: news[0] for old, news in went.items()}
    yield from _circles(first, "merged_into", "hợp nhất đi vòng", "the mergers go in circles")


def _one_merger(step: Succession, by_id: Mapping[str, Body]) -> Iterator[Problem]:
    for one, field in ((step.old, "id"), (step.new, "merged_into")):
        if one not in by_id:
            yield Problem(step.old, field, f"không có cơ quan {one!r}", f"there is no body {one!r}")
    old, new = by_id.get(step.old), by_id.get(step.new)
    if old is not None and (old.valid_to is None or old.valid_to >= step.day):
        yield Problem(
            step.old,
            "to",
            f"hợp nhất ngày {step.day:%d/%m/%Y} thì phải kết thúc trước ngày đó",
            f"merged on {step.day}, it must have ended before that day",
        )
    if new is not None and new is not old and not new.exists(step.day):
        yield Problem(
            step.old,
            "merged_on",
            f"{new.id} không tồn tại vào ngày hợp nhất {step.day:%d/%m/%Y}",
            f"{new.id} does not exist on {step.day}, the day of the merger",
        )
