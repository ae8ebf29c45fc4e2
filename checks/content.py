"""Whether a page has the content its label promises. Shapes are data (``content.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from checks.pictures import repeated_images
from checks.said import Said
from checks.shapes import Shape, shapes, told
from checks.surplus import own_links
from core.evidence import Evidence
from core.page import GONE, FormPurpose, Item, Page, Table, Zone
from core.text import announces_later, any_phrase, clean, fold


class Fit(IntEnum):
    """EMPTY: nothing there. POOR: something else. GOOD: as promised. STRONG: plainly this, whatever the label."""

    EMPTY = 0
    POOR = 1
    GOOD = 2
    STRONG = 3


#: What stands between the page's name and the portal's in a title.
TITLE_PARTS = re.compile(r"\s+[|\-–—:»>/]+\s+|\s*[|»]\s*")


def own_items(page: Page, evidence: Evidence) -> tuple[Item, ...]:
    """The page's own list entries: main column, and no links to itself."""
    aside = (Zone.SIDE, Zone.FOOTER, Zone.HEADER, Zone.MENU, Zone.BREADCRUMB)
    return tuple(i for i in page.items if i.zone not in aside and i.url != page.url and i.title)


def _says(row: tuple[str, ...]) -> bool:
    """Whether a row of a table has a word: neither dashes nor the days of a month."""
    return any(sum(map(str.isalpha, cell)) > 1 for cell in row)


def own_tables(page: Page) -> tuple[Table, ...]:
    """Data tables with at least one row that says something."""
    return tuple(t for t in page.tables if any(map(_says, t.rows)) and (t.headers or len(t.rows) > 1))


#: Forms that are content: what an empty list of questions offers.
OFFERS = frozenset({FormPurpose.QUESTION, FormPurpose.COMMENT, FormPurpose.LOOKUP})
#: Forms that stand on any page and are nobody's content.
_BESIDE = frozenset({FormPurpose.SEARCH, FormPurpose.SURVEY, FormPurpose.LOGIN, FormPurpose.NEWSLETTER})


def is_placeholder(page: Page, evidence: Evidence) -> bool:
    """A page put up in name only: "Nội dung đang được cập nhật" and nothing of its own."""
    if any(f.purpose in OFFERS for f in page.forms):
        return False
    filler = len(page.text) < 600 and any_phrase(fold(page.text), told("filler")) is not None
    if "placeholder" not in page.traits and not filler:
        return False
    return not own_items(page, evidence) and not page.attachments and not any(len(t.rows) > 1 for t in own_tables(page))


def is_single(page: Page) -> bool:
    """Whether a page is one article, or one document with its fields."""
    fields = {fold(f.name) for f in page.fields}
    return "article" in page.traits or not fields.isdisjoint(shapes()["documents"].headers)


def _announces(page: Page) -> bool:
    """Whether a line of its own says that the content is still to come; entries below it are other news."""
    lines = (line for line in _unnamed(page, page.text.split("\n")) if len(line) < 60)
    return any(announces_later(line) or any_phrase(fold(line), told("to_come")) is not None for line in lines)


def _unnamed(page: Page, lines: Iterable[str]) -> Iterator[str]:
    """Lines without the page's own name at their head: "Lịch làm việc: đang cập nhật" says "đang cập nhật"."""
    names = {fold(n) for n in (page.title, *TITLE_PARTS.split(page.title), *(h.text for h in page.headings))} - {""}
    for line in lines:
        head, colon, rest = line.partition(":")
        yield rest.strip() if colon and fold(head) in names else line


def _only_announces(line: str) -> bool:
    """Whether a line says nothing else: not "Fax: đang cập nhật"."""
    folded = fold(line)
    return ":" not in line and len(folded.split()) <= 9 and any_phrase(folded, told("to_come")) is not None


#: Characters beside names and entries up to which an announcement is all a page has to say.
_LITTLE = 250


