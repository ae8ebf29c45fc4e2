"""WARC 1.1 records (ISO 28500:2017), each a gzip member of its own, as players and indexers want them."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable
from http import HTTPStatus

from isal import isal_zlib

from core.capture import Capture, Kind

Heads = Iterable[tuple[str, str]]

_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
#: Heads that speak of the bytes on the wire, which are kept unpacked.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
#: What each kind of capture is called when it is no answer to a request.
ADDRESSES = {
    Kind.RENDERED: "urn:rendered:",
    Kind.FACTS: "urn:facts:",
    Kind.SCREENSHOT: "urn:view:",
    Kind.CATALOGUE: "urn:decree43:catalogue:",
    Kind.VISIT: "urn:decree43:visit",
}
#: Level of packing: a third of the time of zlib's quickest.
_LEVEL = 1


def digest(body: bytes) -> str:
    """``sha256:`` and the SHA-256 in hexadecimal."""
    return "sha256:" + hashlib.sha256(body).hexdigest()


def address(capture: Capture) -> str:
    """The address of the capture's record."""
    return ADDRESSES.get(capture.kind, "") + capture.url


class Records:
    """Turns captures into records. The same body of one kind is written once, later ones refer to it."""

    def __init__(self) -> None:
        #: Address and date of the first record of each body.
        self._first: dict[tuple[bool, bytes], tuple[str, str]] = {}

    def about(self, software: str, name: str) -> bytes:
        """The record at the head of a file."""
        fields = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "description": "what an audit received; citizens' data in questions and answers were taken out before",
        }
        return record("warcinfo", "", dt.datetime.now(dt.UTC), _fields(fields.items()),
                      "application/warc-fields", [("WARC-Filename", name)])  # fmt: skip

    def of(self, capture: Capture) -> bytes:
        """The records of one capture."""
        if capture.kind is Kind.RESPONSE:
            return self._exchange(capture)
        if capture.kind is Kind.FAILURE:
            words = [("outcome", capture.outcome), ("error", _one_line(capture.error)), ("method", capture.method)]
            return record("metadata", capture.url, capture.at, _fields(words), "application/warc-fields")
        kind = {Kind.RENDERED: "conversion", Kind.VISIT: "metadata", Kind.FACTS: "metadata"}.get(
            capture.kind, "resource"
        )
        where, said = address(capture), digest(capture.body)
        key = (False, bytes.fromhex(said[7:]))
        if key in self._first:
            return b""
        self._first[key] = where, ""
        more = [("WARC-Payload-Digest", said), *_changed(capture)]
        return record(kind, where, capture.at, capture.body, capture.content_type, more)

    def _exchange(self, capture: Capture) -> bytes:
        said, when = digest(capture.body), _time(capture.at)
        key = (True, bytes.fromhex(said[7:]))
        number = _number()
        more = [("WARC-Payload-Digest", said), *_changed(capture)]
        if capture.cut:
            more.append(("WARC-Truncated", "length"))
        head = _answer_head(capture)
        known = self._first.get(key) if capture.body else None
        if known is not None:
            more += [
                ("WARC-Profile", _PROFILE),
                ("WARC-Refers-To-Target-URI", known[0]),
                ("WARC-Refers-To-Date", known[1]),
            ]
            answer = record("revisit", capture.url, capture.at, head, _HTTP["response"], more, number)
        else:
            self._first[key] = capture.url, when
            answer = record("response", capture.url, capture.at, head + capture.body, _HTTP["response"], more, number)
        beside = [("WARC-Concurrent-To", number)]
        return answer + record("request", capture.url, capture.at, _request(capture), _HTTP["request"], beside)


_HTTP = {kind: f"application/http; msgtype={kind}" for kind in ("request", "response")}


def record(
    kind: str, where: str, at: dt.datetime, block: bytes, content_type: str, more: Heads = (), number: str = ""
) -> bytes:
    """One record, packed."""
    heads = [("WARC-Type", kind), ("WARC-Record-ID", number or _number()), ("WARC-Date", _time(at))]
    if where:
        heads.append(("WARC-Target-URI", _safe(where)))
    heads += [*more, ("WARC-Block-Digest", digest(block)), ("Content-Type", _one_line(content_type) or _UNKNOWN)]
    heads.append(("Content-Length", str(len(block))))
    head = "WARC/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in heads) + "\r\n"
    packed: bytes = isal_zlib.compress(head.encode("utf-8", "replace") + block + b"\r\n\r\n", _LEVEL, 31)
    return packed


_UNKNOWN = "application/octet-stream"


def _answer_head(capture: Capture) -> bytes:
    status = capture.status or 0
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {status} {phrase}"]
    for name, value in capture.heads:
        packed = capture.cut and name.lower() == "content-encoding"
        kept = f"X-Archive-Orig-{name}" if name.lower() in _OF_THE_WIRE and not packed else name
        lines.append(f"{kept}: {_one_line(value)}")
    if capture.body or "content-length" not in {k.lower() for k, _ in capture.heads}:
        lines.append(f"Content-Length: {len(capture.body)}")
    return _bytes("\r\n".join(lines) + "\r\n\r\n")


def _request(capture: Capture) -> bytes:
    from urllib.parse import urlsplit

    parts = urlsplit(capture.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{capture.method} {_safe(target)} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {_one_line(value)}" for name, value in capture.asked]
    return _bytes("\r\n".join(lines) + "\r\n\r\n")


def _changed(capture: Capture) -> Heads:
    return [("X-Decree43-Redacted", "personal data")] if capture.changed else []


def _fields(pairs: Heads) -> bytes:
    return _bytes("".join(f"{name}: {value}\r\n" for name, value in pairs))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape" if _escaped(text) else "replace")


def _escaped(text: str) -> bool:
    """Whether every half pair in the text stands for a byte, as aiohttp writes those of heads."""
    return all(0xDC80 <= ord(c) <= 0xDCFF for c in text if 0xD800 <= ord(c) <= 0xDFFF)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _safe(url: str) -> str:
    return "".join(url.split()) if any(c.isspace() for c in url) else url


def _number() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _time(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
