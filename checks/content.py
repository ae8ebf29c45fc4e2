"""Whether a page has the content its label promises. Shapes are data (``content.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from checks.said import Said
from checks.surplus import own_links
from core.data_files import read_yaml
from core.evidence import Evidence
from core.page import GONE, FormPurpose, Item, Page, Table, Zone
from core.text import announces_later, any_phrase, clean, fold


class Fit(IntEnum):
    """EMPTY: nothing there. POOR: something else. GOOD: as promised. STRONG: plainly this, whatever the label."""

    EMPTY = 0
    POOR = 1
    GOOD = 2
    STRONG = 3


@dataclass(frozen=True, slots=True)
class Shape:
    """One entry of ``content.yaml``, folded and compiled."""

    shape: str = "either"
    min_text: int = 120
    topic: tuple[str, ...] = ()
    rescue: bool = False
    strong: tuple[str, ...] = ()
    strong_min: int = 2
    headers: tuple[str, ...] = ()
    headers_min: int = 3
    pattern: re.Pattern[str] | None = None
    pattern_needed: bool = False
    #: Phrases of something else that goes by the same words.
    not_words: tuple[str, ...] = ()
    #: The same for titles of entries: more than half of them make it something else.
    not_entries: tuple[str, ...] = ()
    #: So many dated entries make the page plainly this, where no other duty claims it; 0: never.
    dated_strong: int = 0
    #: Bare links of the main column count as a list.
    links: bool = False
    #: So many matches of the pattern make the page plainly this; 0: never.
    pattern_strong: int = 0


#: What stands between the page's name and the portal's in a title.
TITLE_PARTS = re.compile(r"\s+[|\-–—:»>/]+\s+|\s*[|»]\s*")

#: Lists of phrases in the file and the fields they fill.
_PHRASES = {
    "topic": "topic",
    "strong": "strong",
    "headers": "headers",
    "not": "not_words",
    "not_entries": "not_entries",
}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(Path(__file__).with_name("content.yaml"))
    return loaded


@cache
def _told(key: str) -> tuple[str, ...]:
    return tuple(fold(phrase) for phrase in _data()[key])


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """All content shapes by key."""
    found = {}
    for key, entry in _data().items():
        if key in ("filler", "to_come", "other_news"):
            continue
        words: dict[str, Any] = {
            field: tuple(fold(w) for w in entry[key]) for key, field in _PHRASES.items() if key in entry
        }
        plain = {k: v for k, v in entry.items() if k not in _PHRASES and k != "pattern"}
        pattern = re.compile(entry["pattern"]) if "pattern" in entry else None
        found[key] = Shape(**words, **plain, pattern=pattern)
    return found


def own_items(page: Page, evidence: Evidence) -> tuple[Item, ...]:
    """The page's own list entries: main column, and no links to itself."""
    aside = (Zone.SIDE, Zone.FOOTER, Zone.HEADER, Zone.MENU, Zone.BREADCRUMB)
    return tuple(i for i in page.items if i.zone not in aside and i.url != page.url and i.title)


def own_tables(page: Page) -> tuple[Table, ...]:
    """Data tables with at least one row that says something."""
    return tuple(
        t for t in page.tables if any(any(c.strip() for c in r) for r in t.rows) and (t.headers or len(t.rows) > 1)
    )


#: Forms that are content: what an empty list of questions offers.
OFFERS = frozenset({FormPurpose.QUESTION, FormPurpose.COMMENT, FormPurpose.LOOKUP})


def is_placeholder(page: Page, evidence: Evidence) -> bool:
    """A page put up in name only: "Nội dung đang được cập nhật" and nothing of its own."""
    if any(f.purpose in OFFERS for f in page.forms):
        return False
    filler = len(page.text) < 600 and any_phrase(fold(page.text), _told("filler")) is not None
    if "placeholder" not in page.traits and not filler:
        return False
    return not own_items(page, evidence) and not page.attachments and not any(len(t.rows) > 1 for t in own_tables(page))


def _announces(page: Page) -> bool:
    """Whether a line of its own says that the content is still to come; entries below it are other news."""
    lines = (line for line in page.text.split("\n") if len(line) < 60)
    return any(announces_later(line) or any_phrase(fold(line), _told("to_come")) is not None for line in lines)


def _only_announces(line: str) -> bool:
    """Whether a line says nothing else: not "Fax: đang cập nhật"."""
    folded = fold(line)
    return ":" not in line and len(folded.split()) <= 9 and any_phrase(folded, _told("to_come")) is not None


