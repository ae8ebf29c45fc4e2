"""An answer to page facts: extracted, with citizens' data taken out before anything is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from core.page import Link, Page
from crawler.answers import Answer
from crawler.extract import extract
from crawler.extract.redact import redact

#: Pages after which deep ones are kept in short.
KEPT_WHOLE = 400
_SHORT_TEXT = 600
_FEW = 40


def read(answer: Answer, depth: int, *, today: dt.date, hosts: Iterable[str]) -> Page:
    """The facts of the page that was answered."""
    page = extract(
        answer.body,
        answer.final_url,
        content_type=answer.content_type,
        depth=depth,
        status=answer.status or 200,
        fetched_at=answer.at,
        base_hosts=frozenset(hosts),
        today=today,
    )
    return redact(page)


class Pool:
    """Lets pages share what is the same on all of them: menus, banners, footers."""

    def __init__(self) -> None:
        self._links: dict[Link, Link] = {}
        self._texts: dict[str, str] = {}

    def share(self, page: Page, *, whole: bool) -> Page:
        """The page with shared parts; not ``whole`` cuts a deep page down to what rates are counted from."""
        links = tuple(self._links.setdefault(link, link) for link in page.links) if whole else ()
        changes: dict[str, object] = {
            "links": links,
            "header_text": self._texts.setdefault(page.header_text, page.header_text),
            "footer_text": self._texts.setdefault(page.footer_text, page.footer_text),
        }
        if not whole:
            changes |= {
                "text": page.text[:_SHORT_TEXT],
                "links": tuple(known for link in page.links if (known := self._links.get(link)) is not None)[:_FEW],
                "items": page.items[:5],
                "tables": page.tables[:1] if sum(t.total_rows for t in page.tables[:1]) < 10 else (),
                "images": page.images[:5],
                "loose_words": page.loose_words[:5],
                "forms": (),
                "headings": page.headings[:5],
                "attachments": page.attachments[:5],
                "dates": page.dates[:4],
            }
        return replace(page, **changes)  # type: ignore[arg-type]  # names and types are Page's own
