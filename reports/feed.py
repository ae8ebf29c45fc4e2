"""An Atom feed (RFC 4287): what changed on a portal from audit to audit, newest first.

Ids are UUIDs made from the ids of the audits (RFC 9562, version 5), so that the same audit is the same entry each time
the feed is written, wherever it is published.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.builder import ElementMaker

from reports.html_report import safe_url
from reports.words import seen

ATOM, XHTML = "http://www.w3.org/2005/Atom", "http://www.w3.org/1999/xhtml"
TYPE = "application/atom+xml"
#: From which ids are made; never to be changed.
_OURS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:x-decree43")
_A = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
_H = ElementMaker(namespace=XHTML, nsmap={None: XHTML})


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit: its id, when it ended, in one line and in full. ``tags``: what kind of change there was."""

    audit: str
    title: str
    at: dt.datetime
    lead: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The entries, newest first, of one portal. ``key`` names it for good; ``own`` is where the feed will stand."""

    key: str
    title: str
    subtitle: str
    portal: str
    tool: str
    entries: Sequence[Entry]
    own: str = ""


def render(feed: Feed, lang: str = "vi") -> bytes:
    """The feed as UTF-8 XML; it needs at least one entry, for a feed has to say when it was last changed."""
    if not feed.entries:
        raise ValueError("a feed without entries")
    root = _A.feed(
        {"{http://www.w3.org/XML/1998/namespace}lang": lang},
        _A.id(urn("portal", feed.key)),
        _A.title(seen(feed.title, 300)),
        _A.subtitle(seen(feed.subtitle, 300)),
        _A.updated(_moment(max(entry.at for entry in feed.entries))),
        _A.author(_A.name("decree43")),
        _A.generator(seen(feed.tool, 80)),
    )
    if portal := safe_url(feed.portal):
        root.append(_A.link(rel="alternate", href=portal))
    if own := safe_url(feed.own):
        root.append(_A.link(rel="self", type=TYPE, href=own))
    root.extend(_entry(entry) for entry in feed.entries)
    etree.indent(root, " ")
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def urn(kind: str, key: str) -> str:
    """The id of a portal's feed or of an audit's entry."""
    return f"urn:uuid:{uuid.uuid5(_OURS, f'{kind}:{key}')}"


def _entry(entry: Entry) -> etree._Element:
    body = _H.div(*(_H.p(seen(line)) for line in entry.lead))
    for part in entry.parts:
        body.append(_H.h3(seen(part.heading)))
        body.append(_H.ul(*(_H.li(seen(line)) for line in part.lines)))
    return _A.entry(
        _A.id(urn("audit", entry.audit)),
        _A.title(seen(entry.title, 300)),
        _A.updated(_moment(entry.at)),
        *(_A.category(term=tag) for tag in entry.tags),
        _A.content(body, type="xhtml"),
    )


def _moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