#: Characters beside names and entries up to which an announcement is all a page has to say.
_LITTLE = 250


def _still_to_come(page: Page, evidence: Evidence, items: tuple[Item, ...], topic: tuple[str, ...]) -> bool:
    """Whether a page says little more than that its content is to come, above news of other sections.

    Told by the words above the list ("Các tin khác"), or by entries of which less than half are on topic.
    """
    if page.attachments or any(len(t.rows) > 1 for t in own_tables(page)) or not _seen(page, evidence).announces:
        return False
    titles = [i.title for i in items]
    lines = [line for line in without_names(page).split("\n") if line]
    first = bool(lines and items) and any_phrase(fold(lines[0][:80]), _told("to_come")) is not None
    if not first and sum(len(n) for n in lines if not any(t in n or n in t for t in titles)) > _LITTLE:
        return False
    heads = {fold(line).strip() for line in (*page.text.split("\n"), *(h.text for h in page.headings))}
    if not heads.isdisjoint(_told("other_news")):
        return True
    if not titles:
        return not any(f.purpose in OFFERS for f in page.forms) and any(_only_announces(line) for line in lines)
    on_topic = sum(any_phrase(fold(t), topic) is not None for t in titles)
    return (bool(topic) or first) and on_topic * 2 < len(titles)


def without_names(page: Page) -> str:
    """The main text without the lines that only say what the page is called."""
    parts = (page.title, *TITLE_PARTS.split(page.title), *page.breadcrumb, *(h.text for h in page.headings))
    names = {clean(n) for n in parts}
    return "\n".join(line for line in page.text.split("\n") if line not in names)


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


#: So many entries that lead to the page itself, or say the same, are no list.
_LIST = 3


def only_itself(page: Page, evidence: Evidence) -> bool:
    """Whether everything a page lists leads back to the page: nothing stands behind its entries."""
    aside = (Zone.SIDE, Zone.FOOTER, Zone.HEADER, Zone.MENU, Zone.BREADCRUMB)
    loops = [i for i in page.items if i.url == page.url and i.zone not in aside]
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


def _only_other_news(page: Page, items: tuple[Item, ...]) -> bool:
    """Whether a page has next to nothing of its own above the newest posts of the portal."""
    if items or page.attachments or own_tables(page) or any(f.purpose in OFFERS for f in page.forms):
        return False
    lines = [line for line in page.text.split("\n") if line.strip()]
    heads = _told("other_news")
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
    return sum(_seen(p, evidence).dummy for p in read) * 2 > len(read)


def _said(page: Page) -> frozenset[str]:
    """The folded lines of a page, numbers aside."""
    return frozenset(fold(_DIGITS.sub("", line)) for line in (page.title, *page.text.split("\n")))


@dataclass(frozen=True)
class _Seen:
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
        other_news = _only_other_news(page, own_items(page, evidence))
        return other_news or only_itself(page, evidence) or is_filler(page, evidence)

    @cached_property
    def dummy(self) -> bool:
        """Its text is a stand-in."""
        return any_phrase(fold(self.page.text), _told("filler")) is not None

    @cached_property
    def body(self) -> Said:
        return Said(body_text(self.page))

    @cached_property
    def columns(self) -> Said:
        return Said(column_names(self.page))

    @cached_property
    def raw(self) -> str:
        return _raw(self.page)


def _seen(page: Page, evidence: Evidence) -> _Seen:
    memo: dict[int, _Seen] = evidence.memo.setdefault("seen", {})
    if id(page) not in memo:  # pages put together of several share their address; what is kept keeps the page alive
        memo[id(page)] = _Seen(page, evidence)
    return memo[id(page)]


_DIGITS = re.compile(r"\d+")
#: A single syllable without its accents means too many things to tell anything.
_SYLLABLE = 4
#: Characters up to which a page says no more than a line.
_A_LINE = 60
#: Characters from which a text is a post and no bare entry.
_A_POST = 150
#: Less text than this beside files that are all gone is nothing but their names.
_DEAD_FILES_TEXT = 300


def _is_gone(url: str, evidence: Evidence) -> bool:
    fetch = evidence.fetch(url)
    return fetch is not None and fetch.outcome in GONE


