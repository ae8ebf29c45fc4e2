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
from crawler.reading import read

#: The length before each message, in bytes.
LENGTH = struct.Struct(">I")
#: Said when it is ready, and before a page and a page that could not be read.
READY, PAGE, BROKEN = b"r", b"p", b"x"


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Reads until there is nothing more to read."""
    packer = Packer()
    sink.write(READY)
    sink.flush()
    while len(head := source.read(LENGTH.size)) == LENGTH.size:
        answer, depth, today, hosts = pickle.loads(source.read(LENGTH.unpack(head)[0]))
        try:
            said = PAGE + packer.pack(read(answer, depth, today=today, hosts=hosts))
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
