"""Which of the pages read are news articles: what lists of dated items lead to, not sections or documents."""

from __future__ import annotations

from checks.answers import could_not_look
from checks.content import own_items
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
#: Names of fields that make a page a document, a question, a draft or a project; of the second, two are needed.
_OTHER_FIELDS = (
    "so ky hieu", "so hieu", "ky hieu", "ngay ban hanh", "trich yeu", "co quan ban hanh", "nguoi ky", "loai van ban",
    "ngay hieu luc", "ngay bat dau", "ngay ket thuc", "han gop y", "toan van du thao", "nguoi hoi", "ngay hoi",
    "ngay tra loi", "cau hoi", "chu dau tu", "tong muc dau tu", "ten du an",
)  # fmt: skip
_WEAK_FIELDS = (
    "linh vuc", "quy mo", "nguon von", "kinh phi", "thoi han", "le phi", "ho so", "muc do", "ho va ten", "chuc vu",
    "ngay sinh", "tra loi", "noi dung", "doi tuong", "co quan thuc hien", "trinh tu", "cach thuc", "ma so",
    "chu nhiem", "hinh thuc", "thoi gian thuc hien", "dia chi", "dien thoai", "email", "muc tieu", "tinh trang",
)  # fmt: skip
#: Where links to sections stand.
_BARS = (Zone.MENU, Zone.HEADER, Zone.FOOTER, Zone.BREADCRUMB)


def articles(evidence: Evidence) -> tuple[Page, ...]:
    """Articles that were read, each once: print and save twins aside.

    Told by what lists of dated entries lead to and by what pages say they are; where neither is there, by
    their looks.
    """
    if "articles" not in evidence.memo:
        listed = _listed(evidence)
        pages = _candidates(evidence)
        told = [p for p in pages if _says_so(p) or _is_listed(p, listed)]
        found = told or [p for p in pages if "article" in p.traits]
        best: dict[tuple[str, ...], Page] = {}
        for page in found:
            best.setdefault(_name(page), page)
        evidence.memo["articles"] = tuple(best.values())
    kept: tuple[Page, ...] = evidence.memo["articles"]
    return kept


def no_articles(evidence: Evidence) -> Answer:
    """Unknown: there was no article to look at, and why."""
    shells = any({"article", "shell"} <= p.traits for p in evidence.pages)
    return could_not_look(home_cause(evidence) or ("needs_browser" if shells else "no_sample"))


def _candidates(evidence: Evidence) -> list[Page]:
    home = evidence.home
    bars = [k for k in home.links if k.zone in _BARS] if home is not None else []
    sections = {k.url for k in bars}
    framed = len(bars) >= 3
    return [
        page
        for page in readable(evidence)
        if page.depth > 0
        and page.url not in sections
        and page.language in ("vi", "")
        and not (page.canonical and evidence.page(page.canonical) not in (page, None))
        and not (framed and not any(k.zone in _BARS for k in page.links) and _has_twin(page, evidence))
        and not _of_other_kind(page)
    ]


def _says_so(page: Page) -> bool:
    return bool(_TYPES & {t.lower() for t in page.jsonld_types}) or page.meta.get("og:type", "").lower() == "article"


def _is_listed(page: Page, listed: dict[str, str]) -> bool:
    title = listed.get(page.url, "")
    names = [fold(h.text) for h in page.headings] + [fold(page.title)]
    return bool(title) and any(title in n or (len(n) >= 20 and n in title) for n in names)


def _listed(evidence: Evidence) -> dict[str, str]:
    """Addresses of dated list entries with their folded titles."""
    found: dict[str, str] = {}
    for page in evidence.pages:
        for item in page.items if page.depth == 0 else own_items(page, evidence):
            if item.url and item.published is not None and len(fold(item.title)) >= 12:
                found.setdefault(item.url, fold(item.title))
    return found


def _has_twin(page: Page, evidence: Evidence) -> bool:
    """A page of the same title with the portal's frame around it: this one is for printing."""
    if "titles" not in evidence.memo:
        framed = (p for p in evidence.pages if any(k.zone in _BARS for k in p.links))
        evidence.memo["titles"] = {fold(n) for p in framed for n in (p.title, p.h1)}
    titles: set[str] = evidence.memo["titles"]
    return fold(page.title) in titles or fold(page.h1) in titles


def _of_other_kind(page: Page) -> bool:
    if any(d.role in _OTHER_ROLES for d in page.dates):
        return True
    names = [f" {fold(f.name)} " for f in page.fields]
    names += [f" {fold(r[0])} " for t in page.tables for r in t.rows if len(r) == 2]
    strong = sum(any(f" {w} " in n for w in _OTHER_FIELDS) for n in names)
    weak = sum(any(f" {w} " in n for w in _WEAK_FIELDS) for n in names)
    return strong > 0 or weak > 1


def _name(page: Page) -> tuple[str, ...]:
    """What tells two articles apart where all pages have one title, or all one heading."""
    names = (fold(page.title), *(fold(h.text) for h in page.headings if h.level <= 3))
    return names if any(names) else (page.url,)
