"""What a page says about itself: title, meta names, canonical address, feeds, JSON-LD."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from core.dates import read_date
from core.hosts import host_of
from core.page import DateRole, DateSource, Link, SeenDate, Zone
from crawler.extract.links import resolve
from crawler.extract.parse import Node, cleaned
from crawler.urls import canonical

_META_LIMIT = 60
_VALUE_LIMIT = 400
_PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dcterms.issued",
    "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "pubdate", "publishdate", "publish-date", "date", "sailthru.date",
    "its_publication", "article:published", "dcterms.available",
)  # fmt: skip
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
)
#: These say when a document was made on sites that describe every page by one fixed date.
_ARTICLE_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "blogposting",
        "report",
        "webpage",
        "techarticle",
        "socialmediaposting",
        "qapage",
        "question",
    }
)
#: A measuring code's own address, its empty site number, and lines that were put out of use.
_TRACKER = re.compile(r"""setTrackerUrl['"]\s*,\s*(?:\w+\s*\+\s*)?['"](?:https?:)?//([\w.-]+)""", re.I)
_NO_SITE = re.compile(r"""setSiteId['"]\s*,\s*(?:''|"")""", re.I)
_COMMENT = re.compile(r"/\*.*?\*/|(?m:^\s*//.*$)", re.S)
_REFRESH = re.compile(r"^\s*(\d*)[.\d]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?\s*([^'\"]+)", re.I)


@dataclass(slots=True)
class Head:
    """Facts from the head and from data blocks."""

    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    feeds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    dates: list[SeenDate] = field(default_factory=list)
    refresh: Link | None = None
    base: str = ""
    styles: str = ""
    scripts: int = 0
    #: Addresses of the scripts.
    sources: list[str] = field(default_factory=list)
    #: Hosts the page's measuring codes report to.
    trackers: list[str] = field(default_factory=list)


def read_head(root: Node, url: str, today: dt.date) -> Head:
    """Reads head elements wherever they stand, then takes scripts and styles out of the tree."""
    head = Head(base=url)
    feeds: dict[str, None] = {}
    blocks: list[str] = []
    styles: list[str] = []
    gone: list[Node] = []
    for node in root.iter("title", "base", "meta", "link", "script", "style", "template"):
        tag = node.tag
        if tag == "script":
            head.scripts += 1
            if node.get("src"):
                head.sources.append(node.get("src"))
            elif node.text and "etTrackerUrl" in node.text:
                head.trackers += _trackers(node.text)
            if "json" in (node.get("type") or "") and node.text:
                blocks.append(node.text) if "ld" in node.get("type") else None
        elif tag == "style":
            styles.append(node.text or "")
        elif tag == "title":
            if not head.title and not _inside_picture(node):
                head.title = cleaned("".join(node.itertext()))[:_VALUE_LIMIT]
        elif tag == "base":
            head.base = canonical(node.get("href") or "", url) or url
        elif tag == "meta":
            _meta(node, head, url)
        elif tag == "link":
            rel = (node.get("rel") or "").lower()
            kind = (node.get("type") or "").lower()
            if "canonical" in rel and not head.canonical:
                head.canonical = canonical(node.get("href") or "", url)
            elif "alternate" in rel and ("rss" in kind or "atom" in kind):
                feeds[canonical(node.get("href") or "", head.base)] = None
        if tag in ("script", "style", "template"):
            gone.append(node)
    for node in gone:
        parent = node.getparent()
        if parent is not None:
            node.clear(keep_tail=True)
    feeds.pop("", None)
    head.feeds = tuple(feeds)
    head.styles = "\n".join(styles)[:200_000]
    for source in blocks:
        _jsonld(source, head, today)
    _meta_dates(head, today)
    return head


def script_hosts(head: Head) -> tuple[str, ...]:
    """Other hosts whose scripts the page loads, and those its measuring codes report to, each once."""
    loaded = (host_of(f"https:{s}" if s.startswith("//") else s) for s in head.sources if "//" in s[:8])
    return tuple(sys.intern(h) for h in dict.fromkeys((*loaded, *head.trackers)) if h)


def _trackers(code: str) -> list[str]:
    """Hosts of a measuring code's own address; none where its site number was left empty."""
    live = _COMMENT.sub("", code)
    if _NO_SITE.search(live):
        return []
    return [m[1].lower() for m in _TRACKER.finditer(live)]


def _inside_picture(node: Node) -> bool:
    return any(above.tag in ("svg", "symbol", "g") for above in node.iterancestors())


def _meta(node: Node, head: Head, url: str) -> None:
    name = node.get("name") or node.get("property") or node.get("http-equiv") or node.get("itemprop")
    content = node.get("content")
    if node.get("charset") and not name:
        head.meta.setdefault("charset", node.get("charset").lower())
    if not name or content is None:
        return
    name = name.strip().lower()
    if name == "refresh":
        found = _REFRESH.match(content)
        if found:
            target = resolve(found[2], head.base)[0]
            if target:
                head.refresh = Link(target, found[2][:500], zone=Zone.FRAME)
    if (
        len(head.meta) < _META_LIMIT
        and name not in head.meta
        and not name.startswith(("msapplication", "verify", "google-site"))
    ):
        head.meta[name] = cleaned(content[: _VALUE_LIMIT * 2])[:_VALUE_LIMIT]


def _meta_dates(head: Head, today: dt.date) -> None:
    for names, role in ((_PUBLISHED, DateRole.PUBLISHED), (_UPDATED, DateRole.UPDATED)):
        for name in names:
            value = head.meta.get(name)
            seen = read_date(value, today, default=role, source=DateSource.META) if value else None
            if seen:
                head.dates.append(SeenDate(seen.day, role, DateSource.META, seen.text, seen.minute))
                break


def _jsonld(source: str, head: Head, today: dt.date) -> None:
    try:
        data = json.loads(source.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        return
    types: list[str] = list(head.types)
    stack: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while stack and seen < 400:
        value, depth = stack.pop(0)
        seen += 1
        if isinstance(value, list):
            stack += [(v, depth) for v in value]
        elif isinstance(value, dict):
            kinds = value.get("@type", ())
            kinds = (
                [kinds]
                if isinstance(kinds, str)
                else [k for k in kinds if isinstance(k, str)]
                if isinstance(kinds, list)
                else []
            )
            types += [k for k in kinds if k not in types]
            if depth <= 1 and any(k.lower() in _ARTICLE_TYPES for k in kinds):
                _jsonld_dates(value, head, today)
            if depth < 4:
                stack += [(v, depth + (k != "@graph")) for k, v in value.items() if isinstance(v, (dict, list))]
    head.types = tuple(types[:20])


def _jsonld_dates(value: dict[str, Any], head: Head, today: dt.date) -> None:
    for key, role in (("datePublished", DateRole.PUBLISHED), ("dateModified", DateRole.UPDATED)):
        text = value.get(key)
        seen = read_date(text, today, default=role, source=DateSource.JSONLD) if isinstance(text, str) else None
        if seen:
            made = SeenDate(seen.day, role, DateSource.JSONLD, seen.text, seen.minute)
            if made not in head.dates:
                head.dates.append(made)
