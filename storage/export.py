"""The whole database as JSON Lines, one file for each table, in a folder or one .zip; and the way back.

``manifest.json`` names the version of the tables, and the rows and SHA-256 of each file. Days are ``YYYY-MM-DD``, times
UTC in ISO 8601, reports (zlib of ``report.json``) base64. An export is written whole or not at all.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from core.errors import StorageError
from storage import schema
from storage.say import both
from storage.store import Store
from storage.tables import metadata

#: Id of the form; a change that breaks readers gets a new number.
FORM = "decree43-export/1"
MANIFEST = "manifest.json"
_OURS = re.compile(r"[a-z_]+\.jsonl?")
_CHUNK = 500


def export(store: Store, target: Path) -> dict[str, int]:
    """Writes every table as it is at one moment; how many rows each has. An existing target is left alone."""
    if target.exists() and not (target.is_dir() and not any(target.iterdir()) and not _zipped(target)):
        raise StorageError(both("there_already"), where=str(target), hint=both("there_already_hint"))
    parent = target.resolve().parent
    try:
        part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=parent))
    except OSError as error:
        raise StorageError(
            f"{both('not_written')}: {error.strerror}", where=str(parent), hint=both("not_written_hint")
        ) from error
    try:
        with store.transaction(snapshot=True) as connection:
            tables = {table.name: _write(connection, table, part) for table in metadata.sorted_tables}
            head = {"form": FORM, "version": schema.version(connection), "tables": tables}
        with (part / MANIFEST).open("w", encoding="utf-8") as file:
            json.dump(head, file, indent=1)
            _settle(file)
        part.chmod(0o755)
        _in_place(part, target)
    except OSError as error:
        hint = both("export_failed_hint")
        raise StorageError(f"{both('export_failed')}: {error.strerror}", where=str(target), hint=hint) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return {name: table["rows"] for name, table in tables.items()}


def bring_in(url: str, source: Path, *, wait: float = schema.WAIT) -> dict[str, int]:
    """Fills an empty database with an export of this or an older version, then brings it up to date.

    One transaction: a damaged export leaves the database empty.
    """
    with _opened(source) as folder:
        head = _manifest(folder, source)
        _verify(folder, head, source)
        engine = schema.make_engine(url, wait=wait)
        with Store(engine) as store:
            _refuse_filled(store, head["version"])
            schema.upgrade_engine(engine, head["version"])
            there = sa.MetaData()
            with store.transaction(write=True) as connection:
                there.reflect(connection)
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                if more := sorted(head["tables"].keys() - there.tables.keys()):
                    raise StorageError(
                        f"{both('odd_tables')}: {', '.join(more)}", where=str(source), hint=both("no_export_hint")
                    )
                for table in there.sorted_tables:
                    if table.name in head["tables"]:
                        _insert(connection, table, folder / f"{table.name}.jsonl")
            schema.upgrade_engine(engine)
    return {name: table["rows"] for name, table in head["tables"].items()}


# --- writing ---------------------------------------------------------------------------------------


def _write(connection: sa.Connection, table: sa.Table, folder: Path) -> dict[str, Any]:
    digest, count = hashlib.sha256(), 0
    query = sa.select(table).order_by(*table.primary_key).execution_options(yield_per=_CHUNK)
    with (folder / f"{table.name}.jsonl").open("wb") as file:
        for row in connection.execute(query).mappings():
            line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False) + "\n"
            data = line.encode()
            digest.update(data)
            file.write(data)
            count += 1
        _settle(file)
    return {"rows": count, "sha256": digest.hexdigest()}


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return value


def _settle(file: IO[Any]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _in_place(part: Path, target: Path) -> None:
    if not _zipped(target):
        if target.exists():
            target.rmdir()
        part.replace(target)
        return
    packed = part / "packed"
    with packed.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(part.glob("*.json*")):
                archive.write(path, path.name)
        _settle(file)
    packed.replace(target)


def _zipped(path: Path) -> bool:
    return path.suffix.lower() == ".zip"


# --- reading ---------------------------------------------------------------------------------------


@contextmanager
def _opened(source: Path) -> Iterator[Path]:
    """The folder of an export; a .zip is unpacked beside the system's other temporary files."""
    if source.is_dir():
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="decree43-import-") as folder:
        try:
            with zipfile.ZipFile(source) as archive:
                for name in archive.namelist():
                    if _OURS.fullmatch(name):  # nothing else: names in a stranger's archive may lead elsewhere
                        archive.extract(name, folder)
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            raise StorageError(f"{both('unread')}: {error}", where=str(source), hint=both("no_export_hint")) from error
        yield Path(folder)


