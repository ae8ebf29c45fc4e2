"""Print, save, share and reading aids, and the counts that plain HTML gives for accessibility."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from core.page import Link
from core.text import fold
from crawler.extract.files import extension_of
from crawler.extract.parse import Node, words

#: Words of a link, button or picture, folded, whole.
_WORDS: dict[str, str] = {
    "print": r"in|in (?:bai|trang|noi dung|tin)(?: (?:viet|nay|tin))*|ban in|print(?: (?:this )?(?:page|article))?|"
        r"may in|printer",
    "save": r"luu|luu (?:bai|trang|tin|lai|ve may)(?: (?:viet|nay|tin|ve may))*|save(?: as| file| page)?|savefile|tai "
        r"(?:bai|tin|noi dung)(?: viet)?|(?:(?:tai|xuat|luu)(?: (?:bai|bai viet|trang|ve|xuong|ra))?|"
        r"download|export)(?: (?:file|tep|ban|dang|duoi dang|dinh dang))*(?: (?:pdf|word|docx?|html))|tai ve|luu file",
    "share_zalo": r"(?:chia se )?(?:qua |len )?zalo|share zalo",
    "share_facebook": r"(?:chia se )?(?:qua |len )?facebook|share facebook|share",
    "font_size": r"a|aa|(?:tang|giam) (?:co|kich thuoc) chu|co chu(?: .{1,20})?|chu (?:to|nho|lon)(?: hon)?|font size|"
        r"phong to|thu nho",
    "read_aloud": r"(?:nghe )?doc (?:bai|bai viet|noi dung|trang)(?: .{1,12})?|nghe(?: .{1,20})?|giong doc(?: "
        r".{1,20})?|listen|text to speech|phat am thanh",
    "contrast": r"(?:do |che do )?tuong phan(?: .{1,10})?|high contrast|contrast|che do ban dem",
    "rating": r"danh gia(?: (?:bai|tin|noi dung|trang|muc do|su|chat luong|thong tin|cua ban|hai long)(?: .{1,25})?)?|"
        r"muc do hai long|binh chon bai viet|rating|hai long",
}  # fmt: skip
_PATTERNS = {name: re.compile(pattern) for name, pattern in _WORDS.items()}
#: Signs in addresses, click scripts and class names.
_SIGNS: tuple[tuple[str, str], ...] = (
    ("window.print", "print"), ("/print/", "print"), ("print=1", "print"), ("fa-print", "print"), ("icon-print",
        "print"),
    ("printarticle", "print"), ("inbaiviet", "print"), ("in-bai-viet", "print"), ("glyphicon-print", "print"),
    ("tmpl=component&amp;print", "print"),
    ("/savefile/", "save"), ("savefile", "save"), ("luubai", "save"), ("format=pdf", "save"), ("fa-save", "save"),
    ("fa-floppy", "save"),
    ("zalo-share-button", "share_zalo"), ("sp.zalo.me/share", "share_zalo"), ("zalo.me/share", "share_zalo"),
    ("facebook.com/sharer", "share_facebook"), ("fb-share", "share_facebook"), ("facebook.com/dialog/share",
        "share_facebook"), ("addthis", "share_facebook"),
    ("changefontsize", "font_size"), ("font-size-plus", "font_size"), ("fontresize", "font_size"), ("fa-text-height",
        "font_size"), ("tangcochu", "font_size"),
    ("responsivevoice", "read_aloud"), ("vbee", "read_aloud"), ("speechsynthesis", "read_aloud"), ("docbaiviet",
        "read_aloud"), ("text-to-speech", "read_aloud"),
    ("high-contrast", "contrast"), ("tuongphan", "contrast"),
    ("starrating", "rating"), ("star-rating", "rating"), ("danhgiabaiviet", "rating"), ("ratingvalue", "rating"),
)  # fmt: skip
_PLUS = re.compile(r"^A[+\-−]$")
_VAGUE = frozenset(
    "tai day|o day|xem them|chi tiet|xem chi tiet|click|click vao day|bam vao day|day|here|click here|more|read more|"
    "xem tiep".split("|")
)


@lru_cache(maxsize=3072)
def _by_words(label: str) -> frozenset[str]:
    if _PLUS.match(label.strip()):
        return frozenset({"font_size"})
    folded = fold(label)
    if len(folded) < 2:
        return frozenset()
    return frozenset(name for name, pattern in _PATTERNS.items() if pattern.fullmatch(folded))


def signs_in(source: str) -> set[str]:
    """Controls told by addresses, scripts and class names."""
    low = source.lower()
    return {name for sign, name in _SIGNS if sign in low}


def controls_of(pairs: list[tuple[Node, Link]], region: Node, scripted: bool) -> set[str]:
    """Controls told by the words of links, buttons and pictures, and by where they lead."""
    told = {value for n in region.iter("i", "button") for value in (n.get("class"), n.get("id")) if value}
    told.update(_ZALO(region))
    if scripted:
        told.update(_CLICKS(region))
    found: set[str] = set()
    for node, link in pairs:
        if link.dead or "print" in link.href or "save" in link.href or "share" in link.href or "pdf" in link.href:
            told.add(link.href)
        if not link.text and not link.title:
            told.update(v for k, v in node.items() if k in ("class", "id"))
        for name in (link.text, link.title, link.aria, link.alt, link.image):
            if name and len(name) <= 40:
                said = _by_words(name)
                # "Tải về" beside a document's file is not the page's save control.
                if said and not ("save" in said and link.url and extension_of(link.url)):
                    found |= said
    for node in region.iter("button", "input", "img"):
        for attribute in ("title", "aria-label", "alt", "value"):
            value = node.get(attribute)
            if value and len(value) <= 40:
                found |= _by_words(value)
        if node.tag == "button":
            found |= _by_words(words(node)[:41])
    return found | signs_in(" ".join(told))


#: The script that draws this button draws chat windows and follow buttons as well: only the class tells.
_ZALO = etree.XPath(".//@class[contains(.,'zalo-share')]", smart_strings=False)
_CLICKS = etree.XPath(".//@onclick", smart_strings=False)


@dataclass(slots=True)
class Counts:
    """Sums over the parts of a page; see ``core.page.Access``."""

    images: int = 0
    images_without_alt: int = 0
    image_links: int = 0
    image_links_without_name: int = 0
    links: int = 0
    vague_links: int = 0
    moving: int = 0
    tables: int = 0
    tables_without_headers: int = 0

    def add(self, other: Counts) -> None:
        self.images += other.images
        self.images_without_alt += other.images_without_alt
        self.image_links += other.image_links
        self.image_links_without_name += other.image_links_without_name
        self.links += other.links
        self.vague_links += other.vague_links
        self.moving += other.moving
        self.tables += other.tables
        self.tables_without_headers += other.tables_without_headers


def count(region: Node, links: list[Link]) -> Counts:
    """What one part of the page adds to the counts."""
    made = Counts(links=len(links))
    for node in region.iter("img", "marquee", "blink"):
        if node.tag != "img":
            made.moving += 1
            continue
        made.images += 1
        made.images_without_alt += node.get("alt") is None
    for link in links:
        if not link.text and link.image:
            made.image_links += 1
            made.image_links_without_name += not (link.aria or link.title or link.alt)
        elif link.text and len(link.text) <= 20 and not link.title and not link.aria and fold(link.text) in _VAGUE:
            made.vague_links += 1
    return made
