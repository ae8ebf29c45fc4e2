"""An HTTP body to a ``Page``: each part of the page read once, the parts that repeat remembered."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from core.dates import UTC7, find_dates
from core.page import Access, DateRole, DateSource, Field, Heading, Item, Link, Page, SeenDate, Zone
from core.text import clean, fold
from crawler.extract.blocks import read_repeated, read_whole, take_blocks
from crawler.extract.charset import decode
from crawler.extract.columns import by_column
from crawler.extract.controls import Counts, signs_in
from crawler.extract.emblem import read_head_images
from crawler.extract.entries import number_lists
from crawler.extract.fields import read_fields
from crawler.extract.files import MAX_FILES, MAX_IMAGES
from crawler.extract.forms import open_page_forms
from crawler.extract.head import Head, read_head, script_hosts
from crawler.extract.items import MAX_ITEMS
from crawler.extract.language import language_of
from crawler.extract.layout import guess
from crawler.extract.links import read_links
from crawler.extract.memory import Choices, Part, Surroundings
from crawler.extract.panels import as_page, may_open, opened, panels_of
from crawler.extract.parse import Node, lines, parse, words
from crawler.extract.traits import is_article, is_login_wall, is_placeholder, is_shell
from crawler.extract.zones import Region, detach, split
from crawler.urls import canonical

TEXT_LIMIT = 8000
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_HIDING_RULE = re.compile(r"([^{}]+)\{[^{}]*(?:display\s*:\s*none|visibility\s*:\s*hidden)[^{}]*\}", re.I)
_SIMPLE = re.compile(r"^[.#][\w-]+$")
_AT_RULE = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.I)
_MAP = re.compile(r"google\.[a-z.]+/maps|maps\.google|openstreetmap|goong\.io|map4d|bing\.com/maps", re.I)
_ORDER = (Zone.HEADER, Zone.MENU, Zone.BREADCRUMB, Zone.BODY, Zone.SIDE, Zone.FOOTER)
_CRUMB_SPLIT = re.compile(r"\s*(?:>+|»|›|→|::|\|)\s*|\s+/\s+|\s+[-–]\s+")


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
    panels: bool = True,
    choices: Choices | None = None,
) -> Page:
    """Everything a check may ask of one page. Never raises on any body.

    ``today`` (default: the day of ``fetched_at`` in UTC+7) settles relative dates and the banner's clock.
    ``panels``: tabs and folded parts are read as pages of their own too. ``choices``: to read it as it was once read.
    """
    choices = choices or Choices()
    moment = fetched_at or dt.datetime.now(dt.UTC)
    today = today or moment.astimezone(UTC7).date()
    address = canonical(url) or url
    digest = hashlib.sha256(body).hexdigest()
    decoded = decode(body, content_type)
    root = parse(decoded.text, decoded.source)
    if root is None:
        text = clean(decoded.text)
        return Page(
            address, depth, status, text=text[:TEXT_LIMIT], text_length=len(text), language=language_of(text),
            traits=decoded.traits, sha256=digest, fetched_at=fetched_at,
        )  # fmt: skip
    head = read_head(root, address, today)
    body_node = root.find("body")
    frames = _frames(root, head.base)
    body_node = root if body_node is None else body_node
    fallback = _noscript(body_node, head.base)
    one_form = open_page_forms(body_node)
    ids = _labels(body_node) if b"aria-labelledby" in body else {}
    around = Surroundings(address, head.base, today, _hiding(head.styles), one_form, *_flags(body), choices)
    headings = _headings(body_node)
    opens = panels_of(body_node, by_link=not may_open(body)) if panels else []
    head_images = read_head_images(body_node, head.base) if depth == 0 else ()
    regions = split(body_node)
    regions += guess(body_node, regions)
    regions = _with_a_middle(body_node, regions)
    parts = [read_repeated(r.node, r.zone, around, ids) for r in regions]

    blocks = take_blocks(body_node, Zone.BODY, around) if not ids else []
    main = read_whole(body_node, Zone.BODY, around, blocks, ids)
    items = list(number_lists([entries for part in (main, *parts) for _, entries in part.lists])[:MAX_ITEMS])
    fields = main.fields + [f for f in read_fields(body_node, main.text) if f not in main.fields]
    attachments = list({file.url: file for file in reversed(main.files)}.values())[::-1][:MAX_FILES]
    parts.append(main)
    parts.sort(key=lambda p: _ORDER.index(p.zone))
    links = [link for part in parts for link in part.links] + fallback
    if head.refresh:
        links.append(head.refresh)
    if opens:
        links = opened(links, address, {name: label for name, label, _ in opens})
    forms = [form for part in parts for form in part.forms]
    breadcrumb = _breadcrumb(regions)
    dates = _dates(head, body_node, main, items, main.used, parts, today)
    counts = Counts()
    for part in parts:
        counts.add(part.counts)
    controls = frozenset(signs_in(" ".join(head.sources))).union(*(p.controls for p in parts))

    traits = set(decoded.traits)
    if "viewport" in head.meta:
        traits.add("viewport")
    if "@media" in head.styles:
        traits.add("media_query")
    traits.update(name for name in ("marquee", "blink", "frameset") if next(root.iter(name), None) is not None)
    if any(_MAP.search(f) for f in frames):
        traits.add("map_embed")
    if is_placeholder(main.text, head.title, breadcrumb, headings, items, len(attachments)):
        traits.add("placeholder")
    if is_shell(decoded.text, "\n".join(p.text for p in parts), links, head.scripts, root):
        traits.add("shell")
    if is_article(main.text, head.title, headings, items, list(dates), head.types, head.meta.get("og:type", "")):
        traits.add("article")
    if is_login_wall(main.text, main.forms, fields):
        traits.add("login_wall")
    tabs = tuple(
        replace(
            extract(as_page(label, source), head.base, depth=depth, status=status, fetched_at=moment,
                base_hosts=base_hosts, today=today, panels=False, choices=choices),
            url=f"{address}#{name}", sha256=digest, fetched_at=fetched_at, read_as="",
        )
        for name, label, source in opens
    )  # fmt: skip
    return Page(
        url=address,
        depth=depth,
        status=status,
        title=head.title,
        headings=headings,
        breadcrumb=breadcrumb,
        text=main.text[:TEXT_LIMIT],
        text_length=len(main.text),
        header_text=_joined(parts, (Zone.HEADER,), 2000),
        footer_text=_joined(parts, (Zone.FOOTER,), 3000),
        links=tuple(links),
        loose_words=_loose(parts, headings, main.used, fields),
        items=tuple(items),
        tables=tuple(main.tables[:12]),
        fields=tuple(fields[:80]),
        attachments=tuple(attachments),
        forms=tuple(forms),
        images=tuple(main.images[:MAX_IMAGES]),
        head_images=head_images,
        dates=dates,
        frames=frames,
        meta=MappingProxyType(head.meta),
        canonical=head.canonical,
        feeds=head.feeds,
        jsonld_types=head.types,
        declared_lang=(root.get("lang") or root.get("xml:lang") or "").lower(),
        language=language_of(main.text) or language_of("\n".join(p.text for p in parts)),
        controls=controls,
        script_hosts=script_hosts(head),
        traits=frozenset(traits),
        access=Access(
            counts.images, counts.images_without_alt, counts.image_links, counts.image_links_without_name, counts.links,
            counts.vague_links, counts.tables, counts.tables_without_headers, len(headings), counts.moving,
        ),
        sha256=digest,
        fetched_at=fetched_at,
        panels=tabs,
        read_as="".join(choices.made),
    )  # fmt: skip


#: A main column with less than this holds nothing.
_NO_MIDDLE = 30


def _with_a_middle(body: Node, regions: list[Region]) -> list[Region]:
    """Where only columns left and right are left over, the one with a heading, else the longer, is the main column."""
    sides = [r for r in regions if r.zone is Zone.SIDE]
    if (
        len(sides) < 2
        or len(words(body)) >= _NO_MIDDLE
        or next(body.iter("img", "table", "iframe", "form"), None) is not None
    ):
        return regions
    best = max(sides, key=lambda r: (next(r.node.iter("h1", "h2"), None) is not None, len(words(r.node))))
    body.append(best.node)
    return [r for r in regions if r is not best]


def _flags(body: bytes) -> tuple[bool, bool]:
    """Whether anything may be hidden by attribute, or led somewhere by script: most pages skip both searches."""
    hides = b"none" in body or b" hidden" in body or b"visibility:" in body
    data = b"data-" in body and (b"data-href" in body or b"data-url" in body)
    return hides, data or b"nclick" in body


def _headings(body: Node) -> tuple[Heading, ...]:
    found: list[Heading] = []
    for node in body.iter(*_HEADINGS):
        if len(found) >= 60:
            break
        text = words(node)[:200]
        if not text:  # a picture as heading
            picture = next(node.iter("img"), None)
            text = clean(picture.get("alt") or "") if picture is not None else ""
        if text:
            found.append(Heading(int(node.tag[1]), text))
    return tuple(found)


def _loose(
    parts: list[Part], headings: tuple[Heading, ...], used: frozenset[str], fields: list[Field]
) -> tuple[str, ...]:
    """Short words that are no link, without headings, list entries and fields, which are something else."""
    known = used | {h.text for h in headings} | {f.name for f in fields} | {f.value for f in fields}
    return tuple(dict.fromkeys(w for part in parts for w in part.loose if w not in known))[:100]


def _joined(parts: Iterable[Part], zones: tuple[Zone, ...], limit: int) -> str:
    return "\n".join(p.text for p in parts if p.zone in zones and p.text)[:limit]


def _frames(root: Node, base: str) -> tuple[str, ...]:
    sources = (n.get("src") or n.get("data-src") or "" for n in root.iter("iframe", "frame"))
    return tuple(dict.fromkeys(u for s in sources if s and (u := canonical(s, base))))[:20]


def _noscript(body: Node, base: str) -> list[Link]:
    """Links offered to visitors without scripts; the rest of ``noscript`` is not there for the others."""
    found: list[Link] = []
    for node in list(body.iter("noscript")):
        found += [link for _, link in read_links(node, Zone.BODY, base) if link.text or link.alt]
        detach(node)
    return found


def _labels(body: Node) -> dict[str, str]:
    wanted = {i for v in body.xpath(".//*/@aria-labelledby") for i in v.split()}
    return {n.get("id"): words(n) for n in body.xpath(".//*[@id]") if n.get("id") in wanted}


def _hiding(styles: str) -> frozenset[str]:
    """Class and id names that the page's own style block hides on every screen."""
    if "none" not in styles and "hidden" not in styles:
        return frozenset()
    found: set[str] = set()
    for rule in _HIDING_RULE.finditer(_AT_RULE.sub("", styles)):
        found.update(s for s in map(str.strip, rule[1].split(",")) if _SIMPLE.match(s))
    return frozenset(found)


