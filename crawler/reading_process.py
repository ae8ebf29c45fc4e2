"""The process that reads pages beside the crawl: ``python -m crawler.reading_process``.

It says one byte when it is ready. Answers come in on standard input, parcels of pages go out on standard output, in the
same order, each behind its length. It ends with the crawl that started it.
"""

from __future__ import annotations

import gc
import pickle
import signal
import struct
import sys
import traceback
from typing import BinaryIO

from crawler.parcel import Packer
from crawler.reading import Reading, read

#: The length before each message, in bytes.
LENGTH = struct.Struct(">I")
#: Said when it is ready, and before a page and a page that could not be read.
READY, PAGE, BROKEN = b"r", b"p", b"x"


#: Length of what is kept in place of the body, -1 for the body itself; whether it is facts.
_KEPT = struct.Struct(">i?")


def pack_kept(reading: Reading) -> bytes:
    """What is kept of the body, before the page."""
    if reading.kept is None:
        return _KEPT.pack(-1, False)
    return _KEPT.pack(len(reading.kept), reading.facts) + reading.kept


def unpack_kept(said: bytes) -> tuple[bytes | None, bool, bytes]:
    """The same again, and the parcel behind it."""
    length, facts = _KEPT.unpack_from(said)
    end = _KEPT.size + max(length, 0)
    return None if length < 0 else said[_KEPT.size : end], facts, said[end:]


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Reads until there is nothing more to read."""
    packer = Packer()
    sink.write(READY)
    sink.flush()
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        answer, depth, today, hosts, keeps = pickle.loads(source.read(LENGTH.unpack(head)[0]))
        try:
            reading = read(answer, depth, today=today, hosts=hosts, keeps=keeps)
            said = PAGE + pack_kept(reading) + packer.pack(reading.page)
        except Exception as error:  # told to the crawl, which names the page and goes on
            said = BROKEN + pickle.dumps((type(error).__name__, traceback.format_exc()))
        sink.write(LENGTH.pack(len(said)) + said)
        sink.flush()


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the crawl, and the crawl ends this
    gc.set_threshold(50_000, 20, 20)
    serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
