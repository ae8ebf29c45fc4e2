"""A small register for the tests of rounds, ranks and trends, written into the tables as they are."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt

from app.ranking_data import file
from core.bodies import BodyKind
from core.register import Address, Body, Named, Succession
from storage.register import Bodies
from storage.store import Store

MERGED = dt.date(2025, 7, 1)
BEFORE = dt.date(2025, 6, 30)


NEW = {"laocai": "Lào Cai", "tuyenquang": "Tuyên Quang", "thainguyen": "Thái Nguyên"}


def body(id: str, name: str, kind: str = "province", **more: object) -> Body:
    return Body(id, BodyKind(kind), (Named(name),), **more)  # type: ignore[arg-type]


def keep(store: Store, *found: Body, merged: tuple[Succession, ...] = (), urls: dict[str, str] | None = None) -> None:
    """The bodies with their successions; ``urls`` gives some of them a portal."""
    of = {one: (Address(url),) for one, url in (urls or {}).items()}
    Bodies(store).save([dataclasses.replace(one, addresses=of.get(one.id, ())) for one in found], merged)


def provinces(store: Store) -> None:
    """Every province the shipped tables name, ended by the mergers, and three made by them."""
    with file("published.csv").open(encoding="utf-8", newline="") as lines:
        said = {row["body"].replace(" - Huế", " Huế") for row in csv.DictReader(lines)}
    names, cities = {name.removeprefix("TP. ") for name in said}, {name[4:] for name in said if name.startswith("TP. ")}
    ids = {name: f"old-{number:02}" for number, name in enumerate(sorted(names), 1)}
    old = [body(ids[n], f"Thành phố {n}" if n in cities else f"Tỉnh {n}", valid_to=BEFORE) for n in sorted(names)]
    new = [
        body(f"new-{n}", name, valid_from=MERGED) for n, name in (("laocai", "Lào Cai"), ("tuyenquang", "Tuyên Quang"))
    ]
    new.append(body("new-thainguyen", "Thái Nguyên", valid_from=MERGED))
    merged = (
        Succession(ids["Lào Cai"], "new-laocai", MERGED, main=True),
        Succession(ids["Yên Bái"], "new-laocai", MERGED),
        Succession(ids["Tuyên Quang"], "new-tuyenquang", MERGED, main=True),
        Succession(ids["Hà Giang"], "new-tuyenquang", MERGED),
        Succession(ids["Thái Nguyên"], "new-thainguyen", MERGED, main=True),
        Succession(ids["Bắc Kạn"], "new-thainguyen", MERGED),
    )
    keep(store, *old, *new, merged=merged)
