"""An HTTP body to a ``Page``: each part of the page read once, the parts that repeat remembered."""

from __future__ import annotations

import datetime as dt
import hashlib
from types import MappingProxyType

from core.dates import UTC7, find_dates
from core.page import Heading, Link, Page, SeenDate, Zone
from core.text import shorten
from crawler.extract.charset import decode
from crawler.extract.head import read_head
from crawler.extract.language import language_of
from crawler.extract.layout import guess
from crawler.extract.links import read_links
from crawler.extract.parse import lines, parse, words
from crawler.extract.zones import split
from crawler.urls import canonical

TEXT_LIMIT = 8000


def extract(
    body: bytes,
    url: str,
    *,
    content_type: str = "",
    depth: int = 0,
    status: int = 200,
    fetched_at: dt.datetime | None = None,
    base_hosts: frozenset[str] = frozenset(),
    today: dt.date | None = None,
) -> Page:
    """Everything a check may ask of one page. Never raises on any body."""
    moment = fetched_at or dt.datetime.now(dt.UTC)
    today = today or moment.astimezone(UTC7).date()
    address = canonical(url) or url
    digest = hashlib.sha256(body).hexdigest()
    decoded = decode(body, content_type)
    root = parse(decoded.text)
    if root is None:
        return Page(
            address,
            depth,
            status,
            text=shorten(decoded.text, TEXT_LIMIT),
            sha256=digest,
            fetched_at=fetched_at,
        )
    head = read_head(root, address, today)
    body_node = root.find("body")
    body_node = root if body_node is None else body_node
    headings = tuple(
        Heading(int(n.tag[1]), words(n)[:300])
        for n in body_node.iter("h1", "h2", "h3", "h4", "h5", "h6")
        if words(n)
    )
    regions = split(body_node)
    regions += guess(body_node, {r.zone for r in regions})
    links: list[Link] = []
    texts: dict[Zone, list[str]] = {}
    for region in regions:
        texts.setdefault(region.zone, []).append(lines(region.node))
        links += [link for _, link in read_links(region.node, region.zone, head.base, frozenset(), {})]
    links += [link for _, link in read_links(body_node, Zone.BODY, head.base, frozenset(), {})]
    text = lines(body_node)
    if head.refresh:
        links.append(head.refresh)
    crumbs = next((r.node for r in regions if r.zone is Zone.BREADCRUMB), None)
    breadcrumb = (
        tuple(part for part in lines(crumbs).split("\n") if len(part) > 1) if crumbs is not None else ()
    )
    dates: tuple[SeenDate, ...] = (*head.dates, *find_dates(text[:6000], today))
    return Page(
        address,
        depth,
        status,
        head.title,
        headings,
        breadcrumb,
        text[:TEXT_LIMIT],
        len(text),
        "\n".join(texts.get(Zone.HEADER, []))[:2000],
        "\n".join(texts.get(Zone.FOOTER, []))[:3000],
        tuple(links),
        dates=dates,
        meta=MappingProxyType(head.meta),
        canonical=head.canonical,
        feeds=head.feeds,
        jsonld_types=head.types,
        declared_lang=(root.get("lang") or "").lower(),
        language=language_of(text),
        traits=decoded.traits,
        sha256=digest,
        fetched_at=fetched_at,
    )
