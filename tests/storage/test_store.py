"""Audits are kept whole or not at all, and read back as they were."""

import dataclasses
import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from core import audit_json
from core.errors import AuditNotFound, StorageError
from storage import schema
from storage.store import open_store
from storage.tables import UTC, audits, metadata
from tests import samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(database):
    return database


def rows(url, query):
    engine = schema.make_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.exec_driver_sql(query)
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


@pytest.mark.parametrize("build", [samples.province, samples.hostile])
def test_what_is_saved_is_read_back(url, build):
    audit = build()
    with open_store(url) as store:
        assert store.save(audit) == audit.id
        assert audit_json.dumps(store.load(audit.id)) == audit_json.dumps(audit)


def test_a_second_opening_finds_it(url):
    with open_store(url) as store:
        store.save(samples.province())
    with open_store(url) as store:
        assert store.load("20261121").portal.name == "Cổng Thông tin điện tử tỉnh Mẫu"


def test_memory_is_a_database_too():
    with open_store("sqlite://") as store:
        store.save(samples.province())
        assert len(store.list()) == 1


def test_the_list_is_newest_first(url):
    with open_store(url) as store:
        for n in (1, 3, 2):
            store.save(samples.province(id=f"a{n}", started_at=samples.NOW + dt.timedelta(days=n)))
        listed = store.list()
    assert [row.id for row in listed] == ["a3", "a2", "a1"]
    assert listed[0].started_at == samples.NOW + dt.timedelta(days=3)
    assert (listed[0].value, listed[0].coverage) == (0.686, 0.783)


def test_rows_agree_with_the_report(url):
    with open_store(url) as store:
        store.save(samples.province())
    assert rows(url, "SELECT count(*) FROM findings") == [(24,)]
    assert rows(url, "SELECT ratio, points, cause FROM findings WHERE rule = 'ND43-12'") == [(None, None, "blocked")]
    with open_store(url) as store:
        assert store.list()[0].finished_at == samples.NOW + dt.timedelta(seconds=74)
    assert rows(url, "SELECT id FROM rulesets") == [("nd43-2011",)]


def test_an_id_may_be_shortened_while_it_is_clear(url):
    with open_store(url) as store:
        for name in ("abc1", "abc2", "abc", "a_c9", "x"):
            store.save(samples.province(id=name))
        assert store.load("abc").id == "abc"
        assert store.load("a_").id == "a_c9"
        for asked, words in (("ab", "several"), ("", "no audit"), ("%", "no audit"), ("q", "no audit")):
            with pytest.raises(AuditNotFound, match=words) as caught:
                store.load(asked)
            assert caught.value.hint


def test_an_id_is_kept_once(url):
    with open_store(url) as store:
        store.save(samples.province())
        with pytest.raises(StorageError, match="does not fit"):
            store.save(samples.province())
        assert len(store.list()) == 1


def test_a_failed_save_leaves_nothing(url):
    twice = samples.province_findings()[:1] * 2
    with open_store(url) as store:
        with pytest.raises(StorageError, match="does not fit"):
            store.save(samples.province(findings=twice))
        assert store.list() == ()
    for table in ("audits", "findings", "rulesets"):
        assert rows(url, f"SELECT count(*) FROM {table}") == [(0,)]


