"""Undoing Content-Encoding without letting a small answer grow without bound."""

from __future__ import annotations

import zlib

import brotli  # type: ignore[import-untyped]

_STEP = 1 << 16


class TooLarge(Exception):
    """The body is larger than allowed, before or after unpacking."""


def unpack(body: bytes, encoding: str, limit: int) -> bytes:
    """The plain body; raises TooLarge beyond ``limit``.

    A body that was cut short gives what can be read of it; one that is not packed at all, whatever the
    header says, is handed back as it is.
    """
    for name in reversed([e.strip().lower() for e in encoding.split(",") if e.strip()]):
        if name in ("gzip", "x-gzip"):
            body = _inflate(body, (zlib.MAX_WBITS | 16,), limit)
        elif name == "deflate":  # some servers send it without the zlib head
            body = _inflate(body, (zlib.MAX_WBITS, -zlib.MAX_WBITS), limit)
        elif name == "br":
            body = _unbrotli(body, limit)
    if len(body) > limit:
        raise TooLarge
    return body


def gunzip(body: bytes, limit: int) -> bytes:
    """A gzip file's content, or the bytes themselves when they are no gzip."""
    return _inflate(body, (zlib.MAX_WBITS | 16,), limit) if body[:2] == b"\x1f\x8b" else body


def _inflate(body: bytes, windows: tuple[int, ...], limit: int) -> bytes:
    for window in windows:
        parts: list[bytes] = []
        size = 0
        machine = zlib.decompressobj(window)
        rest = body
        try:
            while rest:
                part = machine.decompress(rest, _STEP)
                parts.append(part)
                size += len(part)
                if size > limit:
                    raise TooLarge
                rest = machine.unconsumed_tail
                if machine.eof:
                    rest = machine.unused_data
                    if rest[:2] != b"\x1f\x8b":  # a gzip file may have several members
                        break
                    machine = zlib.decompressobj(window)
        except zlib.error:
            if not size:
                continue
        return b"".join(parts)
    return body


def _unbrotli(body: bytes, limit: int) -> bytes:
    machine = brotli.Decompressor()
    parts: list[bytes] = []
    size = 0
    try:
        part = machine.process(body, output_buffer_limit=_STEP)
        while part:
            parts.append(part)
            size += len(part)
            if size > limit:
                raise TooLarge
            part = b"" if machine.is_finished() else machine.process(b"", output_buffer_limit=_STEP)
    except brotli.error:
        return b"".join(parts) or body
    return b"".join(parts)
