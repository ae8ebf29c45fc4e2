"""The register of bodies: the one that is shipped, mergers, and whose portal an audit was about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from core.bodies import BodyKind
from core.data_files import read_yaml
from core.errors import UsageError
from core.register import Address, Body, Named, Register, Succession
from core.register_check import problems
from storage.register import Bodies, Saved
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Shipped:
    """The register that comes with the program. ``unconfirmed``: (id, field) not checked against an official source."""

    bodies: tuple[Body, ...]
    successions: tuple[Succession, ...]
    unconfirmed: frozenset[tuple[str, str]]


@cache
def shipped() -> Shipped:
    """Provinces, ministries and government agencies of before and after the mergers of 2025."""
    folder = Path(str(resources.files("app"))) / "shipped" / "register"
    if not folder.is_dir():
        folder = Path(__file__).resolve().parent.parent / "register"
    entries = [entry for file in sorted(folder.glob("*.yaml")) for entry in read_yaml(file)["bodies"]]
    return Shipped(
        tuple(_body(entry) for entry in entries),
        tuple(
            Succession(old, entry["id"], entry["from"], main=old == entry["main"])
            for entry in entries
            for old in entry.get("of", ())
        ),
        frozenset((entry["id"], field) for entry in entries for field in entry.get("unconfirmed", ())),
    )


def _body(entry: dict[str, Any]) -> Body:
    names = entry.get("names") or [{"name": entry["name"]}]
    addresses = entry.get("addresses") or ([{"url": entry["url"]}] if "url" in entry else [])
    return Body(
        entry["id"],
        BodyKind(entry["kind"]),
        tuple(Named(n["name"], n.get("from"), n.get("to")) for n in names),
        tuple(Address(a["url"], a.get("from"), a.get("to")) for a in addresses),
        entry.get("parent"),
        entry.get("code", ""),
        entry.get("from"),
        entry.get("to"),
        tuple(entry.get("aliases", ())),
        entry.get("seat", ""),
    )


def bodies_of(store: Store) -> Bodies:
    """The register of a store; the shipped one is loaded into it where there is none yet."""
    kept = Bodies(store)
    if kept.empty():
        kept.save(shipped().bodies, shipped().successions)
        kept.link_audits()
    return kept


def body_of(store: Store, url: str, day: dt.date) -> str | None:
    """Id of the body whose portal an address was on a day; None where the register does not know."""
    body = bodies_of(store).whose(url, day)
    return None if body is None else body.id


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the shipped register did; ``differ``: ids that are kept otherwise and were left so."""

    saved: Saved
    differ: tuple[str, ...]


def load(store: Store, overwrite: bool = False) -> Loaded:
    """Brings the shipped register into the store. What is kept otherwise stays, unless it is to be overwritten."""
    kept, new = Bodies(store), shipped()
    before = kept.register()
    steps = {step.old: step for step in new.successions}
    differ = tuple(
        body.id
        for body in new.bodies
        if body.id in before.bodies and (before.bodies[body.id] != body or before.merged(body.id) != steps.get(body.id))
    )
    left = frozenset() if overwrite else frozenset(differ)
    bodies = [body for body in new.bodies if body.id not in left]
    return Loaded(save(kept, bodies, [s for s in new.successions if s.old not in left], before), tuple(sorted(left)))


def save(kept: Bodies, bodies: Sequence[Body], steps: Sequence[Succession], before: Register) -> Saved:
    """Keeps the bodies when the register is sound with them; UsageError with every fault otherwise."""
    found = problems(*together(before, bodies, steps))
    if found:
        lines = "\n".join(f"  - {problem}" for problem in found)
        raise UsageError(
            f"danh bạ không hợp lệ, không ghi gì / the register is not sound, nothing was kept:\n{lines}",
            hint="`decree43 bodies show ID` cho xem cơ quan đang lưu / shows a body that is kept",
        )
    return kept.save(bodies, steps)


def together(
    before: Register, bodies: Sequence[Body], steps: Sequence[Succession]
) -> tuple[list[Body], list[Succession]]:
    """The whole register as it would be once these were kept."""
    given = {body.id for body in bodies}
    gone = {step.old for step in steps} | given
    return (
        [*bodies, *(body for name, body in before.bodies.items() if name not in given)],
        [*steps, *(step for step in before.successions if step.old not in gone)],
    )


@dataclass(frozen=True, slots=True)
class Merger:
    """A merger as it is asked for. What is empty of the new body is taken from the main one."""

    new: str
    olds: tuple[str, ...]
    main: str
    day: dt.date
    name: str = ""
    url: str = ""
    code: str = ""


def merge(store: Store, asked: Merger) -> tuple[Body, tuple[Body, ...]]:
    """Ends the old bodies the day before, and makes or completes the new one. Gives it and the bodies still open
    under the old ones. Raises UsageError."""
    kept = bodies_of(store)
    before = kept.register()
    olds = [_mergeable(before, old, asked) for old in dict.fromkeys(asked.olds)]
    main = next((body for body in olds if body.id == asked.main), None)
    if main is None:
        raise UsageError(
            f"{asked.main!r} không có trong --from / is not among --from",
            where="--main",
            hint=f"một trong / one of: {', '.join(body.id for body in olds)}",
        )
    if asked.new in (body.id for body in olds):
        raise UsageError(
            f"cơ quan sau hợp nhất cần mã mới / the merged body needs an id of its own: {asked.new!r}",
            hint=f"ví dụ / for example {asked.new}-{asked.day.year}",
        )
    if asked.new in before.bodies and (asked.name or asked.url or asked.code):
        raise UsageError(
            f"{asked.new} đã có trong danh bạ / is in the register already",
            hint="bỏ --name, --url, --code / leave out --name, --url, --code",
        )
    last = asked.day - dt.timedelta(days=1)
    new = before.bodies.get(asked.new) or Body(
        asked.new,
        main.kind,
        (Named(asked.name or main.name),),
        tuple(Address(url) for url in (asked.url or main.url_on(last),) if url),
        main.parent,
        asked.code or main.code,
        asked.day,
        aliases=() if asked.name else main.aliases,
    )
    ended = [replace(body, valid_to=last) for body in olds]
    steps = [Succession(body.id, new.id, asked.day, body is main) for body in olds]
    earlier = [step for step in before.successions if step.old == new.id]
    save(kept, [*ended, new], [*steps, *earlier], before)
    gone = {body.id for body in olds}
    return new, tuple(body for body in before.at(asked.day) if body.parent in gone)


def _mergeable(before: Register, old: str, asked: Merger) -> Body:
    body, step = before.bodies.get(old), before.merged(old)
    if body is None:
        raise UsageError(
            f"không có cơ quan {old!r} / there is no such body",
            where="--from",
            hint="`decree43 bodies list` cho xem các mã / lists the ids",
        )
    if step is not None and (step.new != asked.new or step.day != asked.day):
        raise UsageError(
            f"{old} đã hợp nhất vào {step.new} ngày {step.day:%d/%m/%Y} / was merged into {step.new} on {step.day}",
            where="--from",
            hint="một cơ quan chỉ hợp nhất một lần / a body is merged once",
        )
    last = asked.day - dt.timedelta(days=1)
    if not body.exists(last):
        raise UsageError(
            f"{old} không tồn tại ngày {last:%d/%m/%Y} / did not exist on {last}", where="--on", hint="--on YYYY-MM-DD"
        )
    return body
