"""Five things for people with disabilities (khoản 1 Điều 18 TT 32/2017)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.front import front
from checks.kind import Kind
from checks.measured import figure, listed, why_unmeasured
from checks.say import BETWEEN, say
from checks.seen import home_cause, percent, proofs_of, readable
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Proof, Text
from core.page import Access, Page

_MOVING = frozenset({"marquee", "blink"})


class Accessibility(Kind):
    """Contrast, no moving text, text alternatives, meaningful links and headings, table headers.

    Each part is met from its share on: ``alt`` of pictures, picture links and form controls, ``links`` with a name
    that says something, pages with ``headings``, ``tables`` with headers, pages without ``moving`` text (never on the
    home page). What a browser measured (the facts ``a11y.*``) decides where it is there: ``contrast`` of text,
    which nothing else can tell, alternatives, and whether text really moves on the pages it saw. For links and
    tables the worse of browser and HTML counts: a link called "tại đây" has a name for the one, and a table
    with a wrong header has one for the other. Everything else is counted in the HTML of all pages.
    A part of which there is nothing (no tables, no pictures) is met, and the message says so.
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
        watched = {str(row.get("url")): row.get("moving") for row in listed(evidence, "a11y.pages")}
        still = sum(not _moves(p, watched) for p in pages) / len(pages)
        alt = figure(evidence, "a11y.alt")
        if alt is None:
            alt = _kept(
                pages, lambda a: a.images + a.image_links, lambda a: a.images_without_alt + a.image_links_without_name
            )
        named = _worse(evidence, "a11y.links", _kept(pages, lambda a: a.links, lambda a: a.vague_links))
        headed = sum(p.access.headings > 0 or bool(p.headings) for p in pages) / len(pages)
        unmarked = _kept(pages, lambda a: a.tables, lambda a: a.tables_without_headers)
        tables = _worse(evidence, "a11y.tables", unmarked)
        contrast, good = self._contrast(evidence)
        parts: list[tuple[Text, bool | None]] = [
            (contrast, good),
            (_with("access_b", still), still >= self.moving and not _moves(home, watched)),
            (_with("access_c", alt, "access_no_images"), alt is None or alt >= self.alt),
            (
                _with("access_d", headed if named is None else min(named, headed)),
                (named is None or named >= self.links) and headed >= self.headings,
            ),
            (_with("access_dd", tables, "access_no_tables"), tables is None or tables >= self.tables),
        ]
        cause = why_unmeasured(evidence, "a11y.outcome")
        faults = _faults(evidence)
        proofs = (*proofs_of(pages, 1 if faults else 3), *faults)
        return judge_parts(parts, cause, say(f"cause_{cause}"), proofs=proofs)

    def _contrast(self, evidence: Evidence) -> tuple[Text, bool | None]:
        value = evidence.fact("a11y.contrast")
        if isinstance(value, bool) or value is None:
            return say("access_a"), value
        return _with("access_a", float(value)), float(value) >= self.contrast


def _faults(evidence: Evidence) -> tuple[Proof, ...]:
    """What axe-core found, the most frequent of each point, and what moves."""
    movers = evidence.fact("a11y.movers")
    named = BETWEEN.join(str(m) for m in movers) if isinstance(movers, list | tuple) else ""
    moves = (Proof("probe", evidence.portal.url, say("access_moves").vi, named),) if named else ()
    first = {str(row.get("point")): row for row in reversed(listed(evidence, "a11y.violations"))}
    found = tuple(
        Proof("probe", evidence.portal.url, str(row.get("vi", "")), _counted(row)) for _, row in sorted(first.items())
    )
    return (*found, *moves)


def _counted(row: Mapping[str, object]) -> str:
    """A rule of axe-core and how many elements break it, where that was counted."""
    nodes = row.get("nodes")
    return f"axe-core {row.get('rule')}" + (f": {nodes}" if nodes is not None else "")


def _worse(evidence: Evidence, name: str, share: float | None) -> float | None:
    """The worse of what the HTML and a browser say; None where neither saw any."""
    return min((s for s in (share, figure(evidence, name)) if s is not None), default=None)


def _moves(page: Page, watched: Mapping[str, object]) -> bool:
    """Whether text moves: what was watched in a browser decides, else the elements made for it."""
    seen = watched.get(page.url)
    if isinstance(seen, int) and (seen or "frameset" not in page.traits):  # frames were not looked into
        return seen > 0
    return page.access.moving > 0 or bool(page.traits & _MOVING)


def _kept(pages: tuple[Page, ...], all_of: Callable[[Access], int], bad_of: Callable[[Access], int]) -> float | None:
    """The share of good ones over all pages; None where there are none to be bad."""
    total = sum(all_of(p.access) for p in pages)
    return 1 - sum(bad_of(p.access) for p in pages) / total if total else None


def _with(key: str, share: float | None, none: str = "access_none") -> Text:
    """A part with its share; ``none``: what is said where there is nothing to have a share of."""
    return say("part_share", name=say(key), share=say(none) if share is None else percent(share))
