"""Links: where they lead, what they are called, whether a visitor sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote

from lxml import etree

from core.page import Link, Zone
from core.text import fold
from crawler.extract.parse import Node, cleaned, words
from crawler.urls import canonical

HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SCRIPTED = re.compile(
    r"(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\s*\(|window\.open\s*\(|(?:goto|redirect|open)\w*\s*\()"
    r"\s*['\"]([^'\"\s]+)['\"]",
    re.I,
)
_ADDRESS = re.compile(
    r"(?:https?:)?//[^\s]+|/[^\s/][^\s]*|[\w\-./]+\.(?:html?|aspx?|php|jsp|pdf|docx?|xlsx?)(?:[?#][^\s]*)?",
    re.I,
)
_TEXT_LIMIT = 300
_LABEL_LIMIT = 60
_COLLAPSE = frozenset({"dropdown-menu", "sub-menu", "submenu", "menu-sub", "dropdown-content", "menu-con", "mega-menu"})
_RESPONSIVE = re.compile(r"\b(?:d|xs|sm|md|lg|xl)[-:](?:sm|md|lg|xl|xxl|block|flex|inline)")
#: By way of the attributes: much faster than asking every element for them.
_HAS_STYLE = etree.XPath("(.//*/@style|.//*/@hidden|.//*/@class[contains(.,'d-none')])/..")


@lru_cache(maxsize=3072)
def file_words(source: str) -> str:
    """The words of a picture's file name: ``/img/lay-y-kien.png`` becomes ``lay y kien``."""
    name = unquote(source.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1])
    if source.startswith("data:"):
        return ""
    return fold(re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", re.sub(r"\.\w{2,5}$", "", name)))[:80]


def image_source(node: Node) -> str:
    """A picture's address, also where a script loads it later."""
    source = node.get("data-src") or node.get("data-original") or node.get("data-lazy-src") or node.get("src") or ""
    return str(source)


def resolve(href: str, base: str) -> tuple[str, str]:
    """Canonical address and, where there is none, why."""
    href = href.strip()
    if not href or href[0] == "#":
        return "", "hash"
    if href[0] == "/":  # most links: without a scheme, and made absolute faster than they are looked up
        url = canonical(href, base)
        return (url, "") if url else ("", "bad")
    return _resolve(href, base)


@lru_cache(maxsize=6144)
def _resolve(href: str, base: str) -> tuple[str, str]:
    scheme = href[:12].lower().replace(" ", "")
    if scheme.startswith(("javascript:", "vbscript:")):
        found = _SCRIPTED.search(href)
        url = canonical(found[1], base) if found else ""
        return (url, "") if url else ("", "javascript")
    for name in ("mailto", "tel", "sms", "zalo", "callto", "skype"):
        if scheme.startswith(name + ":"):
            return "", "mailto" if name == "mailto" else "tel"
    url = canonical(href, base)
    return (url, "") if url else ("", "bad")


@lru_cache(maxsize=6144)
def _link(
    url: str, href: str, text: str, aria: str, title: str, alt: str, image: str,
    zone: Zone, hidden: bool, parent: str, dead: str, group: bool,
) -> Link:  # fmt: skip
    """Menus repeat on every page: equal links are one object."""
    return Link(url, href, text, aria, title, alt, image, zone, hidden, parent, dead, group)


def _short(text: str) -> str:
    return text if len(text) <= _TEXT_LIMIT else text[:_TEXT_LIMIT]


def hidden_links(region: Node, zone: Zone, hiding_names: frozenset[str]) -> set[Node]:
    """Links that no hover, focus or menu button shows. Lists inside menus are opened by their heads: visible."""
    found: set[Node] = set()
    opens = zone in (Zone.MENU, Zone.HEADER)
    nodes = _HAS_STYLE(region)
    if hiding_names:
        nodes += [n for n in region.iter() if not hiding_names.isdisjoint(_names(n))]
    for node in nodes:
        style = node.get("style") or ""
        classes = node.get("class") or ""
        hides = (
            node.get("hidden") is not None
            or (style and HIDING.search(style))
            or ("d-none" in classes.split() and not _RESPONSIVE.search(classes))
            or (hiding_names and not hiding_names.isdisjoint(_names(node)))
        )
        if not hides or (opens and node.tag not in ("a", "li", "area", "span")):
            continue
        if node.tag in ("ul", "ol") and _in_menu_list(node):
            continue
        found.update(node.iter("a", "area"))
    return found


def _in_menu_list(node: Node) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == "li"


def _names(node: Node) -> list[str]:
    out = ["." + c for c in (node.get("class") or "").split()]
    if node.get("id"):
        out.append("#" + node.get("id"))
    return out


def _heads(region: Node) -> tuple[dict[Node, str], set[Node]]:
    """For links in sub-lists: the words of the entry above; and the links that are such entries."""
    parents: dict[Node, str] = {}
    groups: set[Node] = set()
    for sub in region.iter("ul", "ol", "div", "dl"):
        if sub.tag == "div" and not (_COLLAPSE & set((sub.get("class") or "").split())):
            continue
        head = sub.getparent()
        for _ in range(3):
            if head is None or head is region or head.tag == "li":
                break
            head = head.getparent()
        label, link = "", None
        if head is not None and head.tag == "li":
            label, link = _head_label(head, sub)
        elif sub.tag == "div" or "sub" in (sub.get("class") or ""):
            before = sub.getprevious()
            if before is not None:
                label = words(before)
                link = before if before.tag == "a" else next(before.iter("a"), None)
        if not label or len(label) > 120:
            continue
        if link is not None:
            groups.add(link)
        for entry in sub.iter("a"):
            parents[entry] = label
    return parents, groups


def _head_label(head: Node, sub: Node) -> tuple[str, Node | None]:
    if head.text and head.text.strip():
        return cleaned(head.text), next((c for c in head if c.tag == "a"), None)
    for child in head:
        if child is sub or sub in child.iter(sub.tag):
            break
        label = words(child)
        if not label:
            link = child if child.tag == "a" else next(child.iter("a"), None)
            picture = next(child.iter("img"), None)
            label = cleaned(
                (link is not None and link.get("title")) or (picture is not None and picture.get("alt")) or ""
            )
        if label:
            return label, child if child.tag == "a" else next(child.iter("a"), None)
    return "", None


def read_links(
    region: Node,
    zone: Zone,
    base: str,
    scripted: bool = True,
    hides: bool = True,
    hiding_names: frozenset[str] = frozenset(),
    ids: dict[str, str] | None = None,
) -> list[tuple[Node, Link]]:
    """Every link of a region with its node, in page order; then links made of other elements."""
    anchors = list(region.iter("a", "area"))
    hidden = hidden_links(region, zone, hiding_names) if hides or hiding_names else set()
    parents, groups = _heads(region) if anchors else ({}, set())
    out: list[tuple[Node, Link]] = []
    for node in anchors:
        link = read_link(node, zone, base, node in hidden, parents.get(node, ""), node in groups, ids)
        if link is not None:
            out.append((node, link))
    if scripted:
        for node in _SCRIPTED_NODES(region):
            link = _script_link(node, zone, base)
            if link is not None:
                out.append((node, link))
    for node in region.iter("option"):
        value = node.get("value")
        if value and len(value) > 1 and _ADDRESS.fullmatch(value.strip()):
            url, dead = resolve(value, base)
            if url:
                out.append((node, _link(url, value, _short(words(node)), "", "", "", "", zone, False, "", dead, False)))
    return out


def read_link(
    node: Node, zone: Zone, base: str, hidden: bool, parent: str, group: bool, ids: dict[str, str] | None
) -> Link | None:
    """One link; None for a bare anchor (a jump target without words)."""
    attributes = dict(node.items())
    get = attributes.get
    href = get("href")
    text = _short(words(node))
    title = get("title", "")
    aria = get("aria-label", "")
    if ids and not aria and "aria-labelledby" in attributes:
        aria = " ".join(ids.get(i, "") for i in attributes["aria-labelledby"].split())
    alt = image = ""
    if node.tag == "area":
        alt = get("alt", "")
    elif len(node):
        picture = next(node.iter("img", "svg"), None)
        if picture is not None and picture.tag == "img":
            alt, image = picture.get("alt") or picture.get("title") or "", file_words(image_source(picture))
        elif picture is not None:
            alt = "".join(t.text or "" for t in picture.iter("title"))
        elif not text:
            image = _background(node) or _icon(node)
    elif not text and "style" in attributes:
        image = _background(node)
    if href is None:
        url, dead = _by_script(attributes, base)
        if dead and not (text or title or aria or alt):
            return None
        href = ""
    else:
        url, dead = resolve(href, base)
        if dead in ("hash", "javascript") and len(attributes) > 1:
            other, why = _by_script(attributes, base)
            if not why:
                url, dead = other, ""
    return _link(
        url, href if len(href) <= 500 else href[:500], text, cleaned(aria) if aria else "",
        cleaned(_short(title)) if title else "", cleaned(_short(alt)) if alt else "", image,
        zone, hidden or get("aria-hidden") == "true", parent, dead, group,
    )  # fmt: skip


#: Classes of icon fonts say what they show: "fa fa-home", "glyphicon glyphicon-envelope", "bi bi-search".
_ICON = re.compile(r"(?:^|\s)(?:fa|fas|far|fab|glyphicon|icon|bi|ti|mdi|la|ri|lnr|ion|dashicons)-([a-z][a-z-]+)")


def _icon(node: Node) -> str:
    """The words of an icon drawn by a class of its own: ``fa fa-home`` becomes ``home``."""
    classes = (c.get("class") or "" for c in node.iter("i", "em", "span", "b"))
    found = next((m for m in map(_ICON.search, classes) if m), None)
    return fold(found[1]) if found else ""


def _background(node: Node) -> str:
    style = node.get("style") or ""
    if "url(" not in style:
        style = next((c.get("style") for c in node.iter() if "url(" in (c.get("style") or "")), "")
    found = re.search(r"url\(['\"]?([^'\")]+)", style)
    return file_words(found[1]) if found else ""


def _by_script(attributes: Mapping[str, str], base: str) -> tuple[str, str]:
    for name in ("data-href", "data-url", "data-link"):
        value = attributes.get(name)
        if value and _ADDRESS.fullmatch(value.strip()):
            return resolve(value, base)
    click = attributes.get("onclick")
    if click:
        found = _SCRIPTED.search(click)
        if found:
            return resolve(found[1], base)
    return "", "no_href"


_SCRIPTED_NODES = etree.XPath(
    "(.//*/@onclick|.//*/@data-href|.//*/@data-url)/parent::*[not(self::a) and not(self::area)]"
)


def _script_link(node: Node, zone: Zone, base: str) -> Link | None:
    url, dead = _by_script(node.attrib, base)
    if dead or not url:
        return None
    if next(node.iter("a"), None) is not None:
        return None  # the words' own link says it
    text = words(node) or node.get("value") or ""
    picture = next(node.iter("img"), None)
    alt = (picture.get("alt") or "") if picture is not None else ""
    image = file_words(image_source(picture)) if picture is not None else ""
    return _link(url, "", _short(text), "", node.get("title") or "", alt, image, zone, False, "", "", False)
