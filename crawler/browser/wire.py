"""HTTP/1 heads and bytes as our proxy passes them on: read, cleaned of what is for one hop only, relayed."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, replace

from core.access import Access

#: Bytes of one head.
LONGEST_HEAD = 128 * 1024
#: Bytes a page may send in one request: a search word, not an upload.
LONGEST_BODY = 1024 * 1024
#: Headers for one hop only.
_HOP = frozenset(
    "connection proxy-connection keep-alive proxy-authorization proxy-authenticate te trailer upgrade".split()
)
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True, slots=True)
class Head:
    """The first line in its three parts and the headers as they came.

    Of an answer ``method`` is the version and ``target`` the status.
    """

    method: str
    target: str
    last: str
    headers: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """A header's value, "" when there is none."""
        return next((v for k, v in self.headers if k.lower() == name), "")

    def onto(self, url: str, access: Access) -> Head:
        """The same request with what opens a protected preview, where ``url`` is part of it."""
        if not access.opens(url):
            return self
        return replace(self, headers=tuple(access.onto(url, dict(self.headers)).items()))

    def hidden(self, access: Access) -> Head:
        """The same answer without a secret that the server wrote into it, as into the address it sends us on to."""
        return replace(self, headers=tuple((k, access.hide(v)) for k, v in self.headers)) if access else self

    def _lines(self) -> str:
        named = {t.strip().lower() for t in self.get("connection").split(",")}
        kept = [(k, v) for k, v in self.headers if k.lower() not in _HOP and k.lower() not in named]
        return "".join(f"{k}: {v}\r\n" for k, v in kept)

    def for_server(self, target: str, extra: str) -> bytes:
        """The request as the server is to see it, one per connection."""
        return f"{self.method} {target} HTTP/1.1\r\n{self._lines()}{extra}Connection: close\r\n\r\n".encode("latin-1")

    def for_browser(self) -> bytes:
        """The answer's head as the browser is to see it."""
        return f"HTTP/1.1 {self.target} {self.last}\r\n{self._lines()}Connection: close\r\n\r\n".encode("latin-1")


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next head; None when the other side closed without one. Raises ValueError for what is no HTTP."""
    while True:
        try:
            raw = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            if not error.partial.strip():
                return None
            raise ValueError("half a head") from None
        except asyncio.LimitOverrunError:
            raise ValueError("a head too long") from None
        if len(raw) > LONGEST_HEAD:
            raise ValueError("a head too long")
        lines = raw.decode("latin-1").split("\r\n")
        first = [*lines[0].split(" ", 2), "", ""][:3]
        headers = []
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if colon and name and name == name.strip():
                headers.append((name, value.strip()))
        head = Head(first[0], first[1], first[2], tuple(headers))
        if head.method.startswith("HTTP/") and head.target.startswith("1") and head.target != "101":
            continue  # 100 Continue, 103 Early Hints
        return head


async def with_length(head: Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Passes a request's body on. Raises ValueError when it is too long."""
    if "chunked" in head.get("transfer-encoding").lower():
        size = 0
        while True:
            line = await reader.readuntil(b"\r\n")
            length = int(line.split(b";")[0], 16)
            part = await reader.readexactly(length + 2)
            size += length
            if size > LONGEST_BODY:
                raise ValueError("a request too long")
            writer.write(line + part)
            if not length:
                break
    elif (length_said := head.get("content-length")).isdigit() and int(length_said):
        if int(length_said) > LONGEST_BODY:
            raise ValueError("a request too long")
        writer.write(await reader.readexactly(int(length_said)))
    await writer.drain()


async def answer_body(
    said: Head, asked: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int
) -> int:
    """Passes an answer's body on; its bytes. It ends where RFC 9112, section 6.3 says, because servers that were told
    to close may not: none after HEAD, 204 and 304, the last chunk, the length said, else the end of the connection.
    """
    if asked == "HEAD" or said.target in ("204", "304"):
        return 0
    if "chunked" in said.get("transfer-encoding").lower():
        return await _chunks(reader, writer, most)
    length = said.get("content-length")
    left = min(int(length), most) if length.isdigit() else most
    size = 0
    while left > size and (part := await reader.read(min(65536, left - size))):
        size += len(part)
        writer.write(part)
        await writer.drain()
    return size


async def _chunks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int) -> int:
    size = 0
    while size < most:
        line = await reader.readuntil(b"\r\n")
        length = int(line.split(b";")[0], 16)
        writer.write(line)
        if not length:  # trailers, if any, and the empty line
            while (line := await reader.readuntil(b"\r\n")) != b"\r\n":
                writer.write(line)
            writer.write(line)
            await writer.drain()
            break
        writer.write(await reader.readexactly(length + 2))
        await writer.drain()
        size += length
    return size


async def relay(one: Stream, other: Stream, most: int) -> int:
    """Bytes both ways until either side ends, at most ``most``; how many there were."""
    size = 0

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal size
        while size < most and (part := await reader.read(65536)):
            size += len(part)
            writer.write(part)
            await writer.drain()
        with contextlib.suppress(OSError):
            if writer.can_write_eof():
                writer.write_eof()

    ways = [asyncio.ensure_future(pass_on(one[0], other[1])), asyncio.ensure_future(pass_on(other[0], one[1]))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait(ways, timeout=1.0)
    finally:
        for way in ways:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
    return size
