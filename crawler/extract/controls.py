"""Print, save, share and reading aids, and the counts that plain HTML gives for accessibility."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.page import Link
from core.text import fold
from crawler.extract.parse import Node

#: Words of a link, button or picture, folded, whole.
_WORDS: dict[str, str] = {
    "print": r"in|in (?:bai|trang|noi dung|tin)(?: (?:viet|nay|tin))*|ban in|print(?: (?:this )?(?:page|article))?|may in|printer",
    "save": r"luu|luu (?:bai|trang|tin|lai|ve may)(?: (?:viet|nay|tin|ve may))*|save(?: as| file| page)?|savefile|tai (?:bai|tin|noi dung)(?: viet)?|(?:tai|xuat|luu) (?:file )?pdf|tai ve|luu file|export pdf|download pdf",
    "share_zalo": r"(?:chia se )?(?:qua |len )?zalo|share zalo",
    "share_facebook": r"(?:chia se )?(?:qua |len )?facebook|share facebook|share",
    "font_size": r"a|aa|(?:tang|giam) (?:co|kich thuoc) chu|co chu(?: .{1,20})?|chu (?:to|nho|lon)(?: hon)?|font size|phong to|thu nho",
    "read_aloud": r"(?:nghe )?doc (?:bai|bai viet|noi dung|trang)(?: .{1,12})?|nghe(?: .{1,20})?|giong doc(?: .{1,20})?|listen|text to speech|phat am thanh",
    "contrast": r"(?:do |che do )?tuong phan(?: .{1,10})?|high contrast|contrast|che do ban dem",
    "rating": r"danh gia(?: .{1,25})?|muc do hai long|binh chon bai viet|rating|hai long",
}  # fmt: skip
_PATTERNS = {name: re.compile(pattern) for name, pattern in _WORDS.items()}
#: Signs in the page's source: cheap to look for, and enough.
_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"window.print", "print"), (b"/print/", "print"), (b"print=1", "print"), (b"fa-print", "print"), (b"icon-print", "print"),
    (b"printarticle", "print"), (b"inbaiviet", "print"), (b"in-bai-viet", "print"), (b"glyphicon-print", "print"), (b"tmpl=component&amp;print", "print"),
    (b"/savefile/", "save"), (b"savefile", "save"), (b"luubai", "save"), (b"format=pdf", "save"), (b"fa-save", "save"), (b"fa-floppy", "save"),
    (b"zalo-share-button", "share_zalo"), (b"sp.zalo.me/share", "share_zalo"), (b"zalo.me/share", "share_zalo"), (b"sp.zalo.me/plugins/sdk.js", "share_zalo"),
    (b"facebook.com/sharer", "share_facebook"), (b"fb-share", "share_facebook"), (b"facebook.com/dialog/share", "share_facebook"), (b"addthis", "share_facebook"),
    (b"changefontsize", "font_size"), (b"font-size-plus", "font_size"), (b"fontresize", "font_size"), (b"fa-text-height", "font_size"), (b"tangcochu", "font_size"),
    (b"responsivevoice", "read_aloud"), (b"vbee", "read_aloud"), (b"speechsynthesis", "read_aloud"), (b"docbaiviet", "read_aloud"), (b"text-to-speech", "read_aloud"),
    (b"high-contrast", "contrast"), (b"tuongphan", "contrast"),
    (b"starrating", "rating"), (b"star-rating", "rating"), (b"danhgiabaiviet", "rating"), (b"ratingvalue", "rating"),
)  # fmt: skip
_PLUS = re.compile(r"^A[+\-−]$")
_VAGUE = frozenset(
    "tai day|o day|xem them|chi tiet|xem chi tiet|click|click vao day|bam vao day|day|here|click here|more|read more|xem tiep".split(
        "|"
    )
)


def signs_in(source: bytes) -> set[str]:
    """Controls told by the page's source (comments stripped by the caller where it matters)."""
    low = source.lower()
    return {name for sign, name in _SIGNS if sign in low}


def controls_of(links: list[Link], region: Node) -> set[str]:
    """Controls told by the words of links, buttons and pictures."""
    found: set[str] = set()
    labels = {
        n for link in links for n in (link.text, link.title, link.aria, link.alt, link.image) if n and len(n) <= 40
    }
    for node in region.iter("button", "input", "img"):
        for name in ("title", "aria-label", "alt", "value"):
            value = node.get(name)
            if value and len(value) <= 40:
                labels.add(value)
        if node.tag == "button" and node.text and len(node.text) <= 40:
            labels.add(node.text.strip())
    for label in labels:
        if _PLUS.match(label.strip()):
            found.add("font_size")
            continue
        folded = fold(label)
        if len(folded) >= 2:
            found.update(name for name, pattern in _PATTERNS.items() if pattern.fullmatch(folded))
    return found


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

    def add(self, other: Counts) -> None:
        self.images += other.images
        self.images_without_alt += other.images_without_alt
        self.image_links += other.image_links
        self.image_links_without_name += other.image_links_without_name
        self.links += other.links
        self.vague_links += other.vague_links
        self.moving += other.moving


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
