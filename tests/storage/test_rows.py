"""What is kept beside the report: pages, facts, evidence, scores."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from core.errors import StorageError
from core.page import DateRole, Item, Page, SeenDate
from core.score import Score
from storage import check, rows
from storage.store import open_store
from storage.tables import audits, bodies, evidence, facts, pages, scores
from tests import samples

DAY = dt.date(2026, 11, 20)


def asked(store, query):
    with store.transaction() as connection:
        return [tuple(row) for row in connection.execute(query)]


def test_pages_are_kept_in_order(database):
    read = (
        Page("https://tinhmau.gov.vn/", title="Trang chủ\0", sha256="ab" * 32, fetched_at=samples.NOW),
        Page("https://tinhmau.gov.vn/tin", 1, 200, "Tin \ud800", dates=(SeenDate(DAY),)),
    )
    with open_store(database) as store:
        store.save(samples.province(), pages=read)
        assert asked(store, sa.select(pages).order_by(pages.c.number)) == [
            ("20261121-020304-tinhmau-7f3a", 1, read[0].url, "Trang chủ", 0, 200, "ab" * 32, None, samples.NOW),
            ("20261121-020304-tinhmau-7f3a", 2, read[1].url, "Tin ?", 1, 200, "", DAY, None),
        ]


def test_the_newest_date_of_a_page_is_one_of_putting_up_and_not_ahead():
    def on(day, role=DateRole.PUBLISHED):
        return SeenDate(dt.date(2026, 11, day), role)

    page = Page("u", dates=(on(2), on(30)), items=(Item("a", dates=(on(9), on(15, DateRole.DEADLINE))),))
    assert rows.newest_date(page, dt.date(2026, 11, 21)) == dt.date(2026, 11, 9)
    assert rows.newest_date(Page("u", dates=(on(30),)), dt.date(2026, 11, 21)) is None


def test_evidence_and_facts_say_what_the_report_says(database):
    with open_store(database) as store:
        store.save(samples.province())
        where = sa.and_(evidence.c.rule == "ND43-10.1.b", evidence.c.number == 2)
        columns = (evidence.c.kind, evidence.c.url, evidence.c.text, evidence.c.value, evidence.c.observed_at)
        assert asked(store, sa.select(*columns).where(where)) == [
            ("date", f"{samples.HOME}/tin-tuc/ky-hop-thu-12", "Kỳ họp thứ 12", "2026-11-20", samples.NOW)
        ]
        kept = dict(asked(store, sa.select(facts.c.name, facts.c.value)))
        assert {name: json.loads(value) for name, value in kept.items()} == {
            "pages.home.status": 200,
            "dns.aaaa": True,
            "ipv6.http": None,
        }


def test_more_scores_than_the_reports_own(database):
    more = Score("laocai-4526", 87.25, 80.0, 90.0, 87.254, 100.0, 0.95, (), "Tốt")
    with open_store(database) as store:
        audit = samples.province()
        store.save(audit, scores=[more, audit.score])
        columns = (scores.c.profile, scores.c.value, scores.c.points, scores.c.band)
        assert asked(store, sa.select(*columns).order_by(scores.c.profile)) == [
            ("laocai-4526", 87.25, 87.25, "Tốt"),
            ("ministry-portal-index", 0.686, 61.75, None),
        ]
        assert check.check(store).sound


def test_body_and_archive(database):
    with open_store(database) as store:
        with store.transaction(write=True) as connection:
            connection.execute(bodies.insert().values(id="tinh-mau", kind="province", code="99"))
        store.save(samples.province(), body_id="tinh-mau", archive="s3://kho/a")
        assert asked(store, sa.select(audits.c.body_id, audits.c.archive)) == [("tinh-mau", "s3://kho/a")]
        with pytest.raises(StorageError, match="does not fit"):
            store.save(samples.province(id="b"), body_id="nobody")
        assert [row.id for row in store.list()] == ["20261121-020304-tinhmau-7f3a"]


def test_the_worst_a_portal_can_say_is_kept_and_sound(database):
    with open_store(database) as store:
        store.save(samples.hostile(), pages=[Page("\ud800\0" * 50, title="\0")])
        assert check.check(store).problems == ()
