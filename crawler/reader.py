"""Reading pages: here as long as there are few, in a process of its own beside the crawl once there are many."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from core.page import Page
from crawler.answers import Answer
from crawler.parcel import Unpacker
from crawler.reading import Reading, read
from crawler.reading_process import LENGTH, PAGE, READY, unpack_kept
from crawler.recorder import Recorder

logger = logging.getLogger(__name__)

#: Pages after which a second process is worth its start.
MANY = 24
#: Pages that wait for it before the next one is read here instead.
QUEUE = 4
#: Longest time one page may take it, in seconds; an honest one takes a hundredth of one.
PATIENCE = 60.0
_PROGRAM = (sys.executable, "-m", "crawler.reading_process")


class Unreadable(Exception):
    """A page broke the reader; the message says how, in a few words."""


class _Lost(Exception):
    """The process ended before it came to this page."""


class Reader:
    """Reads the pages of one crawl, with ``program`` as the process beside it."""

    def __init__(
        self, today: dt.date, *, program: tuple[str, ...] = _PROGRAM, recorder: Recorder | None = None
    ) -> None:
        self.today = today
        self._recorder = recorder
        self._few = MANY if _cores() > 1 else sys.maxsize
        self._read = 0
        self._program = program
        self._process: asyncio.subprocess.Process | None = None
        self._starting = asyncio.Lock()
        self._listening: asyncio.Task[None] | None = None
        #: Pages the process has and has not answered yet, oldest first.
        self._waiting: deque[asyncio.Future[Reading]] = deque()

    def here(self, answer: Answer, depth: int, hosts: Iterable[str]) -> Page:
        """The facts of a page, read at once; ``Unreadable`` where it breaks the reader."""
        try:
            reading = read(answer, depth, today=self.today, hosts=hosts, keeps=self._recorder is not None)
        except Exception as error:
            logger.exception("%s could not be read", answer.final_url)
            raise Unreadable(type(error).__name__) from error
        return self._told(answer, depth, reading)

    def _told(self, answer: Answer, depth: int, reading: Reading) -> Page:
        if self._recorder is not None:
            self._recorder.read(answer, depth, reading)
        return reading.page

    async def read(self, answer: Answer, depth: int, hosts: Iterable[str]) -> Page:
        """The facts of a page, read where there is time for it; ``Unreadable`` where it breaks the reader."""
        self._read += 1
        if self._read <= self._few or len(self._waiting) >= QUEUE:
            return self.here(answer, depth, hosts)
        message = pickle.dumps(
            (replace(answer, headers={}, hops=()), depth, self.today, hosts, self._recorder is not None)
        )
        while self._few < sys.maxsize:
            try:
                return self._told(answer, depth, await self._beside(message))
            except _Lost:  # another page ended it, or it never began
                continue
            except OSError as error:
                self._do_without(str(error))
        return self.here(answer, depth, hosts)

    def _do_without(self, why: str) -> None:
        logger.warning("no process can read beside the crawl: %s", why)
        self._few = sys.maxsize

    async def _beside(self, message: bytes) -> Reading:
        process = await self._started()
        assert process.stdin is not None
        future: asyncio.Future[Reading] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        process.stdin.write(LENGTH.pack(len(message)) + message)
        while not future.done():
            await asyncio.wait({future}, timeout=PATIENCE)
            if not future.done() and self._waiting[0] is future:
                _end(process)
        return future.result()

    async def _started(self) -> asyncio.subprocess.Process:
        async with self._starting:
            if self._process is None:
                if self._listening is not None:
                    await self._listening
                pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
                self._process = await asyncio.create_subprocess_exec(
                    *self._program, stdin=pipe, stdout=pipe, stderr=nowhere
                )
                self._listening = asyncio.create_task(self._listen(self._process))
            return self._process

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        """Hands out what the process says, until it ends: the page it was at then is the one that ended it."""
        assert process.stdout is not None
        unpacker, ready = Unpacker(), False
        try:
            ready = await process.stdout.readexactly(1) == READY
            while True:
                length = LENGTH.unpack(await process.stdout.readexactly(LENGTH.size))[0]
                said = await process.stdout.readexactly(length)
                future = self._waiting[0]
                if said.startswith(PAGE):
                    kept, facts, parcel = unpack_kept(said[1:])
                    page = unpacker.unpack(parcel)
                    if not future.done():
                        future.set_result(Reading(page, kept, facts))
                elif not future.done():
                    name, trace = pickle.loads(said[1:])
                    logger.error("a page could not be read\n%s", trace)
                    future.set_exception(Unreadable(name))
                self._waiting.popleft()
        except (asyncio.IncompleteReadError, ConnectionError):
            if not ready:
                self._do_without("it does not start")
        except Exception:
            logger.exception("what the reading process says is not understood")
        _end(process)
        self._process = None
        lost, self._waiting = self._waiting, deque()
        for number, future in enumerate(lost):
            if not future.done():
                guilty = ready and number == 0
                future.set_exception(Unreadable("it ended the process that read it") if guilty else _Lost())
        await process.wait()

    async def close(self) -> None:
        """Ends the process beside the crawl, whatever it is doing, and starts no other."""
        self._few = sys.maxsize
        if self._process is not None:
            _end(self._process)
        if self._listening is not None:
            await self._listening


def _end(process: asyncio.subprocess.Process) -> None:
    """Kills it by its number: ``Process.kill`` looks first how it ended, which the loop then no longer can."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