def still_to_come(page: Page, evidence: Evidence, items: tuple[Item, ...], topic: tuple[str, ...]) -> bool:
    """Whether a page says little more than that its content is to come, above news of other sections.

    Told by the words above the list ("Các tin khác"), or by entries of which less than half are on topic.
    """
    if page.attachments or any(len(t.rows) > 1 for t in own_tables(page)) or not seen(page, evidence).announces:
        return False
    titles = [i.title for i in items]
    lines = [line for line in without_names(page).split("\n") if line]
    first = bool(lines and items) and any_phrase(fold(lines[0][:80]), told("to_come")) is not None
    if not first and sum(len(n) for n in lines if not any(t in n or n in t for t in titles)) > _LITTLE:
        return False
    heads = {fold(line).strip() for line in (*page.text.split("\n"), *(h.text for h in page.headings))}
    if not heads.isdisjoint(told("other_news")):
        return True
    if not titles:
        return not any(f.purpose in OFFERS for f in page.forms) and any(map(_only_announces, _unnamed(page, lines)))
    on_topic = sum(any_phrase(fold(t), topic) is not None for t in titles)
    return (bool(topic) or first) and on_topic * 2 < len(titles)


#: Longest line that may say nothing but what the page is called, and words it may have besides.
_NAMING, _BESIDES = 160, 2
#: Characters up to which such lines are looked for: in a longer text they do no harm.
_SHORT_PAGE = 1_500
#: What such a line is made of: "Chuyên mục … của Cổng thông tin điện tử …".
_NAMING_WORDS = re.compile(
    r"\b(?:chao mung|trang chu|home|ban|quy vi|den voi|day la|chuyen muc|chuyen trang|muc|trang|thuoc|cua|tren|tai|"
    r"noi dung|thong tin|(?:cong|trang) (?:thong tin dien tu|ttdt)|website|welcome to|the)\b"
)


def without_names(page: Page) -> str:
    """The main text without the lines that only say what the page is called; a heading that asks is content."""
    heads = (h.text for h in page.headings if not h.text.rstrip().endswith("?"))
    names = {clean(n) for n in (page.title, *TITLE_PARTS.split(page.title), *page.breadcrumb, *heads)}
    kept = [line for line in page.text.split("\n") if line not in names]
    if page.text_length < _SHORT_PAGE:
        folded = sorted({fold(n) for n in names} - {""}, key=len, reverse=True)
        kept = [line for line in kept if not _only_names(line, folded)]
    return "\n".join(kept)


def _only_names(line: str, names: list[str]) -> bool:
    """Whether a short line says no more than names: "Chuyên mục Công báo của Cổng thông tin điện tử tỉnh"."""
    if len(line) > _NAMING or any(c.isdigit() for c in line):
        return False
    rest = said = f" {fold(line)} "
    for name in names:
        rest = rest.replace(f" {name} ", " ")
    return rest != said and len(_NAMING_WORDS.sub(" ", rest).split()) <= _BESIDES


def body_text(page: Page) -> str:
    """Said text of everything that is content: text, entries, tables, fields, files; headings aside."""
    parts = [without_names(page)]
    parts += [f"{i.title} {i.summary}" for i in page.items if i.zone in (Zone.BODY, Zone.FRAME)]
    for table in page.tables:
        parts += [" ".join(table.headers), *(" ".join(r) for r in table.rows[:30])]
    parts += [f"{f.name} {f.value}" for f in page.fields]
    parts += [a.text for a in page.attachments]
    return fold(" | ".join(parts))


def column_names(page: Page) -> str:
    """Said heads of tables and names of fields."""
    names = [h for t in page.tables for h in t.headers] + [f.name for f in page.fields]
    return " | ".join(fold(n) for n in names)


