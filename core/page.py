"""What was seen on one page, as compact frozen facts. Nothing here judges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

EMPTY: Mapping[str, str] = MappingProxyType({})


class Zone(StrEnum):
    """Where on the page something stands."""

    MENU = "menu"
    HEADER = "header"
    FOOTER = "footer"
    SIDE = "side"
    BREADCRUMB = "breadcrumb"
    FRAME = "frame"
    BODY = "body"


class Outcome(StrEnum):
    """How a fetch ended. Everything but OK, REDIRECT_HOME and the *not there* ones is 'could not look'."""

    OK = "ok"
    NOT_FOUND = "not_found"  # 404, 410
    SOFT_404 = "soft_404"  # 200 or redirect that says: no such page
    REDIRECT_HOME = "redirect_home"  # an inner address that answers with the home page
    SERVER_ERROR = "server_error"  # 5xx
    BLOCKED = "blocked"  # 401, 403, 429, a challenge page
    TIMEOUT = "timeout"
    NO_HOST = "no_host"  # the name does not exist
    DNS = "dns"  # the name could not be looked up
    REFUSED = "refused"  # connection refused or reset
    TLS = "tls"  # no handshake possible
    ROBOTS = "robots"  # forbidden by robots.txt
    GUARD = "guard"  # address not admitted (private, metadata …)
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"  # answered with something else (file, image, feed)
    BAD_REDIRECT = "bad_redirect"  # loop or too many
    BUDGET = "budget"  # not asked: the budget was spent
    EXTERNAL = "external"  # not asked: another agency's host
    ERROR = "error"  # anything else, named in Fetch.error


#: The address was asked and there is no page.
GONE = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404, Outcome.REDIRECT_HOME, Outcome.BAD_REDIRECT, Outcome.NO_HOST})
#: We could not look; the duty behind such an address is unknown, not failed.
UNSEEN = frozenset(
    {
        Outcome.SERVER_ERROR,
        Outcome.BLOCKED,
        Outcome.TIMEOUT,
        Outcome.DNS,
        Outcome.REFUSED,
        Outcome.TLS,
        Outcome.ROBOTS,
        Outcome.GUARD,
        Outcome.TOO_LARGE,
        Outcome.BUDGET,
        Outcome.ERROR,
    }
)


class DateSource(StrEnum):
    """Where a date was read, most trusted first (field-notes: order of trust)."""

    JSONLD = "jsonld"
    META = "meta"
    TIME = "time"  # <time datetime>
    VISIBLE = "visible"  # beside the title, in the list or on the page
    FEED = "feed"
    SITEMAP = "sitemap"
    ADDRESS = "address"
    RELATIVE = "relative"  # "2 giờ trước"


class DateRole(StrEnum):
    """What a date says. Only PUBLISHED and UPDATED speak of freshness."""

    PUBLISHED = "published"
    UPDATED = "updated"
    ISSUED = "issued"  # ngày ban hành
    EFFECTIVE = "effective"  # ngày có hiệu lực
    DEADLINE = "deadline"  # hạn góp ý, ngày kết thúc, đóng thầu
    START = "start"  # ngày bắt đầu lấy ý kiến
    ASKED = "asked"
    ANSWERED = "answered"
    EVENT = "event"
    CLOCK = "clock"  # today's date in the banner
    COPYRIGHT = "copyright"
    LICENCE = "licence"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SeenDate:
    """A date read on a page: the day (UTC+7), what it says, where it stood and its words."""

    day: dt.date
    role: DateRole = DateRole.PUBLISHED
    source: DateSource = DateSource.VISIBLE
    text: str = ""
    #: Minutes after midnight where a time was given.
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link and everything it is called. ``url`` is "" when it leads nowhere (see ``dead``)."""

    url: str
    href: str = ""
    text: str = ""
    aria: str = ""
    title: str = ""
    alt: str = ""
    #: Words of the picture's file name, for image links ("lay-y-kien.png" -> "lay y kien").
    image: str = ""
    zone: Zone = Zone.BODY
    hidden: bool = False
    #: Words of the menu entry this one hangs under.
    parent: str = ""
    #: "", "no_href", "hash", "javascript", "mailto", "tel", "bad"
    dead: str = ""
    #: Has entries below it in the menu (a group head).
    group: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Everything it is called by words, best first, without repeats."""
        return tuple(dict.fromkeys(n for n in (self.text, self.aria, self.title, self.alt) if n))

    @property
    def label(self) -> str:
        """What a visitor would call it."""
        return self.text or self.aria or self.title or self.alt or self.image


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list on the page (article, document, draft, question …)."""

    title: str
    url: str = ""
    dates: tuple[SeenDate, ...] = ()
    summary: str = ""
    #: Entries of one list share this number; lists are numbered in page order.
    group: int = 0
    zone: Zone = Zone.BODY

    @property
    def published(self) -> SeenDate | None:
        """The date it was put up or last changed, where one is shown."""
        return next((d for d in self.dates if d.role in (DateRole.PUBLISHED, DateRole.UPDATED)), None)


