"""What an answer is: its outcome by status, whether it is a page, where it sends the visitor on."""

from __future__ import annotations

import datetime as dt
import re
import sys
from dataclasses import dataclass, field
from urllib.parse import urljoin

from core.page import Fetch, Outcome
from crawler.walls import is_wall

_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
_SNIFF = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|frameset|meta|title)\b", re.I | re.S
)
_REFRESH = re.compile(
    rb"""<meta[^>]+http-equiv\s*=\s*["']?refresh["']?[^>]*content\s*=\s*["']\s*(\d+)\s*;\s*url\s*=\s*['"]?([^"'>\s]+)""",
    re.I,
)
_SCRIPT_MOVE = re.compile(
    rb"""(?:window\.|document\.|self\.|top\.)?location(?:\.href)?\s*=\s*["']([^"']+)["']|location\.replace\(\s*["']([^"']+)["']""",
    re.I,
)
_CHALLENGE = re.compile(
    rb"just a moment\.\.\.|attention required! \| cloudflare|checking your browser|cf-browser-verification|"
    rb"ddos[- ]guard|request unsuccessful\. incapsula|document\.cookie\s*=\s*[\"']d1n=|"
    rb"please enable (?:javascript and )?cookies to continue|"
    rb"verify you are (?:a )?human|g-recaptcha-challenge|"
    rb"truy c\xe1\xba\xadp b\xe1\xbb\x8b (?:t\xe1\xbb\xab ch\xe1\xbb\x91i|ch\xe1\xba\xb7n)",
    re.I,
)
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def by_status(status: int) -> Outcome:
    """The outcome a status alone stands for."""
    if 200 <= status < 400:
        return Outcome.OK
    if status in (404, 410):
        return Outcome.NOT_FOUND
    if status in (401, 402, 403, 407, 429, 451):
        return Outcome.BLOCKED
    return Outcome.SERVER_ERROR if status >= 500 else Outcome.ERROR


@dataclass(frozen=True, slots=True)
class Answer:
    """How asking for an address ended, redirects followed."""

    url: str
    outcome: Outcome
    final_url: str = ""
    status: int | None = None
    body: bytes = b""
    content_type: str = ""
    size: int = 0
    seconds: float = 0.0
    error: str = ""
    at: dt.datetime | None = None
    #: Canonical addresses passed through, the first one asked included, the last one not.
    hops: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    #: The body is the page as the browser had it after its scripts, and no answer of the server.
    rendered: bool = False

    def _final(self) -> str:
        return self.url if self.final_url == self.url else self.final_url  # one string where they are equal

    def fetch(self, outcome: Outcome | None = None, sha256: str = "", final_url: str | None = None) -> Fetch:
        """The same as evidence, without the body."""
        return Fetch(
            url=self.url,
            outcome=outcome or self.outcome,
            status=self.status,
            final_url=self._final() if final_url is None else final_url,
            content_type=sys.intern(self.content_type),
            size=self.size,
            seconds=round(self.seconds, 4),
            error=self.error,
            at=self.at,
            sha256=sha256,
        )


def is_html(content_type: str, body: bytes) -> bool:
    """Whether the answer is a page, by what the server says or, when it says nothing telling, by its start."""
    kind = content_type.split(";")[0].strip().lower()
    if kind in _HTML_TYPES:
        return True
    if kind in ("", "application/octet-stream", "text/plain", "unknown/unknown", "html", "text"):
        return bool(_SNIFF.match(body[:2048]))
    return False


def ending(answer: Answer) -> str:
    """How an answer that is no file ended, in a word: ``http_404``, or the outcome where no status came back."""
    return f"http_{answer.status}" if answer.status is not None else str(answer.outcome)


def is_challenge(body: bytes) -> bool:
    """A small page that only keeps machines out."""
    return (len(body) < 60_000 and bool(_CHALLENGE.search(body[:20_000]))) or is_wall(body)


def sent_on(body: bytes, url: str) -> str:
    """Where a page that is nothing but a forwarding sends the visitor; "" for a real page."""
    if len(body) > 20_000:
        return ""
    found = _REFRESH.search(body)
    if found and int(found[1]) <= 5:
        return urljoin(url, found[2].decode("utf-8", "replace"))
    if len(body) < 3_000 and body.lower().count(b"<a ") < 3:
        move = _SCRIPT_MOVE.search(body)
        if move:
            target = (move[1] or move[2] or b"").decode("utf-8", "replace")
            return urljoin(url, target) if not target.startswith(("#", "javascript:")) else ""
    return ""
