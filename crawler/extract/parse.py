"""Text to a tree, and a tree to lines of text. lxml does it; BeautifulSoup where lxml gives nothing useful."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any

from lxml import etree

from core.text import clean

#: An lxml element; lxml ships no types.
Node = Any

_INLINE = (
    "a|abbr|acronym|b|bdi|bdo|big|blink|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|"
    "span|strike|strong|sub|sup|time|tt|u|var|wbr|o:p|st1:[a-z]+"
)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:[\s/][^>]*)?>", re.I)
_TAG = re.compile(r"<[^>]*>")
_BREAKS = re.compile(r"[ \t\r\f\v\xa0]*\n\s*")
_SPACES = re.compile(r"[ \t\r\f\v\xa0\u2000-\u200a\u3000]+")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")

cleaned = lru_cache(maxsize=16384)(clean)


def parse(text: str) -> Node | None:
    """The root element of a page, or None when there is no markup in it at all."""
    text = _DECLARATION.sub("", text).replace("\0", "")
    if "<" not in text:
        return None
    data = text.encode("utf-8", "replace")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or (text.count("<") > 30 and sum(1 for _ in zip(range(8), root.iter(), strict=False)) < 8):
        root = _tolerant(text)
    return root


def _tolerant(text: str) -> Node | None:
    from bs4 import BeautifulSoup  # slow, and almost never needed: not loaded before

    try:
        again = str(BeautifulSoup(text[:2_000_000], "html.parser"))
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        return etree.fromstring(again.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError, RecursionError, AssertionError):
        return None


def markup(node: Node) -> str:
    """The node as XML text, without what follows it."""
    return str(etree.tostring(node, encoding="unicode", with_tail=False))


def lines_of(source: str) -> str:
    """The readable text of a piece of ``markup()``: one line per block, words of inline tags kept whole."""
    text = _TAG.sub("\n", _INLINE_TAG.sub("", source.replace("\n", " ")))
    if "&" in text:
        text = html.unescape(text)
    return _BREAKS.sub("\n", _SPACES.sub(" ", text)).strip()


def lines(node: Node) -> str:
    """The readable text of a node, one line per block."""
    return lines_of(markup(node))


def words(node: Node) -> str:
    """The readable text of a small node on one line."""
    if len(node) == 0:
        text = node.text
        return cleaned(text) if text else ""
    return cleaned(" ".join(lines(node).split("\n"))) if _has_block(node) else cleaned("".join(node.itertext()))


_BLOCKS = ("br", "p", "div", "li", "td", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "img")


def _has_block(node: Node) -> bool:
    return next(node.iter(*_BLOCKS), None) is not None
