"""Reading an archive: which body stands where, checked against its digest when it is taken out."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader

from core import evidence_json
from core.capture import Kind, Visit
from core.errors import StorageError
from storage.archive.places import fetch, shown
from storage.archive.warc import ADDRESSES
from storage.say import both

_STEP = 1 << 20
_BROKEN = (ArchiveLoadFailed, OSError, EOFError, ValueError, KeyError, AttributeError, TypeError)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record: where it stands in the file, what it is."""

    offset: int
    length: int
    kind: str
    url: str
    date: str
    content_type: str
    status: str
    digest: str


class Archive:
    """An archive on this machine or a copy of one; use it in a ``with`` block. Raises StorageError."""

    def __init__(self, address: str) -> None:
        self.where = shown(address)
        self._path, self._copied = fetch(address)
        self._entries: tuple[Entry, ...] = ()
        try:
            self._file = self._path.open("rb")
            self.entries = tuple(self._read())
        except _BROKEN as error:
            self.close()
            raise self._damaged(error) from None
        self._by_digest = {e.digest[7:]: e for e in reversed(self.entries) if e.kind != "revisit" and e.digest}

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    def close(self) -> None:
        """Closes the file; a copy is deleted."""
        if hasattr(self, "_file"):
            self._file.close()
        if self._copied:
            self._path.unlink(missing_ok=True)

    def _read(self) -> Iterator[Entry]:
        for offset, length, block in members(self._file):
            record = _record(block)
            heads = record.rec_headers
            yield Entry(
                offset,
                length,
                record.rec_type,
                heads.get_header("WARC-Target-URI") or "",
                heads.get_header("WARC-Date") or "",
                _type(record),
                record.http_headers.get_statuscode() if record.http_headers else "",
                heads.get_header("WARC-Payload-Digest") or "",
            )

    def body(self, sha256: str) -> bytes:
        """The body that was kept under that SHA-256. Raises StorageError where it is missing or was changed."""
        entry = self._by_digest.get(sha256)
        if entry is None:
            raise self._damaged(ValueError(both("warc_no_body", sha256=sha256[:12])))
        return self.body_of(entry)

    def body_of(self, entry: Entry) -> bytes:
        """The body of a record, or of the one it refers to, compared with its digest."""
        if entry.kind == "revisit":
            return self.body(entry.digest[7:])
        try:
            self._file.seek(entry.offset)
            _, _, block = next(members(io.BytesIO(self._file.read(entry.length))))
            body: bytes = _record(block).raw_stream.read()
        except (*_BROKEN, StopIteration) as error:
            raise self._damaged(error) from None
        if entry.digest and hashlib.sha256(body).hexdigest() != entry.digest[7:]:
            raise self._damaged(ValueError(both("warc_changed", url=entry.url)))
        return body

    def visit(self) -> Visit:
        """How the evidence was put together."""
        return self._one(Visit, ADDRESSES[Kind.VISIT])

    def _one(self, kind: type[Visit], url: str) -> Visit:
        entry = next((e for e in self.entries if e.url == url), None)
        if entry is None:
            raise self._damaged(ValueError(both("warc_no_visit")))
        try:
            return evidence_json.loads(kind, self.body_of(entry))
        except evidence_json.NotReadable as error:
            raise StorageError(
                f"{both('archive_version')}: {error}",
                where=self.where,
                hint=both("archive_version_hint"),
            ) from None

    def texts(self) -> dict[str, bytes]:
        """The files of the catalogue that was judged by."""
        prefix = ADDRESSES[Kind.CATALOGUE]
        return {e.url.removeprefix(prefix): self.body_of(e) for e in self.entries if e.url.startswith(prefix)}

    def _damaged(self, error: BaseException) -> StorageError:
        why = " ".join(str(error).split())[:200] or type(error).__name__
        return StorageError(f"{both('archive_damaged')}: {why}", where=self.where, hint=both("archive_damaged_hint"))


def members(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """The gzip members of a file, one for each record: beginning, length and content.

    Raises ValueError where one is cut off or does not fit its checksum.
    """
    offset = length = 0
    machine, parts = zlib.decompressobj(31), list[bytes]()
    rest = file.read(_STEP)
    if not rest:
        raise ValueError(both("warc_empty"))
    while rest:
        try:
            parts.append(machine.decompress(rest))
        except zlib.error as error:
            raise ValueError(both("warc_at", offset=offset, error=error)) from None
        length += len(rest) - len(machine.unused_data)
        rest = machine.unused_data or file.read(_STEP)
        if machine.eof:
            yield offset, length, b"".join(parts)
            offset, length = offset + length, 0
            machine, parts = zlib.decompressobj(31), []
    if length:
        raise ValueError(both("warc_cut"))


_LOADER = ArcWarcRecordLoader()


def _record(block: bytes) -> ArcWarcRecord:
    record = _LOADER.parse_record_stream(io.BytesIO(block), known_format="warc")
    if not record.rec_type:
        raise ValueError(both("warc_none"))
    return record


def _type(record: ArcWarcRecord) -> str:
    if record.http_headers is not None:
        return (record.http_headers.get_header("Content-Type") or "").split(";")[0].strip()
    return (record.rec_headers.get_header("Content-Type") or "").split(";")[0].strip()
