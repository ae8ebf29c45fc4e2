"""The home page as a visitor sees it: frames put together, bars found where no mark-up names them."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter

from core.evidence import Evidence
from core.page import Link, Page, Zone
from core.text import fold

#: A frame with less text than this is a bar, not the content.
_BAR = 600
#: What is read as head or foot where the page does not mark it.
_TOP, _FOOT = 400, 1500
#: Share of pages on which a link must stand to belong to the template.
_TEMPLATE = 0.8
#: Lines at the end of the page that are its foot, marked or not, when they say what only a foot says.
_LAST = 4
_OF_A_FOOT = re.compile(
    r"\b(?:ban quyen|copyright|giay phep so|chiu trach nhiem|ghi ro nguon|co quan chu quan|don vi chu quan)\b"
)
_BEGINS_A_FOOT = re.compile(r"^(?:dia chi|tru so|dien thoai|dt|tel|so dien thoai|e ?mail|fax|hotline|thu dien tu)\b")


def front(evidence: Evidence) -> Page | None:
    """The home page; one made of frames with what stands in its frames, bars as menu and head."""
    home = evidence.home
    if home is None:
        return None
    if "front" not in evidence.memo:
        frames = [p for p in evidence.pages if p.depth == 0 and p is not home]
        evidence.memo["front"] = _together(home, frames) if frames else home
    merged: Page = evidence.memo["front"]
    return merged


def _together(home: Page, frames: list[Page]) -> Page:
    bars = [p for p in frames if p.text_length < _BAR]
    links = list(home.links)
    for frame in frames:
        for link in frame.links:
            zone = Zone.MENU if frame in bars and link.zone in (Zone.BODY, Zone.FRAME) else link.zone
            links.append(dataclasses.replace(link, zone=zone))
    return dataclasses.replace(
        home,
        links=tuple(links),
        text="\n".join([home.text, *(p.text for p in frames if p not in bars)]),
        header_text="\n".join([home.header_text, *(f"{p.header_text}\n{p.text}" for p in bars)]).strip(),
        footer_text="\n".join(t for p in [home, *frames] if (t := p.footer_text.strip())),
        headings=tuple(h for p in [home, *frames] for h in p.headings),
        forms=tuple(f for p in [home, *frames] for f in p.forms),
        images=tuple(i for p in [home, *frames] for i in p.images),
        head_images=tuple(i for p in [home, *frames] for i in p.head_images),
        items=tuple(i for p in [home, *frames] for i in p.items),
        traits=home.traits | frozenset({"viewport", "marquee", "blink"} & set().union(*(p.traits for p in frames))),
    )


def head_text(page: Page) -> str:
    """The words at the head of the page; where no part is marked as the head, the first ones."""
    return page.header_text.strip() or page.text[:_TOP]


def foot_text(page: Page) -> str:
    """The words at the foot of the page: what is marked as the foot, and the page's very last lines.

    Marks often cover only a part of it: the line with the licence and not the one with the address. The end of
    an article that gives a telephone is none of it.
    """
    marked = page.footer_text.strip()
    if not marked:
        return page.text[-_FOOT:].strip()
    last = [line.strip() for line in page.text.splitlines()[-_LAST:]]
    first = next((n for n, line in enumerate(last) if _is_foot(fold(line))), len(last))
    return "\n".join([marked, *(line for line in last[first:] if line not in marked)])


def _is_foot(folded: str) -> bool:
    return _OF_A_FOOT.search(folded) is not None or _BEGINS_A_FOOT.search(folded) is not None


def bar_links(evidence: Evidence, page: Page) -> list[Link]:
    """Links of head, menu and side bars; where no head is marked, those that stand on nearly every page too."""
    zones = (Zone.HEADER, Zone.MENU, Zone.SIDE, Zone.BREADCRUMB)
    found = [k for k in page.links if k.zone in zones]
    if any(k.zone is Zone.HEADER for k in found) or len(evidence.pages) < 3:
        return found
    counts = Counter(url for p in evidence.pages for url in {k.url for k in p.links if k.zone is Zone.BODY})
    usual = {u for u, n in counts.items() if u and n >= _TEMPLATE * len(evidence.pages)}
    return found + [k for k in page.links if k.zone is Zone.BODY and k.url in usual]
