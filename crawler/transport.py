"""One HTTP exchange with one server: guarded at connect time, capped, timed, named when it fails."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import socket
import ssl
import time
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType
from yarl import URL

from core.page import Outcome
from crawler import tls
from crawler.guard import Address, Guard, literal
from crawler.options import CrawlOptions
from crawler.private_query import Ways, public
from crawler.recorder import Recorder
from crawler.resolver import NoSuchHost, Resolver
from crawler.unpack import TooLarge, unpack

#: Bytes read of a file that only has to prove it is there.
PEEK = 1024
#: Heads of an answer that hold an address.
_PLACES = frozenset({"location", "content-location"})
_GONE = (errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED)


class FetchFailed(Exception):
    """A request without an answer: the outcome and what was said."""

    def __init__(self, outcome: Outcome, error: str, seconds: float = 0.0, size: int = 0) -> None:
        super().__init__(error)
        self.outcome = outcome
        self.error = error
        self.seconds = seconds
        self.size = size


class Refused(PermissionError):
    """The guard does not admit the address."""


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came, unpacked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    size: int
    seconds: float
    #: Seconds until the head of the answer was there.
    latency: float
    #: The connection ends with this answer.
    closes: bool = False


class _Names(AbstractResolver):
    """aiohttp's view of our resolver: only admitted addresses."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        rows: list[ResolveResult] = []
        for address in await self._transport.admitted(host, port):
            kind = socket.AF_INET if address.version == 4 else socket.AF_INET6
            if family in (socket.AF_UNSPEC, kind):
                rows.append(
                    ResolveResult(
                        hostname=host,
                        host=str(address),
                        port=port,
                        family=kind,
                        proto=0,
                        flags=socket.AI_NUMERICHOST,
                    )
                )
        return rows

    async def close(self) -> None:
        return None