@dataclass(frozen=True, slots=True)
class Content:
    """What was found out about one page's content."""

    fit: Fit
    items: tuple[Item, ...] = ()
    hits: int = 0
    #: Share of the entries that are on topic.
    share: float = 0.0
    #: Points of the signs by which the page plainly is this and nothing else (``checks.plain``).
    plain: int = 0
    #: Only the page's own heading says what it is: nothing of the content does.
    by_name: bool = False


#: So many entries that lead to the page itself, or say the same, are no list.
_LIST = 3


def only_itself(page: Page, evidence: Evidence) -> bool:
    """Whether everything a page lists leads back to the page: nothing stands behind its entries."""
    aside = (Zone.SIDE, Zone.FOOTER, Zone.HEADER, Zone.MENU, Zone.BREADCRUMB)
    loops = [i for i in page.items if i.url == page.url and i.zone not in aside]
    loops += _leading_nowhere(page, evidence)
    unread = 0
    for item in own_items(page, evidence):
        target = evidence.page(item.url) if item.url else None
        if target is not None and target is not evidence.home and target.text == page.text:
            loops.append(item)
        elif item.url and (target is not None or not _same_path(item.url, page.url)):
            return False
        unread += target is None
    listed = len(loops) + unread if loops else 0
    return listed >= _LIST and not page.attachments and not any(t.headers for t in page.tables)


def _leading_nowhere(page: Page, evidence: Evidence) -> list[Item]:
    """Entries that are links to "#", where the page says little more than they do: nothing unfolds beneath them."""
    empty = {k.text for k in page.links if k.dead == "hash" and k.zone in (Zone.BODY, Zone.FRAME)}
    found = [i for i in own_items(page, evidence) if not i.url and i.title in empty]
    if not found:
        return []
    titles = {i.title for i in found}
    more = [line for line in without_names(page).split("\n") if not any(t in line for t in titles)]
    return found if sum(map(len, more)) <= _LITTLE else []


def _only_other_news(page: Page, items: tuple[Item, ...]) -> bool:
    """Whether a page has next to nothing of its own above the newest posts of the portal."""
    if items or page.attachments or own_tables(page) or any(f.purpose in OFFERS for f in page.forms):
        return False
    lines = [line for line in page.text.split("\n") if line.strip()]
    heads = told("other_news")
    first = next((n for n, line in enumerate(lines) if fold(line) in heads), None)
    if first is None or first == len(lines) - 1:
        return False
    names = {clean(n) for n in (*TITLE_PARTS.split(page.title), *page.breadcrumb, *(h.text for h in page.headings))}
    return sum(len(line) for line in lines[:first] if line not in names) < _A_LINE


def _same_path(one: str, other: str) -> bool:
    """Whether two addresses differ in their queries only."""
    return one.partition("?")[0] == other.partition("?")[0]


def is_filler(page: Page, evidence: Evidence) -> bool:
    """Whether the entries that were read all say the same: one text put up again and again."""
    details = [evidence.page(i.url) for i in own_items(page, evidence) if i.url]
    read = [p for p in details if p is not None and p is not evidence.home and p is not page]
    if len({p.url for p in read}) < _LIST:
        return False
    first = _said(read[0])
    if sum(map(len, first)) >= _A_POST and all(_said(p) == first for p in read[1:]):
        return True
    dummies = 0
    for number, one in enumerate(read, 1):
        dummies += seen(one, evidence).dummy
        if (dummies + len(read) - number) * 2 <= len(read):
            return False  # whatever the rest says
    return True


def _said(page: Page) -> frozenset[str]:
    """The folded lines of a page, numbers aside."""
    return frozenset(fold(_DIGITS.sub("", line)) for line in (page.title, *page.text.split("\n")))


