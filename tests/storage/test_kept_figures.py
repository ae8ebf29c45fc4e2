"""Figures and claims are kept as a whole, once, and told what changed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from core.bodies import BodyKind
from core.errors import StorageError
from core.figures import Claim, Figure
from core.register import Address, Body, Named
from storage import figures as kept
from storage import rounds
from storage.find_body import BodyFinder
from storage.register import Bodies
from storage.store import Store, open_store
from storage.tables import figures
from tests import samples
from tests.bodies import keep_bodies

HALF = dt.date(2021, 1, 1), dt.date(2021, 6, 30)
LAST = dt.date(2020, 1, 1), dt.date(2020, 6, 30)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with open_store(database) as store:
        keep_bodies(
            store,
            [
                Body("a", BodyKind.DEPARTMENT, (Named("Sở Y tế"),), code="01"),
                Body("b", BodyKind.DEPARTMENT, (Named("Sở Y Tế"), Named("Sở Sức khỏe"))),
                Body("c", BodyKind.DEPARTMENT, (Named("Sở Công Thương"),)),
            ],
        )
        yield store


def figure(value: float, body: str = "a", name: str = "visits", part: str = "", of: tuple = HALF) -> Figure:
    return Figure(body, name, *of, value, part)


def claim(points: float, link: str = "") -> Claim:
    return Claim("a", "ND43-10.1.b", *HALF, points, 12, link, "ghi chú")


def test_new_the_same_and_replaced(store: Store) -> None:
    first, claims = kept.save(store, [figure(1), figure(2, "b")], [claim(12)])
    assert (len(first.added), len(claims.added)) == (2, 1)
    again, claims = kept.save(store, [figure(1), figure(2, "b")], [claim(12)])
    assert (again.added, again.replaced, len(again.unchanged), len(claims.unchanged)) == ((), (), 2, 1)
    third, claims = kept.save(store, [figure(1.5), figure(2, "b"), figure(9, of=LAST)], [claim(11, "https://x.vn/")])
    assert third.replaced == ((figure(1), figure(1.5)),)
    assert third.added == (figure(9, of=LAST),)
    assert claims.replaced == ((claim(12), claim(11, "https://x.vn/")),)
    assert kept.figures_of(store, "a") == (figure(9, of=LAST), figure(1.5))
    assert kept.claims_of(store, "a") == (claim(11, "https://x.vn/"),)
    assert kept.figures_for(store, *HALF) == (figure(1.5), figure(2, "b"))


def test_parts_stand_beside_the_whole(store: Store) -> None:
    kept.save(store, [figure(3), figure(1, part="3"), figure(2, part="4")], [])
    assert [f.part for f in kept.figures_of(store, "a")] == ["", "3", "4"]


def test_what_the_check_raises_undoes_everything(store: Store) -> None:
    kept.save(store, [figure(1)], [])

    def check(whole: object) -> None:
        assert set(whole) == {figure(1), figure(5, name="news_items")}  # type: ignore[call-overload]
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.save(store, [figure(5, name="news_items")], [claim(1)], check)
    assert kept.figures_of(store, "a") == (figure(1),)
    assert kept.claims_of(store, "a") == ()


def test_a_body_that_is_not_in_the_register_undoes_everything(store: Store) -> None:
    with pytest.raises(StorageError):
        kept.save(store, [figure(1), figure(1, "nobody")], [])
    with store.transaction() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(figures)).scalar_one() == 0


def test_whose_portal_an_audit_was_of(store: Store) -> None:
    audit = samples.province()
    assert kept.body_of_audit(store, audit.id) is None
    store.save(audit)
    assert kept.body_of_audit(store, audit.id) is None
    address = audit.portal.url.rstrip("/")
    keep_bodies(store, [Body("p", BodyKind.PROVINCE, (Named("Tỉnh Mẫu"),), (Address(address),))])
    assert kept.body_of_audit(store, audit.id) == "p"


def test_a_folder_under_a_future_address_is_nobodys_portal(store: Store) -> None:
    folder = dataclasses.replace(samples.province(), facts={"portal.static_folder": True})
    body = Body("p", BodyKind.PROVINCE, (Named("Tỉnh Mẫu"),), (Address(folder.portal.url),))
    keep_bodies(store, [body])
    store.save(folder, body_id="p")
    assert kept.body_of_audit(store, folder.id) is None
    assert Bodies(store).link_audits() == 0
    (row,) = rounds.judged(store, [folder.id])
    assert row.folder and row.body is None and BodyFinder(store).owner(row) is None


def test_many_bodies_at_once(store: Store) -> None:
    names = [f"x{number}" for number in range(900)]
    keep_bodies(store, [Body(name, BodyKind.COMMUNE, (Named(f"Xã {name}"),)) for name in names])
    many = [figure(number, name) for number, name in enumerate(names)]
    kept.save(store, many, [])
    again, _ = kept.save(store, many, [])
    assert len(again.unchanged) == 900
