"""Entries of lists: what repeats with a link, its date and a few words, in any system's markup."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise

from core.date_words import role_of_label
from core.dates import find_dates
from core.page import DateRole, Item, Link, SeenDate, Zone
from core.text import fold
from crawler.extract.entries import (
    FILE,
    TITLE_HEADS,
    bare,
    date_in_title,
    is_byline,
    is_list,
    may_be_title,
    summary_of,
    title_link,
    title_words,
)
from crawler.extract.links import resolve
from crawler.extract.parse import Node
from crawler.extract.tables import Grid

MAX_ITEMS = 100
_TITLE = 300
_UNIT_TAGS = frozenset("li tr article figure div section p dd dt h1 h2 h3 h4 h5 h6 a table tbody blockquote td".split())
_BY_TAG_ALONE = frozenset({"li", "tr", "article", "figure", "dt"})
_FLAT = frozenset("h1 h2 h3 h4 h5 h6 dt a p".split())
_VARIANT = re.compile(r"[-_]?\d+$")
_SKIP_CLASSES = frozenset("first last odd even active clearfix row col item-first item-last alt selected wow".split())


def shape_of(node: Node) -> str:
    """Equal for siblings that are entries of one list: tag and telling class."""
    tag: str = node.tag
    return tag if tag in _BY_TAG_ALONE else _class_shape(tag, node.get("class") or "")


@lru_cache(maxsize=3072)
def _class_shape(tag: str, classes: str) -> str:
    for name in classes.split():
        if name not in _SKIP_CLASSES:
            return f"{tag}.{_VARIANT.sub('', name)}"
    return tag


#: A lone entry this short may hold many times the words of its title; a longer one at most so many times.
_SMALL, _WORDY = 160, 6
#: A row with more text than this is no entry but a column of the page's layout.
_LAYOUT = 400


class Lists:
    """Finds the lists of one region."""

    def __init__(
        self,
        top: Node,
        pairs: list[tuple[Node, Link]],
        grids: list[Grid],
        base: str,
        today: dt.date,
        text_of: Callable[[Node], str],
    ) -> None:
        self.top = top
        self.base = base
        self.today = today
        #: How the text of a node is had: see ``parse.set_edges``.
        self.text_of = text_of
        #: Lines that belong to entries.
        self.used: set[str] = set()
        self.cells = {row: (grid, n) for grid in grids for n, (row, _, _) in enumerate(grid.rows)}
        self.candidates = [(node, link) for node, link in pairs if node.tag == "a" and may_be_title(link)]
        self._places = {node: n for n, (node, _) in enumerate(pairs)}
        #: Children that hold a title, by parent, and how many of each shape.
        self._kids: dict[Node, dict[Node, None]] = {}
        self._shapes: dict[Node, dict[str, int]] = {}
        self._chains = [self._chain(node) for node, _ in self.candidates]

    def _chain(self, node: Node) -> list[Node]:
        """The node and what it stands in, up to nine levels; each noted as a child that holds a title."""
        chain = [node]
        for _ in range(9):
            parent = node.getparent()
            if node is self.top or parent is None:
                break
            known = self._kids.setdefault(parent, {})
            chain.append(parent)
            if node in known:  # from here on the way was walked before
                while len(chain) < 10 and parent is not self.top and (parent := parent.getparent()) is not None:
                    chain.append(parent)
                break
            known[node] = None
            node = parent
        return chain

    def _repeats(self, parent: Node, shape: str) -> int:
        """How many children of this shape hold a possible title."""
        counts = self._shapes.get(parent)
        if counts is None:
            counts = {}
            for child in self._kids.get(parent, ()):
                if child.tag in _UNIT_TAGS:
                    key = shape_of(child)
                    counts[key] = counts.get(key, 0) + 1
            self._shapes[parent] = counts
        return counts.get(shape, 0)

    def _unit(self, chain: list[Node], link: Link) -> Node | None:
        for current, parent in pairwise(chain):
            if current is self.top:
                return None
            tag = current.tag
            if tag not in _UNIT_TAGS:
                continue
            if tag == "tr" and current in self.cells:
                return current
            if tag == "a" and len(link.text) < 25:
                continue
            count = self._repeats(parent, shape_of(current))
            if tag == "td" and (parent in self.cells or len(parent) != count):
                continue
            if count >= (3 if tag == "a" else 2):
                return current
        return None

    def _alone(self, node: Node) -> Node | None:
        """The block around a title that no sibling repeats, when it shows a date."""
        current = node.getparent()
        for _ in range(4):
            if current is None or current is self.top:
                return None
            if (
                current.tag in ("li", "article", "div", "tr", "p", "td", "section")
                and len(list(current.iter("a"))) <= 4
            ):
                text = self.text_of(current)
                if len(text) > 900 or (len(text) > _SMALL and len(text) > _WORDY * len(self.text_of(node))):
                    return None  # its words are about something else than the link: an article, a record
                if find_dates(text, self.today, default=DateRole.PUBLISHED):
                    return current
            current = current.getparent()
        return None

    def groups(self) -> Iterator[list[tuple[Node, list[tuple[Node, Link]]]]]:
        """Lists in page order: units with their candidate links."""
        units: dict[Node, list[tuple[Node, Link]]] = {}
        single: set[Node] = set()
        tries = 25
        for (node, link), chain in zip(self.candidates, self._chains, strict=True):
            unit = self._unit(chain, link)
            if unit is None and tries and len(link.text) >= 12 and not is_byline(node, link):
                tries -= 1
                unit = self._alone(node)
                if unit is not None:
                    single.add(unit)
            if unit is not None:
                units.setdefault(unit, []).append((node, link))
        outer = {above for chain in self._chains for above in self._above(chain, units)}
        lists: dict[tuple[Node, str], list[tuple[Node, list[tuple[Node, Link]]]]] = {}
        for unit, links in units.items():
            if unit in outer and unit not in self.cells:
                continue
            home = unit.getparent()
            if unit.tag in ("tr", "td"):
                home = next(unit.iterancestors("table"), home)
            key = (unit, "") if unit in single else (home, shape_of(unit))
            lists.setdefault(key, []).append((unit, links))
        yield from lists.values()

    @staticmethod
    def _above(chain: list[Node], units: dict[Node, list[tuple[Node, Link]]]) -> list[Node]:
        """Units that hold another unit: blocks of lists, not entries."""
        return [node for node in chain if node in units][1:]

    def read(self, zone: Zone) -> list[tuple[int, list[Item]]]:
        """The lists, each with the number of links before its first entry."""
        out: list[tuple[int, list[Item]]] = []
        total = 0
        for units in self.groups():
            starts = {unit for unit, _ in units}
            entries = [self._entry(unit, links, starts, zone) for unit, links in units[:MAX_ITEMS]]
            found = [e for e in entries if e is not None]
            if not found or not is_list(found):
                continue
            out.append((min(self._places[links[0][0]] for _, links in units), found))
            total += len(found)
            if total >= MAX_ITEMS:
                break
        return out

    def _entry(self, unit: Node, links: list[tuple[Node, Link]], starts: set[Node], zone: Zone) -> Item | None:
        if unit in self.cells:
            return self._row(unit, links, zone)
        node, link = title_link(unit, links)
        title = title_words(node, link, self.text_of)
        text = self.text_of(unit)
        if unit.tag in ("tr", "td") and len(text) > _LAYOUT:
            return None
        if unit.tag in _FLAT:
            text = self._with_followers(unit, text, starts)
        rest = text.replace(title, "\n", 1) if title in text else text.replace("\n", " ").replace(title, "\n", 1)
        dates = find_dates(rest, self.today, default=DateRole.PUBLISHED)[:4]
        self.used.update(text.split("\n"))
        title, dates = date_in_title(title, dates, self.today)
        return Item(title[:_TITLE], link.url, dates, summary_of(rest, dates), 0, zone)

    def _with_followers(self, unit: Node, text: str, starts: set[Node]) -> str:
        parts = [text]
        if unit.tail and unit.tail.strip():
            parts.append(bare(unit.tail))
        for after in unit.itersiblings():
            if (
                after in starts
                or len(parts) > 6
                or after.tag in ("table", "ul", "form")
                or not isinstance(after.tag, str)
            ):
                break
            parts.append(self.text_of(after))
            if after.tail and after.tail.strip():
                parts.append(bare(after.tail))
        return "\n".join(parts)

    def _row(self, row: Node, links: list[tuple[Node, Link]], zone: Zone) -> Item | None:
        grid, place = self.cells[row]
        texts = grid.rows[place][2]
        heads = [fold(h) for h in grid.table.headers]
        if len(heads) != len(texts):
            heads = [""] * len(texts)
        title = ""
        for wanted in TITLE_HEADS:
            column = next((n for n, h in enumerate(heads) if h == wanted or h.startswith(wanted + " ")), None)
            if column is not None and len(texts[column]) > 3:
                title = texts[column]
                break
        link = title_link(row, links)[1]
        if not title:
            longest = max(texts, key=len)
            title = (
                longest
                if len(link.text) < 25 and len(longest) > len(link.text) and not find_dates(longest, self.today)
                else link.text
            )
        url = next((k.url for _, k in links if k.url and not FILE.search(k.url)), "") or link.url
        if not url:
            url = next((u for a in row.iter("a") if (u := resolve(a.get("href") or "", self.base)[0])), "")
        self.used.update(texts, self.text_of(row).split("\n"))
        dates: list[SeenDate] = []
        for head, text in zip(grid.table.headers if any(heads) else heads, texts, strict=False):
            if text is not title and text and any(c.isdigit() for c in text):
                label = role_of_label(head) if head else None
                dates += find_dates(text, self.today, default=DateRole.PUBLISHED, label=label)
        title, seen = date_in_title(title, tuple(dates[:6]), self.today)
        return Item(title[:_TITLE], url, seen, "", 0, zone)
