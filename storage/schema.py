"""Opening a database and bringing its tables up to date."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from core.errors import StorageError
from storage.say import both
from storage.trouble import trouble

#: Names the database instead of the default file.
VARIABLE = "DECREE43_DB"

#: Seconds to wait for another program that is writing.
WAIT = 30.0
#: Seconds to wait for a server to answer.
CONNECT = 10

_MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, slots=True)
class Steps:
    """Which version the tables had, and which they have now. ``before`` is None where there were none."""

    before: str | None
    after: str


def default_url() -> str:
    """The database of ``DECREE43_DB``, else a SQLite file in the user's data folder, which is made."""
    if url := os.environ.get(VARIABLE):
        return url
    from platformdirs import user_data_path

    folder = user_data_path("decree43", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{both('no_folder')}: {error.strerror}", where=str(folder), hint=both("addresses")
        ) from error
    return sa.URL.create("sqlite", database=str(folder / "audits.db")).render_as_string()


def make_engine(url: str, *, wait: float = WAIT) -> sa.Engine:
    """An engine with foreign keys and WAL on SQLite, psycopg on PostgreSQL; StorageError for an address that is none.

    ``wait`` is how many seconds to wait for another program that is writing.
    """
    try:
        address = sa.make_url(url)
        kind = address.get_backend_name()
        if address.drivername in ("postgres", "postgresql"):
            address, kind = address.set(drivername="postgresql+psycopg"), "postgresql"
        if kind not in ("sqlite", "postgresql"):
            raise StorageError(both("unsupported", kind=kind), where=shown(url), hint=both("unsupported_hint"))
        more: dict[str, Any] = {}
        if kind == "postgresql":
            asked = {"connect_timeout": CONNECT, "client_encoding": "utf8"}
            more = {"connect_args": {name: value for name, value in asked.items() if name not in address.query}}
            more["pool_pre_ping"] = True  # a server may be started again while we wait
        engine = sa.create_engine(address, **more)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StorageError(both("no_address"), where=shown(url), hint=both("addresses")) from error
    except ImportError as error:
        hint = both("no_driver_hint", name=error.name or "…")
        raise StorageError(f"{both('no_driver')}: {error}", where=shown(url), hint=hint) from error
    milliseconds = int(wait * 1000)
    if kind == "sqlite":
        settings = (f"busy_timeout = {milliseconds}", "foreign_keys = ON", "journal_mode = WAL")
        sa.event.listen(engine, "connect", lambda raw, _: _sqlite_connected(raw, settings))
        sa.event.listen(engine, "begin", _sqlite_begins)
    else:
        sa.event.listen(engine, "connect", lambda raw, _: _postgresql_connected(raw, milliseconds))
    return engine


def must_be_there(url: str) -> None:
    """Raises StorageError for a SQLite file that is not there, or is none: opening it would make an empty database."""
    path = not_there(url)
    if path is not None:
        raise StorageError(both("folder" if path.is_dir() else "no_file"), where=shown(url), hint=both("addresses"))


def not_there(url: str) -> Path | None:
    """Where a SQLite file should be and is not; None where it is, and for other databases."""
    engine = make_engine(url)
    path = str(engine.url.database or ":memory:")
    kind = engine.dialect.name
    engine.dispose()
    if kind != "sqlite" or path == ":memory:" or path.startswith("file:") or Path(path).is_file():
        return None
    return Path(path)


def upgrade(url: str, revision: str = "head") -> Steps:
    """Brings the database at ``url`` to the present tables, making them where there are none."""
    engine = make_engine(url)
    try:
        return upgrade_engine(engine, revision)
    finally:
        engine.dispose()


def upgrade_engine(engine: sa.Engine, revision: str = "head") -> Steps:
    """The same on an open engine, in one transaction: two that start together do not meet."""
    where = shown(engine.url)
    scripts = _scripts()
    wanted = head() if revision == "head" else revision
    try:
        with engine.connect() as connection, connection.begin():
            before = _known(connection, scripts, where)
        if before == wanted:
            return Steps(before, wanted)
        with engine.connect().execution_options(immediate=True) as connection, connection.begin():
            if connection.dialect.name == "postgresql":  # two workers may start at the same time
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(432011)"))
                _refuse_other_letters(connection, where)
            before = _known(connection, scripts, where)
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, wanted)
        return Steps(before, wanted)
    except (SQLAlchemyError, CommandError, OSError) as error:
        raise trouble(error, where, "unopened") from error


def version(connection: sa.Connection) -> str | None:
    """The version of the tables of an open database; None where there are none."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The version of the tables that this program wants."""
    return str(_scripts().get_current_head())


def known_versions() -> tuple[str, ...]:
    """Every version that can be brought up to date, newest first."""
    return tuple(script.revision for script in _scripts().walk_revisions())


def shown(url: str | sa.URL) -> str:
    """A database address without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True).replace("postgresql+psycopg:", "postgresql:", 1)
    except (ArgumentError, ValueError):
        return str(url).split("@")[-1]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _known(connection: sa.Connection, scripts: ScriptDirectory, where: str) -> str | None:
    found = version(connection)
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise StorageError(
            both("newer"),
            where=where,
            hint=both("newer_hint"),
        )
    return found


def _refuse_other_letters(connection: sa.Connection, where: str) -> None:
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StorageError(
            both("letters", encoding=encoding),
            where=where,
            hint=both("letters_hint"),
        )


def _sqlite_connected(raw: Any, settings: tuple[str, ...]) -> None:
    raw.isolation_level = None  # transactions are begun below
    cursor = raw.cursor()
    try:
        for setting in settings:
            cursor.execute(f"PRAGMA {setting}")
    finally:
        cursor.close()


def _sqlite_begins(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("outside"):  # VACUUM does not run in a transaction
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("immediate") else "BEGIN")


def _postgresql_connected(raw: Any, milliseconds: int) -> None:
    with raw.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {milliseconds}")
    raw.commit()
