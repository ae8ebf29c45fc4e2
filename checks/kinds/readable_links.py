"""Pages that search engines and people can read by their address, title and description."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field

from checks.answers import could_not_look
from checks.kind import Kind
from checks.say import say
from checks.seen import by_parts, home_cause, percent, proofs_of, readable, sampled, share_of
from core.evidence import Evidence
from core.finding import Answer, Text
from core.page import Page
from core.text import fold, slug_words

_PAGING = frozenset({"page", "trang", "p", "start", "lang", "language"})
_WORD = re.compile(r"[a-z]{2,}")


class ReadableLinks(Kind):
    """Pages have a title, a description, an address of words, and name their canonical address.

    Each of the four is met when at least ``share`` of the pages read have it.
    Passes with all four, fails with none, and is partial with some. Unknown when no page was read.
    """

    key: ClassVar[str] = "readable_links"

    share: float = Field(default=0.8, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        pages = readable(evidence)
        cause = home_cause(evidence)
        if cause or not pages:
            return could_not_look(cause or "no_sample")
        there: list[Text] = []
        lacking: list[Text] = []
        poor: list[Page] = []
        for key, good in _TESTS.items():
            share, bad = share_of(pages, good)
            met = share >= self.share
            name = say(f"links_{key}")
            (there if met else lacking).append(say("part_share", name=name, share=percent(share)))
            poor += [] if met else list(bad[:2])
        return by_parts(there, lacking, proofs=proofs_of(poor or pages), confidence=sampled(pages))


def _described(page: Page) -> bool:
    return any(page.meta.get(n, "").strip() for n in ("description", "og:description", "dc.description"))


def _of_words(page: Page) -> bool:
    """An address people can read: words in its path, no numbers in a query that say what page it is."""
    parts = urlsplit(page.url)
    if any(fold(name) not in _PAGING for name, _ in parse_qsl(parts.query, keep_blank_values=True)):
        return False
    if not parts.path.strip("/"):
        return True
    return _WORD.search(slug_words(parts.path)) is not None


_TESTS = {
    "title": lambda p: bool(fold(p.title)),
    "description": _described,
    "address": _of_words,
    "canonical": lambda p: bool(p.canonical),
}
