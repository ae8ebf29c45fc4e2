"""Pictures at the head of the page: the emblem or logo, also where no link and no header surrounds it."""

from __future__ import annotations

from lxml import etree

from core.page import Image
from crawler.extract.files import file_words, image_source
from crawler.extract.parse import Node, cleaned
from crawler.urls import canonical

#: What stands before so many letters is the head of the page, marked or not.
_HEAD = 400
_MOST = 8
_SILENT = frozenset({"script", "style", "noscript", "template", "option"})
_IN_HEADER = etree.XPath(
    ".//header//img[not(ancestor::main or ancestor::article)] | .//img[contains(@class,'logo')][not(ancestor::footer)]"
    " | .//*[contains(@id,'header') or contains(@class,'header') or contains(@class,'masthead')]//img"
    "[not(ancestor::main or ancestor::article or ancestor::footer)]"
)


def read_head_images(body: Node, base: str) -> tuple[Image, ...]:
    """Pictures before the first words, in a header, or called a logo by their class; icons are left in."""
    found: dict[Node, None] = {}
    seen = 0
    silent = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            silent += node.tag in _SILENT
            if node.tag == "img":
                found[node] = None
            seen += 0 if silent else len((node.text or "").strip())
        else:
            silent -= node.tag in _SILENT
            seen += 0 if silent else len((node.tail or "").strip())
        if seen > _HEAD or len(found) >= _MOST:
            break
    for node in _IN_HEADER(body)[:_MOST]:
        found[node] = None
    return tuple(_image(node, base) for node in found)


def _image(node: Node, base: str) -> Image:
    source, alt = image_source(node), node.get("alt")
    name = file_words(source) if source else ""
    if "logo" in (node.get("class") or "") and "logo" not in name:
        name = f"{name} logo".strip()
    return Image(name, cleaned(alt) if alt else "", alt is not None, canonical(source, base) if source else "")
