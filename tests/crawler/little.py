"""A tiny portal server that remembers what was asked of it, and a short way to crawl it."""

from __future__ import annotations

import asyncio
import datetime as dt
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.evidence import Evidence
from core.plan import Budget, CrawlPlan, Standing, Wording
from core.portal import Portal
from crawler.options import Crawl, CrawlOptions
from crawler.run import crawl, run

TODAY = dt.date(2026, 11, 21)


@dataclass
class Reply:
    """What the server answers."""

    body: str | bytes = ""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    #: Seconds to wait first.
    wait: float = 0.0


Answering = Callable[[str, str], "Reply | str | None"]


class LittlePortal:
    """A running server: ``url``, every request as (method, path, seconds), the most at one moment."""

    def __init__(self, host: str = "127.0.0.1", port: int = 0, context: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Reply | str] = {}
        #: Called for what ``pages`` does not hold; None is a 404.
        self.otherwise: Answering = lambda method, path: None
        self.asked: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        #: Heads of the latest request.
        self.heads: dict[str, str] = {}
        #: Bodies of POST requests.
        self.sent: list[str] = []
        self.most = 0
        self._now = 0
        self._lock = threading.Lock()
        portal = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                portal._answer(self)

            do_HEAD = do_GET

            def do_POST(self) -> None:
                portal.sent.append(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
                portal._answer(self)

            def log_message(self, *args: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

            def handle_error(self, *args: Any) -> None:
                return

        self.server = Server((host, port), Handler)
        if context is not None:  # the handshake belongs to the connection's own thread
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.port = self.server.server_address[1]
        scheme = "http" if context is None else "https"
        self.root = f"{scheme}://[{host}]:{self.port}" if ":" in host else f"{scheme}://{host}:{self.port}"
        self.url = f"{self.root}/"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        path = handler.path
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.asked.append((handler.command, path, time.monotonic()))
            self.heads = dict(handler.headers.items())
            self.agents.add(handler.headers.get("User-Agent", ""))
        try:
            reply = self.pages.get(path)
            if reply is None:
                reply = self.otherwise(handler.command, path)
            if reply is None:
                reply = Reply("<html><title>404</title><h1>404 Not Found</h1></html>", 404)
            if isinstance(reply, str):
                reply = Reply(reply)
            if reply.wait:
                time.sleep(reply.wait)
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            handler.send_response(reply.status)
            handler.send_header("Content-Type", reply.type)
            for name, value in reply.headers.items():
                handler.send_header(name, value)
            if "Content-Length" not in reply.headers:
                handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            with self._lock:
                self._now -= 1
            if handler.command != "HEAD":
                handler.wfile.write(body)
        except OSError:
            handler.close_connection = True

    def paths(self, method: str = "") -> list[str]:
        """What was asked for, in order."""
        return [p for m, p, _ in self.asked if not method or m == method]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def little_portal(host: str = "127.0.0.1") -> Iterator[LittlePortal]:
    portal = LittlePortal(host)
    try:
        yield portal
    finally:
        portal.close()


def page(title: str, body: str = "", *, menu: dict[str, str] | None = None, head: str = "") -> str:
    """A page as portals have them: menu in the header, something of its own in the middle, a footer."""
    links = "".join(f'<li><a href="{url}">{text}</a></li>' for url, text in (menu or {}).items())
    return (
        f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'<header><nav><ul class="menu">{links}</ul></nav></header>'
        f"<main><h1>{title}</h1>{body or words(title)}</main>"
        f"<footer>Cổng thông tin điện tử tỉnh Liên Sơn. Địa chỉ: số 1 đường Hùng Vương.</footer></body></html>"
    )


def words(seed: str, count: int = 60) -> str:
    """A paragraph that is different for every seed."""
    return "<p>" + " ".join(f"{seed} nội dung chi tiết số {n} của phần này." for n in range(count // 6)) + "</p>"


def settled_never(evidence: Evidence) -> bool:
    return False


def visit(
    portal: LittlePortal | str,
    *,
    wordings: tuple[Wording, ...] = (),
    settled: Callable[[Evidence], bool | Standing] = settled_never,
    options: CrawlOptions | None = None,
    hosts: tuple[str, ...] = (),
    **budget: Any,
) -> Crawl:
    """Crawls a little portal and gives what was seen."""
    return run(visiting(portal, wordings=wordings, settled=settled, options=options, hosts=hosts, **budget))


async def visiting(
    portal: LittlePortal | str,
    *,
    wordings: tuple[Wording, ...] = (),
    settled: Callable[[Evidence], bool | Standing] = settled_never,
    options: CrawlOptions | None = None,
    hosts: tuple[str, ...] = (),
    stop: asyncio.Event | None = None,
    **budget: Any,
) -> Crawl:
    """The same inside the loop."""
    done, _ = await crawl(
        Portal(portal if isinstance(portal, str) else portal.url, hosts=hosts),
        CrawlPlan(wordings=wordings, budget=Budget(**{"max_pages": 60, "max_minutes": 1.0} | budget)),
        today=TODAY,
        options=options or CrawlOptions(allow_private=True),
        settled=settled,
        progress=lambda progress: None,
        stop=stop or asyncio.Event(),
        probe=False,
    )
    return done
