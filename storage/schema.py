"""Opening a database and bringing its tables up to date."""

from __future__ import annotations

import os
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from core.errors import StorageError

#: Names the database instead of the default file.
VARIABLE = "DECREE43_DB"

_HINT = "give --db sqlite:///FILE, --db postgresql://…, or --db none to keep nothing"
_MIGRATIONS = Path(__file__).parent / "migrations"


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
            f"the data folder cannot be made: {error.strerror}", where=str(folder), hint=_HINT
        ) from error
    return sa.URL.create("sqlite", database=str(folder / "audits.db")).render_as_string()


def make_engine(url: str) -> sa.Engine:
    """An engine with foreign keys and WAL on SQLite; StorageError for an address that is none."""
    try:
        engine = sa.create_engine(url)
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StorageError("not a database address", where=shown(url), hint=_HINT) from error
    except ImportError as error:
        hint = f"install the driver: pip install {error.name or 'it'}; or {_HINT}"
        raise StorageError(f"the database driver is missing: {error}", where=shown(url), hint=hint) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _sqlite_connected)
        sa.event.listen(engine, "begin", _sqlite_begins)
    return engine


def upgrade(url: str) -> None:
    """Brings the database at ``url`` to the present tables, making them where there are none."""
    engine = make_engine(url)
    try:
        upgrade_engine(engine)
    finally:
        engine.dispose()


def upgrade_engine(engine: sa.Engine) -> None:
    """The same on an open engine, in one transaction: two that start together do not meet."""
    where = shown(engine.url)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    try:
        with engine.connect().execution_options(immediate=True) as connection, connection.begin():
            heads = MigrationContext.configure(connection).get_current_heads()
            if heads == tuple(scripts.get_heads()):
                return
            known = {script.revision for script in scripts.walk_revisions()}
            if not set(heads) <= known:
                raise StorageError(
                    "the database was made by a newer version of decree43",
                    where=where,
                    hint="update decree43, or use another database with --db",
                )
            if connection.dialect.name == "postgresql":  # two workers may start at the same time
                connection.execute(sa.text("SELECT pg_advisory_xact_lock(432011)"))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (SQLAlchemyError, CommandError, OSError) as error:
        raise StorageError(f"the database cannot be opened: {reason(error)}", where=where, hint=_HINT) from error


def shown(url: str | sa.URL) -> str:
    """A database address without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return str(url).split("@")[-1]


def reason(error: BaseException) -> str:
    """The database's own words, first line only."""
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]


def _sqlite_connected(connection: object, record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # transactions are begun below
    cursor = connection.cursor()  # type: ignore[attr-defined]
    try:
        cursor.execute("PRAGMA busy_timeout = 30000")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA journal_mode = WAL")
    finally:
        cursor.close()


def _sqlite_begins(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
