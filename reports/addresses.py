"""Addresses for reading: escapes decoded, the middle cut; "" for what leads nowhere."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from reports.words import seen

_NOWHERE = ("javascript:", "mailto:", "tel:", "data:", "vbscript:")
#: Letters kept of the end of an address whose middle is cut.
_END = 24


def leads(url: str) -> bool:
    """Whether an address names more than the page it stands on: “#” does not."""
    return bool(url) and not url.startswith("#")


def readable(url: str, home: str = "", limit: int = 70) -> str:
    """The address as people read it: on the portal's own host (that of ``home``) only its path."""
    if not leads(url) or url.strip().lower().startswith(_NOWHERE):
        return ""
    try:
        shown, host = unquote(url, errors="strict"), urlsplit(url).netloc
        own = bool(host) and host == urlsplit(home).netloc
    except ValueError:  # escapes that are no UTF-8, a host that is none
        shown, host, own = url, "", False
    if own:
        shown = shown.partition(host)[2] or "/"
    return shortened(seen(shown.removeprefix("https://").removeprefix("http://"), 3000), limit)


def shortened(text: str, limit: int) -> str:
    """The text with its middle cut where it is long."""
    return text if len(text) <= limit else f"{text[: limit - _END - 1]}…{text[-_END:]}"
