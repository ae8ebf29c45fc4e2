"""Where the parts of a page stand: menu, header, footer, side columns, breadcrumb, and the rest as body.

Told by tags, roles and the words of class and id; for pages without any of these see ``layout``.
Each part is taken out of the tree, so that what is left is the body.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from lxml import etree

from core.page import Zone
from crawler.extract.parse import Node, writable

_BY_TAG = {"nav": Zone.MENU, "header": Zone.HEADER, "footer": Zone.FOOTER, "aside": Zone.SIDE}
_BY_ROLE = {
    "navigation": Zone.MENU,
    "menubar": Zone.MENU,
    "menu": Zone.MENU,
    "banner": Zone.HEADER,
    "contentinfo": Zone.FOOTER,
    "complementary": Zone.SIDE,
}
_CONTAINERS = (
    "nav",
    "header",
    "footer",
    "aside",
    "div",
    "section",
    "table",
    "td",
    "ul",
    "ol",
    "p",
    "center",
    "form",
)
_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")

_BREADCRUMB = frozenset("breadcrumb breadcrumbs breadcrum crumb crumbs pathway duongdan sitemappath navpath".split())
_MENU = frozenset(
    "menu nav navbar navigation mainmenu menumain mainnav topmenu menutop menungang menudoc megamenu menubar "
    "submenu dropdownmenu topnav navmenu menuchinh sitenav leftmenu menuleft rightmenu menuright sidenav".split()
)
_NOT_MENU = frozenset(
    "tabs tab pills pager pagination pagenavi paging links prev next owl slider slick carousel swiper slide content "
    "item link icon toggle toggler btn button page overlay caption text title open active".split()
)
_PAGER = frozenset(
    "pagination pager pagenavi paging pagenumbers pagenav postnavigation commentnavigation commentsnavigation "
    "postsnavigation navlinks phantrang".split()
)
_HEADER = frozenset(
    "header masthead topbar sitehead dautrang siteheader pageheader topheader headerwrap hd head".split()
)
_FOOTER = frozenset("footer ft foot chantrang colophon bottom copyright sitefooter footerwrap pagefooter".split())
_NOT_FRAME = frozenset(
    "box panel card modal section entry post article widget table news item tab title portlet module accordion "
    "heading caption col list comment cell row grid view sub block thumb img image btn button qa question answer "
    "content document doc text label name event".split()
)
_SIDE = frozenset(
    "sidebar side aside cottrai cotphai leftcol rightcol colleft colright leftcolumn rightcolumn sidebars secondary "
    "leftside rightside leftbar rightbar sidecol columnleft columnright leftpanel rightpanel leftsidebar "
    "rightsidebar".split()
)
#: Names that mean a place only when nothing else is in them: "dau" is head, "chan" is foot.
_WHOLE = {
    "dau": Zone.HEADER,
    "phan dau": Zone.HEADER,
    "tren": Zone.HEADER,
    "top": Zone.HEADER,
    "chan": Zone.FOOTER,
    "phan chan": Zone.FOOTER,
    "cuoi": Zone.FOOTER,
    "cuoi trang": Zone.FOOTER,
    "duoi": Zone.FOOTER,
}
_LEFT_RIGHT = frozenset("left right trai phai".split())
_COLUMN = frozenset("col column cot sidebar side bar panel columns colum block zone pane".split())
_NOT_SIDE = frozenset(
    "pull float text align margin padding arrow btn icon fa ml mr pl pr footer header item news img image thumb "
    "media link menu nav content main head top bottom both logo slide".split()
)


#: Classes that say how far apart things stand, not where: "m-bottom", "margin-top-lg", "text-right".
_SPACING = re.compile(
    r"(?:^|(?<=\s))(?:m|p|mg|pd|margin|padding|border|space|spacing|align|valign|text)[-_]?"
    r"(?:bottom|top|left|right)(?:[-_]\w+)*(?=\s|$)",
    re.I,
)


@lru_cache(maxsize=8192)
def _zone_of(tag: str, names: str, role: str) -> tuple[Zone, bool] | None:
    """The zone an element's own words give, and whether by its tag or role (sure) or by class words."""
    tokens = [t.lower() for t in _SPLIT.split(_SPACING.sub(" ", names)) if t]
    found = set(tokens)
    joined = {a + b for a, b in pairwise(tokens)}
    both = found | joined
    if both & _BREADCRUMB and tag not in ("section",):
        return Zone.BREADCRUMB, True
    if both & _PAGER and (tag == "nav" or role == "navigation"):
        return None  # "nav class=pagination": a list goes on here, no section is reached
    if role in _BY_ROLE:
        return _BY_ROLE[role], True
    if role in ("main", "search", "tablist", "tabpanel"):
        return None
    if tag in _BY_TAG:
        return _BY_TAG[tag], True
    if not tokens or tag in ("p", "span", "center"):
        return None
    whole = " ".join(tokens)
    if whole in _WHOLE:
        return _WHOLE[whole], False
    plain = {t.rstrip("0123456789") for t in found} | joined
    if plain & _FOOTER and not plain & _NOT_FRAME:
        return Zone.FOOTER, False
    if plain & _MENU and not found & _NOT_MENU:
        return Zone.MENU, False
    if (plain & _HEADER or (plain & {"banner"} and len(found) <= 2)) and not plain & _NOT_FRAME:
        return Zone.HEADER, False
    if plain & _SIDE and not plain & {"item", "news", "main", "title", "menu"}:
        return Zone.SIDE, False
    if plain & _LEFT_RIGHT and not plain & _NOT_SIDE and (plain & _COLUMN or len(plain) == 1):
        return Zone.SIDE, False
    return None


