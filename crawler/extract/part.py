"""One part of a page (a menu, a footer, the body), read on its own. Parts repeat from page to page: remembered."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import OrderedDict
from dataclasses import dataclass, field

from core.page import Form, Item, Link, Zone
from crawler.extract.controls import Counts, controls_of, count
from crawler.extract.forms import read_forms
from crawler.extract.items import Lists
from crawler.extract.links import read_links
from crawler.extract.parse import Node, lines_of, markup
from crawler.extract.tables import Grid

_ANCHOR = re.compile(r"<a(?=[\s>])[^>]*(?<!/)>", re.I)
_ANCHOR_END = re.compile(r"</a\s*>", re.I)
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LOOSE_LIMIT = 60
_MAX_LOOSE = 80


@dataclass(slots=True)
class Part:
    """What one part of a page holds."""

    zone: Zone
    text: str = ""
    links: tuple[Link, ...] = ()
    loose: tuple[str, ...] = ()
    forms: list[Form] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    counts: Counts = field(default_factory=Counts)
    controls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading a part depends on besides its own markup."""

    url: str
    base: str
    today: dt.date
    hiding: frozenset[str]
    one_form: bool

    def key(self) -> str:
        """Parts with the same markup and key read alike (relative addresses hang on the folder)."""
        folder = self.base.split("?")[0].rsplit("/", 1)[0]
        return f"{folder} {self.today} {self.one_form} {sorted(self.hiding)}"


class Memory:
    """The parts read last, by the digest of their markup; bounded."""

    def __init__(self, size: int = 400) -> None:
        self.size = size
        self._parts: OrderedDict[bytes, Part] = OrderedDict()

    def get(self, key: bytes) -> Part | None:
        part = self._parts.get(key)
        if part is not None:
            self._parts.move_to_end(key)
        return part

    def put(self, key: bytes, part: Part) -> None:
        self._parts[key] = part
        if len(self._parts) > self.size:
            self._parts.popitem(last=False)


_memory = Memory()


def read_repeated(node: Node, zone: Zone, around: Surroundings, ids: dict[str, str]) -> Part:
    """A part outside the body, from memory where a page before had the same."""
    source = markup(node)
    # A form without action leads to the page itself, and labels may stand elsewhere: such parts are read anew.
    own_url = around.url if "<form" in source or (around.one_form and "<input" in source) else ""
    key = hashlib.sha1(
        f"{zone}{around.key()}{own_url}\n{source}".encode("utf-8", "replace"), usedforsecurity=False
    ).digest()
    part = _memory.get(key) if not ids else None
    if part is None:
        part, _ = read_part(node, zone, around, ids, source, [])
        if zone is Zone.SIDE:
            pairs = read_links(node, zone, around.base, around.hiding, ids)
            part.items = Lists(node, pairs, [], around.base, around.today).read(zone, 0)
        if not ids:
            _memory.put(key, part)
    return part


def read_part(
    node: Node, zone: Zone, around: Surroundings, ids: dict[str, str], source: str, grids: list[Grid]
) -> tuple[Part, list[tuple[Node, Link]]]:
    """A part and its links with their nodes."""
    pairs = read_links(node, zone, around.base, around.hiding, ids)
    links = [link for _, link in pairs]
    text, loose = _text_and_loose(source, zone)
    has_controls = "<input" in source or "<textarea" in source or "<select" in source or "<form" in source
    forms = read_forms(node, zone, around.base, around.url, around.one_form) if has_controls else []
    part = Part(zone, text, tuple(links), loose, forms, [], count(node, links), frozenset(controls_of(links, node)))
    return part, pairs


def _text_and_loose(source: str, zone: Zone) -> tuple[str, tuple[str, ...]]:
    """The text, one line per block; and the short lines that hold no link."""
    marked = lines_of(_ANCHOR_END.sub("\x03", _ANCHOR.sub("\x02", source)))
    loose: dict[str, None] = {}
    out: list[str] = []
    inside = False
    for line in marked.split("\n"):
        opens, closes = line.count("\x02"), line.count("\x03")
        plain = line
        if opens or closes:
            plain = line.replace("\x02", "").replace("\x03", "").strip()
        linked = inside or opens or closes
        inside = bool(inside) + opens - closes > 0
        if not plain:
            continue
        out.append(plain)
        if linked or len(plain) > _LOOSE_LIMIT or len(loose) >= _MAX_LOOSE:
            continue
        if zone is Zone.BODY and any(c.isdigit() for c in plain):
            continue
        if _LETTERS.search(plain):
            loose[plain] = None
    return "\n".join(out), tuple(loose)