def _breadcrumb(regions: list[Region]) -> tuple[str, ...]:
    for region in regions:
        if region.zone is Zone.BREADCRUMB:
            out: list[str] = []
            for line in lines(region.node).split("\n"):
                out += [p.strip() for p in _CRUMB_SPLIT.split(line)]
            return tuple(p[:120] for p in out if any(c.isalpha() for c in p))[:10]
    return ()


def _dates(
    head: Head, body: Node, main: Part, items: list[Item], used: frozenset[str], parts: list[Part], today: dt.date
) -> tuple[SeenDate, ...]:
    """Dates of the page itself, from data, ``time`` and words; those of its list entries stay with the entries."""
    found = list(head.dates)
    listed = {d.text for i in items if i.zone is Zone.BODY for d in i.dates}
    for node in body.iter("time"):
        stamp = node.get("datetime")
        seen = find_dates(stamp or words(node), today, default=DateRole.PUBLISHED, source=DateSource.TIME)
        said = words(node)
        if seen and not any(text in said for text in listed) and not _of_comment(node):
            role = DateRole.UPDATED if "updated" in (node.get("class") or "").split() else DateRole.PUBLISHED
            found.append(replace(seen[0], role=role))
    own = "\n".join([line for line in main.text[:8000].split("\n") if line not in used])
    for date in by_column(find_dates(own, today)[:40], main.tables):
        if date.role is DateRole.PUBLISHED and date.day == today and _is_clock(main.text, date):
            date = replace(date, role=DateRole.CLOCK)
        found.append(date)
    for part in parts:
        for date in part.dates:
            role = date.role
            if role in (DateRole.PUBLISHED, DateRole.OTHER):
                role = DateRole.OTHER if part.zone is Zone.FOOTER else DateRole.CLOCK
            found.append(replace(date, role=role))
    return tuple(dict.fromkeys(found))


_COMMENT = re.compile(r"\bcomment", re.I)


def _of_comment(node: Node) -> bool:
    """Whether a date stands in a visitor's comment."""
    return any(_COMMENT.search(f"{a.get('class') or ''} {a.get('id') or ''}") for a in node.iterancestors())


_WEEKDAY = re.compile(r"thứ|chủ nhật|hôm nay|bây giờ", re.I)


def _is_clock(text: str, date: SeenDate) -> bool:
    """Today's date, with its weekday, on a line of its own near the top of the page."""
    at = text.find(date.text)
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line = text[start : end if end >= 0 else len(text)]
    return at < 500 and bool(_WEEKDAY.search(line)) and len(fold(line)) <= 60