@dataclass(slots=True)
class Region:
    """A part of the page that stands in one zone."""

    zone: Zone
    node: Node


def _allowed(zone: Zone, outer: Zone | None) -> bool:
    """Whether a part inside another part keeps a zone of its own."""
    if outer is None:
        return True
    if zone is outer or outer in (Zone.FOOTER, Zone.BREADCRUMB, Zone.MENU):
        return zone is Zone.BREADCRUMB and outer is not Zone.BREADCRUMB
    if outer is Zone.SIDE:
        return zone is Zone.BREADCRUMB
    return zone in (Zone.MENU, Zone.BREADCRUMB)  # inside the header


_LENGTH = etree.XPath("string-length(normalize-space(.))")


def _size(node: Node) -> int:
    return int(_LENGTH(node))


def _own_size(node: Node) -> int:
    """Characters outside links."""
    return _size(node) - sum(_size(a) for a in node.iter("a"))


def _holds_content(node: Node) -> bool:
    """Whether a column "left" or "right" is the main one: the page's heading or article stands in it alone."""
    inner = next(node.iter("h1", "main", "article"), None)
    if inner is None:
        return False
    inside = set(node.iter("main", "article")) | ({inner} if inner.tag == "h1" else set())
    root = node.getroottree().getroot()
    return all(other in inside for other in root.iter("main", "article"))


def _fits(node: Node, zone: Zone, sure: bool, total: int) -> bool:
    """Whether a part is small enough to be what its name says, and not a wrapper around the page."""
    size = _size(node)
    if zone is Zone.SIDE and not sure and _holds_content(node):
        return False
    if size * 3 <= total or size <= 300:
        return True
    if zone is Zone.SIDE and not sure:
        return size * 5 <= total * 2
    if next(node.iter("main", "article"), None) is not None or (
        zone is not Zone.HEADER and next(node.iter("h1"), None) is not None
    ):
        return False
    if zone is Zone.BREADCRUMB:
        return False
    if (zone is Zone.FOOTER and size <= 1500) or (zone is Zone.HEADER and size <= 600):
        return True
    own = _own_size(node)
    return own <= 200 or own * (2 if sure else 4) <= size or (sure and own <= 1300)


def _beside_content(node: Node, marked: dict[Node, Zone]) -> bool:
    """Whether the page's content stands next to a column, however little it is: "đang cập nhật" and no more."""
    if next(node.iter("h1", "main", "article"), None) is not None:
        return False
    above = node.getparent()
    for other in above if above is not None else ():
        if other is node or other in marked or not isinstance(other.tag, str):
            continue
        if next(other.iter("main", "article"), None) is not None:
            return True
        if next(other.iter("h1"), None) is not None and (above.tag != "body" or other.getprevious() is not None):
            return True
    return False


