"""Servers for tests of protected previews: they remember every header, and show visitors what they sent."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

#: Path and headers to status, headers and body.
Answers = Callable[[str, dict[str, str]], tuple[int, dict[str, str], str]]


class Guarded:
    """A running server: its address, and the headers of every request with its path."""

    def __init__(self, answers: Answers, context: ssl.SSLContext | None = None) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        guarded = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                guarded.asked.append((self.path, headers))
                status, more, text = answers(self.path, headers)
                body = text.encode()
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **more}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_HEAD = do_GET

            def log_message(self, format: str, *args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.port}"
        if context is not None:
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def sent(self, name: str) -> list[str]:
        """Every value of a header that came, "" where it was missing."""
        return [headers.get(name, "") for _, headers in self.asked]

    def everything(self) -> str:
        return json.dumps(self.asked)


@contextmanager
def guarded(answers: Answers, context: ssl.SSLContext | None = None) -> Iterator[Guarded]:
    """A server while the block runs."""
    server = Guarded(answers, context)
    thread = threading.Thread(target=server.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.server.shutdown()
        server.server.server_close()
        thread.join()
