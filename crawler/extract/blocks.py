"""Lists and boxes that stand on page after page: each is read once, and its facts are put in where it stood.

What a page gives hardly hangs on what was read before: only blocks that read alike alone and in their page are taken.
Where it does all the same, ``Choices`` tell which were.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from core.page import Item, Zone
from crawler.extract.files import read_images
from crawler.extract.items import Lists, shape_of
from crawler.extract.links import HIDING
from crawler.extract.memory import Memory, Part, Surroundings
from crawler.extract.parse import EDGE, Node, edged_lines, lines, markup, writable
from crawler.extract.part import read_part
from crawler.extract.tables import read_tables

#: One for the process: audits of several portals share it, and it is bounded.
memory = Memory()
#: Marks the place of a block in the text, with its number; the tag of what stands in for it.
PLACE, HOLDER = "\ue003", "block-place"
_LISTS = frozenset(("ul", "ol", "table"))
_INTO = frozenset("div section main td tr table tbody center article".split())
_TAGS = _INTO | {"ul", "ol"}
_LEAST, _DEEPEST, _MIXED = 1000, 12, 4000
#: What reaches beyond its block: controls (labels, buttons), frames, files shown in place, the title.
_BEYOND = (b"<input", b"<select", b"<textarea", b"<iframe", b"<embed", b"<object", b"<h1", b"<time")


def take_blocks(region: Node, zone: Zone, around: Surroundings) -> list[Part]:
    """Takes out of a region the blocks that were met before; a stand-in keeps each one's place and number."""
    found: list[Part] = []
    _take(region, zone, around, found, _DEEPEST, repeated=False)
    return found


def _take(parent: Node, zone: Zone, around: Surroundings, found: list[Part], deepest: int, *, repeated: bool) -> None:
    kids = [kid for kid in parent if kid.tag in _TAGS]
    shapes = [shape_of(kid) for kid in kids] if len(kids) > 1 else []
    for number, kid in enumerate(kids):
        size = len(kid)
        if size == 0 or (around.hides and _hidden(kid)):
            continue
        tag = kid.tag
        # Entries of one list must stay together: a box with siblings of its shape may be such an entry.
        alike = repeated or tag in ("td", "tr", "tbody") or (bool(shapes) and shapes.count(shapes[number]) > 1)
        # What is alone in its parent is as new as the parent is: not looked up again.
        if (tag in _LISTS and size > 2) or (not alike and shapes and tag in ("div", "section")):
            source = markup(kid)
            if len(source) < _LEAST:
                continue
            part = _known(kid, zone, source, around)
            if part is not None:
                holder = etree.Element(HOLDER)
                holder.text = f"{EDGE}{PLACE}{len(found)}{EDGE}"
                holder.tail = writable(kid.tail or "")
                kid.tail = None
                parent.replace(kid, holder)
                found.append(part)
                continue
        if tag in _INTO and deepest and (size > 1 or len(kid[0])):
            _take(kid, zone, around, found, deepest - 1, repeated=alike)


def _known(node: Node, zone: Zone, source: bytes, around: Surroundings) -> Part | None:
    key, choices = around.key(zone, source, block=True), around.choices
    part = memory.get(key, around.folder()) if not choices.again or (noted := choices.noted()) else None
    if part is None and (noted if choices.again else memory.met(key) and not any(s in source for s in _BEYOND)):
        part = read_whole(node, zone, around)
        memory.put(key, part, around)
    choices.made.append("0" if part is None else "1")
    return part


def _hidden(node: Node) -> bool:
    return (
        node.get("hidden") is not None
        or bool(HIDING.search(node.get("style") or ""))
        or "d-none" in (node.get("class") or "")
    )


def read_whole(
    node: Node, zone: Zone, around: Surroundings, blocks: list[Part] | None = None, ids: dict[str, str] | None = None
) -> Part:
    """A part with its lists and, in the body, its tables and pictures; and what its ``blocks`` hold."""
    in_body = zone is Zone.BODY
    grids, fields, tables, bare = read_tables(node, around.base) if in_body else ([], [], 0, 0)
    part, pairs = read_part(node, zone, around, ids or {})
    lists = Lists(node, pairs, grids, around.base, around.today, edged_lines if in_body else lines)
    part.lists = lists.read(zone)
    part.used = frozenset(lists.used)
    part.tables = [grid.table for grid in grids]
    part.fields = fields
    part.images = read_images(node, around.base) if in_body else []
    part.counts = replace(part.counts, tables=tables, tables_without_headers=bare)
    return merged(part, blocks, node, {a for a, _ in pairs}) if blocks else part


def read_repeated(node: Node, zone: Zone, around: Surroundings, ids: dict[str, str]) -> Part:
    """A part outside the body, from memory where a page before had the same."""
    if ids or zone is Zone.BREADCRUMB:
        return read_part(node, zone, around, ids)[0]
    source = markup(node)
    key = around.key(zone, source)
    choices = around.choices
    part = None if choices.again and zone is Zone.SIDE else memory.get(key, around.folder())
    if part is not None:
        choices.made += part.chosen
        return part
    if zone is Zone.SIDE:
        made = len(choices.made)
        part = read_whole(node, zone, around, take_blocks(node, zone, around) if len(source) > _MIXED else None)
        part.chosen = "".join(choices.made[made:])
    else:
        part = read_part(node, zone, around, ids)[0]
    if not (choices.again and zone is Zone.SIDE):
        memory.put(key, part, around)
    return part


def merged(part: Part, blocks: list[Part], node: Node, linked: set[Node]) -> Part:
    """A part with the facts of its blocks, links and lists in page order."""
    before: list[int] = []  # own links before each block
    count = 0
    for each in node.iter("a", "area", HOLDER):
        if each.tag == HOLDER:
            before.append(count)
        else:
            count += each in linked
    links = list(part.links)
    for place, block in zip(reversed(before), reversed(blocks), strict=True):
        links[place:place] = block.links
    order: list[tuple[int, int, list[Item]]] = [(at, -1, entries) for at, entries in part.lists]
    for number, (place, block) in enumerate(zip(before, blocks, strict=True)):
        order += [(place, number, entries) for _, entries in block.lists]
    order.sort(key=lambda entry: entry[:2])
    counts = replace(part.counts)
    for block in blocks:
        counts.add(block.counts)
    every = (part, *blocks)
    return Part(
        zone=part.zone,
        text=placed(part.text, blocks),
        links=tuple(links),
        loose=tuple(w for p in every for w in p.loose if not w.startswith(PLACE)),
        forms=[form for p in every for form in p.forms],
        lists=[(at, entries) for at, _, entries in order],
        used=frozenset[str]().union(*(p.used for p in every)),
        tables=[table for p in every for table in p.tables],
        fields=[f for p in every for f in p.fields],
        images=[image for p in every for image in p.images],
        files=[file for p in every for file in p.files],
        dates=tuple(date for p in every for date in p.dates),
        counts=counts,
        controls=frozenset[str]().union(*(p.controls for p in every)),
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