_ENDS = (Zone.HEADER, Zone.FOOTER)
_CALLED_HEAD = etree.XPath("(.//div|.//section)[contains(@class,'header') or contains(@class,'head')]/@class")


def _is_heading(node: Node, names: str) -> bool:
    """Whether "page-header" is what Bootstrap and Joomla mean by it: a heading with a line below."""
    return "page-header" in names.split() and next(node.iter("h1", "h2", "h3"), None) is not None


def _repeated_heads(body: Node) -> frozenset[str]:
    """Class words of heads that stand on the page more than once: heads of entries, not the page's own."""
    seen = Counter(map(str, _CALLED_HEAD(body)))
    return frozenset(names for names, times in seen.items() if times > 1)


def split(body: Node) -> list[Region]:
    """Takes menus, header, footer, side columns and breadcrumbs out of the body, in page order."""
    marked: dict[Node, Zone] = {}
    kept: list[Region] = []
    heads: frozenset[str] | None = None
    total = 0
    for node in body.iter(*_CONTAINERS):
        attributes = dict(node.items())
        tag = node.tag
        if not attributes and tag not in _BY_TAG:
            continue
        names = attributes.get("class", "")
        if "id" in attributes:
            names = f"{names} {attributes['id']}"
        if "breadcrumb" in attributes.get("aria-label", "").lower():
            names += " breadcrumb"
        role = attributes.get("role", "")
        told = _zone_of(tag, names, role)
        if told is None or node is body:
            continue
        zone, sure = told
        outer = None
        inside_article = False
        for above in node.iterancestors():
            if above in marked:
                outer = marked[above]
                break
            if above.tag in ("article", "main") and (tag in ("header", "footer") or (zone in _ENDS and not sure)):
                inside_article = True
        if zone is Zone.HEADER and not sure:
            heads = _repeated_heads(body) if heads is None else heads
            # "page-header" above each entry of a list (Joomla, Bootstrap)
            inside_article = inside_article or names in heads or _is_heading(node, names)
        if inside_article or not _allowed(zone, outer):
            continue
        if not total:
            total = _size(body)
        if not _fits(node, zone, sure, total) and not (zone is Zone.SIDE and _beside_content(node, marked)):
            continue
        marked[node] = zone
        kept.append(Region(zone, node))
    zones = set(marked.values())
    if Zone.HEADER not in zones and Zone.MENU in zones:
        kept = [*lead(next(r.node for r in kept if r.zone is Zone.MENU), body), *kept]
    for region in reversed(kept):  # inner parts first, so that each holds its own zone only
        detach(region.node)
    return kept


_TITLES = re.compile(r"(?:cổng|trang)\s+thông\s+tin|cổng\s+ttđt|trang\s+ttđt|website", re.I)


def lead(menu: Node, body: Node) -> list[Region]:
    """What stands before the first menu and looks like a page's head: a picture, a search box, the site's name."""
    found: list[Node] = []
    node = menu
    while node is not None and node is not body:
        found += node.itersiblings(preceding=True)
        node = node.getparent()
    text = " ".join("".join(n.itertext()) for n in found)
    if not found or len(text.split()) > 120:
        return []
    for each in found:
        if next(each.iter("h1", "h2", "article", "main", "nav", "li"), None) is not None:
            return []
    told = any(next(n.iter("img", "input"), None) is not None for n in found) or _TITLES.search(text)
    return [Region(Zone.HEADER, n) for n in reversed(found)] if told else []


def detach(node: Node) -> None:
    """Takes a node out of its tree; the text behind it stays."""
    parent = node.getparent()
    if parent is None:
        return
    tail = node.tail
    before = node.getprevious()
    # A line break in place of the part, so that the words before and behind it stay apart.
    if before is not None:
        before.tail = writable(f"{before.tail or ''}\n{tail or ''}")
    else:
        parent.text = writable(f"{parent.text or ''}\n{tail or ''}")
    node.tail = None
    parent.remove(node)
