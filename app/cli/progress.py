"""Progress on stderr: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from app.say import knows, say

#: Seconds between plain lines.
_PLAIN_EVERY = 10.0


@contextmanager
def progress_on(stream: TextIO, *, quiet: bool, lang: str) -> Iterator[Callable[[object], None]]:
    """A function to tell progress to, for as long as the block runs."""
    if quiet:
        yield lambda _: None
    elif stream.isatty():
        with _live(stream, lang) as tell:
            yield tell
    else:
        yield _plain(stream, lang)


def _words(now: Any, lang: str) -> str:
    if now.probe:  # one of a plugin is told by its own name
        known = knows(f"probe_{now.probe}")
        said = say("progress_probe", probe=say(f"probe_{now.probe}") if known else now.probe)
    else:
        said = say("progress_pages", pages=now.pages, requests=now.requests, waiting=now.waiting)
    return said.en if lang == "en" else said.vi


def _plain(stream: TextIO, lang: str) -> Callable[[object], None]:
    last, probe = time.monotonic(), ""

    def tell(now: Any) -> None:
        nonlocal last, probe
        if now.probe != probe or time.monotonic() - last >= _PLAIN_EVERY:
            last, probe = time.monotonic(), now.probe
            print(_words(now, lang), file=stream, flush=True)

    return tell


@contextmanager
def _live(stream: TextIO, lang: str) -> Iterator[Callable[[object], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(file=stream)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, refresh_per_second=4) as bar:
        task = bar.add_task("", total=None)

        def tell(now: Any) -> None:
            bar.update(task, description=_words(now, lang), total=now.pages + now.waiting, completed=now.pages)

        yield tell
