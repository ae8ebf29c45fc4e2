"""Links that could stand for a section, and those that are articles or files of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.content import own_items
from core.evidence import Evidence
from core.page import UNSEEN, Link, Outcome, Page, Zone

#: Where entries of lists stand: newest articles in a side column too.
LISTING = frozenset({Zone.BODY, Zone.SIDE, Zone.FRAME})
#: More words than the name of a section has.
_HEADLINE = 11
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|odt|zip|rar)(?:$|[?#])", re.I)


def article_addresses(evidence: Evidence) -> frozenset[str]:
    """Addresses of dated list entries that lead to articles or were not asked for: no sections of their own.

    What did not answer may be a section, unless its title is a headline.
    """
    found = set()
    for page in evidence.pages:
        for item in page.items:
            target = evidence.page(item.url)
            fetch = evidence.fetch(item.url)
            silent = fetch is not None and fetch.outcome in UNSEEN and fetch.outcome is not Outcome.BUDGET
            is_article = len(item.title.split()) > _HEADLINE or (
                not silent if target is None else "article" in target.traits or not _lists(target, evidence)
            )
            dated = item.published is not None or (target is not None and "article" in target.traits)
            if item.url and dated and is_article and not _FILE.search(item.url):
                found.add(item.url)
    return frozenset(found)


def _lists(page: Page, evidence: Evidence) -> bool:
    """Whether a page shows several things: entries, rows that lead somewhere, files. One file makes a document."""
    rows = sum(bool(urls) for table in page.tables for urls in table.urls)
    return rows > 1 or len({a.url for a in page.attachments}) > 1 or bool(own_items(page, evidence))


def labelled(evidence: Evidence) -> Iterator[tuple[Page, Link]]:
    """Links that could stand for a section, with their page; words without a link as dead links."""
    seen: set[Link] = set()
    for page, link in evidence.links():
        if link in seen or (link.zone is Zone.BODY and (page.depth > 1 or len(link.label) > 90)):
            continue
        seen.add(link)
        yield page, link
    for page in evidence.within(2):
        for link in _files_in_rows(page):
            yield page, link
    if evidence.home is not None:
        for word in evidence.home.loose_words:
            yield evidence.home, Link("", text=word, dead="no_href")


def _files_in_rows(page: Page) -> Iterator[Link]:
    """Files called "Xem" or "Tải về" by the words of their row: a report among others in a table."""
    files = {a.url for a in page.attachments}
    for table in page.tables:
        for row, urls in zip(table.rows, table.urls, strict=False):
            file = next((u for u in urls if u in files), "")
            name = max(row, key=len, default="")
            if file and 8 <= len(name) <= 90:
                yield Link(file, text=name)
