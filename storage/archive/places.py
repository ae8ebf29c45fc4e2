"""Where archives stand: a folder, or any address that fsspec has a driver for."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import fsspec

from core.errors import StorageError
from storage.say import both

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

#: Names the place of the archive; "none" keeps none.
VARIABLE = "DECREE43_ARCHIVE"
ENDING = ".warc.gz"
#: Seconds after which a part that no process holds was left by an audit that was killed.
_LEFT = 24 * 3600
#: Parts on this machine of archives that stand elsewhere.
_TEMPORARY = f".decree43-part-*{ENDING}"
#: What a driver or a disk may raise; drivers of strangers raise errors of their own.
_Broken = Exception


def default_place(database: str) -> str:
    """The folder beside a SQLite file, else in the user's data folder."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    with suppress(ArgumentError):
        url = make_url(database)
        if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
            return str(Path(url.database).absolute().parent / "archive")
    from platformdirs import user_data_path

    return str(user_data_path("decree43", appauthor=False) / "archive")


def shown(address: str) -> str:
    """An address without a password."""
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if "@" in parts.netloc else address


class Place:
    """A folder that archives are put into and taken from."""

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            found = fsspec.core.url_to_fs(address)
        except (ValueError, ImportError) as error:
            raise _failed("archive_address", address, error) from None
        except _Broken as error:
            raise _failed("archive_unopened", address, error) from None
        self._files: Any = found[0]
        self._root = str(found[1]).rstrip("/")

    @property
    def folder(self) -> Path | None:
        """The folder on this machine, where it is one."""
        return Path(self._root or "/") if "file" in self._protocols else None

    @property
    def _protocols(self) -> tuple[str, ...]:
        name = self._files.protocol
        return (name,) if isinstance(name, str) else tuple(name)

    def try_it(self) -> None:
        """Raises StorageError where nothing can be written."""
        trial = f"{self._root}/.decree43-trial-{os.getpid()}"
        try:
            self._files.makedirs(self._root, exist_ok=True)
            self._files.pipe_file(trial, b"")
            self._files.rm_file(trial)
        except _Broken as error:
            raise _failed("archive_unwritten", self.address, error) from None

    def put(self, file: Path, name: str) -> str:
        """Moves a finished file there; its address. Raises StorageError."""
        target = f"{self._root}/{name}"
        try:
            if self.folder is not None:
                self.folder.mkdir(parents=True, exist_ok=True)
                file.replace(target)
            else:
                self._files.put_file(str(file), target)
                file.unlink()
        except _Broken as error:
            raise _failed("archive_unwritten", self.address, error) from None
        return str(self._files.unstrip_protocol(target)) if self.folder is None else target

    def sweep(self) -> int:
        """Deletes what killed audits left here more than a day ago; how many files it was."""
        folder, pattern = (
            (self.folder, f".*{ENDING}.part") if self.folder else (Path(tempfile.gettempdir()), _TEMPORARY)
        )
        count, before = 0, time.time() - _LEFT
        for part in [*folder.glob(pattern), *(folder.glob(".decree43-trial-*") if self.folder else ())]:
            with suppress(OSError):  # somebody else's, or gone meanwhile
                if part.is_file() and _is_left(part, before):
                    part.unlink()
                    count += 1
        return count

    def part(self, name: str) -> Path:
        """A file on this machine to write to before ``put``."""
        if self.folder is not None:
            return self.folder / f".{name}.part"
        handle, path = tempfile.mkstemp(prefix=".decree43-part-", suffix=ENDING)
        os.close(handle)
        return Path(path)


def hold(file: BinaryIO) -> None:
    """Marks a part as being written, for as long as it is open; a system without such marks goes by its age alone."""
    if fcntl is not None:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_left(part: Path, before: float) -> bool:
    """Whether a part was last written to before a moment, and no process holds it."""
    if part.stat().st_mtime >= before:
        return False
    if fcntl is None:
        return True
    with part.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
    return True


def fetch(address: str) -> tuple[Path, bool]:
    """An archive as a file on this machine, and whether it is a copy to be deleted. Raises StorageError."""
    try:
        files, path = fsspec.core.url_to_fs(address)
        name = files.protocol if isinstance(files.protocol, str) else files.protocol[0]
        if not files.isfile(path):
            raise FileNotFoundError(2, "there is no such file")
        if name in ("file", "local"):
            return Path(path), False
        handle, copy = tempfile.mkstemp(prefix="decree43-", suffix=ENDING)
        os.close(handle)
        files.get_file(path, copy)
        return Path(copy), True
    except FileNotFoundError:
        raise StorageError(
            both("archive_gone"),
            where=shown(address),
            hint=both("archive_gone_hint"),
        ) from None
    except _Broken as error:
        raise _failed("archive_unread", address, error) from None


def remove(address: str) -> bool:
    """Deletes an archive; whether it was there."""
    try:
        files, path = fsspec.core.url_to_fs(address)
        if not files.exists(path):
            return False
        files.rm_file(path)
    except _Broken as error:
        raise _failed("archive_undeleted", address, error) from None
    return True


def _failed(what: str, address: str, error: Exception) -> StorageError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return StorageError(f"{both(what)}: {reason}", where=shown(address), hint=both("archive_place_hint"))