#: Places in a save where the process may be killed: the beginning of a statement, or its end.
MOMENTS = (
    "INSERT INTO audits",
    "INSERT INTO findings",
    "INSERT INTO pages",
    "UPDATE findings",
    "UPDATE audits",
    "COMMIT",
)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_save_leaves_nothing(url, moment):
    script = f"""
        import os, signal
        import sqlalchemy as sa
        from core.page import Page
        from storage.store import open_store
        from tests import samples

        store = open_store({url!r})

        def kill():
            os.kill(os.getpid(), signal.SIGKILL)

        @sa.event.listens_for(store.engine, "before_cursor_execute")
        def before(connection, cursor, statement, *rest):
            if statement.startswith({moment!r}):
                kill()

        if {moment!r} == "COMMIT":
            sa.event.listen(store.engine, "commit", lambda connection: kill())
        store.save(samples.province(), pages=[Page("https://tinhmau.gov.vn/")] * 50)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    with open_store(url) as store:
        assert store.list() == ()
        with pytest.raises(AuditNotFound):
            store.load("20261121")
        for table in ("audits", "findings", "pages", "evidence", "facts", "scores"):
            assert rows(url, f"SELECT count(*) FROM {table}") == [(0,)]
        store.save(samples.province())
    assert rows(url, "SELECT count(*) FROM audits WHERE finished_at IS NOT NULL") == [(1,)]


def test_foreign_keys_hold(url):
    with open_store(url) as store:
        store.save(samples.province())
        with pytest.raises(sa.exc.IntegrityError), store.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO findings (audit_id, rule, verdict) VALUES ('?', 'x', 'pass')")
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DELETE FROM audits")
            assert connection.exec_driver_sql("SELECT count(*) FROM findings").scalar() == 0


def test_sqlite_keeps_a_write_ahead_log(tmp_path):
    url = f"sqlite:///{tmp_path / 'audits.db'}"
    open_store(url).close()
    assert rows(url, "PRAGMA journal_mode") == [("wal",)]


def test_the_steps_lead_to_the_tables(url):
    schema.upgrade(url)
    schema.upgrade(url)
    engine = schema.make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_times_need_a_zone():
    with pytest.raises(ValueError, match="zone"):
        UTC().process_bind_param(dt.datetime(2026, 11, 21), None)
    with pytest.raises(ValueError, match="zone"), open_store("sqlite://") as store:
        store.save(samples.province(started_at=dt.datetime(2026, 11, 21)))


def test_times_come_back_in_utc():
    hanoi = dt.datetime(2026, 11, 21, 9, 3, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    with open_store("sqlite://") as store:
        store.save(samples.province(started_at=hanoi))
        assert store.list()[0].started_at.isoformat() == "2026-11-21T02:03:00+00:00"


def test_an_interrupted_audit_is_finished_as_a_row(url):
    audit = dataclasses.replace(samples.province(), finished_at=None, complete=False)
    with open_store(url) as store:
        store.save(audit)
        assert store.list()[0].finished_at is not None and store.list()[0].complete is False
        assert store.load(audit.id).finished_at is None


def test_a_newer_database_is_left_alone(url):
    schema.upgrade(url)
    rows(url, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer version") as caught:
        open_store(url)
    assert "update" in caught.value.hint
    assert rows(url, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "notes.txt").write_text("not a database, but long enough to be looked at " * 20, "utf-8")
    with pytest.raises(StorageError, match="not a database") as caught:
        open_store(f"sqlite:///{tmp_path / 'notes.txt'}")
    assert "--db" in caught.value.hint


@pytest.mark.parametrize(
    "bad",
    [
        "audits.db",
        "",
        "nosuch://x/y",
        "postgresql://user:secret@127.0.0.1:1/x",
        "sqlite:////nowhere/at/all/x.db",
    ],
)
def test_a_database_that_cannot_be_opened(bad):
    with pytest.raises(StorageError) as caught:
        open_store(bad)
    assert caught.value.hint and "secret" not in str(caught.value)


def test_a_damaged_report_is_named(url):
    with open_store(url) as store:
        store.save(samples.province())
        with store.engine.begin() as connection:
            connection.execute(audits.update().values(report=b"\0"))
        with pytest.raises(StorageError, match="cannot be read"):
            store.load("20261121")


def test_two_that_start_together(url):
    command = [sys.executable, "-c", f"from storage.schema import upgrade; upgrade({url!r})"]
    both = [subprocess.Popen(command, cwd=ROOT) for _ in range(3)]
    assert [process.wait() for process in both] == [0, 0, 0]


def test_the_default_is_a_file_in_the_data_folder(monkeypatch, tmp_path):
    monkeypatch.delenv(schema.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "dữ liệu 100%"))
    monkeypatch.setenv("HOME", str(tmp_path))
    with open_store(schema.default_url()) as store:
        store.save(samples.province())
    assert list(tmp_path.rglob("audits.db"))


def test_the_environment_names_another(monkeypatch):
    monkeypatch.setenv(schema.VARIABLE, "sqlite://")
    assert schema.default_url() == "sqlite://"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_a_data_folder_that_cannot_be_made(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.delenv(schema.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    with pytest.raises(StorageError, match="data folder"):
        schema.default_url()
