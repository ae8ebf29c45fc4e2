"""Linked files and pictures of the main content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

from core.page import Attachment, Image, Link
from core.text import any_phrase, fold
from crawler.extract.links import file_words, image_source
from crawler.extract.parse import Node, cleaned
from crawler.urls import canonical

_EXTENSIONS = "pdf|docx?|xlsx?|pptx?|odt|ods|odp|rtf|zip|rar|7z|csv|txt|tiff?"
_EXT = re.compile(rf"\.({_EXTENSIONS})(?=$|[?#&/;])", re.I)
_EXT_WORDS = re.compile(rf"\.({_EXTENSIONS})\b", re.I)
_DOWNLOAD = re.compile(
    r"download|taifile|tai-?ve|tai-file|getfile|viewfile|attachment|dinhkem|dinh-kem|filehandler|/documents/", re.I
)
_DOWNLOAD_WORDS = (
    "tai ve",
    "tai file",
    "download",
    "tep dinh kem",
    "file dinh kem",
    "dinh kem",
    "tai xuong",
    "toan van",
    "tai van ban",
)
_PAGE = re.compile(r"\.(?:html?|aspx?|php|jsp)$", re.I)
#: The commonest of them, told without a search.
_PAGES = (".html", ".aspx", ".php", ".jsp", ".htm")
MAX_FILES = 60
MAX_IMAGES = 12
_DECORATION = re.compile(
    r"\b(?:icon|ico|spacer|blank|loading|pixel|bullet|arrow|new|print|rss|facebook|zalo|youtube|logo)\b"
)


def _may_download(url: str) -> bool:
    # Plain searches first: almost no address holds any of these.
    low = url.lower()
    return (
        "ownload" in low or "tai" in low or "file" in low or "kem" in low or "ttach" in low or "/documents/" in low
    ) and (_DOWNLOAD.search(low) is not None)


@lru_cache(maxsize=3072)
def extension_of(url: str) -> str:
    """The file's extension in an address, also inside a query or before a Liferay number; "" for a page."""
    if not _EXT.search(url) and "%2" not in url:
        return ""
    found = _EXT.findall(unquote(url).split("://", 1)[-1])
    return found[-1].lower() if found and "/" in url.split("://", 1)[-1] else ""


def attachment_of(link: Link) -> Attachment | None:
    """The file a link leads to, or None when it is a page."""
    if not link.url:
        return None
    ext = extension_of(link.url)
    label = link.text or link.title or link.alt
    if not ext and not link.url.endswith(_PAGES) and _may_download(link.url) and not _PAGE.search(link.url):
        words = _EXT_WORDS.search(f"{link.text} {link.title}")
        ext = words[1].lower() if words else ""
        if not ext and not any_phrase(fold(label), _DOWNLOAD_WORDS):
            return None
    elif not ext:
        return None
    return Attachment(link.url, label[:160] or file_words(link.url), ext)


def read_files(links: Iterable[Link], body: Node, base: str) -> list[Attachment]:
    """Files linked from or shown inside the main content, without repeats."""
    found: dict[str, Attachment] = {}
    for link in links:
        made = attachment_of(link)
        if made and (made.url not in found or len(made.text) > len(found[made.url].text)):
            found[made.url] = made
    for node in body.iter("embed", "object", "iframe"):
        source = node.get("src") or node.get("data") or ""
        inner = re.search(r"[?&](?:file|url)=([^&]+)", source)  # a viewer script around the file
        url = canonical(unquote(inner[1]) if inner else source, base)
        if url and extension_of(url) and url not in found:
            found[url] = Attachment(url, cleaned(node.get("title") or ""), extension_of(url))
    return list(found.values())[:MAX_FILES]


def read_images(body: Node, base: str) -> list[Image]:
    """Pictures of the main content, without icons and tracking dots."""
    out: list[Image] = []
    for node in body.iter("img"):
        if len(out) >= MAX_IMAGES:
            break
        source = image_source(node)
        name = file_words(source) if source else ""
        if not source or _DECORATION.search(name) or (node.get("width") or "9999").strip("px") in ("0", "1", "16"):
            continue
        alt = node.get("alt")
        out.append(Image(name, cleaned(alt) if alt else "", alt is not None, canonical(source, base)))
    return out
