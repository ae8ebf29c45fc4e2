"""Progress on stderr: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

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


#: Probes in words, by name.
_PROBES = {
    "vantage": ("nơi kiểm tra", "vantage point"),
    "dns": ("tên miền", "domain name"),
    "ipv6": ("IPv6", "IPv6"),
    "dnssec": ("DNSSEC", "DNSSEC"),
    "tls": ("HTTPS", "HTTPS"),
    "availability": ("tính sẵn sàng", "availability"),
    "security": ("tiêu đề an toàn", "security headers"),
    "search": ("ô tìm kiếm", "search box"),
    "mobile": ("hiển thị trên điện thoại", "phone layout"),
    "accessibility": ("trợ năng", "accessibility"),
    "performance": ("tốc độ", "speed"),
}


def _words(now: Any, lang: str) -> str:
    if now.probe:
        vi, en = _PROBES.get(now.probe, (now.probe, now.probe))
        return f"measuring: {en}" if lang == "en" else f"đang đo: {vi}"
    if lang == "en":
        return f"{now.pages} pages read, {now.requests} requests, {now.waiting} waiting"
    return f"đã đọc {now.pages} trang, {now.requests} yêu cầu, còn {now.waiting} liên kết chờ"


def _plain(stream: TextIO, lang: str) -> Callable[[object], None]:
    last = time.monotonic()

    def tell(now: object) -> None:
        nonlocal last
        if time.monotonic() - last >= _PLAIN_EVERY:
            last = time.monotonic()
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
