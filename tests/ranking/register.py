"""A small register for the tests of rounds, ranks and trends, written into the tables as they are."""

from __future__ import annotations

import csv
import datetime as dt

from app.ranking_data import file
from core.bodies import BodyKind
from core.register import Body, Named, Succession
from storage.store import Store
from storage.tables import bodies, body_names, portals, successions

MERGED = dt.date(2025, 7, 1)
BEFORE = dt.date(2025, 6, 30)


NEW = {"laocai": "Lào Cai", "tuyenquang": "Tuyên Quang", "thainguyen": "Thái Nguyên"}


def body(id: str, name: str, kind: str = "province", **more: object) -> Body:
    return Body(id, BodyKind(kind), (Named(name),), **more)  # type: ignore[arg-type]


def keep(store: Store, *found: Body, merged: tuple[Succession, ...] = (), urls: dict[str, str] | None = None) -> None:
    """The bodies and their names; ``urls`` gives some of them a portal."""
    with store.transaction(write=True) as connection:
        for one in found:
            head = {"parent_id": one.parent, "code": one.code, "valid_from": one.valid_from, "valid_to": one.valid_to}
            connection.execute(bodies.insert().values(id=one.id, kind=one.kind.value, **head))
            for number, named in enumerate(one.names):
                connection.execute(body_names.insert().values(body_id=one.id, number=number, name=named.name))
        for one_id, url in (urls or {}).items():
            connection.execute(portals.insert().values(body_id=one_id, number=0, url=url))
        for s in merged:
            connection.execute(successions.insert().values(old_id=s.old, new_id=s.new, day=s.day, main=s.main))


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