def _manifest(folder: Path, source: Path) -> dict[str, Any]:
    try:
        head = json.loads((folder / MANIFEST).read_text("utf-8"))
        if head["form"] != FORM:
            raise ValueError(f"its form is {head['form']!r}, not {FORM!r}")
        if not all(isinstance(table["rows"], int) and table["sha256"] for table in head["tables"].values()):
            raise ValueError("its list of tables cannot be read")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StorageError(f"{both('no_export')}: {error}", where=str(source), hint=both("no_export_hint")) from error
    if head["version"] not in schema.known_versions():
        raise StorageError(both("newer_export"), where=str(source), hint=both("newer_export_hint"))
    return dict(head)


def _verify(folder: Path, head: dict[str, Any], source: Path) -> None:
    for name, table in head["tables"].items():
        digest = hashlib.sha256()
        try:
            with (folder / f"{name}.jsonl").open("rb") as file:
                while block := file.read(1 << 20):
                    digest.update(block)
        except OSError as error:
            raise StorageError(
                both("table_missing", name=name), where=str(source), hint=both("table_missing_hint")
            ) from error
        if digest.hexdigest() != table["sha256"]:
            raise StorageError(
                both("table_changed", name=name),
                where=str(source),
                hint=both("table_changed_hint"),
            )


def _refuse_filled(store: Store, wanted: str) -> None:
    with store.transaction() as connection:
        version = schema.version(connection)
        there = sorted(set(sa.inspect(connection).get_table_names()) & set(metadata.tables))
        one = sa.select(sa.literal(1))
        filled = [name for name in there if connection.scalar(one.select_from(sa.table(name)).limit(1))]
    hint = both("not_empty_hint")
    if filled:
        raise StorageError(f"{both('not_empty')}: {', '.join(filled)}", where=store.where, hint=hint)
    if version not in (None, wanted):
        message = both("other_version", version=version, wanted=wanted)
        raise StorageError(message, where=store.where, hint=hint)


def _insert(connection: sa.Connection, table: sa.Table, path: Path) -> None:
    if any(key.column.table is table for key in table.foreign_keys):
        for chunk in _chunks(_parents_first(list(_rows(table, path)), table)):
            connection.execute(table.insert(), chunk)
        return
    for chunk in _chunks(_rows(table, path)):
        connection.execute(table.insert(), chunk)


def _rows(table: sa.Table, path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            yield {name: _typed(value, table.c[name].type) for name, value in row.items()}


def _typed(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:
    if value is None:
        return None
    if isinstance(kind, sa.DateTime):
        return dt.datetime.fromisoformat(value)
    if isinstance(kind, sa.Date):
        return dt.date.fromisoformat(value)
    if isinstance(kind, sa.LargeBinary):
        return base64.b64decode(value)
    return value


def _parents_first(rows: list[dict[str, Any]], table: sa.Table) -> Iterator[dict[str, Any]]:
    """Rows of a table that refers to itself, each after the one it refers to."""
    own = [(key.parent.name, key.column.name) for key in table.foreign_keys if key.column.table is table]
    done: dict[str, set[Any]] = {target: set() for _, target in own}
    waiting = rows
    while waiting:
        later = []
        for row in waiting:
            if all(row[column] is None or row[column] in done[target] for column, target in own):
                for target in done:
                    done[target].add(row[target])
                yield row
            else:
                later.append(row)
        if len(later) == len(waiting):  # a circle: the database will say so
            yield from later
            return
        waiting = later


def _chunks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
