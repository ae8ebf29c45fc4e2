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
from crawler.extract.links import resolve
from crawler.extract.parse import EDGE, LINK, LINK_END, Node, words
from crawler.extract.tables import Grid

MAX_ITEMS = 100
_SUMMARY = 200
_TITLE = 300
_UNIT_TAGS = frozenset("li tr article figure div section p dd dt h1 h2 h3 h4 h5 h6 a table tbody blockquote td".split())
_BY_TAG_ALONE = frozenset({"li", "tr", "article", "figure", "dt"})
_FLAT = frozenset("h1 h2 h3 h4 h5 h6 dt a p".split())
_VARIANT = re.compile(r"[-_]?\d+$")
_SKIP_CLASSES = frozenset("first last odd even active clearfix row col item-first item-last alt selected wow".split())
#: Words of links beside an entry that are not its title.
_NO_TITLE = frozenset(
    (
        "xem them|xem tiep|chi tiet|xem chi tiet|doc tiep|doc them|tai ve|tai file|download|read more|more|"
        "xem tat ca|tat ca|trang truoc|trang sau|trang dau|trang cuoi|tiep theo|truoc|sau|next|previous|prev|"
        "first|last|in|in bai viet|in trang|gui email|gui bai viet|chia se|facebook|zalo|twitter|share|tra loi|"
        "gop y|gui gop y|tep dinh kem|file dinh kem|xem toan van|tai tep|xem|tai xuong|luoc do|van ban lien quan|"
        "ve dau trang|len dau trang|quay lai|trang chu|tin khac|cac tin khac|xem theo ngay|dang nhap|dang ky|"
        "view more|details|xem noi dung|noi dung chi tiet|y kien|binh luan|like|thich"
    ).split("|")
)
_TITLE_HEAD = ("trich yeu", "tieu de", "ten van ban", "ten du an", "noi dung", "ten", "cau hoi", "van ban", "du thao",
    "title", "ten thu tuc", "ten tai lieu", "chu de", "ten de tai")  # fmt: skip
