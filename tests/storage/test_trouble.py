"""What can go wrong with a database: one clear error each, nothing lost, nothing half-written."""

import dataclasses
import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from core.errors import StorageError
from core.page import Page
from storage import schema
from storage.check import check
from storage.store import look_into, open_store
from storage.tables import audits, bodies
from tests import postgres, samples

ROOT = Path(__file__).resolve().parents[2]
TABLES = ("audits", "rulesets", "findings", "evidence", "facts", "scores", "pages")


def counts(url):
    with look_into(url) as store, store.transaction() as connection:
        return {table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() for table in TABLES}


def large(size):
    """An audit whose report takes about ``size`` bytes however it is packed."""
    noise = random.Random(1).randbytes(size).hex()
    return samples.province(id="large", facts={"noise": noise})


def is_one_clear_error(caught, *words):
    said = str(caught.value)
    assert all(word in said for word in words), said
    assert caught.value.hint and caught.value.where
    assert len(caught.value.message.splitlines()) == 1


# --- another program is writing --------------------------------------------------------------------


def test_locked_by_another(database):
    with open_store(database) as store:
        store.save(samples.province())
    before = counts(database)
    other = schema.make_engine(database)
    with other.connect().execution_options(immediate=True) as connection, connection.begin():
        connection.execute(audits.update().values(name="khác"))  # its rows are locked; on SQLite everything is
        if other.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE audits")
        with open_store(database, wait=0.1) if other.dialect.name == "sqlite" else _late(database) as store:
            with pytest.raises(StorageError) as caught:
                store.save(samples.province(id="late"))
            is_one_clear_error(caught, "another program is writing", "run the command again")
            connection.rollback()
            assert counts(database) == before
            store.save(samples.province(id="late"))
    other.dispose()
    assert counts(database)["audits"] == 2


def _late(url):
    """Opened without asking for the version first, which the lock would hold up."""
    store = look_into(url, wait=0.1)
    return store


def test_locked_while_it_is_opened(database):
    """The tables are to be made while another program holds the database."""
    other = schema.make_engine(database)
    with other.connect().execution_options(immediate=True) as connection, connection.begin():
        if other.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(432011)")
        with pytest.raises(StorageError) as caught:
            open_store(database, wait=0.1)
        is_one_clear_error(caught, "another program is writing")
    other.dispose()
    open_store(database, wait=0.1).close()


def test_writers_at_once_lose_nothing(database):
    """Four programs save five audits each of one portal, the first of their catalogue."""
    script = f"""
        import datetime as dt, sys
        from core.page import Page
        from storage.store import open_store
        from tests import samples

        with open_store({database!r}) as store:
            for number in range(5):
                started = samples.NOW + dt.timedelta(days=number)
                pages = [Page("https://tinhmau.gov.vn/")] * 20
                store.save(samples.province(id=f"{{sys.argv[1]}}-{{number}}", started_at=started), pages=pages)
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    running = [subprocess.Popen([*command, str(n)], cwd=ROOT) for n in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert counts(database)["audits"] == 20 and counts(database)["rulesets"] == 1
    with look_into(database) as store:
        assert check(store).problems == ()


# --- the disk is full ------------------------------------------------------------------------------


def test_the_sqlite_file_may_not_grow(tmp_path):
    """As on a full disk: SQLite answers SQLITE_FULL."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_store(url) as store:
        store.save(samples.province())
        before = counts(url)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 60")
        with pytest.raises(StorageError) as caught:
            store.save(large(400_000))
        is_one_clear_error(caught, "the disk is full", "prune", "nothing was changed")
        assert counts(url) == before
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count = 100000")
        store.save(large(400_000))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of other systems differ")
