"""Tabs and accordions: sections that share one address, each behind a heading one clicks.

A panel becomes a page of its own at the address with its fragment, so that a label is judged by what opens under it
and not by its neighbours.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape

from lxml import etree

from core.page import Link, Zone
from crawler.extract.parse import Node, cleaned, markup, words

#: Panels of one page that are read.
MOST = 30
_JUMPS = ".//a/@href[starts-with(.,'#') and string-length(.)>1]/.."
_BY_LINK = etree.XPath(_JUMPS)
#: By way of the attributes: libxml2 finds those three times as fast as it asks every element for them.
_OPENERS = etree.XPath(
    _JUMPS + "|(.//*/@data-bs-target|.//*/@data-target|.//*/@aria-controls)/parent::*"
    "[not(self::input) and not(@data-slide or @data-bs-slide or @data-slide-to or @data-bs-slide-to)]"
    "|.//summary"
)
_WITH_ID = etree.XPath(".//*/@id/..")
_NO_PANEL = frozenset(("nav", "header", "footer", "form", "body", "main"))
_LABEL = 90


def may_open(source: bytes) -> bool:
    """Whether a page's source names anything but links that opens panels: most pages do not."""
    low = source.lower()
    targets = b"data-" in low and (b"data-bs-target" in low or b"data-target" in low)
    return targets or b"aria-controls" in low or b"<summary" in low or b"\0" in source[:200]  # UTF-16 shows no sign


def panels_of(body: Node, *, by_link: bool = False) -> list[tuple[str, str, bytes]]:
    """Fragment, label and markup of each panel in page order; the tree is left as it is.

    ``by_link``: nothing but links opens any (see ``may_open``).
    """
    openers = (_BY_LINK if by_link else _OPENERS)(body)
    if not openers:
        return []
    by_id = {node.get("id"): node for node in _WITH_ID(body)}
    found: dict[str, tuple[str, bytes]] = {}
    for number, opener in enumerate(openers):
        if opener.tag == "summary":
            target, name = opener.getparent(), f"muc-{number}"
            name = (target.get("id") if target is not None else "") or name
        else:
            name = _target(opener)
            target = by_id.get(name)
        label = words(opener)
        if not label or len(label) > _LABEL or name in found or len(found) >= MOST:
            continue
        if target is not None and _is_panel(target, opener):
            found[name] = (label, _inside(target))
    return [(name, label, source) for name, (label, source) in found.items()]


def _target(opener: Node) -> str:
    for attribute in ("data-bs-target", "data-target", "href", "aria-controls"):
        value = opener.get(attribute) or ""
        if value.startswith("#") or (attribute == "aria-controls" and value):
            return value.removeprefix("#").strip()
    return ""


def _is_panel(target: Node, opener: Node) -> bool:
    """Whether what an opener shows is a part of the content: no menu, no heading one jumps to, not the page itself."""
    if target.tag in _NO_PANEL or target.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "a", "span", "p"):
        return False
    if opener.tag != "summary" and any(above is target for above in opener.iterancestors()):
        return False
    if next(target.iter("nav", "main", "h1"), None) is not None:
        return False
    return not any(above.tag in ("nav", "header", "footer") for above in target.iterancestors())


def _inside(target: Node) -> bytes:
    return b"".join(markup(child) for child in target if child.tag != "summary") or escape(words(target)).encode()


def as_page(label: str, source: bytes) -> bytes:
    """A panel's markup as a page with its label for title and heading."""
    name = escape(label)
    head = f'<html><head><meta charset="utf-8"><title>{name}</title></head><body><main><h1>{name}</h1>'
    return head.encode() + source + b"</main></body></html>"


def opened(links: list[Link], address: str, panels: dict[str, str]) -> list[Link]:
    """The page's links with those that open a panel leading to it; a link for each panel that had none."""
    out: list[Link] = []
    led: set[str] = set()
    for link in links:
        name = link.href.removeprefix("#").strip() if link.dead == "hash" else ""
        if name in panels:
            led.add(name)
            link = replace(link, url=f"{address}#{name}", dead="")
        out.append(link)
    out += [
        Link(f"{address}#{name}", f"#{name}", cleaned(label), zone=Zone.BODY)
        for name, label in panels.items()
        if name not in led
    ]
    return out
