"""The evidence of an audit put together again from what was kept of it, without a network."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from core import evidence_json
from core.capture import KeptPage, Source, Visit
from core.evidence import Evidence, Feed, SearchTrial, Sitemap
from core.page import Outcome, Page
from crawler.answers import Answer
from crawler.feeds import read_feed
from crawler.reading import Pool, read_kept
from crawler.sitemaps import read_sitemap

#: The body that was kept under a SHA-256.
Body = Callable[[str], bytes]


def stripped(evidence: Evidence) -> Evidence:
    """What of the evidence cannot be read from the bodies again: pages, feeds and sitemaps by address only."""
    return replace(
        evidence,
        pages=tuple(Page(p.url, p.depth, title=p.title) for p in evidence.pages),
        feeds=tuple(Feed(f.url, error=f.error) for f in evidence.feeds),
        sitemaps=tuple(Sitemap(s.url, error=s.error) for s in evidence.sitemaps),
        searches=tuple(replace(t, page=None) for t in evidence.searches),
        facts=_without_pictures(evidence.facts),
    )


def rebuild(visit: Visit, body: Body) -> Evidence:
    """The evidence as it was judged. Raises what ``body`` raises, and NotReadable."""
    told, sources = visit.evidence, visit.sources
    pool, pages = Pool(), dict[str, Page]()
    for kept in sources.pages:
        pages[kept.url] = _page(kept, told, pool, body)
    return replace(
        told,
        pages=tuple(pages[p.url] for p in told.pages),
        feeds=tuple(_feed(f, s, body) for f, s in zip(told.feeds, sources.feeds, strict=True)),
        sitemaps=tuple(_sitemap(m, s, body) for m, s in zip(told.sitemaps, sources.sitemaps, strict=True)),
        searches=tuple(_trial(t, s, told, body) for t, s in zip(told.searches, sources.searches, strict=True)),
        facts=_with_pictures(told.facts, visit.screenshots, body),
    )


def _page(kept: KeptPage, told: Evidence, pool: Pool, body: Body) -> Page:
    page = pool.share(_read(kept.source, told, body), kept.url, whole=not kept.short)
    return replace(page, depth=kept.depth, aliases=kept.aliases)


def _read(source: Source, told: Evidence, body: Body) -> Page:
    return read_kept(_answer(source, body), source.depth, today=told.today, facts=source.facts, read_as=source.read_as)


def _answer(source: Source, body: Body) -> Answer:
    return Answer(
        source.url, Outcome.OK, source.url, source.status, body(source.sha256), source.content_type,
        error=source.error, at=source.at,
    )  # fmt: skip


def _feed(feed: Feed, source: Source | None, body: Body) -> Feed:
    if source is None:
        return feed
    if source.facts:
        return evidence_json.loads(Feed, body(source.sha256))
    return read_feed(_answer(source, body), feed.url)


def _sitemap(sitemap: Sitemap, source: Source | None, body: Body) -> Sitemap:
    return sitemap if source is None else read_sitemap(_answer(source, body), sitemap.url)


def _trial(trial: SearchTrial, source: Source | None, told: Evidence, body: Body) -> SearchTrial:
    return trial if source is None else replace(trial, page=_read(source, told, body))


def _without_pictures(facts: Any) -> dict[str, Any]:
    shots = facts.get("mobile.screenshots")
    return {**facts, **({"mobile.screenshots": [{**s, "data": ""} for s in shots]} if shots else {})}


def _with_pictures(facts: Any, digests: tuple[str, ...], body: Body) -> dict[str, Any]:
    shots = facts.get("mobile.screenshots")
    if not shots:
        return dict(facts)
    head = "data:image/jpeg;base64,"
    filled = [{**s, "data": head + base64.b64encode(body(d)).decode()} for s, d in zip(shots, digests, strict=True)]
    return {**facts, "mobile.screenshots": filled}
