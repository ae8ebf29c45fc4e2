"""What opens a protected preview: headers for the portal's own origin, and keeping them out of all that is told."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from core import spellings

#: Stands where a secret stood.
HIDDEN = "[hidden]"
#: Shorter ones are no secret, and hiding them would spoil ordinary words of a report.
_SHORTEST = 4
#: Shorter ones are left in pages as they are read: "demo" may be part of every link.
_SHORTEST_IN_PAGES = 8


def origin_of(url: str) -> str:
    """``https://host:443`` in small letters, the port always named; "" for what is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        return f"{parts.scheme}://{parts.hostname.lower()}:{port}" if parts.hostname and port else ""
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Access:
    """Headers sent to one origin and nowhere else. Its ``repr`` shows no value.

    ``origin`` as ``origin_of`` spells it; empty when nothing is protected.
    """

    origin: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    #: What must not be told, besides the values of the headers: a password on its own, for one.
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.headers)

    def opens(self, url: str) -> bool:
        """Whether the address belongs to the protected origin."""
        return bool(self.headers) and origin_of(url) == self.origin

    def onto(self, url: str, headers: dict[str, str]) -> dict[str, str]:
        """The headers of a request for ``url`` with ours; untouched for every other origin."""
        if not self.opens(url):
            return headers
        ours = {name.lower(): (name, value) for name, value in self.headers}
        merged = {name: value for name, value in headers.items() if name.lower() not in ours}
        for low, (name, value) in ours.items():
            own = next((v for n, v in headers.items() if n.lower() == low), "") if low == "cookie" else ""
            merged[name] = f"{own}; {value}" if own else value
        return merged

    def hidden(self, shortest: int) -> frozenset[str]:
        """The secrets of at least that length, also as base64; what the portal's own address says is no secret."""
        told = {*self.secrets, *_of_headers(self.headers)}
        told = {secret for secret in told if len(secret) >= shortest and secret not in self.origin}
        return frozenset(told | {base64.b64encode(secret.encode()).decode() for secret in told})

    def hide(self, text: str) -> str:
        """The text without any of the secrets, however they are spelled."""
        found = _in_text(self) if self.headers else None
        return found.sub(HIDDEN, text) if found is not None else text

    def hide_bytes(self, data: bytes) -> bytes:
        """A page as it may be read and kept: a portal may show a visitor what he sent."""
        found = _in_pages(self) if self.headers else None
        return found.sub(HIDDEN.encode(), data) if found is not None else data


@lru_cache(maxsize=8)
def _in_text(access: Access) -> re.Pattern[str] | None:
    secrets = access.hidden(_SHORTEST)
    return spellings.pattern(secrets) if secrets else None


@lru_cache(maxsize=8)
def _in_pages(access: Access) -> re.Pattern[bytes] | None:
    secrets = access.hidden(_SHORTEST_IN_PAGES)
    return spellings.wire_pattern(secrets) if secrets else None


def _of_headers(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The secret parts of header values: all of it, a token after its scheme, each cookie's value."""
    for name, value in headers:
        yield value
        if name.lower() == "cookie":
            yield from (part.partition("=")[2].strip() for part in value.split(";"))
        elif " " in value:
            yield value.partition(" ")[2].strip()
