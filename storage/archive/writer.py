"""Writing an archive while the audit runs: one WARC file, packed in a thread, put in place when it is whole."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from pathlib import Path

from core.capture import Capture
from core.errors import StorageError
from storage.archive.places import ENDING, Place, hold
from storage.archive.warc import Records
from storage.say import both

#: Bytes of bodies that may wait to be written; then the crawl waits for the disk.
_WAITING = 64 * 1024 * 1024


class Writer:
    """The archive of one audit. Raises StorageError at once where the place cannot be written to.

    ``keep`` may be called from any thread and returns at once; ``close`` puts the file in place. An archive that is
    left without ``close`` is taken away; that of a process which was killed, by the first audit a day later.
    """

    def __init__(self, address: str, name: str, software: str) -> None:
        self._place = Place(address)
        self._place.try_it()
        self._place.sweep()
        self._name = f"{name}{ENDING}"
        self._part = self._place.part(self._name)
        self._records = Records()
        self._queue: queue.Queue[Capture | None] = queue.Queue()
        self._room = threading.Condition()
        self._waiting = 0
        self._error: Exception | None = None
        try:
            self._out = self._part.open("wb")
            hold(self._out)
            self._out.write(self._records.about(software, self._name))
        except OSError as error:
            raise self._failed(error) from None
        self._thread = threading.Thread(target=self._run, name="archive", daemon=True)
        self._thread.start()

    def keep(self, capture: Capture) -> None:
        """Takes a capture; nothing more once writing has failed."""
        with self._room:
            while self._waiting > _WAITING and self._error is None:
                self._room.wait(1.0)
            if self._error is not None:
                return
            self._waiting += len(capture.body)
        self._queue.put(capture)

    def _run(self) -> None:
        while (capture := self._queue.get()) is not None:
            try:
                if self._error is None:
                    self._out.write(self._records.of(capture))
            except Exception as error:  # told by ``close``: an audit must not end because its archive cannot be written
                self._error = error
            with self._room:
                self._waiting -= len(capture.body)
                self._room.notify()

    def close(self) -> str:
        """Writes what waits and puts the file in place; its address. Raises StorageError."""
        self._queue.put(None)
        self._thread.join()
        try:
            self._out.close()
        except OSError as error:
            self._error = self._error or error
        if self._error is not None:
            self._drop()
            raise self._failed(self._error)
        try:
            return self._place.put(self._part, self._name)
        except StorageError:
            self._drop()
            raise

    def abandon(self) -> None:
        """Ends without an archive."""
        self._queue.put(None)
        self._thread.join()
        with suppress(OSError):
            self._out.close()
        self._drop()

    def _drop(self) -> None:
        with suppress(OSError):
            Path(self._part).unlink()

    def _failed(self, error: Exception) -> StorageError:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        hint = both("archive_failed_hint")
        return StorageError(f"{both('archive_failed')}: {reason}", where=self._place.address, hint=hint)
