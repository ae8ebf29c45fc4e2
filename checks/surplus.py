"""Links that are a page's own and not those every page of the portal carries."""

from __future__ import annotations

from collections import Counter
from statistics import median_low

from core.evidence import Evidence
from core.page import Link, Page

#: Pages that say what is usual.
_SAMPLE = 15


def own_links(page: Page, evidence: Evidence) -> list[Link]:
    """Links that stand on the page more often than on most other inner pages, wherever they stand on it.

    A site map repeats the menu in its main column: only counting tells the two apart where the portal
    marks neither.
    """
    others = [p for p in evidence.pages if p is not page and p is not evidence.home][:_SAMPLE]
    others = others or [p for p in (evidence.home,) if p is not None and p is not page]
    counts = [Counter(k.url for k in p.links) for p in others]
    left: dict[str, int] = {}
    found = []
    for link in page.links:
        if not link.url or link.hidden or link.url == page.url:
            continue
        if link.url not in left:
            left[link.url] = median_low([c[link.url] for c in counts]) if counts else 0
        left[link.url] -= 1
        if left[link.url] < 0:
            found.append(link)
    return found
