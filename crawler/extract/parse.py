"""Text to a tree, and a tree to lines of text. lxml does it; BeautifulSoup where lxml gives nothing useful."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from lxml import etree

from core.text import clean

#: An lxml element; lxml ships no types.
Node = Any

_BLOCKS = (
    "address article aside blockquote br button caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer "
    "form h1 h2 h3 h4 h5 h6 header hr iframe legend li main marquee menu nav ol p pre section summary table tbody td "
    "tfoot th "
    "thead tr ul"
).split()
_UNREAD = ("script", "style", "template", "select", "textarea", "noscript", "head", "title", "noframes")
#: Private-use signs that cannot be mistaken for the page's own letters: block edge, start and end of a link.
EDGE, LINK, LINK_END = "\ue000", "\ue001", "\ue002"
#: libxslt reads a page's text ten times as fast as a walk in Python.
_TO_TEXT = etree.XSLT(
    etree.XML(
        f"""<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:output method="text" encoding="utf-8"/><xsl:template match="{"|".join(_UNREAD)}"/>
<xsl:template match="a">{LINK}<xsl:apply-templates/>{LINK_END}</xsl:template>
<xsl:template match="{"|".join(_BLOCKS)}">{EDGE}<xsl:apply-templates/>{EDGE}</xsl:template></xsl:stylesheet>"""
    )
)
_HEAD_TAGS = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template"))
#: What stands around rows and entries needs no edge of its own.
_EDGED = tuple(t for t in _BLOCKS if t not in ("table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl"))
_BEFORE_DIGIT = re.compile(f"{LINK_END}(?=\\d)")
_EDGE_TAGS = frozenset(_BLOCKS)
_UNREAD_TAGS = frozenset(_UNREAD)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

cleaned = lru_cache(maxsize=6144)(clean)


def parse(text: str, source: bytes | None = None) -> Node | None:
    """The root element of a page, or None when there is no markup in it at all.

    ``source`` is the text in UTF-8, where it is at hand.
    """
    if "<" not in text:
        return None
    if text[:200].lstrip()[:5] == "<?xml":
        text, source = _DECLARATION.sub("", text), None
    data = text.encode("utf-8", "replace") if source is None else source
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is not None:
        _body_out_of_head(root)
    if root is None or (len(text) > 2000 and sum(1 for _ in zip(range(8), root.iter(), strict=False)) < 8):
        root = _tolerant(text)
    return root


def _body_out_of_head(root: Node) -> None:
    """Where a page leaves out its body tag, libxml2 reads its first elements into the head."""
    head = root.find("head")
    if head is None:
        return
    first = next((i for i, child in enumerate(head) if child.tag not in _HEAD_TAGS), None)
    if first is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for at, child in enumerate(list(head)[first:]):
        body.insert(at, child)


def _tolerant(text: str) -> Node | None:
    from bs4 import BeautifulSoup  # slow, and almost never needed: not loaded before

    try:
        again = str(BeautifulSoup(text[:2_000_000], "html.parser"))
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        return etree.fromstring(again.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return None


def markup(node: Node) -> bytes:
    """The node as XML, without what follows it."""
    return bytes(etree.tostring(node, encoding="utf-8", with_tail=False))


def marked_text(node: Node) -> str:
    """The text of a large node with signs at block edges and links."""
    try:
        return str(_TO_TEXT(node))
    except etree.XSLTError:  # nested thousands deep
        return EDGE.join(node.itertext())


def joined(marked: str) -> str:
    """Text with signs as lines: one per block, single spaces."""
    if LINK in marked or LINK_END in marked:
        # "… năm 2026</a><span>07/11/2026": a date right behind a title is a word of its own
        marked = _BEFORE_DIGIT.sub(" ", marked).replace(LINK, "").replace(LINK_END, "")
    return "\n".join([" ".join(parts) for piece in marked.split(EDGE) if (parts := piece.split())])


def lines(node: Node) -> str:
    """The readable text of a small node, one line per block; words of inline tags stay whole."""
    out: list[str] = []
    try:
        _walk(node, out.append)
    except RecursionError:
        return joined(EDGE.join(node.itertext()))
    return joined("".join(out))


def _walk(node: Node, put: Callable[[str], None]) -> None:
    tag = node.tag
    edge = tag in _EDGE_TAGS
    if edge:
        put(EDGE)
    if tag not in _UNREAD_TAGS:
        text = node.text
        if text:
            put(text)
        for child in node:
            _walk(child, put)
            if child.tag == "a":
                put(LINK_END)
            text = child.tail
            if text:
                put(text)
    if edge:
        put(EDGE)


def set_edges(node: Node) -> None:
    """Writes the signs into a tree, so that the text of any part of it can be had at once (``edged_lines``)."""
    try:
        _set(node, str)
    except ValueError:  # control characters, raw or as entities: lxml reads them and will not write them
        _set(node, writable)


def writable(text: str) -> str:
    """The text without the characters that lxml reads and will not write."""
    return _CONTROL.sub(" ", text)


def _set(node: Node, mended: Callable[[str], str]) -> None:
    for child in node.iter(*_EDGED):
        child.text = EDGE + mended(child.text or "")
        child.tail = EDGE + mended(child.tail or "")
    for child in node.iter("a"):
        child.text = LINK + mended(child.text or "")
        child.tail = LINK_END + mended(child.tail or "")


def edged_text(node: Node) -> str:
    """Text with signs, after ``set_edges``."""
    return str(etree.tostring(node, method="text", encoding="unicode", with_tail=False))


def edged_lines(node: Node) -> str:
    """``lines()`` of a node in a tree that went through ``set_edges``."""
    return joined(edged_text(node))


def words(node: Node) -> str:
    """The readable text of a small node on one line."""
    if len(node) == 0:
        text = node.text
        if not text:
            return ""
        if EDGE in text or LINK in text:
            text = text.replace(EDGE, " ").replace(LINK, "")
        return cleaned(text) if len(text) < 200 else clean(text)
    text = lines(node)
    return clean(text) if len(text) > 200 else cleaned(text)
