"""What a crawl receives, handed on to be archived: each body once it is known how much of it may be kept."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from core.capture import Capture, KeptPage, Kind, Source, Sources
from core.evidence import Evidence, Sitemap
from core.page import Outcome, Page
from crawler import private_query
from crawler.answers import Answer, is_html
from crawler.extract.redact_text import redact_text
from crawler.feeds import Taken, is_feed, take_feed
from crawler.reading import Reading, read

logger = logging.getLogger(__name__)

#: What of a request may be told: everything else may be a secret.
_TOLD = frozenset({"user-agent", "accept", "accept-language", "accept-encoding", "range"})
#: Bodies that wait to be read at one time, and their bytes.
_WAITING, _BYTES = 64, 24 * 1024 * 1024
_HIDDEN = "(not kept)"

Keep = Callable[[Capture], None]


class Recorder:
    """Tells ``keep`` of every exchange of one crawl, and remembers what each page was read from."""

    def __init__(self, keep: Keep, today: dt.date) -> None:
        self._keep = keep
        self._today = today
        #: Pages and feeds by the identity of their body, until somebody has read it.
        self._waiting: dict[int, Capture] = {}
        self._size = 0
        self._sources: dict[tuple[str, str], Source] = {}
        self._order: list[tuple[str, str]] = []
        self._feeds: dict[str, Source] = {}
        self._sitemaps: dict[str, Source] = {}

    # -- told by the transport -----------------------------------------------------------------

    def answered(
        self,
        method: str,
        url: str,
        asked: Mapping[str, str],
        at: dt.datetime,
        status: int,
        heads: Iterable[tuple[str, str]],
        body: bytes,
        *,
        cut: bool,
    ) -> None:
        """An answer came."""
        said = tuple((k, v) for k, v in heads)
        kind = next((v for k, v in said if k.lower() == "content-type"), "")
        capture = Capture(
            Kind.RESPONSE, public(url), at, body, kind, method, told(asked), tuple(map(_without_cookie, said)), status,
            cut=cut,
        )  # fmt: skip
        if cut and "content-encoding" in {k.lower() for k, _ in said}:
            capture = replace(capture, body=b"")  # the beginning of something packed: nobody could tell what it holds
            body = b""
        if len(body) > 1 and not is_html(kind, body) and not is_feed(body):
            kept = redact_text(body, url, kind)
            capture = replace(capture, body=kept, changed=kept is not body)
        if len(body) > 1 and (is_html(kind, body) or is_feed(body)):
            self._waiting[id(body)] = capture
            self._size += len(body)
            while len(self._waiting) > _WAITING or self._size > _BYTES:
                self._unread(next(iter(self._waiting)))
        else:
            self._keep(capture)

    def failed(
        self, method: str, url: str, asked: Mapping[str, str], at: dt.datetime, outcome: Outcome, error: str
    ) -> None:
        """A request ended without an answer."""
        self._keep(
            Capture(Kind.FAILURE, public(url), at, method=method, asked=told(asked), outcome=str(outcome), error=error)
        )

    # -- told by those who read ----------------------------------------------------------------

    def read(self, answer: Answer, depth: int, reading: Reading) -> None:
        """A page was read; what may be kept of its body is known now."""
        page = reading.page
        body = answer.body if reading.kept is None else reading.kept
        kind = answer.content_type
        source = Source(
            page.sha256, answer.final_url, answer.status, kind, answer.at, "", depth, reading.facts, page.read_as
        )
        self._sources.setdefault((page.url, page.sha256), source)
        self._settle(answer, body, facts=reading.facts)

    def kept(self, page: Page) -> None:
        """A page became part of the evidence."""
        self._order.append((page.url, page.sha256))

    def feed(self, answer: Answer, taken: Taken) -> None:
        """An answer was read as a feed. What is none may be a page, and waits."""
        if not taken.feed.error:
            self._feeds[taken.feed.url] = replace(_source(answer, taken.kept), facts=taken.facts)
            self._settle(answer, taken.kept, facts=taken.facts)

    def sitemap(self, answer: Answer, sitemap: Sitemap) -> None:
        """An answer was read as a sitemap."""
        if not sitemap.error:
            self._sitemaps[sitemap.url] = _source(answer, answer.body)
            self._settle(answer, answer.body)

    def _settle(self, answer: Answer, body: bytes, *, facts: bool = False) -> None:
        waiting = self._waiting.pop(id(answer.body), None)
        at = answer.at or dt.datetime.now(dt.UTC)
        if waiting is not None:
            self._size -= len(waiting.body)
            changed = body is not waiting.body and (facts or body != waiting.body)
            self._keep(replace(waiting, body=b"" if facts else body, changed=changed))
        elif not facts and answer.rendered:
            changed = body is not answer.body and body != answer.body
            url = public(answer.final_url)
            self._keep(Capture(Kind.RENDERED, url, at, body, answer.content_type, changed=changed))
        if facts:
            self._keep(Capture(Kind.FACTS, public(answer.final_url), at, body, "application/json"))

    def _unread(self, number: int) -> None:
        """A body that nobody read as a page: an error page, a double, a probe's answer."""
        capture = self._waiting[number]
        answer = Answer(
            capture.url, Outcome.OK, capture.url, capture.status, capture.body, capture.content_type, at=capture.at
        )
        if is_feed(capture.body):
            taken = take_feed(answer, capture.url)
            self._settle(answer, taken.kept, facts=taken.facts)
            return
        try:
            reading = read(answer, 0, today=self._today)  # it may be the home page, asked for once more
        except Exception:  # a page that breaks the reader: nobody knows what stands on it
            logger.exception("%s could not be read for the archive", capture.url)
            reading = Reading(Page(capture.url), b"", facts=True)
        body = capture.body if reading.kept is None else reading.kept
        self._settle(answer, body, facts=reading.facts)

    # -- the end -------------------------------------------------------------------------------

    def finish(self) -> None:
        """Hands on what still waits."""
        while self._waiting:
            self._unread(next(iter(self._waiting)))

    def sources(self, evidence: Evidence) -> Sources:
        """What each part of the evidence was read from."""
        pages = {(p.url, p.sha256): p for p in evidence.pages}
        kept = []
        for name in self._order:
            page, source = pages.get(name), self._sources.get(name)
            if page is not None and source is not None:
                short = "shortened" in page.traits
                kept.append(KeptPage(source, page.url, page.depth, page.aliases, short))
        return Sources(
            tuple(kept),
            tuple(self._feeds.get(f.url) for f in evidence.feeds),
            tuple(self._sitemaps.get(s.url) for s in evidence.sitemaps),
            tuple(self._sources.get((t.page.url, t.page.sha256)) if t.page else None for t in evidence.searches),
        )

    def screenshots(self, facts: Mapping[str, Any]) -> None:
        """Pictures that a probe took, as they stand in its facts."""
        for url, picture in pictures(facts):
            self._keep(Capture(Kind.SCREENSHOT, public(url), dt.datetime.now(dt.UTC), picture, "image/jpeg"))


def pictures(facts: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """Address and JPEG of each picture in the facts."""
    found = []
    for shot in facts.get("mobile.screenshots") or ():
        _, comma, data = str(shot.get("data", "")).partition("base64,")
        if comma:
            found.append((str(shot.get("url", "")), base64.b64decode(data)))
    return found


def told(heads: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The heads of a request that are no secret."""
    return tuple((k, v) for k, v in heads.items() if k.lower() in _TOLD)


def public(url: str) -> str:
    """An address without a password in it, and without what it says of people."""
    url = private_query.public(url)
    parts = urlsplit(url)
    if "@" not in parts.netloc:
        return url
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))


def _without_cookie(head: tuple[str, str]) -> tuple[str, str]:
    """A cookie keeps its name and its terms; what it holds is between the portal and its visitor."""
    name, value = head
    if name.lower() not in ("set-cookie", "set-cookie2"):
        return head
    first, semicolon, terms = value.partition(";")
    return name, f"{first.partition('=')[0]}={_HIDDEN}{semicolon}{terms}"


def _source(answer: Answer, body: bytes) -> Source:
    digest = hashlib.sha256(body).hexdigest()
    return Source(digest, answer.final_url, answer.status, answer.content_type, answer.at, answer.error)
