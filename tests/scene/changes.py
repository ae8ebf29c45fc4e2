"""What happens to a portal between two rounds, done to its evidence."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from core.evidence import Evidence
from core.page import Fetch, Link, Outcome, Page


def without(evidence: Evidence, url: str) -> Evidence:
    """The page is not on the portal: nothing leads to it."""
    return _rid_of(evidence, url, links=True)


def unanswered(evidence: Evidence, url: str) -> Evidence:
    """The page is linked as before, and gave no answer in time."""
    return _rid_of(evidence, url, links=False)


def a_while_later(evidence: Evidence, days: int) -> Evidence:
    """So many days later, nothing put up since."""
    return dataclasses.replace(evidence, today=evidence.today + dt.timedelta(days))


def kept_up(evidence: Evidence, days: int) -> Evidence:
    """So many days later, and everything that bears a date is as new as it was."""
    pages = tuple(_moved(page, dt.timedelta(days)) for page in evidence.pages)
    feeds = tuple(_moved(feed, dt.timedelta(days)) for feed in evidence.feeds)
    return a_while_later(dataclasses.replace(evidence, pages=pages, feeds=feeds), days)


def _rid_of(evidence: Evidence, url: str, *, links: bool) -> Evidence:
    page = evidence.page(url)
    assert page is not None and page is not evidence.home, f"{url} is no inner page of {evidence.portal.url}"
    gone = frozenset({url.partition("#")[0], page.url.partition("#")[0], *page.aliases})
    pages = tuple(p for p in evidence.pages if p.url not in gone)
    fetches = {u: f for u, f in evidence.fetches.items() if not {u, f.final_url} & gone}
    if links:
        pages = tuple(_unlinked(p, gone) for p in pages)
    else:
        fetches |= {u: Fetch(u, Outcome.TIMEOUT) for u in gone}
    return dataclasses.replace(evidence, pages=pages, fetches=fetches)


def _unlinked(page: Page, gone: frozenset[str]) -> Page:
    return dataclasses.replace(
        page,
        links=tuple(link for link in page.links if link.url.partition("#")[0] not in gone),
        items=tuple(item for item in page.items if item.url.partition("#")[0] not in gone),
        panels=tuple(_unlinked(panel, gone) for panel in page.panels),
    )


def _moved(value: Any, by: dt.timedelta) -> Any:
    """The value with every day in it so much later."""
    if isinstance(value, dt.date):
        return value + by
    if isinstance(value, tuple):
        return tuple(_moved(part, by) for part in value)
    if isinstance(value, Mapping) or not dataclasses.is_dataclass(value) or isinstance(value, Link):
        return value
    fields = {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    changed = {n: moved for n, v in fields.items() if (moved := _moved(v, by)) is not v and moved != v}
    return dataclasses.replace(value, **changed) if changed else value
