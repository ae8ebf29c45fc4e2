"""The only way out for Chromium: a forward proxy on loopback with the guard, resolver and ledger of the audit."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import re
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import unquote, urlsplit

from core.page import Outcome
from crawler.browser.wire import Head, answer_body, read_head, relay, with_length
from crawler.guard import split_host
from crawler.ledger import Entry, Ledger
from crawler.options import CrawlOptions
from crawler.resolver import NoSuchHost
from crawler.transport import Refused, Transport

#: Bytes of one answer over plain HTTP, and of one tunnel in both directions.
LARGEST = 64 * 1024 * 1024
#: Connections from the browser at one time.
CONNECTIONS = 200
#: Seconds a request may hold one of the server's two places; an endless answer gives it back.
HOLD = 5.0
#: What Chromium asks for its own sake, whatever its flags say: refused, and no request of the audit's.
OWN = re.compile(
    r"(?:^|\.)(?:update|optimizationguide-pa|safebrowsing|content-autofill|android|redirector)\.(?:googleapis|gvt1)\.com$"
    r"|^(?:accounts|clients\d*|tools|edgedl\.me|www\.google-analytics)\.(?:google|gvt1)\.com$"
)
#: Marks an answer as ours, with the outcome.
MARK = "X-Decree43-Outcome"

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
#: The places at a server, two of them, shared with the crawl.
Places = Callable[[str], Awaitable[asyncio.Semaphore]]


class Proxy:
    """HTTP and CONNECT. What the guard refuses is answered 403, what cannot be reached 502, over budget 429."""

    def __init__(
        self,
        transport: Transport,
        ledger: Ledger,
        options: CrawlOptions,
        *,
        places: Places | None = None,
        most: int = 5_000,
    ) -> None:
        self._transport = transport
        self._ledger = ledger
        self._options = options
        self._places = places
        #: Requests that may still be made.
        self.left = most
        #: How the latest tunnel to ``host:port`` failed; a tunnel that was opened is taken out again.
        self.failures: dict[str, tuple[Outcome, str]] = {}
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        """``http://127.0.0.1:PORT``, once it is open."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def open(self) -> None:
        """Starts listening on a free port."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=256 * 1024)

    async def close(self) -> None:
        """Ends every connection."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(list(self._tasks), timeout=2.0)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if len(self._tasks) >= CONNECTIONS:
            writer.close()
            return
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await asyncio.wait_for(read_head(reader), 60.0)
            if head is not None:
                await self._answer(head, (reader, writer))
        except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # the browser hung up, or speaks no HTTP
        except asyncio.CancelledError:
            pass  # the browser is being closed
        finally:
            writer.close()

    async def _answer(self, head: Head, browser: Stream) -> None:
        tunnel = head.method == "CONNECT"
        if tunnel:
            host, port = split_host(head.target)
            url = f"https://{head.target}"
            port = port or 443
        else:
            parts = urlsplit(head.target)
            host, port, url = parts.hostname or "", parts.port or 80, head.target
            if parts.scheme != "http" or not host:
                await _refuse(browser[1], 400, Outcome.ERROR, "not a proxy request")
                return
        if OWN.search(host.lower()):
            await _refuse(browser[1], 403, Outcome.GUARD, "the browser's own")
            return
        if self.left <= 0:
            await _refuse(browser[1], 429, Outcome.BUDGET, "the browser made too many requests")
            return
        self.left -= 1
        async with self._place(url, tunnel):
            await self._exchange(head, browser, host, port, url, tunnel)

    @asynccontextmanager
    async def _place(self, url: str, tunnel: bool) -> AsyncIterator[None]:
        """One of the server's two places; a tunnel, which stays open while it is idle, takes none."""
        if self._places is None or tunnel:
            yield
            return
        try:
            gate = await self._places(url)
        except (NoSuchHost, Refused):
            yield  # said by the exchange, with its outcome
            return
        await gate.acquire()
        back = asyncio.get_running_loop().call_later(HOLD, gate.release)
        try:
            yield
        finally:
            if back.when() > asyncio.get_running_loop().time():
                back.cancel()
                gate.release()

    async def _exchange(self, head: Head, browser: Stream, host: str, port: int, url: str, tunnel: bool) -> None:
        began = time.monotonic()
        status: int | None = None
        size = 0
        outcome, why = Outcome.ERROR, ""
        self._ledger.open(part=True)
        try:
            server = await self._connect(host, port, tunnel)
            try:
                self.failures.pop(f"{host}:{port}", None)
                if tunnel:
                    browser[1].write(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    outcome = Outcome.OK
                    size = await relay(browser, server, LARGEST)
                else:
                    status, size = await self._forward(head, browser, server)
                    outcome = _by_status(status)
            finally:
                server[1].close()
        except (NoSuchHost, Refused) as error:
            outcome, why = (error.outcome if isinstance(error, NoSuchHost) else Outcome.GUARD), str(error)
        except TimeoutError:
            outcome, why = Outcome.TIMEOUT, "no answer in time"
        except (OSError, asyncio.IncompleteReadError, ValueError) as error:
            outcome, why = Outcome.REFUSED, getattr(error, "strerror", None) or str(error)
        finally:
            seconds = time.monotonic() - began
            self._ledger.close(
                Entry(url, head.method, outcome, status, size, 0.0 if tunnel else seconds, began, part=True)
            )
        if why or (outcome is Outcome.ERROR and status is None):
            self.failures[f"{host}:{port}"] = outcome, why
            with contextlib.suppress(OSError):
                await _refuse(browser[1], 403 if outcome is Outcome.GUARD else 502, outcome, why)

    async def _connect(self, host: str, port: int, tunnel: bool) -> Stream:
        """A connection to the server, or to the proxy that the user named."""
        if self._options.proxy:
            return await self._through(host, port, tunnel)
        return await self._reach(host, port)

    async def _reach(self, host: str, port: int, context: ssl.SSLContext | None = None) -> Stream:
        problem: Exception = NoSuchHost("no address")
        for address in await self._transport.admitted(host, port):
            try:
                # The address that was admitted, not the name: nobody resolves it a second time.
                return await asyncio.wait_for(
                    asyncio.open_connection(
                        str(address), port, limit=256 * 1024, ssl=context, server_hostname=host if context else None
                    ),
                    self._options.connect_timeout,
                )
            except (OSError, TimeoutError) as error:
                problem = error
        raise problem

    async def _through(self, host: str, port: int, tunnel: bool) -> Stream:
        upstream = urlsplit(self._options.proxy)
        secure = upstream.scheme == "https"
        with contextlib.suppress(NoSuchHost):  # the proxy may know names that we cannot resolve
            await self._transport.admitted(host, port)
        context = ssl.create_default_context() if secure else None
        stream = await self._reach(upstream.hostname or "", upstream.port or (443 if secure else 80), context)
        if tunnel:
            where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            lines = f"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n{self._credentials()}\r\n"
            stream[1].write(lines.encode("latin-1"))
            said = await asyncio.wait_for(read_head(stream[0]), self._options.connect_timeout)
            if said is None or said.target != "200":
                stream[1].close()
                raise OSError(f"the proxy refused: {said.target if said else 'no answer'}")
        return stream

    def _credentials(self) -> str:
        upstream = urlsplit(self._options.proxy)
        if not upstream.username:
            return ""
        pair = f"{unquote(upstream.username)}:{unquote(upstream.password or '')}"
        return f"Proxy-Authorization: Basic {base64.b64encode(pair.encode()).decode()}\r\n"

    async def _forward(self, head: Head, browser: Stream, server: Stream) -> tuple[int, int]:
        """One request and its answer; both connections end with it. The status and the bytes that came."""
        parts = urlsplit(head.target)
        target = (
            head.target if self._options.proxy else (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        )
        extra = self._credentials() if self._options.proxy else ""
        server[1].write(head.onto(head.target, self._options.access).for_server(target, extra))
        await with_length(head, browser[0], server[1])
        said = await asyncio.wait_for(read_head(server[0]), self._options.total_timeout)
        if said is None or not said.target.isdigit():
            raise ValueError("no HTTP answer")
        browser[1].write(said.hidden(self._options.access).for_browser())
        # An endless answer (a stream of events) is the page's own business and ends with the page.
        return int(said.target), await answer_body(said, head.method, server[0], browser[1], LARGEST)


def _by_status(status: int) -> Outcome:
    from crawler.answers import by_status

    return by_status(status)


async def _refuse(writer: asyncio.StreamWriter, status: int, outcome: Outcome, why: str) -> None:
    body = f"{outcome}: {why}\n".encode("utf-8", "replace")
    head = (
        f"HTTP/1.1 {status} Refused\r\n{MARK}: {outcome}\r\nContent-Type: text/plain; charset=utf-8\r\n"
        f"Cache-Control: no-store\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    writer.write(head.encode("latin-1") + body)
    await writer.drain()
