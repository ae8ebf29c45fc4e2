"""Addresses that say who asked: "…/hoi-dap/4?hoten=…&sdt=…". What they say goes; the portal is asked as it wants to be.

It is done where an answer comes in, before anybody reads it: pages, lists, feeds, heads and the archive know an address
only in the form in which it may be told. Two addresses that differ in nothing else are one page from there on.
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from urllib.parse import unquote_plus

from crawler.extract.people import names_in, told
from crawler.urls import canonical

#: Stands in the place of a value.
MASK = "***"
#: Addresses remembered in one crawl.
_MOST = 20_000
_TEXT = re.compile(r"^\s*(?:text/|$)|html|xml|json|javascript", re.I)
_MAILBOX = re.compile(r"[\w.+-]+@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_ENDS = "\"'<>()\t\r\n"


@cache
def _pairs() -> re.Pattern[str]:
    """Name and value in a query, as an address or a page writes it."""
    said = told()
    return re.compile(
        rf"(?P<name>(?:\?|(?<!&)&(?:amp;|\#38;)?|\\u0026)(?:(?P<own>{said['private_parameters']})|"
        rf"{said['telling_parameters']})=)"
        r"(?P<value>[^&\"'<>\s#;\\{}$]+(?:\x20[^&\"'<>\s#;=\\{}$]+){0,6}(?=[&\"'#])|[^&\"'<>\s#;\\{}$]+)",
        re.I,
    )


@cache
def _maybe() -> re.Pattern[bytes]:
    """What a body has that holds such a pair: quick, for it is asked of every body that comes."""
    said = told()
    names = f"(?:{said['private_parameters']}|{said['telling_parameters']})=".encode()
    return re.compile(rb"\?(?:[^\"'<>]{0,1500}?[?&;6])??" + names, re.I)


def public(text: str) -> str:
    """An address, or a text with addresses in it, without what they say of people."""
    if "=" not in text:
        return text
    return _pairs().sub(
        lambda m: m["name"] + (MASK if _is_private(m["value"], own=bool(m["own"])) else m["value"]), text
    )


def _is_private(value: str, *, own: bool) -> bool:
    try:
        words = unquote_plus(value.encode("latin-1").decode("utf-8", "replace") if not value.isascii() else value)
    except UnicodeEncodeError:
        words = unquote_plus(value)
    words = " ".join(words.split())
    if not words or words == MASK:
        return False
    mailbox = _MAILBOX.fullmatch(words)
    if mailbox is not None:
        return not mailbox["host"].lower().endswith("gov.vn")
    if own or re.fullmatch(r"\+?\d[\d .-]{8,13}", words):
        return True
    return any(len(name.name) > 4 for name in names_in(words.title() if words.islower() else words))


class Ways:
    """The addresses of one crawl as they may be told, and as the portal is asked for them."""

    def __init__(self) -> None:
        self._asked: dict[str, str] = {}

    def asked(self, url: str) -> str:
        """The address to ask for."""
        return self._asked.get(url, url) if MASK in url else url

    def told(self, url: str) -> str:
        """The same without what it says of people; it can still be asked for."""
        new = public(url)
        if new != url:
            self._learn(url, new)
        return new

    def body(self, body: bytes, base: str, content_type: str) -> bytes:
        """A body without what the addresses in it say of people."""
        if not _TEXT.search(content_type.split(";")[0]) or not _maybe().search(body):
            return body
        text = body.decode("latin-1")
        if not any(_is_private(m["value"], own=bool(m["own"])) for m in _pairs().finditer(text)):
            return body
        for match in _pairs().finditer(text):
            begin = max(text.rfind(end, 0, match.start()) for end in _ENDS) + 1
            after = [at for end in _ENDS if (at := text.find(end, match.end())) >= 0]
            self._in_body(text[begin : min(after, default=len(text))], base)
        return public(text).encode("latin-1")

    def _in_body(self, written: str, base: str) -> None:
        if len(written) > 2_000:
            return
        text = (
            unescape(written.encode("latin-1").decode("utf-8", "replace")).replace("\\u0026", "&").replace("\\/", "/")
        )
        url = canonical(text, base)
        if url:
            self.told(url)

    def _learn(self, url: str, new: str) -> None:
        if len(self._asked) < _MOST:
            self._asked.setdefault(canonical(new) or new, url)
            self._asked.setdefault(new, url)
