"""A database of an older version becomes one of this version, and nothing in it is lost."""

import dataclasses
import datetime as dt

import pytest
import sqlalchemy as sa

from core import audit_json
from storage import rows, schema
from storage.check import check
from storage.rounds import judged
from storage.store import open_store
from storage.tables import findings
from tests import samples


def older(url, revision, audits):
    """A database as that version wrote it: reports and findings only."""
    assert schema.upgrade(url, revision) == schema.Steps(None, revision)
    engine = schema.make_engine(url)
    there = sa.MetaData()
    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
        there.reflect(connection)
        ruleset = audits[0].ruleset
        values = {"sha256": ruleset.sha256, "id": ruleset.id, "title": ruleset.title.vi}
        connection.execute(there.tables["rulesets"].insert().values(values))
        for audit in audits:
            row = rows.audit_row(audit) | {"finished_at": audit.finished_at or audit.started_at}
            table = there.tables["audits"]
            connection.execute(table.insert().values({k: v for k, v in row.items() if k in table.c}))
            found = rows.rows_of_report(audit)[findings]
            connection.execute(there.tables["findings"].insert(), found)
    engine.dispose()


def audit(number):
    started = samples.NOW + dt.timedelta(days=number)
    return samples.province(id=f"a{number}", started_at=started, today=started.date())


@pytest.mark.parametrize("revision", ["0001", "0002"])
def test_what_older_versions_kept_is_whole_afterwards(database, revision):
    kept = [audit(0), audit(1), samples.hostile()]
    older(database, revision, kept)
    assert schema.upgrade(database) == schema.Steps(revision, schema.head())
    with open_store(database) as store:
        assert check(store).problems == ()
        assert audit_json.dumps(store.load("a1")) == audit_json.dumps(audit(1))
        store.save(audit(2))
        with store.transaction() as connection:
            asked = sa.select(findings.c.first_seen, findings.c.last_seen).where(findings.c.audit_id.like("a%"))
            days = {tuple(row) for row in connection.execute(asked)}
    first = samples.NOW.date()
    assert days == {(first, first + dt.timedelta(days=2))}


def test_what_older_audits_left_out_and_folders_are_taken_from_their_reports(database):
    part = dataclasses.replace(audit(1), skipped=("TT32-15.4", "TT32-17.1"))
    folder = dataclasses.replace(audit(2), facts={**audit(2).facts, "portal.static_folder": True})
    older(database, "0005", [audit(0), part, folder])
    schema.upgrade(database)
    with open_store(database) as store:
        assert [(a.id, a.skipped, a.folder) for a in judged(store)] == [
            ("a2", 0, True), ("a1", 2, False), ("a0", 0, False)
        ]  # fmt: skip


def test_a_damaged_report_does_not_stop_it(database):
    older(database, "0001", [audit(0), audit(1)])
    engine = schema.make_engine(database)
    with engine.begin() as connection:
        table = sa.table("audits", sa.column("report"), sa.column("id"))
        connection.execute(table.update().where(table.c.id == "a0").values(report=b"damaged"))
    engine.dispose()
    schema.upgrade(database)
    with open_store(database) as store:
        assert [(p.kind, p.place) for p in check(store).problems] == [("report", "a0")]


def test_upgrading_twice_changes_nothing(database):
    assert schema.upgrade(database) == schema.Steps(None, schema.head())
    assert schema.upgrade(database) == schema.Steps(schema.head(), schema.head())


def test_a_step_that_fails_leaves_the_version_before(database):
    older(database, "0001", [audit(0)])
    engine = schema.make_engine(database)

    @sa.event.listens_for(engine, "before_cursor_execute")
    def fail(connection, cursor, statement, *rest):
        if statement.startswith("INSERT INTO scores"):
            raise sa.exc.OperationalError(statement, {}, Exception("gone"))

    with pytest.raises(Exception, match="gone"):
        schema.upgrade_engine(engine)
    sa.event.remove(engine, "before_cursor_execute", fail)
    with engine.connect() as connection:
        assert schema.version(connection) == "0001"
        assert "scores" not in sa.inspect(connection).get_table_names()
    schema.upgrade_engine(engine)
    engine.dispose()
