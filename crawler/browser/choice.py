"""Which pages are measured in the browser: the home page, and pages its menu leads to."""

from __future__ import annotations

from collections.abc import Callable

from core.evidence import Evidence
from core.hosts import netloc_of
from core.page import Page, Zone
from crawler.extract.citizens import is_qa

_MENU = (Zone.MENU, Zone.HEADER)
#: Pages nobody reads: a login, a section still to come.
_EMPTY = frozenset({"login_wall", "placeholder"})
_SHAPES: tuple[Callable[[Page], bool], ...] = (
    lambda p: any(len(t.headers) >= 4 or (t.rows and len(t.rows[0]) >= 4) for t in p.tables),
    lambda p: len(p.items) >= 5,
    lambda p: bool(p.attachments),
    lambda p: bool(p.images),
)


def section_pages(evidence: Evidence, most: int) -> tuple[Page, ...]:
    """At most so many pages of main sections, always the same for the same evidence.

    Of each shape (a wide table, a list, files, pictures) the first in the order of the menu, then the others. Never
    a page of questions and answers, and none of another server or in another language.
    """
    home = evidence.home
    if home is None:
        return ()
    own = netloc_of(home.url)
    marked = [k for k in home.links if k.zone in _MENU and not k.hidden] or list(home.links)
    found: dict[str, Page] = {}
    for link in marked:
        page = evidence.page(link.url) if link.url else None
        if page is None or page is home or page.depth == 0 or netloc_of(page.url) != own:
            continue
        foreign = page.language and home.language and page.language != home.language
        if not foreign and not page.traits & _EMPTY and not is_qa(page):
            found.setdefault(page.url, page)
    pages = list(found.values())
    first = [next((p for p in pages if shape(p)), None) for shape in _SHAPES]
    return tuple({p.url: p for p in (*first, *pages) if p is not None}.values())[:most]
