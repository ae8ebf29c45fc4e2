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
_TELLING = re.compile(r"^(?:q|s|k|kw|query|keywords?|search\w*|tu-?khoa|tukhoa|key)$|search|keyword|tim", re.I)
#: Questions and documents have searches of their own on many portals.
_APART = re.compile(
    r"^(?:(?:xin|cho|tôi)\s+)*(?:được\s+)?hỏi\b|\?$|^(?:dự thảo|quyết định|nghị quyết|kế hoạch|công văn|thông báo|"
    r"chỉ thị|báo cáo|danh mục|công khai|tờ trình|lịch|kết quả lựa chọn)\b",
    re.I,
)
_COMMON = frozenset("cua va cac ve tren tai cho trong voi den theo duoc nam thang ngay hoi nghi cong tac tinh".split())


@dataclass(frozen=True, slots=True)
class Question:
    """One address to ask, and what for."""

    kind: str
    query: str
    url: str
    expected_url: str = ""


def search_form(pages: Iterable[Page]) -> tuple[Page, Form] | None:
    """The nearest GET search form with a box to type in.

    After a box on a nearer page that is sent by POST, only one whose field plainly is for words to search: the one
    for the number of a question is not what visitors are offered.
    """
    posted = False
    for page in pages:
        forms = [f for f in page.forms if f.purpose is FormPurpose.SEARCH]
        for form in sorted(forms, key=lambda f: f.zone is not Zone.HEADER):
            box = box_of(form)
            if form.method.lower() == "get" and form.action and box and (not posted or _TELLING.search(box)):
                return page, form
        posted = posted or any(f.method.lower() == "post" for f in forms)
    return None


def box_of(form: Form) -> str:
    """Name of the field one types in."""
    boxes = [i for i in form.inputs if i.name and i.type.lower() not in _SKIP_TYPES and not i.options]
    telling = [i for i in boxes if _TELLING.search(i.name)]
    return (telling or boxes)[0].name if boxes else ""


def known_article(
    pages: Iterable[Page], home_url: str, *, unread: bool = False, but: frozenset[str] = frozenset()
) -> tuple[str, str] | None:
    """Title and address of a distinctive article; the same one for the same pages.

    One that was read and bears the title it is listed under; with ``unread`` a listed one is enough. Addresses in
    ``but`` were asked for already.
    """
    pages = tuple(pages)
    read: dict[str, Page] = {}
    titles: dict[str, str] = {}
    for page in pages:
        if page.depth and page.url != home_url:
            read |= dict.fromkeys((page.url, *page.aliases), page)
        for item in page.items:
            if item.url and item.title and item.url not in titles:
                titles[item.url] = clean(item.title)
    shown = {i.url for p in pages if p.url == home_url or not p.depth for i in p.items}
    news = {_stem(url) for url in shown}
    best: tuple[float, str, str, str] | None = None
    for url, title in titles.items():
        page_read = read.get(url)
        merit = _merit(title)
        if merit is None or url in but or (page_read is None and not unread):
            continue
        if page_read is not None:
            heads = " ".join(h.text for h in page_read.headings[:5])
            if fold(title) not in fold(f"{page_read.title} {page_read.h1} {heads}"):
                continue
            merit += 4 * ("article" in page_read.traits) - 6 * (len(page_read.items) > 4)
        # News like those of the home page, but none of these: they stand in a box beside every answer too.
        merit += 6 * (_stem(url) in news and url not in shown)
        rank = (merit, fold(title), title, url)
        if best is None or rank > best:
            best = rank
    return (best[2], best[3]) if best else None


def _stem(url: str) -> str:
    """What addresses of one section share."""
    path = url.partition("?")[0]
    return path if "?" in url else path.rpartition("/")[0]


def _merit(title: str) -> float | None:
    """How well a title serves as a question; None when it does not."""
    words = fold(title).split()
    if not 5 <= len(words) <= 22 or "…" in title or title.endswith("...") or '"' in title:
        return None
    merit = len({w for w in words if len(w) > 2 and w not in _COMMON}) - abs(len(words) - 10) / 4
    merit -= 6 * (len(words) > 14)
    merit -= 8 * bool(_APART.search(title))  # the law speaks of news and articles
    merit += 3 * (not re.search(r"[“”'‘’()/&%+]", title))
    return merit + 10 * (without_accents(title) != title)  # without accents there is nothing to try without them


def nonsense(host: str) -> str:
    """A word that is in no language; the same for the same portal."""
    digest = hashlib.sha256(f"search {host}".encode()).digest()
    return "zqx" + "".join("bcdfghjkmnpqrstvwxz"[b % 19] for b in digest[:9])


def without_accents(text: str) -> str:
    """The text as people type it who have no Vietnamese keyboard."""
    text = text.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def address(form: Form, query: str, charset: str = "utf-8", fields: tuple[tuple[str, str], ...] = ()) -> str:
    """The address a browser would ask for when the form is sent with the query.

    ``fields`` are all the form's fields with the values the page gives them (see ``form_fields``).
    """
    box = box_of(form)
    pairs = fields if any(name == box for name, _ in fields) else ((box, ""),)
    sent = [f"{_encode(n, charset)}={_encode(query if n == box else v, charset)}" for n, v in pairs]
    parts = urlsplit(form.action)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(sent), ""))


def _encode(text: str, charset: str) -> str:
    try:
        return quote_plus(text.encode(charset, "xmlcharrefreplace"))
    except LookupError:
        return quote_plus(text)


def questions(
    form: Form,
    title: str,
    expected: str,
    host: str,
    charset: str = "utf-8",
    fields: tuple[tuple[str, str], ...] = (),
) -> list[Question]:
    """The three trials; only the nonsense word when no article is known."""
    known = " ".join(title.split()[:14])
    trials = [("known", known, expected), ("plain", without_accents(known), expected)] if title else []
    trials.append(("nonsense", nonsense(host), ""))
    return [Question(kind, query, address(form, query, charset, fields), url) for kind, query, url in trials]
