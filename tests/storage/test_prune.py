"""Old audits go; the newest of a portal and those that something stands on stay."""

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from core.bodies import BodyKind
from core.errors import StorageError
from core.page import Page
from core.portal import Portal
from storage import check
from storage.prune import prune
from storage.store import open_store
from storage.tables import bodies, decisions, pages, round_entries, rounds
from tests import samples

NOW = samples.NOW
BEFORE = NOW - dt.timedelta(days=100)


def save(store, name, days_ago, url="https://a.gov.vn/", complete=True, **more):
    started = NOW - dt.timedelta(days=days_ago)
    audit = samples.province(
        id=name, started_at=started, today=started.date(), portal=Portal(url, BodyKind.PROVINCE), complete=complete
    )
    store.save(audit, pages=[Page(url)] * 3, **more)


def ids(store):
    return sorted(row.id for row in store.list())


def test_old_ones_go_with_all_their_rows(database):
    with open_store(database) as store:
        for name, days in (("new", 1), ("edge", 100), ("old", 101), ("older", 500)):
            save(store, name, days, archive=f"kho/{name}")
        done = prune(store, BEFORE)
        assert [(old.id, old.url, old.archive) for old in done.removed] == [
            ("older", "https://a.gov.vn/", "kho/older"),
            ("old", "https://a.gov.vn/", "kho/old"),
        ]
        assert (done.newest, done.referred, done.problem) == (0, 0, "")
        assert done.before and done.after
        assert ids(store) == ["edge", "new"]
        with store.transaction() as connection:
            assert connection.scalar(sa.select(sa.func.count()).select_from(pages)) == 6
        assert check.check(store).sound
        assert prune(store, BEFORE).removed == ()


def test_the_newest_of_a_portal_stays(database):
    with open_store(database) as store:
        save(store, "a1", 300)
        save(store, "a2", 200)
        save(store, "b1", 400, url="https://b.gov.vn/")
        save(store, "c1", 900, url="https://c.gov.vn/")
        save(store, "c2", 800, url="http://c.gov.vn")  # the same portal
        done = prune(store, BEFORE)
        assert ids(store) == ["a2", "b1", "c2"]
        assert done.newest == 3


def test_beside_an_interrupted_audit_the_newest_whole_one_stays(database):
    with open_store(database) as store:
        save(store, "a1", 400)
        save(store, "a2", 300)
        save(store, "a3", 200, complete=False)
        prune(store, BEFORE)
        assert ids(store) == ["a2", "a3"]


def test_a_body_has_one_newest_whatever_its_address(database):
    with open_store(database) as store:
        with store.transaction(write=True) as connection:
            connection.execute(bodies.insert().values(id="x", kind="province", code=""))
        save(store, "a1", 300, url="https://old.gov.vn/", body_id="x")
        save(store, "a2", 1, url="https://new.gov.vn/", body_id="x")
        prune(store, BEFORE)
        assert ids(store) == ["a2"]


def test_what_a_round_or_a_decision_stands_on_stays(database):
    with open_store(database) as store:
        for name, days in (("a1", 900), ("a2", 800), ("a3", 700), ("a4", 1)):
            save(store, name, days)
        with store.transaction(write=True) as connection:
            connection.execute(bodies.insert().values(id="x", kind="province", code=""))
            connection.execute(rounds.insert().values(id="r", title="R", day=NOW.date(), source="audit"))
            entry = {"round_id": "r", "body_id": "x", "category": "portal", "profile": "p", "audit_id": "a1"}
            connection.execute(round_entries.insert().values(entry))
            said = {"verdict": "pass", "reason": "có công văn", "decided_by": "thanh tra"}
            connection.execute(decisions.insert().values(audit_id="a2", rule="R", decided_at=NOW, **said))
        done = prune(store, BEFORE)
        assert [old.id for old in done.removed] == ["a3"]
        assert done.referred == 2
        assert ids(store) == ["a1", "a2", "a4"]


def test_evidence_that_another_audit_stands_on_is_needed(database):
    with open_store(database) as store:
        for name, days, archive in (("a1", 900, "x"), ("a2", 800, "y"), ("a3", 700, "y"), ("a4", 1, "x")):
            started = NOW - dt.timedelta(days=days)
            store.save(samples.province(id=name, started_at=started), archive=archive)
        done = prune(store, BEFORE)
        assert [old.id for old in done.removed] == ["a1", "a2", "a3"] and done.archives == ("y",)


def test_a_trial_removes_nothing(database):
    with open_store(database) as store:
        save(store, "a1", 300)
        save(store, "a2", 1)
        done = prune(store, BEFORE, dry=True)
        assert [old.id for old in done.removed] == ["a1"] and done.before is None
        assert ids(store) == ["a1", "a2"]


def test_an_audit_that_was_never_finished_goes_too(database):
    with open_store(database) as store:
        save(store, "a1", 300)
        with store.transaction(write=True) as connection:
            connection.exec_driver_sql("UPDATE audits SET finished_at = NULL")
        assert [old.id for old in prune(store, BEFORE).removed] == ["a1"]


def test_sqlite_gives_the_room_back(tmp_path):
    path = tmp_path / "audits.db"
    with open_store(f"sqlite:///{path}") as store:
        for number in range(20):
            audit = samples.province(id=f"a{number}", started_at=NOW - dt.timedelta(days=200 + number))
            store.save(audit, pages=[Page("https://tinhmau.gov.vn/" + "x" * 500)] * 200)
        with store.transaction() as connection:
            connection.exec_driver_sql("SELECT 1")
        done = prune(store, BEFORE)
        assert len(done.removed) == 19 and done.after * 4 < done.before
    assert path.stat().st_size == done.after


def test_a_prune_that_fails_removes_nothing(database):
    with open_store(database) as store:
        save(store, "a1", 300)
        save(store, "a2", 1)

        @sa.event.listens_for(store.engine, "after_cursor_execute")
        def fail(connection, cursor, statement, *rest):
            if statement.startswith("DELETE"):
                raise sa.exc.OperationalError(statement, {}, Exception("gone"))

        with pytest.raises(StorageError):
            prune(store, BEFORE)
        sa.event.remove(store.engine, "after_cursor_execute", fail)
        assert ids(store) == ["a1", "a2"]
        assert dataclasses.replace(store.load("a1")).id == "a1"
