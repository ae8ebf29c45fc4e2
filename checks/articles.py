"""Which of the pages read are news articles: what lists of dated items lead to, not sections or documents."""

from __future__ import annotations

from checks.answers import could_not_look
from checks.content import own_items
from checks.names import own_names
from checks.seen import home_cause, readable
from core.evidence import Evidence
from core.finding import Answer
from core.page import DateRole, Page, Zone
from core.text import fold

_TYPES = frozenset({"newsarticle", "article", "blogposting", "reportagenewsarticle"})
#: Dates and fields that other kinds of entry have: documents, questions, drafts.
_OTHER_ROLES = frozenset(
    {DateRole.ISSUED, DateRole.EFFECTIVE, DateRole.ASKED, DateRole.ANSWERED, DateRole.DEADLINE, DateRole.START}
)
_FIELDS = 3
#: Where links to sections stand.
_BARS = (Zone.MENU, Zone.HEADER, Zone.FOOTER, Zone.BREADCRUMB)


def articles(evidence: Evidence) -> tuple[Page, ...]:
    """Articles that were read, each once: print and save twins aside."""
    if "articles" not in evidence.memo:
        best: dict[str, Page] = {}
        for page in _candidates(evidence):
            name = _name(page, evidence)
            if name not in best or len(page.links) > len(best[name].links):
                best[name] = page
        evidence.memo["articles"] = tuple(best.values())
    found: tuple[Page, ...] = evidence.memo["articles"]
    return found


def no_articles(evidence: Evidence) -> Answer:
    """Unknown: there was no article to look at, and why."""
    shells = any({"article", "shell"} <= p.traits for p in evidence.pages)
    return could_not_look(home_cause(evidence) or ("needs_browser" if shells else "no_sample"))


def _candidates(evidence: Evidence) -> list[Page]:
    home = evidence.home
    sections = {k.url for k in home.links if k.zone in _BARS} if home is not None else set()
    listed = _listed(evidence)
    return [
        page
        for page in readable(evidence)
        if page.depth > 0
        and page.url not in sections
        and page.language in ("vi", "")
        and not (page.canonical and evidence.page(page.canonical) not in (page, None))
        and not _of_other_kind(page)
        and _is_article(page, listed)
    ]


def _is_article(page: Page, listed: dict[str, str]) -> bool:
    if _TYPES & {t.lower() for t in page.jsonld_types} or page.meta.get("og:type", "").lower() == "article":
        return True
    title = listed.get(page.url, "")
    if title:
        names = [fold(h.text) for h in page.headings] + [fold(page.title)]
        return any(title in n or (len(n) >= 20 and n in title) for n in names)
    return "article" in page.traits and len(own_paragraphs(page)) > 0


def _listed(evidence: Evidence) -> dict[str, str]:
    """Addresses of dated list entries with their folded titles."""
    found: dict[str, str] = {}
    for page in evidence.pages:
        for item in (*own_items(page, evidence), *(page.items if page is evidence.home else ())):
            if item.url and item.published is not None and len(fold(item.title)) >= 12:
                found.setdefault(item.url, fold(item.title))
    return found


def _of_other_kind(page: Page) -> bool:
    if len(page.fields) >= _FIELDS or any(d.role in _OTHER_ROLES for d in page.dates):
        return True
    return any(len(t.rows) >= _FIELDS and all(len(r) == 2 for r in t.rows) for t in page.tables)


def own_paragraphs(page: Page) -> list[str]:
    """Lines of running text."""
    return [line for line in page.text.splitlines() if len(line.strip()) >= 20]


def _name(page: Page, evidence: Evidence) -> str:
    """What tells two articles apart and joins an article with its print page."""
    return next(iter(own_names(page, evidence)), page.url)
