"""RSS and Atom feeds: their entries with dates; HTML or nothing in their place is named by a word (``Feed.error``)."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import replace
from html import escape, unescape
from typing import Any, NamedTuple

import feedparser

from core import evidence_json
from core.audit import VIETNAM
from core.evidence import Feed
from core.page import DateRole, DateSource, Item, SeenDate
from core.text import clean, fold
from crawler.answers import Answer, ending, is_html
from crawler.extract.people import told
from crawler.extract.redact_html import clean_lines
from crawler.extract.scrub import names_an_asker
from crawler.urls import canonical

#: Entries kept of one feed.
KEPT = 60
_ADDRESS = re.compile(
    r"(?:^|[/.?=&_-])(?:rss|atom|feeds?)(?:\d*|[/.?=&_-][^/]*)?/?$|\.(?:rss|atom)$|[?&/]rss[=/&]", re.I
)
_ASKED = re.compile(r"\b(?:hoi d?ap|cau hoi|kien nghi|phan anh|gop y|y kien|ban doc|khieu nai|to cao|faq)\b")
#: Words of a feed as they are written; and its elements that say who wrote.
_WORDS = re.compile(r"<!\[CDATA\[(.*?)\]\]>|>([^<]+)<", re.S)
_WRITER = re.compile(r"(<((?:dc:)?creator|author|contributor)\b[^>]*>).*?(</\2>)", re.S)
_ENTRY = re.compile(r"<(item|entry)\b.*?</\1>", re.S)
#: What an entry is filed under, and where it leads.
_SECTION = re.compile(r"<category\b([^>]*)>(<!\[CDATA\[.*?\]\]>|[^<]*)", re.S)
_LINK = re.compile(r"<(?:link|guid|id)\b[^>]*?(?:href=[\"']|>)\s*(?:<!\[CDATA\[)?\s*https?://[^/]*/([^<\"'\]]*)")
_SLUGS = re.compile(told()["citizen_slugs"], re.I)
_DAY_FIRST = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:\D+(\d{1,2}):(\d{2}))?")


def looks_like_feed(path: str) -> bool:
    """Whether an address (path and query) reads like that of a feed."""
    return bool(_ADDRESS.search(path))


def is_feed(body: bytes) -> bool:
    """Whether a body begins like a feed."""
    head = body[:1500].lower()
    return b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head


def read_feed(answer: Answer, url: str) -> Feed:
    """The feed that was answered at ``url``."""
    if answer.status is None or answer.status >= 400:
        return Feed(url, error=ending(answer))
    if not is_feed(answer.body):
        html = is_html(answer.content_type, answer.body)
        return Feed(url, error="html" if html else "no_feed")
    parsed: Any = feedparser.parse(
        answer.body,
        response_headers={"content-type": "application/xml; charset=utf-8"}
        if b"encoding=" not in answer.body[:200]
        else None,
        sanitize_html=False,
    )
    items = tuple(_item(entry, answer.final_url or url) for entry in parsed.entries[:KEPT])
    feed = Feed(url, clean(str(parsed.feed.get("title", ""))), items)
    return feed if items or parsed.get("version") else replace(feed, error="broken_xml")


class Taken(NamedTuple):
    """A feed, and what may be kept of its body; ``facts``: the feed itself, as JSON."""

    feed: Feed
    kept: bytes
    facts: bool = False


def take_feed(answer: Answer, url: str) -> Taken:
    """The feed that was answered at ``url``; its questions, all or a few entries, without those who asked."""
    feed = read_feed(answer, url)
    if feed.error:
        return Taken(feed, answer.body)
    every = _ASKED.search(fold(f"{feed.title} {feed.url}")) is not None
    try:
        text = answer.body.decode()
        new = _clean(text) if every else _ENTRY.sub(lambda m: _clean(m[0]) if _is_asked(m[0]) else m[0], text)
        body = new.encode()
    except UnicodeDecodeError:
        if not every and not _is_asked(answer.body.decode("utf-8", "replace")):
            return Taken(feed, answer.body)
        body = b""
    if body == answer.body:
        return Taken(feed, answer.body)
    clean_feed = read_feed(replace(answer, body=body), url)
    if len(clean_feed.entries) == len(feed.entries) and clean_feed.error == feed.error:
        return Taken(clean_feed, body)
    kept = evidence_json.dumps(without_askers(feed))
    return Taken(evidence_json.loads(Feed, kept), kept, facts=True)


def _is_asked(entry: str) -> bool:
    """Whether an entry is a question: by its category, its address, or the words of the one who asks."""
    sections = (m[1] + m[2] for m in _SECTION.finditer(entry))
    if _ASKED.search(fold(" ".join(sections))) or any(_SLUGS.search(m[1]) for m in _LINK.finditer(entry)):
        return True
    return names_an_asker(unescape(unescape(entry)))


def _clean(text: str) -> str:
    return _WRITER.sub(r"\1\3", _WORDS.sub(_scrubbed, text))


def _scrubbed(match: re.Match[str]) -> str:
    if match[1] is not None:
        return f"<![CDATA[{clean_lines(match[1])}]]>"
    words = unescape(match[2])
    new = clean_lines(words)
    return match.group() if new == words else f">{escape(unescape(new) if '<' not in words else new, quote=False)}<"


def without_askers(feed: Feed) -> Feed:
    """A feed of questions without the names of those who asked."""
    return replace(feed, entries=tuple(replace(e, title=unescape(clean_lines(escape(e.title)))) for e in feed.entries))


def _item(entry: Any, base: str) -> Item:
    dates = tuple(
        seen
        for name, role in (("published", DateRole.PUBLISHED), ("updated", DateRole.UPDATED))
        if name in entry.keys() and (seen := _date(entry, name, role)) is not None  # noqa: SIM118
    )
    return Item(
        title=clean(re.sub(r"<[^>]+>", " ", str(entry.get("title", ""))))[:300],
        url=canonical(str(entry.get("link", "")), base),
        dates=dates[:1],
    )


def _date(entry: Any, name: str, role: DateRole) -> SeenDate | None:
    text = str(entry.get(name, ""))
    parsed = entry.get(f"{name}_parsed")
    if parsed:
        try:
            moment = dt.datetime.fromtimestamp(calendar.timegm(parsed), VIETNAM)
        except (ValueError, OverflowError, OSError):
            return None
        return SeenDate(moment.date(), role, DateSource.FEED, text, moment.hour * 60 + moment.minute)
    found = _DAY_FIRST.search(text)  # "17/10/2019 14:39", which is no RFC 822
    if not found:
        return None
    try:
        day = dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:  # 31/02/2026 is a typing error on the page
        return None
    minute = int(found[4]) * 60 + int(found[5]) if found[4] else None
    return SeenDate(day, role, DateSource.FEED, text, minute)
