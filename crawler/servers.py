"""Politeness per server: one queue for every address, pauses they ask for, and servers that are down."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from core.page import Outcome
from crawler.guard import Address, is_public
from crawler.options import CrawlOptions
from crawler.transport import Transport

#: Requests at a time to one server, always.
AT_ONCE = 2
#: Failures in a row after which a server is left in peace.
FAILURES = 8


@dataclass(slots=True)
class Server:
    """One server: every host name and port that leads to the same addresses."""

    key: str
    private: bool
    not_before: float = 0.0
    failures: int = 0
    #: Set when it stopped answering: nothing more is asked of it.
    down: tuple[Outcome, str] | None = None
    probing: bool = False
    addresses: set[Address] = field(default_factory=set)
    #: Scrapy's own count lags one turn of the loop behind, so that a third request could slip through.
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


class Servers:
    """Knows the server behind each address and sets up its queue in Scrapy's downloader."""

    def __init__(self, transport: Transport, options: CrawlOptions) -> None:
        self._transport = transport
        self._options = options
        self._by_host: dict[tuple[str, int], Server] = {}
        self._all: list[Server] = []
        self._delays: dict[str, float] = {}
        self._lock = asyncio.Lock()

    async def of(self, url: str) -> Server:
        """The server behind an address; raises what the transport raises when there is none."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        known = self._by_host.get((host, port))
        if known is not None:
            return known
        found: set[Address] = set()
        if not self._options.proxy:
            found = set(await self._transport.admitted(host, port))
        async with self._lock:
            for server in self._all:
                if found & server.addresses:
                    server.addresses |= found
                    break
            else:
                private = bool(found) and not any(is_public(a) for a in found)
                key = str(min(found, key=lambda a: (a.version, int(a)))) if found else host
                server = Server(key, private, addresses=found)
                self._all.append(server)
            self._by_host[(host, port)] = server
            return server

    def known(self, url: str) -> Server | None:
        """The server behind an address, when it was asked before."""
        parts = urlsplit(url)
        return self._by_host.get((parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)))

    def slow_down(self, server: Server, seconds: float) -> None:
        """The server's own crawl-delay, up to our longest."""
        wanted = min(seconds, self._options.longest_crawl_delay)
        self._delays[server.key] = max(self._delays.get(server.key, 0.0), wanted)

    def delay(self, server: Server) -> float:
        """Seconds between two requests to the server."""
        return max(0.0 if server.private else self._options.public_delay, self._delays.get(server.key, 0.0))

    def prepare(self, server: Server, downloader: Any) -> None:
        """Gives the server its queue: two at a time, the right distance between two requests."""
        delay = self.delay(server)
        known = downloader.per_slot_settings.get(server.key)
        if known is None or known["delay"] != delay:
            downloader.per_slot_settings[server.key] = {"concurrency": AT_ONCE, "delay": delay, "jitter": 0.0}
        slot = downloader.slots.get(server.key)
        if slot is not None and slot.delay < delay:  # AutoThrottle knows nothing of crawl-delay
            slot.delay = delay

    def count(self, server: Server, failed: bool) -> bool:
        """Counts an answer; True when the server has just failed too often in a row."""
        if not failed:
            server.failures = 0
            return False
        server.failures += 1
        if server.failures >= FAILURES and not server.probing and server.down is None:
            server.probing = True
            server.not_before = max(server.not_before, time.monotonic() + (1.0 if server.private else 30.0))
            return True
        return False
