"""What every page of a portal repeats is not a page's own content.

One page alone cannot tell a banner, a menu or a footer from content when the portal has no tags, roles
or telling class names for them (tables, SharePoint). Seen together, pages give it away: lines that stand
on many pages belong to the portal.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from core.page import DateSource, Item, Page, SeenDate, Table, Zone
from core.text import fold
from crawler.extract.language import language_of
from crawler.extract.traits import PLACEHOLDERS, is_placeholder

#: Fewer pages cannot tell a habit from a coincidence.
_LEAST_PAGES = 5
#: Who wrote an article is the article's own, though one office writes them all.
_SIGNED = re.compile(r"(?:Tác giả(?: bài viết)?|Nguồn(?: tin| bài)?|Người viết|Tin, ảnh|Bài, ảnh)\s*:\s*\S", re.I)
_METADATA = (DateSource.META, DateSource.JSONLD)
#: A line on this share of the pages belongs to the portal.
_SHARE = 0.4


def without_repeats(pages: Sequence[Page]) -> tuple[Page, ...]:
    """The pages with the portal's own lines taken out of their main text.

    Lines at the top become ``header_text``, those at the bottom ``footer_text``, where extraction found
    none. Sentences such as "Nội dung đang cập nhật" stay however often they stand.
    """
    pages = _own_feet(pages)
    if len(pages) < _LEAST_PAGES:
        return tuple(pages)
    # Deep pages of a large portal, kept in short, have lost what they repeat: they say nothing of its habits.
    whole = [p for p in pages if "shortened" not in p.traits]
    lines = _repeated([set(p.text.split("\n")) for p in whole])
    # A long page's text is cut: what stands at its end cannot be missed there.
    to_the_end = [p for p in whole if p.text_length <= len(p.text)]
    if len(to_the_end) < len(whole):
        lines |= _repeated([set(p.text.split("\n")) for p in to_the_end])
    lines = frozenset(line for line in lines if line and fold(line) not in PLACEHOLDERS and not _SIGNED.match(line))
    files = _repeated([{a.url for a in p.attachments} for p in whole])
    fields = _repeated([{f"{f.name}\n{f.value}" for f in p.fields} for p in whole])
    tables = _repeated([set(p.tables) for p in whole if p.tables])
    usual = _usual(whole)
    stamps = _stamps(pages)
    home, *others = pages
    cleaned = (_clean(_unlisted(p, usual, files, fields, tables), lines, home=False) for p in others)
    return tuple(_unstamped(p, stamps) for p in (_clean(home, lines, home=True), *cleaned))


#: A day in the metadata, or a day and its words on the page.
Stamp = tuple[dt.date, str]


def _stamps(pages: Sequence[Page]) -> frozenset[Stamp]:
    """Days that most dated pages give: when the site was built, or today's weather; not when a page was put up."""
    stamped = [{_stamp(d) for d in p.dates} for p in pages]
    metadata = [found for s in stamped if (found := {d for d in s if not d[1]})]
    shown = [{d for d in s if d[1]} for s in stamped]
    return (_repeated(metadata) if len(metadata) >= _LEAST_PAGES else frozenset()) | _repeated(shown)


def _stamp(seen: SeenDate) -> Stamp:
    return seen.day, "" if seen.source in _METADATA else seen.text or seen.source.value


def _unstamped(page: Page, stamps: frozenset[Stamp]) -> Page:
    if not any(_stamp(d) in stamps for d in page.dates):
        return page
    return dataclasses.replace(page, dates=tuple(d for d in page.dates if _stamp(d) not in stamps))


def _own_feet(pages: Sequence[Page]) -> tuple[Page, ...]:
    """Gives a foot that no other page has back to the main text: an address at the end of a contact page."""
    feet = Counter(p.footer_text for p in pages)
    out = []
    for i, page in enumerate(pages):
        own = page.footer_text and feet[page.footer_text] == 1 and "footer" not in page.traits
        if i and own and len(page.footer_text) < 400:
            text = f"{page.text}\n{page.footer_text}".strip()
            page = dataclasses.replace(page, text=text, text_length=page.text_length + len(page.footer_text))
        out.append(page)
    return tuple(out)


