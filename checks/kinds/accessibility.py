"""Five things for people with disabilities (khoản 1 Điều 18 TT 32/2017)."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.front import front
from checks.kind import Kind
from checks.say import say
from checks.seen import home_cause, percent, proofs_of, readable
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Text
from core.page import Access, Page

_MOVING = frozenset({"marquee", "blink"})


class Accessibility(Kind):
    """Contrast, no moving text, text alternatives, meaningful links and headings, table headers.

    Each part is met from its share on: ``alt`` of pictures and picture links, ``links`` with a name that says
    something, pages with ``headings``, ``tables`` with headers, pages without ``moving`` text (never on the home page).
    Contrast is the fact ``a11y.contrast`` (true, or the share of text that passes) and needs a browser.
    Passes with all five, partial with some; a part that is seen to fail decides even when contrast was not
    measured. Unknown when the home page was not read, or contrast alone could still change the verdict.
    """

    key: ClassVar[str] = "accessibility"

    alt: float = Field(default=0.9, gt=0, le=1)
    links: float = Field(default=0.9, gt=0, le=1)
    headings: float = Field(default=0.8, gt=0, le=1)
    tables: float = Field(default=0.8, gt=0, le=1)
    moving: float = Field(default=0.95, gt=0, le=1)
    contrast: float = Field(default=0.9, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        pages = readable(evidence)
        if cause or home is None:
            return could_not_look(cause or "no_sample")
        still = sum(not _moves(p) for p in pages) / len(pages)
        alt = _kept(
            pages, lambda a: a.images + a.image_links, lambda a: a.images_without_alt + a.image_links_without_name
        )
        named = _kept(pages, lambda a: a.links, lambda a: a.vague_links)
        headed = sum(p.access.headings > 0 or bool(p.headings) for p in pages) / len(pages)
        tables = _kept(pages, lambda a: a.tables, lambda a: a.tables_without_headers)
        parts: list[tuple[Text, bool | None]] = [
            (say("access_a"), self._contrast(evidence)),
            (_with("access_b", still), still >= self.moving and not _moves(home)),
            (_with("access_c", alt), alt >= self.alt),
            (_with("access_d", min(named, headed)), named >= self.links and headed >= self.headings),
            (_with("access_dd", tables), tables >= self.tables),
        ]
        why = say("cause_needs_browser")
        return judge_parts(parts, "needs_browser", why, proofs=proofs_of(pages))

    def _contrast(self, evidence: Evidence) -> bool | None:
        value = evidence.fact("a11y.contrast")
        if value is None:
            return None
        return value if isinstance(value, bool) else float(value) >= self.contrast


def _moves(page: Page) -> bool:
    return page.access.moving > 0 or bool(page.traits & _MOVING)


def _kept(pages: tuple[Page, ...], all_of: Callable[[Access], int], bad_of: Callable[[Access], int]) -> float:
    """The share of good ones over all pages; 1 where there are none to be bad."""
    total = sum(all_of(p.access) for p in pages)
    return 1 - sum(bad_of(p.access) for p in pages) / total if total else 1.0


def _with(key: str, share: float) -> Text:
    return say("part_share", name=say(key), share=percent(share))