@dataclass(slots=True)
class Transport:
    """The connections of one crawl. Environment proxies and cookies are not used."""

    options: CrawlOptions
    guard: Guard
    resolver: Resolver
    #: Connects over IPv4 (4) or IPv6 (6) only; 0: over both.
    version: int = 0
    #: By ``host:port``.
    handshakes: dict[str, tls.TlsSeen] = field(default_factory=dict)
    #: Told of every exchange, when an archive is kept.
    recorder: Recorder | None = None
    #: Addresses that say who asked.
    ways: Ways = field(default_factory=Ways)
    _session: aiohttp.ClientSession | None = None
    _strict: ssl.SSLContext | None = None
    _lenient: ssl.SSLContext | None = None

    async def admitted(self, host: str, port: int) -> tuple[Address, ...]:
        """The addresses of a host that may be connected to; raises NoSuchHost or Refused."""
        spelled = literal(host)
        if spelled is not None and host.strip("[]").split("%")[0] != str(spelled):
            raise Refused(f"an address in an odd spelling: {host}")  # http://2130706433/ hides 127.0.0.1
        found = await self.resolver.addresses(host)
        if self.version:
            found = tuple(a for a in found if a.version == self.version)
            if not found:
                raise NoSuchHost(f"no IPv{self.version} address")
        good = tuple(a for a in found if self.guard.admits(host, a, port))
        if not good:
            raise Refused(f"address not admitted: {', '.join(map(str, found[:3]))}")
        return good

    def over(self, version: int) -> Transport:
        """A twin with connections of its own over one version of IP only; whoever asks for it closes it."""
        return Transport(self.options, self.guard, self.resolver, version, recorder=self.recorder, ways=self.ways)

    def contexts(self) -> tuple[ssl.SSLContext, ssl.SSLContext]:
        """The verifying and the lenient context, made at the first call: reading certificates takes a while."""
        if self._strict is None or self._lenient is None:
            self._strict, self._lenient = tls.contexts()
        return self._strict, self._lenient

    def _socket(self, info: AddrInfoType) -> socket.socket:
        """The last line of defence: every connection is opened here."""
        family, kind, protocol, _, where = info
        address = literal(str(where[0]))
        port = int(where[1])
        if address is None or (address, port) not in self._checked:
            raise Refused(f"address not admitted: {where[0]}")
        return socket.socket(family=family, type=kind, proto=protocol)

    _checked: set[tuple[Address, int]] = field(default_factory=set)

    def open(self) -> aiohttp.ClientSession:
        """The session, made at the first call: reading the trusted certificates takes a moment."""
        if self._session is None:
            connector = aiohttp.TCPConnector(
                resolver=_Names(self),
                use_dns_cache=False,
                limit=0,
                limit_per_host=0,
                happy_eyeballs_delay=0.25,
                socket_factory=self._socket,
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,
                trust_env=False,
                skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
                max_line_size=65536,
                max_field_size=65536,
            )
        return self._session

    async def exchange(
        self, method: str, url: str, headers: dict[str, str], *, timeout: float, peek: bool = False
    ) -> Raw:
        """The answer to one request, redirects not followed; raises FetchFailed."""
        at = dt.datetime.now(dt.UTC)
        try:
            raw = await self._exchange(method, self.ways.asked(url), headers, timeout, peek)
        except FetchFailed as failed:
            if self.recorder is not None:
                self.recorder.failed(method, url, headers, at, failed.outcome, failed.error)
            raise
        raw = self._told(raw, url)
        if self.recorder is not None:
            self.recorder.answered(method, url, headers, at, raw.status, raw.headers, raw.body, cut=peek)
        return raw

    def overheard(
        self, method: str, url: str, at: dt.datetime, status: int, headers: tuple[tuple[str, str], ...], body: bytes
    ) -> None:
        """An answer that a page's own scripts got in the browser, for the archive alone."""
        if self.recorder is None:
            return
        hide = self.options.access
        heads = tuple((name, hide.hide(value)) for name, value in headers)
        raw = self._told(Raw(status, heads, hide.hide_bytes(body), len(body), 0.0, 0.0), url)
        self.recorder.answered(method, hide.hide(url), {}, at, raw.status, raw.headers, raw.body, cut=False)

    def _told(self, raw: Raw, url: str) -> Raw:
        """The answer without what the addresses in it say of people."""
        kind = next((v for k, v in raw.headers if k.lower() == "content-type"), "")
        heads = tuple((k, self._place(url, v) if k.lower() in _PLACES else v) for k, v in raw.headers)
        return replace(raw, headers=heads, body=self.ways.body(raw.body, url, kind))

    def _place(self, url: str, place: str) -> str:
        return self.ways.told(urljoin(url, place)) if public(place) != place else place

    async def _exchange(self, method: str, url: str, headers: dict[str, str], timeout: float, peek: bool) -> Raw:
        began = time.monotonic()
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            await self._admit(host, port)
            seen = self.handshakes.setdefault(f"{host}:{port}", tls.TlsSeen()) if parts.scheme == "https" else None
            try:
                return await self._ask(method, url, headers, timeout, peek, seen)
            except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientConnectorSSLError) as error:
                if seen is None or seen.lenient:
                    raise
                seen.error = seen.error or tls.words(error)
                seen.lenient = True
                left = timeout - (time.monotonic() - began)
                return await self._ask(method, url, headers, max(1.0, left), peek, seen)
        except Exception as error:  # whatever a hostile server provokes ends as a named outcome
            outcome, words = _name(error, secure=parts.scheme == "https")
            words = self.options.access.hide(words)
            raise FetchFailed(outcome, words, time.monotonic() - began) from error

    async def _admit(self, host: str, port: int) -> None:
        if self.options.proxy:
            proxy = urlsplit(self.options.proxy)
            at = proxy.port or (443 if proxy.scheme == "https" else 80)
            self._checked |= {(a, at) for a in await self.admitted(proxy.hostname or "", at)}
            with contextlib.suppress(NoSuchHost):  # the proxy may know names that we cannot resolve
                await self.admitted(host, port)
            return
        self._checked |= {(a, port) for a in await self.admitted(host, port)}

    async def _ask(
        self, method: str, url: str, headers: dict[str, str], timeout: float, peek: bool, seen: tls.TlsSeen | None
    ) -> Raw:
        began = time.monotonic()
        session = self.open()
        context: Any = True
        if seen is not None:
            context = self.contexts()[seen.lenient]
        limits = aiohttp.ClientTimeout(
            total=timeout, sock_connect=min(timeout, self.options.connect_timeout), ceil_threshold=60
        )
        async with session.request(
            method,
            URL(url, encoded=True),
            headers=self.options.access.onto(url, headers),
            timeout=limits,
            ssl=context,
            allow_redirects=False,
            proxy=self.options.proxy or None,
        ) as answer:
            latency = time.monotonic() - began
            limit = self.options.max_body
            wire = b""
            if method != "HEAD":
                length = answer.headers.get("Content-Length", "")
                if not peek and length.isdigit() and int(length) > limit:
                    answer.close()
                    raise TooLarge
                wire = await _read(answer, PEEK if peek else limit)
            hide = self.options.access
            head = tuple((str(k), hide.hide(str(v))) for k, v in answer.headers.items())
            body = hide.hide_bytes(wire if peek else unpack(wire, answer.headers.get("Content-Encoding", ""), limit))
            closes = peek or answer.version == aiohttp.HttpVersion10 or answer.headers.get("Connection") == "close"
            return Raw(answer.status, head, body, len(wire), time.monotonic() - began, latency, closes)

    async def close(self) -> None:
        """Closes every connection."""
        self.resolver.forget()
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async for part in answer.content.iter_any():
            parts.append(part)
            size += len(part)
            if size > limit:
                answer.close()
                if limit == PEEK:
                    break
                raise TooLarge
    except aiohttp.ClientPayloadError:
        if not size:  # a wrong Content-Length: browsers show what came
            raise
    return b"".join(parts)


