"""An answer to page facts: extracted, with citizens' data taken out before anything is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Hashable, Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from types import MappingProxyType
from typing import Any, NamedTuple

from core import evidence_json
from core.page import Field, Link, Page
from core.text import fold
from crawler.answers import Answer
from crawler.extract import extract
from crawler.extract.memory import Choices
from crawler.extract.redact import redact
from crawler.extract.redact_html import redact_html, settled, shows_questions

#: Pages after which deep ones are kept in short.
KEPT_WHOLE = 400
_SHORT_TEXT = 160
_FEW = 16
#: Links that are a control of this one article: print, save, share.
_CONTROL = re.compile(r"\b(?:in|luu|tai|xuat|print|save|download|pdf|chia se|share|gui)\b")


class Reading(NamedTuple):
    """What was read on a page, and what may be kept of it."""

    page: Page
    #: The body without citizens' data; None where the body may be kept as it came.
    kept: bytes | None = None
    #: ``kept`` is what was read, as JSON: in the page itself the data could not be told apart.
    facts: bool = False


def read(answer: Answer, depth: int, *, today: dt.date, hosts: Iterable[str] = (), keeps: bool = True) -> Reading:
    """The facts of the page that was answered, as they can be read again from what is kept of it.

    Without ``keeps`` no body is kept: citizens' data is taken out of the facts alone, which takes a third of the time.
    """
    page = _read(answer, answer.body, depth, today, hosts)
    if not keeps:
        return Reading(redact(page))
    asked = shows_questions(page)
    if not asked and depth:
        return Reading(page)
    # A home page may name who asked in a box at its side, of which the page itself says nothing.
    body = redact_html(answer.body, page, answer.content_type)
    if not asked and (body is None or body is answer.body):
        return Reading(page)
    if body is not None:
        again = page if body == answer.body else _read(answer, body, depth, today, hosts)
        clean = settled(again)
        if clean is not None:
            return Reading(clean, body)
    kept = evidence_json.dumps(_bare(redact(page)))
    return Reading(read_facts(kept), kept, facts=True)


def read_kept(answer: Answer, depth: int, *, today: dt.date, facts: bool = False, read_as: str = "") -> Page:
    """The same facts from what was kept. Raises NotReadable where ``facts`` are none."""
    if facts:
        return read_facts(answer.body)
    return redact(_read(answer, answer.body, depth, today, (), Choices(read_as)))


def read_facts(kept: bytes) -> Page:
    """The page whose facts were kept in its place; its digest is theirs."""
    page = evidence_json.loads(Page, kept)
    digest = hashlib.sha256(kept).hexdigest()
    return replace(page, sha256=digest, panels=tuple(replace(p, sha256=digest) for p in page.panels))


def _bare(page: Page) -> Page:
    return replace(page, sha256="", panels=tuple(map(_bare, page.panels)))


def _read(
    answer: Answer, body: bytes, depth: int, today: dt.date, hosts: Iterable[str], choices: Choices | None = None
) -> Page:
    return extract(
        body,
        answer.final_url,
        content_type=answer.content_type,
        depth=depth,
        status=answer.status or 200,
        fetched_at=answer.at,
        base_hosts=frozenset(hosts),
        today=today,
        choices=choices,
    )


@lru_cache(maxsize=3072)
def _is_control(label: str) -> bool:
    return len(label) <= 40 and _CONTROL.search(fold(label)) is not None


def _last(page: Page) -> tuple[str, ...]:
    """The last step of the trail, which mostly is the heading: one string then."""
    heading = page.headings[0].text if page.headings else ""
    return (heading,) if heading and page.breadcrumb[-1:] == (heading,) else page.breadcrumb[-1:]


class Pool:
    """Lets pages share what is the same on many of them: menus, banners, footers, trails."""

    def __init__(self) -> None:
        self._links: dict[Link, Link] = {}
        self._same: dict[Hashable, Any] = {}

    def share(self, page: Page, url: str, *, whole: bool) -> Page:
        """The page with shared parts; not ``whole`` cuts a deep page down to what rates are counted from."""
        same = self._one
        changes: dict[str, Any] = {
            "url": url,
            "canonical": url if page.canonical == url else page.canonical,
            "header_text": same(page.header_text),
            "footer_text": same(page.footer_text),
            "controls": same(page.controls),
            "traits": same(page.traits),
            "feeds": same(page.feeds),
            "access": same(page.access),
            "jsonld_types": same(page.jsonld_types),
            "declared_lang": same(page.declared_lang),
        }
        if whole:
            changes["links"] = tuple(self._links.setdefault(link, link) for link in page.links)
            return replace(page, **changes)
        changes |= {
            "traits": same(page.traits | {"shortened"}),
            "panels": (),
            "text": page.text[:_SHORT_TEXT],
            "links": (*islice(filter(None, map(self._links.get, page.links)), _FEW), *self._controls(page)),
            "items": tuple(replace(i, summary="") for i in page.items[: 0 if "article" in page.traits else 3]),
            "tables": page.tables[:1] if sum(t.total_rows for t in page.tables[:1]) < 10 else (),
            "images": page.images[:3],
            "loose_words": (),
            "forms": (),
            "headings": page.headings[:1],
            "breadcrumb": tuple(same(step) for step in page.breadcrumb[:-1]) + _last(page),
            "attachments": page.attachments[:2],
            "fields": tuple(same(Field(same(f.name), f.value[:120])) for f in page.fields[:12]),
            "dates": tuple(same(seen) for seen in page.dates[:2]),
            "meta": MappingProxyType({same(k): same(v if len(v) < 40 else "…") for k, v in page.meta.items()}),
        }
        return replace(page, **changes)

    def _controls(self, page: Page) -> list[Link]:
        own = (k for k in page.links if _is_control(k.label) and k not in self._links)
        return [replace(k, href="") for k in islice(own, 3)]

    def _one(self, value: Any) -> Any:
        """The first of all equal values, as long as there are not too many different ones."""
        if len(self._same) > 20_000:
            return self._same.get(value, value)
        return self._same.setdefault(value, value)