def assess(page: Page, key: str, evidence: Evidence, *, named: bool = False, cues: tuple[str, ...] = ()) -> Content:
    """How well a page has the content ``key`` promises.

    ``named``: its own heading or title is the section's name. ``cues`` are the rule's own phrases.
    """
    shape = shapes().get(key) or Shape()
    items = own_items(page, evidence)
    tables = own_tables(page)
    rows = sum(len(t.rows) for t in tables)
    files = [a for a in page.attachments if not _is_gone(a.url, evidence)]
    if page.attachments and not (files or items or rows or page.forms) and page.text_length < _DEAD_FILES_TEXT:
        return Content(Fit.EMPTY, items)
    has_list = bool(items or rows or files) or (shape.links and len({k.url for k in own_links(page, evidence)}) >= 3)
    has_text = page.text_length >= shape.min_text
    seen = _seen(page, evidence)
    if seen.placeholder or _still_to_come(page, evidence, items, shape.topic) or seen.hollow:
        return Content(Fit.EMPTY, ())
    if not (
        has_list or page.text_length >= min(shape.min_text, 60) or page.forms or page.images or len(page.fields) > 1
    ):
        return Content(Fit.EMPTY, items)
    heads = seen.columns.count(shape.headers)
    strong = seen.body.count(shape.strong)
    cues = tuple(c for c in cues if " " in c or len(c) > _SYLLABLE)
    cue_hits = seen.body.count(cues)
    pattern = shape.pattern is None or bool(shape.pattern.search(seen.raw))
    if shape.not_words and not strong and seen.body.has(shape.not_words):
        return Content(Fit.POOR, items)
    if items and sum(any_phrase(fold(i.title), shape.not_entries) is not None for i in items) * 2 > len(items):
        return Content(Fit.POOR, items)
    if shape.headers and heads >= shape.headers_min and has_list:
        return Content(Fit.STRONG, items, heads)
    if shape.dated_strong and sum(i.published is not None for i in items) >= shape.dated_strong:
        return Content(Fit.STRONG, items, len(items))
    if shape.pattern_needed and not pattern:
        return Content(Fit.POOR, items)
    if shape.pattern_strong and shape.pattern and has_list:
        numbers = set(shape.pattern.findall(seen.raw))
        if len(numbers) >= shape.pattern_strong:
            return Content(Fit.STRONG, items, len(numbers))
    if shape.strong and strong >= shape.strong_min and (shape.shape != "list" or has_list):
        return Content(Fit.STRONG, items, strong)
    shaped = {"list": has_list, "text": has_text, "either": has_list or has_text or bool(page.images)}[shape.shape]
    on_topic = not shape.topic or cue_hits > 0 or seen.body.has(shape.topic)
    if shape.pattern is not None and pattern and has_list and on_topic:
        return Content(Fit.GOOD, items, 1)
    if shaped and on_topic:
        return Content(Fit.GOOD, items, cue_hits, _on_topic_share(items, shape))
    if shape.shape == "list" and not has_list:
        enough = shape.rescue and named and page.text_length >= 300
        return Content(Fit.GOOD if enough else Fit.EMPTY if page.text_length < 200 else Fit.POOR, items)
    if shaped and shape.rescue and named:
        return Content(Fit.GOOD, items)
    asks_entries = shaped and items and shape.topic and not shape.pattern_needed
    if asks_entries and _entries_tell(items, shape, cues, evidence):
        return Content(Fit.GOOD, items)
    return Content(Fit.POOR, items)


def _on_topic_share(items: tuple[Item, ...], shape: Shape) -> float:
    """Share of at least three entries whose titles are on topic; 0 for fewer."""
    if len(items) < 3 or not shape.topic:
        return 0.0
    return sum(any_phrase(fold(i.title), shape.topic) is not None for i in items) / len(items)


def _entries_tell(items: tuple[Item, ...], shape: Shape, cues: tuple[str, ...], evidence: Evidence) -> bool:
    """Whether the pages behind the entries are on topic, where the list itself names only titles."""
    details = [d for d in (evidence.page(i.url) for i in items if i.url) if d is not None and d is not evidence.home]
    told = sum(_seen(d, evidence).body.has((*shape.topic, *cues)) for d in details[:5])
    return told > 0 and told * 2 >= len(details[:5])


def _raw(page: Page) -> str:
    """The page's words with accents, for patterns."""
    parts = [without_names(page), *(f"{i.title} {i.summary}" for i in page.items), *(f.value for f in page.fields)]
    for table in page.tables:
        parts += [" ".join(table.headers), *(" ".join(r) for r in table.rows[:30])]
    return "\n".join(parts)