_TAIL_DATE = re.compile(
    r"\s*[(\[]\s*([^()\[\]]{0,24}?\d{1,2}\s?[-/.]\s?\d{1,2}(?:\s?[-/.]\s?\d{2,4})?[^()\[\]]{0,12})[)\]]\s*$"
)
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar)(?:$|[?#/])", re.I)
_PAGER = re.compile(r"^[\d\s«»<>‹›.\[\]|]+$")


def shape_of(node: Node) -> str:
    """Equal for siblings that are entries of one list: tag and telling class."""
    tag: str = node.tag
    return tag if tag in _BY_TAG_ALONE else _class_shape(tag, node.get("class") or "")


@lru_cache(maxsize=8192)
def _class_shape(tag: str, classes: str) -> str:
    for name in classes.split():
        if name not in _SKIP_CLASSES:
            return f"{tag}.{_VARIANT.sub('', name)}"
    return tag


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
        self.candidates = [(node, link) for node, link in pairs if node.tag == "a" and self._may_be_title(link)]
        self._places = {node: n for n, (node, _) in enumerate(pairs)}
        #: Children that hold a title, by parent, and how many of each shape.
        self._kids: dict[Node, dict[Node, None]] = {}
        self._shapes: dict[Node, dict[str, int]] = {}
        self._chains = [self._chain(node) for node, _ in self.candidates]

    @staticmethod
    def _may_be_title(link: Link) -> bool:
        text = link.text
        if len(text) < 6 or link.hidden or link.dead in ("mailto", "tel") or _PAGER.match(text):
            return False
        return len(text) > 24 or fold(text) not in _NO_TITLE

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
                if len(text) > 900:
                    return None
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
            if unit is None and tries and len(link.text) >= 12:
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
            if not found or not _is_list(found):
                continue
            out.append((min(self._places[links[0][0]] for _, links in units), found))
            total += len(found)
            if total >= MAX_ITEMS:
                break
        return out

    def _entry(self, unit: Node, links: list[tuple[Node, Link]], starts: set[Node], zone: Zone) -> Item | None:
        if unit in self.cells:
            return self._row(unit, links, zone)
        node, link = _title_link(unit, links)
        title = _title_words(node, link, self.text_of)
        text = self.text_of(unit)
        if unit.tag in _FLAT:
            text = self._with_followers(unit, text, starts)
        rest = text.replace(title, "\n", 1) if title in text else text.replace("\n", " ").replace(title, "\n", 1)
        dates = find_dates(rest, self.today, default=DateRole.PUBLISHED)[:4]
        self.used.update(text.split("\n"))
        title, dates = _date_in_title(title, dates, self.today)
        return Item(title[:_TITLE], link.url, dates, _summary(rest, dates), 0, zone)

    def _with_followers(self, unit: Node, text: str, starts: set[Node]) -> str:
        parts = [text]
        if unit.tail and unit.tail.strip():
            parts.append(_bare(unit.tail))
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
                parts.append(_bare(after.tail))
        return "\n".join(parts)

    def _row(self, row: Node, links: list[tuple[Node, Link]], zone: Zone) -> Item | None:
        grid, place = self.cells[row]
        texts = grid.rows[place][2]
        heads = [fold(h) for h in grid.table.headers]
        if len(heads) != len(texts):
            heads = [""] * len(texts)
        title = ""
        for wanted in _TITLE_HEAD:
            column = next((n for n, h in enumerate(heads) if h == wanted or h.startswith(wanted + " ")), None)
            if column is not None and len(texts[column]) > 3:
                title = texts[column]
                break
        link = _title_link(row, links)[1]
        if not title:
            longest = max(texts, key=len)
            title = (
                longest
                if len(link.text) < 25 and len(longest) > len(link.text) and not find_dates(longest, self.today)
                else link.text
            )
        url = next((k.url for _, k in links if k.url and not _FILE.search(k.url)), "") or link.url
        if not url:
            url = next((u for a in row.iter("a") if (u := resolve(a.get("href") or "", self.base)[0])), "")
        self.used.update(texts)
        dates: list[SeenDate] = []
        for head, text in zip(grid.table.headers if any(heads) else heads, texts, strict=False):
            if text is not title and text and any(c.isdigit() for c in text):
                label = role_of_label(head) if head else None
                dates += find_dates(text, self.today, default=DateRole.PUBLISHED, label=label)
        title, seen = _date_in_title(title, tuple(dates[:6]), self.today)
        return Item(title[:_TITLE], url, seen, "", 0, zone)


def _title_words(node: Node, link: Link, text_of: Callable[[Node], str]) -> str:
    """The words of a link; of a link around a whole card, those of its heading or first line."""
    if len(node) == 0:
        return link.text
    heading = next(node.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    if heading is not None and (title := words(heading)):
        return title
    rows = [line for line in text_of(node).split("\n") if len(line) >= 15]
    return rows[0] if len(rows) > 1 or (rows and len(rows[0]) + 8 < len(link.text)) else link.text


def _bare(text: str) -> str:
    return text.replace(EDGE, "\n").replace(LINK, "").replace(LINK_END, "").strip()


def _title_link(unit: Node, links: list[tuple[Node, Link]]) -> tuple[Node, Link]:
    """The link in a heading, else the longest words."""
    for node, link in links:
        parent = node.getparent()
        if parent is not None and parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "strong") and len(link.text) >= 10:
            return node, link
    return max(links, key=lambda pair: min(len(pair[1].text), 120))


def _date_in_title(title: str, dates: tuple[SeenDate, ...], today: dt.date) -> tuple[str, tuple[SeenDate, ...]]:
    found = _TAIL_DATE.search(title) if title.endswith((")", "]")) else None
    if found:
        inside = find_dates(found[1], today, default=DateRole.PUBLISHED)
        if inside and found.start() > 5:
            return title[: found.start()], (*dates, *inside)
    if not dates and any(c.isdigit() for c in title):
        return title, find_dates(title, today, default=DateRole.OTHER)[:2]
    return title, dates


def _summary(rest: str, dates: tuple[SeenDate, ...]) -> str:
    longest = max(rest.split("\n"), key=len, default="")
    return longest[:_SUMMARY] if len(longest) >= 40 else ""


@lru_cache(maxsize=8192)
def _numbered(title: str, url: str, dates: tuple[SeenDate, ...], summary: str, group: int, zone: Zone) -> Item:
    """Lists repeat on page after page: equal entries are one object."""
    return Item(title, url, dates, summary, group, zone)


def number_lists(lists: list[list[Item]]) -> tuple[Item, ...]:
    """All entries, those of one list under one number, lists numbered in page order."""
    return tuple(
        _numbered(item.title, item.url, item.dates, item.summary, number, item.zone)
        for number, entries in enumerate(lists)
        for item in entries
    )


def _is_list(items: list[Item]) -> bool:
    """Whether the entries are content, and not a menu in the body."""
    dated = sum(any(d.role is not DateRole.OTHER for d in i.dates) for i in items)
    if dated * 3 >= len(items):
        return True
    if len(items) < 2:
        return False
    if sum(bool(_FILE.search(i.url)) for i in items) * 2 >= len(items):
        return True
    return sum(len(i.title) for i in items) >= 28 * len(items) or any(i.summary for i in items)
