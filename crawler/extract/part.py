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
from crawler.extract.parse import EDGE, LINK, LINK_END, Node, edged_text, lines, marked_text, markup, set_edges
from crawler.extract.zones import detach

_WORDS_ONLY = re.compile(r"[^\d]*")
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
    #: Class and id names that the page's style block hides.
    hiding: frozenset[str]
    one_form: bool
    #: Whether anything on the page is hidden by attribute, or led somewhere by script.
    hides: bool
    scripted: bool

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
    own_url = around.url if b"<form" in source or (around.one_form and b"<input" in source) else ""
    told = f"{zone}{around.key()}{own_url}|".encode("utf-8", "replace")
    key = hashlib.sha1(told + source, usedforsecurity=False).digest()
    part = _memory.get(key) if not ids else None
    if part is None:
        part, pairs = read_part(node, zone, around, ids)
        if zone is Zone.SIDE:
            part.items = Lists(node, pairs, [], around.base, around.today, lines).read(zone, 0)
        if not ids:
            _memory.put(key, part)
    return part


def read_part(
    node: Node, zone: Zone, around: Surroundings, ids: dict[str, str]
) -> tuple[Part, list[tuple[Node, Link]]]:
    """A part and its links with their nodes."""
    pairs = read_links(node, zone, around.base, around.scripted, around.hides, around.hiding, ids)
    links = [link for _, link in pairs]
    has_controls = next(node.iter("input", "textarea", "select"), None) is not None
    forms = read_forms(node, zone, around.base, around.url, around.one_form) if has_controls else []
    if zone is Zone.BODY:
        if has_controls:
            for choice in list(node.iter("select", "textarea")):
                detach(choice)
        set_edges(node)
    text, loose = _text_and_loose(edged_text(node) if zone is Zone.BODY else marked_text(node), zone)
    part = Part(
        zone,
        text,
        tuple(links),
        loose,
        forms,
        [],
        count(node, links),
        frozenset(controls_of(pairs, node, around.scripted)),
    )
    return part, pairs


def _text_and_loose(marked: str, zone: Zone) -> tuple[str, tuple[str, ...]]:
    """The text, one line per block; and the short lines that hold no link."""
    loose: dict[str, None] = {}
    out: list[str] = []
    depth = 0
    for piece in marked.split(EDGE):
        parts = piece.split()
        if not parts:
            continue
        plain = " ".join(parts)
        linked = depth > 0
        if LINK in plain or LINK_END in plain:
            depth += plain.count(LINK) - plain.count(LINK_END)
            plain = plain.replace(LINK, "").replace(LINK_END, "").strip()
            linked = True
            if not plain:
                continue
        out.append(plain)
        if linked or len(plain) > _LOOSE_LIMIT or len(loose) >= _MAX_LOOSE:
            continue
        if zone is Zone.BODY and (":" in plain or not _WORDS_ONLY.fullmatch(plain)):
            continue
        if _LETTERS.search(plain):
            loose[plain] = None
    return "\n".join(out), tuple(loose)
