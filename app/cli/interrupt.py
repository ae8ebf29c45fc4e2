"""Ctrl-C and SIGTERM during an audit."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interruptible(stop: asyncio.Event) -> Iterator[None]:
    """Both ask the crawl to stop; what was judged is still written."""

    def ask(*_: object) -> None:
        stop.set()

    before = {s: signal.signal(s, ask) for s in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for s, handler in before.items():
            signal.signal(s, handler)
