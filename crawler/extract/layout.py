"""Zones of pages that name none: table layouts, told by the shape of their blocks."""

from __future__ import annotations

import re

from lxml import etree

from core.page import Zone
from core.text import fold
from crawler.extract.links import HIDING
from crawler.extract.parse import Node, joined, marked_text, words
from crawler.extract.zones import Region, detach, lead

_BLOCKS = ("table", "tr", "td", "ul", "ol", "div", "p", "center", "dl", "map")
_FOOTER_CUES = re.compile(
    r"\b(?:ban quyen|copyright|giay phep|chiu trach nhiem|ghi ro nguon|co quan chu quan|truong ban bien tap|"
    r"dia chi|dien thoai|fax|e ?mail|thiet ke|designed by|powered by|tru so|hotline|dt|tel)\b"
)
_SURE_CUES = re.compile(r"\b(?:ban quyen|copyright|giay phep|chiu trach nhiem|ghi ro nguon|co quan chu quan)\b")
_STRING = etree.XPath("string()", smart_strings=False)
_HOME = frozenset({"trang chu", "home", "trang nhat", "trang dau"})
_SEPARATOR = re.compile(r"[>»›/|→\u00bb]|::|-")


def guess(body: Node, known: list[Region]) -> list[Region]:
    """Breadcrumb, menus and footer by structure, where the page's own words gave none; ``known`` side columns that
    are a foot become one."""
    found: list[Region] = []
    known[:] = [Region(Zone.FOOTER, r.node) if _is_foot_column(r) else r for r in known]
    zones = {region.zone for region in known}
    if Zone.BREADCRUMB not in zones:
        crumb = _breadcrumb(body)
        if crumb is not None:
            found.append(Region(Zone.BREADCRUMB, crumb))
            detach(crumb)
    if Zone.FOOTER not in zones:
        footer = _footer(body)
        if footer is not None:
            found.append(Region(Zone.FOOTER, footer))
            detach(footer)
    if Zone.MENU not in zones:
        for region in known:
            if region.zone is Zone.HEADER:
                for menu in _menus(region.node):
                    found.append(Region(Zone.MENU, menu))
                    detach(menu)
    if Zone.MENU not in zones and not found_menu(found):
        menus = _menus(body)
        heads = lead(menus[0], body) if menus and Zone.HEADER not in zones else []
        for region in (*heads, *(Region(Zone.MENU, menu) for menu in menus)):
            found.append(region)
            detach(region.node)
    return found


#: A side column with more than this holds other things besides.
_FOOT_COLUMN = 2000


def _is_foot_column(region: Region) -> bool:
    """Themes put the foot's boxes into an ``aside`` above the footer: told by rights and who is responsible."""
    if region.zone is not Zone.SIDE:
        return False
    read_all = next(region.node.iter("script", "style", "select", "textarea"), None) is None
    if read_all and _is_longer(region.node, _FOOT_COLUMN):
        return False  # the quick way to say so for most of them
    text = joined(marked_text(region.node))
    if len(text) > _FOOT_COLUMN:
        return False
    folded = fold(text)
    sure = {m.group() for m in _SURE_CUES.finditer(folded)}
    return len(sure) >= 2 or (len(sure) == 1 and len({m.group() for m in _FOOTER_CUES.finditer(folded)}) >= 4)


def _is_longer(node: Node, limit: int) -> bool:
    """Whether a node's text has more letters than that."""
    text = _STRING(node)
    # The beginning mostly tells: the rest is counted only where it does not.
    return len(text) > limit and any(len("".join(text[:end].split())) > limit for end in (2 * limit, None))


def found_menu(regions: list[Region]) -> bool:
    """Whether one of the parts is a menu."""
    return any(region.zone is Zone.MENU for region in regions)


def _breadcrumb(body: Node) -> Node | None:
    for link in body.iter("a"):
        if fold(words(link)) not in _HOME:
            continue
        node = link.getparent()
        for _ in range(3):
            if node is None or node is body:
                break
            links = list(node.iter("a"))
            text = words(node)
            if len(text) > 200 or len(links) > 6:
                break
            rest = text
            for one in links:
                rest = rest.replace(words(one), " ", 1)
            if links[0] is link and (len(links) > 1 or len(text) > 12) and _SEPARATOR.search(rest):
                if len(re.findall(r"\|", rest)) > 1:
                    break  # a menu written on one line
                return node
            node = node.getparent()
    return None


def _footer(body: Node) -> Node | None:
    whole = len(words(body))
    if whole < 200:
        return None
    blocks = list(body.iter(*_BLOCKS))
    best = None
    for node in reversed(blocks[-60:]):
        text = words(node)
        if len(text) > 1500 or len(text) * 2 > whole:
            continue
        folded = fold(text)
        cues = {m.group() for m in _FOOTER_CUES.finditer(folded)}
        if (len(cues) >= 2 and _SURE_CUES.search(folded)) or len(cues) >= 3:
            if best is None:
                best = node
            elif best in set(node.iter(*_BLOCKS)):
                if len(text) > 2.5 * len(words(best)) + 100 or next(node.iter("h1", "h2"), None) is not None:
                    break
                best = node
        elif best is not None and len(text) > 300:
            break
    if best is None:
        return None
    # Little may follow: it is the page's last block.
    rest = "".join(best.xpath("following::text()")).split()
    return best if len(rest) < 40 else None


def _menus(body: Node) -> list[Node]:
    order = {a: n for n, a in enumerate(body.iter("a"))}
    if len(order) < 4:
        return []
    blocks = list(body.iter(*_BLOCKS))
    found: list[Node] = []
    taken: set[Node] = set()
    for number, node in enumerate(blocks):
        if number * 2 > len(blocks) and order and number > 40:
            break
        if node in taken or HIDING.search(node.get("style") or ""):
            continue  # nobody opens a menu that no name and no tag shows to be one
        links = list(node.iter("a"))
        if not 4 <= len(links) <= 150 or order[links[0]] > max(12, len(order) // 2):
            continue
        labels = [words(a) for a in links]
        if sum(map(len, labels)) > 32 * len(labels) or max(map(len, labels)) > 70:
            continue
        text = words(node)
        if sum(map(len, labels)) * 4 < 3 * len(text) - 6 * len(links) or re.search(r"\d/\d{1,2}/\d{4}", text):
            continue
        if next(node.iter("input", "textarea", "select", "h1", "article", "main"), None) is not None:
            continue
        found.append(node)
        taken.update(node.iter(*_BLOCKS))
    return found