def test_no_room_for_the_sqlite_file(tmp_path):
    """The system refuses to let the file grow, in the middle of a save and while tables are made."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_store(url) as store:
        store.save(samples.province())
    before = counts(url)
    script = """
        import resource, sys
        from core.errors import StorageError
        from storage.store import open_store
        from tests.storage.test_trouble import large

        limit = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            with open_store(sys.argv[1]) as store:
                store.save(large(700_000))
        except StorageError as error:
            print(error)
        else:
            sys.exit("it was saved")
    """
    command = [sys.executable, "-c", textwrap.dedent(script)]
    for address, limit in ((url, "1000000"), (f"sqlite:///{tmp_path / 'new.db'}", "60000")):
        done = subprocess.run([*command, address, limit], cwd=ROOT, capture_output=True, text=True, check=True)
        assert "disk" in done.stdout and "full" in done.stdout and done.stdout.count("\n") == 2, done.stdout
    assert counts(url) == before
    with open_store(url) as store:
        assert check(store).problems == ()
        store.save(large(700_000))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of other systems differ")
def test_no_room_for_the_servers_files():
    """The system refuses to let the server's files grow beyond a limit."""
    with postgres.empty_database() as url, open_store(url) as store:
        store.save(samples.province())
        before = counts(url)
        with store.transaction() as connection:
            backend = connection.scalar(sa.text("SELECT pg_backend_pid()"))
            log = connection.scalar(sa.text("SELECT pg_size_bytes(current_setting('wal_segment_size'))"))
        # As much as a file of the server's log has from the start, so that the log is not what fails.
        room = max(log, 4 << 20)
        limit = ["prlimit", f"--pid={backend}", f"--fsize={room}:unlimited"]
        if subprocess.run(limit, capture_output=True, check=False, **postgres.owner()).returncode:
            pytest.skip("the server is not on this machine, or not ours")
        with pytest.raises(StorageError) as caught:
            store.save(large(room * 5 // 4))
        is_one_clear_error(caught, "the disk is full", "nothing was changed")
        store.engine.dispose()  # the next connection has no limit
        assert counts(url) == before
        store.save(samples.province(id="after"))
        assert check(store).problems == ()


# --- not reachable ---------------------------------------------------------------------------------


def test_the_server_goes_in_the_middle_of_a_save():
    with postgres.empty_database() as url, open_store(url) as store:
        store.save(samples.province())
        before = counts(url)

        @sa.event.listens_for(store.engine, "before_cursor_execute")
        def end(connection, cursor, statement, *rest):
            if statement.startswith("UPDATE audits"):
                plain = url.replace("+psycopg", "")
                pid = connection.connection.dbapi_connection.info.backend_pid
                with psycopg.connect(plain, autocommit=True) as other:
                    other.execute("SELECT pg_terminate_backend(%s)", (pid,))

        with pytest.raises(StorageError) as caught:
            store.save(samples.province(id="lost"))
        is_one_clear_error(caught, "does not answer", "is it running")
        sa.event.remove(store.engine, "before_cursor_execute", end)
        assert counts(url) == before
        store.save(samples.province(id="lost"))  # the same store goes on
        assert counts(url)["audits"] == 2


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("postgresql://u:secret@127.0.0.1:1/x", ("does not answer", "refused")),
        ("postgres://u:secret@127.0.0.1:1/x", ("does not answer", "refused")),
        ("postgresql://u:secret@no-such-host.invalid/x", ("does not answer", "no-such-host")),
        ("postgresql://u:secret@/x?host=/nowhere", ("does not answer",)),
        ("mysql://u:secret@127.0.0.1/x", ("not supported", "PostgreSQL")),
        ("oracle://u:secret@127.0.0.1/x", ("not supported",)),
        ("postgresql://u:secret@127.0.0.1:port/x", ("not a database address",)),
        ("nosuch://u:secret@x/y", ("not",)),
        ("sqlite:////no/such/folder/a.db", ("cannot be opened", "unable to open")),
    ],
)
def test_a_wrong_address(address, words):
    with pytest.raises(StorageError) as caught:
        open_store(address)
    is_one_clear_error(caught, *words)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"database": "no_such_database"}, ("no such database", "createdb")),
        ({"username": "nobody43"}, ("does not let this user in", "check user")),
    ],
)
def test_a_server_that_says_no(change, words):
    address = sa.make_url(postgres.server()).set(**change).render_as_string(hide_password=False)
    with pytest.raises(StorageError) as caught:
        open_store(address)
    is_one_clear_error(caught, *words)


def test_a_database_that_cannot_hold_vietnamese():
    with postgres.empty_database() as address:
        plain = sa.make_url(address)
        name = f"{plain.database}_ascii"
        with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} ENCODING 'SQL_ASCII' TEMPLATE template0")
            try:
                with pytest.raises(StorageError) as caught:
                    open_store(plain.set(database=name).render_as_string(hide_password=False))
                is_one_clear_error(caught, "SQL_ASCII", "createdb --encoding=UTF8")
            finally:
                connection.execute(f"DROP DATABASE {name}")


def test_a_folder_is_no_database(tmp_path):
    with pytest.raises(StorageError) as caught:
        open_store(f"sqlite:///{tmp_path}")
    is_one_clear_error(caught, "cannot be opened")


# --- may not be written ----------------------------------------------------------------------------


def test_a_database_that_may_only_be_read(database):
    with open_store(database) as store:
        store.save(samples.province())
    before = counts(database)
    if database.startswith("sqlite"):
        path = database.removeprefix("sqlite:///")
        closed = f"sqlite:///file:{path}?mode=ro&uri=true"
    else:
        closed = database
        name = sa.make_url(database).database
        with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    with open_store(closed) as store:
        assert len(store.list()) == 1  # it can be read
        with pytest.raises(StorageError) as caught:
            store.save(samples.province(id="second"))
        is_one_clear_error(caught, "may not be written", "right to write")
    assert counts(database) == before


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs POSIX")
def test_the_same_store_goes_on_after_an_error(database):
    with open_store(database) as store:
        twice = samples.province_findings()[:1] * 2
        for _ in range(3):
            with pytest.raises(StorageError):
                store.save(samples.province(findings=twice), pages=[Page("u")])
        store.save(samples.province())
        assert dataclasses.astuple(store.list()[0])[0] == samples.province().id


# --- many rows at once -----------------------------------------------------------------------------


def test_the_server_knows_at_once_of_many_new_rows():
    """Else its plans are made for empty tables until it looks at them by itself."""

    def known(table):
        with store.transaction() as connection:
            asked = sa.text("SELECT reltuples FROM pg_class WHERE relname = :name")
            return connection.scalar(asked, {"name": table})

    with postgres.empty_database() as url, open_store(url) as store:
        with store.transaction(write=True) as connection:
            rows = [{"id": f"b{n}", "kind": "province", "code": ""} for n in range(2000)]
            connection.execute(bodies.insert(), rows)
        assert known("bodies") == 2000
        with store.transaction(write=True) as connection:
            connection.execute(bodies.insert().values(id="one", kind="province", code=""))
        assert known("bodies") == 2000
        assert known("audits") <= 0
