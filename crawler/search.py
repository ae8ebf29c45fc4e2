"""Asking the portal's own search: a known title, the same without accents, and a nonsense word."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote_plus, urlsplit, urlunsplit

from core.page import Form, FormPurpose, Page, Zone
from core.text import clean, fold

_SKIP_TYPES = frozenset({"submit", "button", "image", "reset", "file", "password", "hidden", "checkbox", "radio"})
_NEVER_SENT = frozenset({"button", "reset", "file", "image", "checkbox", "radio", "password"})
_COMMON = frozenset("cua va cac ve tren tai cho trong voi den theo duoc nam thang ngay hoi nghi cong tac tinh".split())


@dataclass(frozen=True, slots=True)
class Question:
    """One address to ask, and what for."""

    kind: str
    query: str
    url: str
    expected_url: str = ""


def search_form(pages: Iterable[Page]) -> tuple[Page, Form] | None:
    """The nearest GET search form with a box to type in."""
    for page in pages:
        forms = [f for f in page.forms if f.purpose is FormPurpose.SEARCH and f.method.lower() == "get"]
        for form in sorted(forms, key=lambda f: f.zone is not Zone.HEADER):
            if form.action and _box(form):
                return page, form
    return None


def _box(form: Form) -> str:
    boxes = [i for i in form.inputs if i.name and i.type.lower() not in _SKIP_TYPES and not i.options]
    telling = [
        i
        for i in boxes
        if re.search(r"^(?:q|s|k|kw|query|keywords?|search\w*|tu-?khoa|tukhoa|key)$|search|keyword|tim", i.name, re.I)
    ]
    return (telling or boxes)[0].name if boxes else ""


def known_article(pages: Iterable[Page], home_url: str) -> tuple[str, str] | None:
    """Title and address of a distinctive article that was read; the same one for the same pages."""
    best: tuple[float, str, str, str] | None = None
    titles: dict[str, str] = {}
    read = {}
    for page in pages:
        if page.depth and page.url != home_url:
            read[page.url] = page
            for alias in page.aliases:
                read[alias] = page
    for page in {id(p): p for p in (*read.values(),)}.values():
        for item in page.items:
            if item.url in read and item.title:
                titles.setdefault(item.url, item.title)
    for url, listed in titles.items():
        page = read[url]
        title = clean(listed)
        words = fold(title).split()
        if not 5 <= len(words) <= 22 or "…" in title or title.endswith("...") or '"' in title:
            continue
        if fold(title) not in fold(f"{page.title} {page.h1} {' '.join(h.text for h in page.headings[:5])}"):
            continue
        telling = len({w for w in words if len(w) > 2 and w not in _COMMON})
        plain = not re.search(r"[“”'‘’()/&%+]", title)
        rank = (
            telling + 3 * plain + 2 * ("article" in page.traits) - abs(len(words) - 10) / 4,
            fold(title),
            title,
            url,
        )
        if best is None or rank > best:
            best = rank
    return (best[2], best[3]) if best else None


def nonsense(host: str) -> str:
    """A word that is in no language; the same for the same portal."""
    digest = hashlib.sha256(f"search {host}".encode()).digest()
    return "zqx" + "".join("bcdfghjkmnpqrstvwxz"[b % 19] for b in digest[:9])


def without_accents(text: str) -> str:
    """The text as people type it who have no Vietnamese keyboard."""
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def address(form: Form, query: str, charset: str = "utf-8") -> str:
    """The address a browser would ask for when the form is sent with the query."""
    box = _box(form)
    pairs: list[str] = []
    for field in form.inputs:
        kind = field.type.lower()
        if field.name == box:
            value = query
        elif (
            not field.name
            or kind in ("button", "reset", "file", "image", "checkbox", "radio", "password")
            or (kind == "submit" and not field.value)
        ):
            continue
        else:
            value = field.value
        pairs.append(f"{_encode(field.name, charset)}={_encode(value, charset)}")
    parts = urlsplit(form.action)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(pairs), ""))


def _encode(text: str, charset: str) -> str:
    try:
        return quote_plus(text.encode(charset, "xmlcharrefreplace"))
    except LookupError:
        return quote_plus(text)


def questions(form: Form, title: str, expected: str, host: str, charset: str = "utf-8") -> list[Question]:
    """The three trials; only the nonsense word when no article is known."""
    asked: list[Question] = []
    if title:
        words = title.split()
        short = " ".join(words[:14])
        asked.append(Question("known", short, address(form, short, charset), expected))
        plain = without_accents(short)
        asked.append(Question("plain", plain, address(form, plain, charset), expected))
    word = nonsense(host)
    asked.append(Question("nonsense", word, address(form, word, charset)))
    return asked
