"""Blocks inside the body that stood on a page before: taken out, and their facts put in from memory."""

from __future__ import annotations

import zlib
from dataclasses import replace

from core.page import Zone
from crawler.extract.files import read_images
from crawler.extract.items import Lists
from crawler.extract.links import HIDING
from crawler.extract.memory import Memory, Part, Surroundings
from crawler.extract.parse import EDGE, Node, edged_lines, lines, markup
from crawler.extract.part import read_part
from crawler.extract.tables import read_tables
from crawler.extract.zones import detach

#: One for the process: audits of several portals share it, and it is bounded.
memory = Memory()
#: Marks the place of a block in the text, with its number.
PLACE = "\ue003"
_INTO = frozenset("div section main td tr table tbody center article form".split())
_BLOCKS = frozenset("div section ul ol table dl".split())
_LEAST, _WORTH, _DEEPEST, _MIXED = 1000, 2500, 12, 4000
#: What reaches beyond its block: controls (labels, buttons), frames, files shown in place.
_BEYOND = (b"<input", b"<select", b"<textarea", b"<iframe", b"<embed", b"<object", b"<h1")


def known_blocks(body: Node, zone: Zone, memory: Memory, around: Surroundings) -> list[Part]:
    """The blocks that were met before, in the order of the numbers that mark their places.

    Entries of one list must stay together: a block that has siblings of its own shape is none.
    """
    found: list[Part] = []
    folder = around.folder()
    level = [body]
    for _ in range(_DEEPEST):
        below: list[Node] = []
        for parent in level:
            kids = [kid for kid in parent if kid.tag in _INTO or kid.tag in _BLOCKS]
            shapes = [(kid.tag, kid.get("class")) for kid in kids] if len(kids) > 1 else [("", None)] * len(kids)
            for kid, shape in zip(kids, shapes, strict=True):
                if len(kid) == 0 or (around.hides and _hidden(kid)):
                    continue
                source = markup(kid)
                if len(source) < _LEAST:
                    continue
                tag = kid.tag
                if tag in _BLOCKS and (tag in ("ul", "ol", "table") or shapes.count(shape) == 1):
                    key = around.key(zone, source, block=True)
                    part = memory.get(key, folder)
                    if part is None and memory.met(key) and not any(b in source for b in _BEYOND):
                        part = read_whole(kid, zone, source, around)
                        memory.put(key, part, around)
                    if part is not None:
                        kid.tail = f"{EDGE}{PLACE}{len(found)}{EDGE}{kid.tail or ''}"
                        detach(kid)
                        found.append(part)
                        continue
                if tag in _INTO and len(source) >= _WORTH:
                    below.append(kid)
        level = below
        if not level:
            break
    return found


def _hidden(node: Node) -> bool:
    return (
        node.get("hidden") is not None
        or bool(HIDING.search(node.get("style") or ""))
        or "d-none" in (node.get("class") or "")
    )


def read_whole(node: Node, zone: Zone, source: bytes, around: Surroundings) -> Part:
    """A block with its lists and tables."""
    in_body = zone is Zone.BODY
    grids, fields, tables, bare = read_tables(node, around.base) if in_body else ([], [], 0, 0)
    images = read_images(node, around.base) if in_body else []
    part, pairs = read_part(node, zone, around, {})
    lists = Lists(node, pairs, grids, around.base, around.today, edged_lines if in_body else lines)
    # One number on every page: entries are shared in memory. Far above the numbers of a page's own lists.
    part.items = lists.read(zone, 1000 + zlib.crc32(source) % 1_000_000 * 100)
    part.used = frozenset(lists.used)
    part.tables = [grid.table for grid in grids]
    part.fields = fields
    part.images = images
    part.counts = replace(part.counts, tables=tables, tables_without_headers=bare)
    return part


def read_repeated(node: Node, zone: Zone, around: Surroundings, ids: dict[str, str]) -> Part:
    """A part outside the body, from memory where a page before had the same."""
    if ids or zone is Zone.BREADCRUMB:
        return read_part(node, zone, around, ids)[0]
    source = markup(node)
    key = around.key(zone, source)
    part = memory.get(key, around.folder())
    if part is None:
        blocks = known_blocks(node, zone, memory, around) if len(source) > _MIXED else []
        part = read_whole(node, zone, source, around) if zone is Zone.SIDE else read_part(node, zone, around, ids)[0]
        part = merged(part, blocks)
        memory.put(key, part, around)
    return part


def merged(part: Part, blocks: list[Part]) -> Part:
    """A part with the facts of the known blocks that were taken out of it."""
    if not blocks:
        return part
    counts = replace(part.counts)
    for block in blocks:
        counts.add(block.counts)
    every = (part, *blocks)
    return Part(
        zone=part.zone,
        text=placed(part.text, blocks),
        links=tuple(link for p in every for link in p.links),
        loose=tuple(w for p in every for w in p.loose if not w.startswith(PLACE)),
        forms=[form for p in every for form in p.forms],
        items=[item for p in every for item in p.items],
        used=frozenset().union(*(p.used for p in every)),
        tables=[table for p in every for table in p.tables],
        fields=[f for p in every for f in p.fields],
        images=[image for p in every for image in p.images],
        counts=counts,
        controls=frozenset().union(*(p.controls for p in every)),
    )


def placed(text: str, parts: list[Part]) -> str:
    """The body's text with the text of its known blocks where they stood."""
    if PLACE not in text:
        return text
    out = []
    for line in text.split("\n"):
        if line.startswith(PLACE) and line[1:].isdigit():
            block = parts[int(line[1:])].text
            if block:
                out.append(block)
        else:
            out.append(line)
    return "\n".join(out)