def _usual(pages: Sequence[Page]) -> dict[str, int]:
    """How often the entries that most pages carry stand on such a page."""
    counts = [Counter(i.url for i in p.items if i.url) for p in pages]
    common = _repeated([set(c) for c in counts])
    return {url: min(c[url] for c in counts if c[url]) for url in common}


def _own_entries(page: Page, usual: dict[str, int]) -> tuple[Item, ...]:
    """Entries that are the page's own: a list with others that are, or more often here than elsewhere.

    The newest articles stand beside every page and in the list of the news section too.
    """
    groups = Counter({i.group: 0 for i in page.items})
    for item in page.items:
        groups[item.group] += -1 if item.url in usual else 1
    own_groups = {g for g, balance in groups.items() if balance > 0}
    here = Counter(i.url for i in page.items)
    aside = (Zone.SIDE, Zone.HEADER, Zone.FOOTER, Zone.MENU)
    kept, given = [], Counter[str]()
    for item in page.items:
        extra = here[item.url] - usual.get(item.url, 0)
        if item.url not in usual or item.group in own_groups:
            kept.append(item)
        elif given[item.url] < extra and item.zone not in aside:
            given[item.url] += 1
            kept.append(item)
    return tuple(kept)


def _unlisted(
    page: Page, usual: dict[str, int], files: frozenset[str], fields: frozenset[str], tables: frozenset[Table]
) -> Page:
    """The page without the entries, files, fields and tables that all pages repeat."""
    own: dict[str, tuple[object, ...]] = {
        "items": _own_entries(page, usual) if usual else page.items,
        "attachments": tuple(a for a in page.attachments if a.url not in files),
        "tables": tuple(t for t in page.tables if t not in tables) if tables else page.tables,
        "fields": tuple(f for f in page.fields if f"{f.name}\n{f.value}" not in fields),
    }
    # Things are only taken out: where none was, the page is the same, and nothing needs to be kept twice.
    changed = {name: left for name, left in own.items() if len(left) != len(getattr(page, name))}
    return dataclasses.replace(page, **changed) if changed else page  # type: ignore[arg-type]


T = TypeVar("T")


def _repeated(seen: Sequence[set[T]]) -> frozenset[T]:
    """What stands on a good share of the pages."""
    counts: Counter[T] = Counter()
    for of_page in seen:
        counts.update(of_page)
    least = max(4, round(_SHARE * len(seen)))
    return frozenset(thing for thing, n in counts.items() if n >= least)


def _clean(page: Page, repeated: frozenset[str], *, home: bool) -> Page:
    lines = page.text.split("\n")
    if not any(line in repeated for line in lines):
        return page
    top = next((i for i, line in enumerate(lines) if line not in repeated), len(lines))
    end = next((i for i in range(len(lines), top, -1) if lines[i - 1] not in repeated), top)
    header = page.header_text or "\n".join(lines[:top])
    footer = page.footer_text or "\n".join(lines[end:])
    if home:  # its blocks are its content, whatever other pages repeat of them
        return dataclasses.replace(page, header_text=header, footer_text=footer)
    own = [line for line in lines if line not in repeated]
    text = "\n".join(own)
    length = max(page.text_length - len(page.text) + len(text), len(text))
    traits = page.traits
    listed = list(page.items)
    if is_placeholder(text, page.title, page.breadcrumb, page.headings, listed, len(page.attachments)):
        traits |= {"placeholder"}
    return dataclasses.replace(
        page,
        text=text,
        text_length=length,
        header_text=header,
        footer_text=footer,
        traits=traits,
        language=language_of(text) or page.language,
    )