def _name(error: BaseException, *, secure: bool) -> tuple[Outcome, str]:
    """The outcome an exception stands for, and what to tell people."""
    if isinstance(error, TooLarge):
        return Outcome.TOO_LARGE, "the answer is larger than the limit"
    if isinstance(error, Refused):
        return Outcome.GUARD, str(error)
    if isinstance(error, NoSuchHost):
        return error.outcome, str(error)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return Outcome.DNS, str(error.os_error)
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError | ssl.SSLError):
        return Outcome.TLS, tls.words(error)
    if isinstance(error, TimeoutError):
        return Outcome.TIMEOUT, "no answer in time"
    code = getattr(error, "errno", None)
    if isinstance(error, aiohttp.ClientConnectorError):
        inner: BaseException | None = error.os_error
        while inner is not None:
            if isinstance(inner, Refused):
                return Outcome.GUARD, str(inner)
            inner = inner.__cause__
        code = error.os_error.errno
        if code == errno.ETIMEDOUT:
            return Outcome.TIMEOUT, "no answer in time"
        if code != errno.ECONNREFUSED and secure and (code in _GONE or code is None):
            return Outcome.TLS, "the connection was closed during the handshake"
        if code in (errno.ENETUNREACH, errno.EHOSTUNREACH):
            return Outcome.ERROR, "no route to the server"
        return Outcome.REFUSED, os.strerror(code) if code else str(error.os_error)
    if isinstance(error, aiohttp.ServerDisconnectedError | aiohttp.ClientOSError | ConnectionError):
        return Outcome.REFUSED, "the connection was reset" if code in (None, *_GONE) else os.strerror(code)
    if isinstance(error, aiohttp.ClientPayloadError):
        return Outcome.REFUSED, "the connection was closed before the answer was complete"
    return Outcome.ERROR, f"{type(error).__name__}: {error}"[:200]
