"""One entry of a list: its title, what else it says, and whether entries make a list."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache

from core.dates import find_dates
from core.page import DateRole, Item, Link, SeenDate, Zone
from core.text import fold
from crawler.extract.parse import EDGE, LINK, LINK_END, Node, words

_SUMMARY = 200
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
TITLE_HEADS = ("trich yeu", "tieu de", "ten van ban", "ten du an", "noi dung", "ten", "cau hoi", "van ban", "du thao",
    "title", "ten thu tuc", "ten tai lieu", "chu de", "ten de tai")  # fmt: skip
_TAIL_DATE = re.compile(
    r"\s*[(\[]\s*([^()\[\]]{0,24}?\d{1,2}\s?[-/.]\s?\d{1,2}(?:\s?[-/.]\s?\d{2,4})?[^()\[\]]{0,12})[)\]]\s*$"
)
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|zip|rar)(?:$|[?#/])", re.I)
_PAGER = re.compile(r"^[\d\s«»<>‹›.\[\]|]+$")


def may_be_title(link: Link) -> bool:
    """Whether a link's words may be the title of an entry."""
    text = link.text
    if len(text) < 6 or link.hidden or link.dead in ("mailto", "tel") or _PAGER.match(text):
        return False
    return len(text) > 24 or fold(text) not in _NO_TITLE


_BYLINE_REL = frozenset({"author", "tag", "category"})
_BYLINE_CLASS = re.compile(r"\b(?:author|byline|tags?|cat-links|entry-footer|entry-meta|post-meta|vcard)\b", re.I)


def is_byline(node: Node, link: Link) -> bool:
    """Whether a link names the author, section or tag of an article, or a file beside it, and no entry of a list."""
    above = node.getparent()
    if set((node.get("rel") or "").lower().split()) & _BYLINE_REL:
        return True
    if FILE.search(link.url) and (above is None or above.tag != "li"):  # in a list of one, the file is the entry
        return True
    classes = f"{node.get('class') or ''} {(above.get('class') or '') if above is not None else ''}"
    return _BYLINE_CLASS.search(classes) is not None


def title_words(node: Node, link: Link, text_of: Callable[[Node], str]) -> str:
    """The words of a link; of a link around a whole card, those of its heading or first line."""
    if len(node) == 0:
        return link.text
    heading = next(node.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    if heading is not None and (title := words(heading)):
        return title
    rows = [line for line in text_of(node).split("\n") if len(line) >= 15]
    return rows[0] if len(rows) > 1 or (rows and len(rows[0]) + 8 < len(link.text)) else link.text


def bare(text: str) -> str:
    return text.replace(EDGE, "\n").replace(LINK, "").replace(LINK_END, "").strip()


def title_link(unit: Node, links: list[tuple[Node, Link]]) -> tuple[Node, Link]:
    """The link in a heading, else the longest words."""
    for node, link in links:
        parent = node.getparent()
        if parent is not None and parent.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "strong") and len(link.text) >= 10:
            return node, link
    return max(links, key=lambda pair: min(len(pair[1].text), 120))


def date_in_title(title: str, dates: tuple[SeenDate, ...], today: dt.date) -> tuple[str, tuple[SeenDate, ...]]:
    found = _TAIL_DATE.search(title) if title.endswith((")", "]")) else None
    if found:
        inside = find_dates(found[1], today, default=DateRole.PUBLISHED)
        if inside and found.start() > 5:
            return title[: found.start()], (*dates, *inside)
    if not dates and any(c.isdigit() for c in title):
        return title, find_dates(title, today, default=DateRole.OTHER)[:2]
    return title, dates


def summary_of(rest: str, dates: tuple[SeenDate, ...]) -> str:
    longest = max(rest.split("\n"), key=len, default="").strip(" -–:.,")
    return longest[:_SUMMARY] if len(longest) >= 40 else ""


@lru_cache(maxsize=3072)
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


def is_list(items: list[Item]) -> bool:
    """Whether the entries are content, and not a menu in the body."""
    dated = sum(any(d.role is not DateRole.OTHER for d in i.dates) for i in items)
    if dated * 3 >= len(items):
        return True
    if len(items) < 2:
        return False
    if sum(bool(FILE.search(i.url)) for i in items) * 2 >= len(items):
        return True
    return sum(len(i.title) for i in items) >= 22 * len(items) or sum(bool(i.summary) for i in items) * 2 >= len(items)
