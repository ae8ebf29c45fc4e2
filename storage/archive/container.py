"""A ZIP file in which every byte has one right value: members stored as they are, in order, without dates or remarks.

So a changed byte shows wherever it stands. Readers of ZIP and WACZ see nothing unusual.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from storage.say import say

_STEP = 1 << 20
_MOST = 0xFFFF_FFFF
#: 1 January 1980, the first day of ZIP.
_DAY = 0x21
_LOCAL, _CENTRAL, _END = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"


class Damaged(ValueError):
    """The file is not as ``write`` writes it; why, by the name of its sentence, with what fills its gaps."""

    def __init__(self, key: str, **values: object) -> None:
        self.text = say(key, **values)
        super().__init__(self.text.both)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the container: its name in ASCII, and how to open it."""

    name: str
    open: Callable[[], BinaryIO]


def member(name: str, data: bytes) -> Member:
    """A member from bytes."""
    return Member(name, lambda: io.BytesIO(data))


def write(path: Path, members: Iterable[Member]) -> None:
    """Writes the container, whole or not at all. Raises OSError, and ValueError beyond 4 GB."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as out:
            central, count = b"", 0
            for each in members:
                crc, size = _sums(each)
                start = out.tell()
                if start + size > _MOST - 0x1000000:
                    raise ValueError("more than 4 GB")
                out.write(_local(each.name, crc, size))
                with each.open() as source:
                    while block := source.read(_STEP):
                        out.write(block)
                central += _entry(each.name, crc, size, start)
                count += 1
            out.write(central + _end(count, len(central), out.tell()))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def check(path: Path) -> list[str]:
    """The names of the members, in order. Raises Damaged where any byte beside their contents is not the right one."""
    try:
        with ZipFile(path) as archive, path.open("rb") as raw:
            at, central = 0, b""
            infos = archive.infolist()
            for info in infos:
                local = _local(info.filename, info.CRC, info.file_size)
                raw.seek(at)
                if info.header_offset != at or raw.read(len(local)) != local:
                    raise Damaged("pack_head", name=info.filename)
                central += _entry(info.filename, info.CRC, info.file_size, at)
                at += len(local) + info.file_size
            raw.seek(at)
            if raw.read() != central + _end(len(infos), len(central), at):
                raise Damaged("pack_list")
            return [info.filename for info in infos]
    except (BadZipFile, OSError, ValueError, struct.error, EOFError, NotImplementedError, KeyError) as error:
        raise error if isinstance(error, Damaged) else Damaged("pack_zip", error=error) from None


def blocks(path: Path, name: str) -> Iterator[bytes]:
    """The content of a member. Raises Damaged."""
    try:
        with ZipFile(path) as archive, archive.open(name) as source:
            while block := source.read(_STEP):
                yield block
    except (BadZipFile, OSError, ValueError, EOFError, KeyError, NotImplementedError, zlib.error) as error:
        raise Damaged("pack_member", name=name, error=error) from None


def _sums(each: Member) -> tuple[int, int]:
    crc = size = 0
    with each.open() as source:
        while block := source.read(_STEP):
            crc, size = zlib.crc32(block, crc), size + len(block)
    return crc, size


def _local(name: str, crc: int, size: int) -> bytes:
    said = name.encode("ascii")
    return struct.pack(_LOCAL, b"PK\3\4", 20, 0, 0, 0, _DAY, crc, size, size, len(said), 0) + said


def _entry(name: str, crc: int, size: int, at: int) -> bytes:
    said, mode = name.encode("ascii"), 0o100644 << 16
    made = 3 << 8 | 20  # Unix
    return (
        struct.pack(_CENTRAL, b"PK\1\2", made, 20, 0, 0, 0, _DAY, crc, size, size, len(said), 0, 0, 0, 0, mode, at)
        + said
    )


def _end(count: int, size: int, at: int) -> bytes:
    return struct.pack(_END, b"PK\5\6", 0, 0, count, count, size, at, 0)
