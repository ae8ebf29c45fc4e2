"""One part of a page (a menu, a footer, the body), read on its own. Parts repeat from page to page: remembered."""

from __future__ import annotations

import re

from core.dates import find_dates
from core.page import Link, Zone
from crawler.extract.controls import controls_of, count
from crawler.extract.files import read_files
from crawler.extract.forms import read_forms
from crawler.extract.links import read_links
from crawler.extract.memory import Part, Surroundings
from crawler.extract.parse import EDGE, LINK, LINK_END, Node, edged_text, marked_text, set_edges
from crawler.extract.zones import detach

_WORDS_ONLY = re.compile(r"[^\d]*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LOOSE_LIMIT = 60
_MAX_LOOSE = 80


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
    controls = frozenset(controls_of(pairs, node, around.scripted))
    part = Part(zone, text, tuple(links), loose, forms, counts=count(node, links), controls=controls)
    if zone is Zone.BODY:
        part.files = read_files(links, node, around.base)
    elif zone is not Zone.SIDE:
        part.dates = find_dates(text[:3000], around.today)[:6]
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
