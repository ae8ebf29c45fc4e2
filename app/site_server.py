"""Serve a portal kept as data on the loopback, for tests and for the demo."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol

from app.sites import Response

#: Bytes of a file that are in memory at a time.
_PIECE = 1 << 16


class Answers(Protocol):
    """A portal that can answer requests; ``config`` may name its ``server``."""

    @property
    def config(self) -> Mapping[str, Any]: ...

    def respond(self, method: str, target: str, headers: Mapping[str, str], body: bytes = b"") -> Response:
        """The answer to one request."""


@dataclass(frozen=True)
class Request:
    """One request as the server saw it."""

    method: str
    path: str
    user_agent: str
    #: Seconds of a clock that only goes forward.
    at: float
    status: int


class Served(str):
    """The base address of a running portal, which also remembers what was asked of it."""

    requests: list[Request]
    #: The most requests that were open at one moment.
    concurrent: int

    def __new__(cls, url: str) -> Served:
        served = super().__new__(cls, url)
        served.requests = []
        served.concurrent = 0
        return served

    def paths(self) -> list[str]:
        """What was asked for, in order, twice if asked twice."""
        return [request.path for request in self.requests]


#: What happens to a request before the portal sees it: nothing, a delay, or an answer instead of the portal's.
Mishap = Callable[[str], Response | None]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, site: Answers, address: tuple[str, int], mishap: Mishap | None) -> None:
        super().__init__(address, _Handler)
        self.site = site
        self.mishap = mishap
        self.served = Served(f"http://{address[0]}:{self.server_address[1]}")
        self.lock = threading.Lock()
        self.open = 0

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who hangs up has read enough: no error of ours."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 30
    server: _Server

    def version_string(self) -> str:
        return str(self.server.site.config.get("server", "Apache"))

    def do_GET(self) -> None:
        self._serve()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Requests are recorded, not printed."""

    def _serve(self) -> None:
        server = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with server.lock:
            server.open += 1
            server.served.concurrent = max(server.served.concurrent, server.open)
        started = time.monotonic()
        try:
            failed = server.mishap(self.path) if server.mishap is not None else None
            answer = failed or server.site.respond(self.command, self.path, dict(self.headers.items()), body)
        finally:
            with server.lock:
                server.open -= 1
        agent = self.headers.get("User-Agent", "")
        with server.lock:
            server.served.requests.append(Request(self.command, self.path, agent, started, answer.status))
        self._send(answer)

    def _send(self, answer: Response) -> None:
        content = answer.body
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name.title(), value)
        if answer.file is not None:
            self._send_file(answer.file)
            return
        packs = "gzip" in self.headers.get("Accept-Encoding", "")
        texts = any(word in answer.headers.get("content-type", "") for word in ("text/", "xml", "json"))
        if packs and texts and len(content) > 200:
            content = gzip.compress(content, 5, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _send_file(self, file: Path) -> None:
        """The file in pieces, as long as it was announced; for HEAD only how long it is."""
        left = file.stat().st_size
        self.send_header("Content-Length", str(left))
        self.end_headers()
        if self.command == "HEAD":
            return
        with file.open("rb") as pieces:
            while left and (piece := pieces.read(min(left, _PIECE))):
                self.wfile.write(piece)
                left -= len(piece)
        self.close_connection = self.close_connection or bool(left)


@contextmanager
def serve(site: Answers, host: str = "127.0.0.1", port: int = 0, mishap: Mishap | None = None) -> Iterator[Served]:
    """Serve ``site`` while the block runs; yields its base address, which also keeps the record of requests."""
    server = _Server(site, (host, port), mishap)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