@dataclass(frozen=True, slots=True)
class Table:
    """A data table: head cells and at most 60 rows of at most 14 cells, as text."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    #: Marked up with th (and scope) as điểm đ khoản 1 Điều 18 TT 32/2017 asks.
    marked: bool = False
    #: Number of rows on the page (rows may be cut).
    total_rows: int = 0
    #: Addresses linked from each row, in row order.
    urls: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled value: "Số ký hiệu: 12/QĐ-UBND"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A linked file: address, words, extension in lower case without a dot."""

    url: str
    text: str = ""
    ext: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A form control: name, type, what it is called, and the options of a select (at most 40)."""

    name: str
    type: str = "text"
    label: str = ""
    options: tuple[str, ...] = ()


class FormPurpose(StrEnum):
    """What a form is for."""

    SEARCH = "search"
    DOCUMENT_SEARCH = "document_search"
    QUESTION = "question"
    COMMENT = "comment"
    LOOKUP = "lookup"  # status of a question or dossier
    LOGIN = "login"
    SURVEY = "survey"
    NEWSLETTER = "newsletter"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Form:
    """A form: where it goes, how, what for."""

    action: str
    method: str = "get"
    purpose: FormPurpose = FormPurpose.OTHER
    inputs: tuple[Input, ...] = ()
    zone: Zone = Zone.BODY
    #: Words around it: legend, heading, button.
    text: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the main content: words of its file name, its alt text, whether it has one at all."""

    name: str
    alt: str = ""
    has_alt: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its level 1-6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Access:
    """Counts for the parts of khoản 1 Điều 18 TT 32/2017 that plain HTML shows."""

    images: int = 0
    images_without_alt: int = 0
    image_links: int = 0
    image_links_without_name: int = 0
    links: int = 0
    vague_links: int = 0  # "tại đây", "xem thêm" without a title
    tables: int = 0
    tables_without_headers: int = 0
    headings: int = 0
    moving: int = 0  # marquee, blink


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page that was read. Addresses are canonical and absolute; text is NFC."""

    url: str
    #: Clicks from the home page along the shortest way found.
    depth: int = 0
    status: int = 200
    title: str = ""
    headings: tuple[Heading, ...] = ()
    breadcrumb: tuple[str, ...] = ()
    #: Main text without menu, header, footer and side columns; at most 8,000 characters.
    text: str = ""
    #: Length of the whole main text in characters.
    text_length: int = 0
    header_text: str = ""
    footer_text: str = ""
    links: tuple[Link, ...] = ()
    #: Short words in menu-like places that are no link (field-notes 4).
    loose_words: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    tables: tuple[Table, ...] = ()
    fields: tuple[Field, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    forms: tuple[Form, ...] = ()
    images: tuple[Image, ...] = ()
    #: Pictures at the head of the page, the emblem among them; of pages that may be the home page only.
    head_images: tuple[Image, ...] = ()
    #: Dates of the page itself and loose ones in its main text, with their roles.
    dates: tuple[SeenDate, ...] = ()
    frames: tuple[str, ...] = ()
    #: Names in lower case: description, viewport, generator, dc.title, og:title …
    meta: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    canonical: str = ""
    feeds: tuple[str, ...] = ()
    #: @type values of JSON-LD blocks.
    jsonld_types: tuple[str, ...] = ()
    declared_lang: str = ""
    #: "vi", "en" or "" when there is too little text to tell.
    language: str = ""
    #: Controls seen: print, save, share_zalo, share_facebook, font_size, read_aloud, contrast, rating.
    controls: frozenset[str] = frozenset()
    #: Traits: shell, nfd, legacy_font, mojibake, wrong_charset, cp1258, entities, viewport, media_query,
    #: marquee, blink, frameset, map_embed, login_wall, placeholder, article, shortened (deep in a large portal).
    traits: frozenset[str] = frozenset()
    access: Access = Access()
    #: SHA-256 of the body as it is kept: as received, but for the data of citizens.
    sha256: str = ""
    fetched_at: dt.datetime | None = None
    #: Addresses that lead here (redirects, canonical twin).
    aliases: tuple[str, ...] = ()
    #: Hosts whose scripts the page loads, and to which its measuring codes report.
    script_hosts: tuple[str, ...] = ()
    #: Tabs and folded parts, each at this address with its fragment.
    panels: tuple[Page, ...] = ()
    #: What the reader chose on its way, so that the body can be read the same way again.
    read_as: str = field(default="", compare=False)

    @property
    def h1(self) -> str:
        return next((h.text for h in self.headings if h.level == 1), "")

    @property
    def published(self) -> SeenDate | None:
        """When the page's own article was put up or last changed, most trusted source first."""
        order = list(DateSource)
        own = [d for d in self.dates if d.role in (DateRole.PUBLISHED, DateRole.UPDATED)]
        return min(own, key=lambda d: order.index(d.source), default=None)


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request's end: address asked, outcome, where it ended, what was said."""

    url: str
    outcome: Outcome
    status: int | None = None
    final_url: str = ""
    content_type: str = ""
    size: int = 0
    seconds: float = 0.0
    error: str = ""
    at: dt.datetime | None = None
    sha256: str = ""