@dataclass(frozen=True)
class Seen:
    """What a page says whichever duty asks; every part is made when it is first asked for, and kept."""

    page: Page
    evidence: Evidence

    @cached_property
    def placeholder(self) -> bool:
        return is_placeholder(self.page, self.evidence)

    @cached_property
    def announces(self) -> bool:
        return _announces(self.page)

    @cached_property
    def hollow(self) -> bool:
        """Nothing of its own stands on it or behind its entries."""
        page, evidence = self.page, self.evidence
        return self.elsewhere or only_itself(page, evidence) or is_filler(page, evidence)

    @cached_property
    def elsewhere(self) -> bool:
        """Nothing but the newest posts of other sections stands on it."""
        return _only_other_news(self.page, self.items)

    @cached_property
    def dummy(self) -> bool:
        """Its text is a stand-in."""
        return any_phrase(fold(self.page.text), told("filler")) is not None

    @cached_property
    def length(self) -> int:
        """Characters of its text beside those that only say what it is called."""
        return self.page.text_length - (len(self.page.text) - len(without_names(self.page)))

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return own_items(self.page, self.evidence)

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Those of its entries, folded."""
        return tuple(fold(i.title) for i in self.items)

    @cached_property
    def rows(self) -> int:
        return sum(_says(row) for table in own_tables(self.page) for row in table.rows)

    @cached_property
    def files(self) -> bool:
        """Has files that are not gone."""
        return not all(_is_gone(a.url, self.evidence) for a in self.page.attachments)

    @cached_property
    def form(self) -> bool:
        """Has a form that is content."""
        return any(f.zone in (Zone.BODY, Zone.FRAME) and f.purpose not in _BESIDE for f in self.page.forms)

    @cached_property
    def images(self) -> bool:
        """Has a picture of its own: not one that stands on page after page."""
        return any(image not in repeated_images(self.evidence) for image in self.page.images)

    @cached_property
    def links(self) -> int:
        """Different addresses that its own links lead to."""
        return len({k.url for k in own_links(self.page, self.evidence)})

    @property
    def listed(self) -> bool:
        return bool(self.items or self.rows or self.files)

    def lists(self, shape: Shape) -> bool:
        """Whether it has what counts as a list there."""
        return self.listed or (shape.links and self.links >= 3)

    @cached_property
    def body(self) -> Said:
        return Said(body_text(self.page))

    @cached_property
    def columns(self) -> Said:
        return Said(column_names(self.page))

    @cached_property
    def raw(self) -> str:
        return _raw(self.page)

    @cached_property
    def _marked(self) -> bool:
        """Whether it is written with accents."""
        return (len(self.raw) - len(self.raw.encode("ascii", "ignore"))) * _MARKED >= len(self.raw)

    @cached_property
    def _words(self) -> frozenset[str]:
        text = self.raw if self._marked else fold(self.raw)
        return frozenset(_WORD.findall(text.lower()))

    def speaks(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands on it, told apart by accents where it has any."""
        return bool(words) and not self._words.isdisjoint(words if self._marked else map(fold, words))

    @cached_property
    def by_shape(self) -> dict[str, Content | None]:
        """What the shapes that were asked for decide by themselves; None leaves it to a duty's words."""
        return {}


def seen(page: Page, evidence: Evidence) -> Seen:
    memo: dict[int, Seen] = evidence.memo.setdefault("seen", {})
    if id(page) not in memo:  # pages put together of several share their address; what is kept keeps the page alive
        memo[id(page)] = Seen(page, evidence)
    return memo[id(page)]


_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
#: A text of which more than one letter in so many has an accent is written with accents.
_MARKED = 50
#: Characters up to which a page says no more than a line.
_A_LINE = 60
#: Characters from which a text is a post and no bare entry.
_A_POST = 150


def _is_gone(url: str, evidence: Evidence) -> bool:
    fetch = evidence.fetch(url)
    return fetch is not None and fetch.outcome in GONE


def _raw(page: Page) -> str:
    """The page's words with accents, for patterns."""
    parts = [without_names(page), *(f"{i.title} {i.summary}" for i in page.items), *(f.value for f in page.fields)]
    for table in page.tables:
        parts += [" ".join(table.headers), *(" ".join(r) for r in table.rows[:30])]
    return "\n".join(parts)
