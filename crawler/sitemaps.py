"""XML sitemaps: lists and indexes, packed or not; anything else is named by a word of its own (``Sitemap.error``)."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from core.evidence import Sitemap
from crawler.answers import Answer, ending, is_html
from crawler.unpack import TooLarge, gunzip
from crawler.urls import canonical

#: Addresses kept of one sitemap; ``Sitemap.total`` counts them all.
KEPT = 5_000
_LIMIT = 50 * 1024 * 1024


def read_sitemap(answer: Answer, url: str) -> Sitemap:
    """The sitemap that was answered at ``url``."""
    failed = Sitemap(url=url)
    if answer.status is None or answer.status >= 400:
        return replace(failed, error=ending(answer))
    try:
        body = gunzip(answer.body, _LIMIT)
    except TooLarge:
        return replace(failed, error="too_large")
    if is_html(answer.content_type, body) and b"<urlset" not in body[:2000] and b"<sitemapindex" not in body[:2000]:
        return replace(failed, error="html")
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(body.strip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or not isinstance(root.tag, str):
        lines = [canonical(line) for line in body[:1_000_000].decode("utf-8", "replace").split() if line[:4] == "http"]
        if lines:  # the text form of the protocol
            return Sitemap(url, tuple(lines[:KEPT]), len(lines))
        return replace(failed, error="broken_xml")
    kind = etree.QName(root).localname.lower()
    if kind not in ("urlset", "sitemapindex"):
        return replace(failed, error="no_sitemap")
    found: list[str] = []
    for node in root.iter("{*}loc"):
        parent = node.getparent()
        if parent is None or etree.QName(parent).localname.lower() not in ("url", "sitemap"):
            continue
        where = canonical((node.text or "").strip(), url)
        if where:
            found.append(where)
    return Sitemap(url, tuple(found[:KEPT]), len(found), kind == "sitemapindex")
