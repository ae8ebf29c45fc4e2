"""What an audit saw, as it is handed to the archive, and how its evidence can be read from there again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from core.evidence import Evidence


class Kind(StrEnum):
    """What a capture is."""

    RESPONSE = "response"  # an answer over HTTP
    FAILURE = "failure"  # a request without an answer
    RENDERED = "rendered"  # a page as the browser had it after its scripts
    FACTS = "facts"  # what was read on a page whose body may not be kept
    SCREENSHOT = "screenshot"
    CATALOGUE = "catalogue"  # the text of the rules that were judged by
    VISIT = "visit"  # how the evidence was put together, see ``Visit``


@dataclass(frozen=True, slots=True)
class Capture:
    """One thing to archive. Bodies are unpacked; nothing secret and nobody's data stands in it."""

    kind: Kind
    url: str
    at: dt.datetime
    body: bytes = b""
    content_type: str = ""
    method: str = "GET"
    #: Heads of the request and of the answer, in order.
    asked: tuple[tuple[str, str], ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    status: int | None = None
    #: Only the beginning of the body was read.
    cut: bool = False
    #: Words of the body were taken out or replaced before it was kept.
    changed: bool = False
    #: How a request without an answer ended, and what was said.
    outcome: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a page, feed or sitemap was read from: the body kept under ``sha256`` and the answer's other words."""

    sha256: str
    #: The address it was read under.
    url: str
    status: int | None = None
    content_type: str = ""
    at: dt.datetime | None = None
    error: str = ""
    #: Clicks from the home page when it was read.
    depth: int = 1
    #: The body is what was read, as JSON, and no page.
    facts: bool = False
    #: See ``Page.read_as``.
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of the evidence: what it was read from, and what the rest of the crawl made of it."""

    source: Source
    url: str
    depth: int
    aliases: tuple[str, ...] = ()
    #: Cut down to what rates are counted from, deep in a large portal.
    short: bool = False


@dataclass(frozen=True, slots=True)
class Sources:
    """What each part of the evidence was read from. Pages stand in the order they were kept."""

    pages: tuple[KeptPage, ...] = ()
    #: One for each feed, sitemap and trial of the search; None where nothing of it was read.
    feeds: tuple[Source | None, ...] = ()
    sitemaps: tuple[Source | None, ...] = ()
    searches: tuple[Source | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """How the evidence of one audit was put together: all that cannot be read from the bodies again.

    ``evidence`` holds fetches, facts and plan; its pages, feeds and sitemaps only by address, in their order.
    """

    evidence: Evidence
    sources: Sources
    #: Name and version of the program that judged, and what it was made of.
    tool: str = ""
    made_with: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ruleset: str = ""
    #: Pictures taken out of the facts, by SHA-256, in their order.
    screenshots: tuple[str, ...] = ()
