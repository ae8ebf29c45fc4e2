"""What the portal answers for a page that cannot exist, and which answers are just that."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from core.page import Outcome, Page
from core.text import fold
from crawler.answers import Answer

_WORDS = re.compile(
    r"\b404\b|not found|page cannot be found|khong (?:tim thay|ton tai)|da bi (?:xoa|go bo)"
    r"|page (?:does not|doesn t) exist"
)
_STRONG = re.compile(
    r"(?:khong tim thay|khong ton tai|khong co) (?:trang|duong dan|dia chi|noi dung|lien ket|url|tai nguyen)"
    r"|(?:trang|duong dan|dia chi|lien ket|noi dung|url|bai viet)(?: \w+){0,6}"
    r" (?:khong ton tai|khong (?:duoc )?tim thay|da bi xoa)"
    r"|(?:trang|duong dan|dia chi|lien ket|noi dung|muc|bai viet)(?: \w+){0,6}"
    r" (?:khong con(?: ton tai)?|khong co that|khong hop le|da (?:duoc )?(?:chuyen|doi|go|thay doi))\b"
    r"|(?:ban|quy vi)(?: dang| vua| muon| can)? (?:tim|mo|xem|go|truy cap|yeu cau)(?: \w+){0,5} khong\b"
    r"|(?:loi|error) 404|404 (?:error|not found|loi)|page not found|the page you (?:requested|are looking for)"
)
#: Usual names of the home page, without their ending.
_HOMES = frozenset(
    """index default home trang-chu trangchu home-page main vi vn vi-vn portal web/guest web/guest/home
    web/guest/trang-chu pages/default pages/home vi/trang-chu vi/home""".split()
) | {""}
#: Texts alike beyond this are the same page with another address in it.
_ALIKE = 97.0


def probes(home_url: str, section_url: str = "") -> tuple[str, ...]:
    """Addresses that cannot exist, one at the root and one beside a section; the same on every day."""
    parts = urlsplit(home_url)
    mark = hashlib.sha256(parts.netloc.encode()).hexdigest()[:12]
    root = f"{parts.scheme}://{parts.netloc}"
    first = f"{root}/khong-co-trang-{mark}"
    if not section_url:
        return (first,)
    path = urlsplit(section_url).path
    folder, _, last = path.rstrip("/").rpartition("/")
    stem, dot, ending = last.rpartition(".")
    below = f"{folder}/khong-co-muc-{mark}.{ending}" if dot and stem else f"{path.rstrip('/')}/khong-co-muc-{mark}"
    return first, root + below


@dataclass(slots=True)
class NotFoundStyle:
    """Learned from the probes: ``style`` is none (an honest 404), status (200) or redirect; None untried."""

    style: str | None = None
    #: Where unknown addresses are sent.
    sinks: set[str] = field(default_factory=set)
    pages: list[Page] = field(default_factory=list)
    #: Unknown addresses are answered with the home page itself.
    serves_home: bool = False

    def learn(self, answer: Answer, page: Page | None, home: Page) -> None:
        """One probe's end."""
        if answer.outcome is Outcome.NOT_FOUND and self.style is None:
            self.style = "none"
        if answer.outcome is not Outcome.OK or page is None:
            return
        if answer.hops:
            self.style = "redirect"
            self.sinks.add(answer.final_url)
        elif self.style != "redirect":
            self.style = "status"
        if page.url != home.url:
            if same_main(page, home):
                self.serves_home = True
            else:
                self.pages.append(page)

    def outcome(self, page: Page, answer: Answer, home: Page | None) -> Outcome:
        """SOFT_404 or REDIRECT_HOME for an answer that is no page of its own, OK otherwise."""
        if home is not None and answer.hops and answer.final_url == home.url:
            return Outcome.OK if is_home_like(answer.url, home.url) else Outcome.REDIRECT_HOME
        if answer.hops and answer.final_url in self.sinks:
            return Outcome.SOFT_404
        if home is not None and "shell" in home.traits and "shell" in page.traits:
            return Outcome.OK  # everything here is a shell: only a browser can tell
        for probe in tuple(self.pages):
            if _same_answer(page, probe):
                if not probe.url.startswith(page.url.rstrip("/") + "/"):
                    return Outcome.SOFT_404
                self.pages.remove(probe)  # this portal answers /tin-tuc/anything with /tin-tuc itself
        if home is not None and self.serves_home and page.url != home.url and same_main(page, home):
            return Outcome.OK if is_home_like(page.url, home.url) else Outcome.SOFT_404
        return Outcome.SOFT_404 if says_so(page) else Outcome.OK


def is_home_like(url: str, home_url: str) -> bool:
    """Whether an address is a usual name of the home page (/index.php, /trang-chu, a locale root)."""
    parts = urlsplit(url)
    if parts.fragment:  # a route of a portal built by scripts
        return False
    path = parts.path.strip("/").lower()
    path = re.sub(r"\.(?:html?|php|aspx?|jsp|do|vnp|htm)$", "", path)
    return path in _HOMES or path == urlsplit(home_url).path.strip("/").lower()


def _body_urls(page: Page) -> tuple[str, ...]:
    return tuple(item.url or item.title for item in page.items)


def same_main(one: Page, other: Page) -> bool:
    """Whether two pages show the same: title, main text, and the same entries."""
    if fold(one.title) != fold(other.title) or len(one.items) != len(other.items):
        return False
    return _alike(one, other) and _body_urls(one) == _body_urls(other)


def _alike(one: Page, other: Page) -> bool:
    if one.text_length < 40 and other.text_length < 40:
        return {link.url for link in one.links} == {link.url for link in other.links}
    if one.text == other.text:
        return True
    longer, shorter = max(one.text_length, other.text_length), min(one.text_length, other.text_length)
    if longer - shorter > max(120, longer // 20):
        return False
    return fuzz.ratio(_plain(one), _plain(other)) >= _ALIKE


def _plain(page: Page) -> str:
    """The main text without what may echo the address asked for."""
    words = set(fold(urlsplit(page.url).path).split())
    return " ".join(w for w in fold(page.text[:3000]).split() if w not in words)


def _same_answer(page: Page, probe: Page) -> bool:
    if len(page.items) != len(probe.items) or len(page.tables) != len(probe.tables):
        return False
    if len(page.attachments) != len(probe.attachments) or len(page.fields) != len(probe.fields):
        return False
    if fold(page.title) != fold(probe.title) or fold(page.h1) != fold(probe.h1):
        return False
    return _alike(page, probe) and _body_urls(page) == _body_urls(probe)


def says_so(page: Page) -> bool:
    """A short page whose own words say that there is no such page; an empty list does not."""
    if page.text_length > 900 or len(page.items) > 3 or page.tables or page.fields:
        return False
    head = fold(f"{page.title} {page.h1}")
    text = fold(page.text[:600])
    return bool(_STRONG.search(head) or (_STRONG.search(text) and (_WORDS.search(head) or page.text_length < 300)))
