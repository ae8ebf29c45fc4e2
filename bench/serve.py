"""Serves the big portal on the loopback, faster than anything that reads it: ``python -m bench.serve 1000``.

Prints one JSON line with its address when it is ready, and one with what was asked since for every line it is given.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.sites import Response
from bench.portal import Portal, build


class _Conversation(asyncio.Protocol):
    """One connection, kept open; answers come from memory."""

    def __init__(self, portal: Portal, asked: list[str]) -> None:
        self._portal = portal
        self._asked = asked
        self._received = b""
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            method, target, _ = lines[0].split(" ", 2)
            headers = {n.strip().lower(): v.strip() for n, _, v in (line.partition(":") for line in lines[1:])}
            if int(headers.get("content-length", 0)):
                self._transport.close()  # nothing that reads a portal sends it anything
                return
            self._answer(method, target, headers)

    def _answer(self, method: str, target: str, headers: dict[str, str]) -> None:
        body = self._portal.bodies.get(target)
        if body is not None:
            self._asked.append(target)
            answer = Response(200, {"content-type": "text/html; charset=utf-8"}, b"")
        else:
            self._asked.append("")
            answer = self._portal.site.respond(method, target, headers)
            body = (answer.body,)
        size = sum(map(len, body))
        said = "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items())
        head = f"HTTP/1.1 {answer.status} Said\r\n{said}Content-Length: {size}\r\n\r\n".encode("latin-1")
        self._transport.writelines((head, *body) if method != "HEAD" else (head,))


async def _serve(count: int) -> None:
    door = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{door.getsockname()[1]}"
    portal = build(count, date.today(), url)
    for path, page in portal.site.pages.items():
        if "search" in page:  # its index is put together now, not while somebody waits
            portal.site.respond("GET", f"{path}?q=a", {})
    asked: list[str] = []
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Conversation(portal, asked), sock=door)
    sizes = portal.sizes
    said = {"url": url, "pages": len(sizes), "median_bytes": sizes[len(sizes) // 2], "bytes": sum(sizes)}
    print(json.dumps(said), flush=True)
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while await lines.readline():
        pages = [target for target in asked if target]
        print(
            json.dumps({"requests": len(asked), "pages": len(set(pages)), "twice": len(pages) - len(set(pages))}),
            flush=True,
        )
        asked.clear()
    server.close()


@dataclass
class Served:
    """A running portal in a process of its own."""

    url: str
    pages: int
    median_bytes: int
    bytes: int
    process: subprocess.Popen[str]

    def asked(self) -> dict[str, int]:
        """Requests, and different pages among them, since the last time."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        found: dict[str, int] = json.loads(self.process.stdout.readline())
        return found


@contextmanager
def served(count: int) -> Iterator[Served]:
    """The portal while the block runs."""
    command = [sys.executable, "-m", "bench.serve", str(count)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None and process.stdout is not None
        yield Served(**json.loads(process.stdout.readline()), process=process)
        process.stdin.close()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]) if len(sys.argv) > 1 else 1000))
