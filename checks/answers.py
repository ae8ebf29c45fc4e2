"""Answers every kind that looks for a section gives: not there, in name only, could not look."""

from __future__ import annotations

from checks.content import TITLE_PARTS, is_single
from checks.gate import not_looked
from checks.hits import Hit, Search, Why, words_of
from checks.names import as_written, own_names
from checks.near import is_site_name
from checks.plain import like
from checks.say import say
from core.evidence import Evidence
from core.finding import Answer, Candidate, Proof, Text, failed, unknown
from core.page import Page, SeenDate
from core.text import fold, shorten

#: How many near misses a finding names.
_NEAREST = 4


def label_of(hit: Hit) -> str:
    """What the visitor sees: the link's words, else the page's own heading, else the picture's name."""
    names = hit.link.names
    own = _own_name(hit.page, hit.on) if hit.page else ""
    return shorten(names[0] if names else own or hit.link.image or hit.link.url, 80)


def _own_name(page: Page, other: Page | None) -> str:
    """The page's heading or title; not the portal's own name, which the page that links to it says too."""
    own = [page.h1, *TITLE_PARTS.split(page.title)]
    said = {fold(n) for n in (other.h1, *TITLE_PARTS.split(other.title))} if other and other is not page else set()
    return next((n for n in own if n and fold(n) not in said), page.h1 or page.title)


def called(page: Page, evidence: Evidence) -> str:
    """What a page calls itself, or is called in a menu; "" where both are only the portal's own name."""
    own = own_names(page, evidence)
    labels = (k.label for _, k in evidence.links() if k.url == page.url)
    name = as_written(page, own[0]) if own else next((n for n in labels if n and not is_site_name(n, evidence)), "")
    return shorten(name, 80)


def why_not(hit: Hit) -> Text:
    """One plain sentence why a candidate did not count."""
    return _sentence(_why(hit))


def _why(hit: Hit) -> Text:
    why = hit.why or Why.OTHER_CONTENT
    if why is Why.OTHER_CONTENT and hit.page is not None and not hit.page.items and is_single(hit.page):
        why = Why.SINGLE
    return say(f"why_{why}", name=label_of(hit), other=hit.other)


def _sentence(sentence: Text) -> Text:
    return Text(sentence.vi[:1].upper() + sentence.vi[1:], sentence.en[:1].upper() + sentence.en[1:])


def candidates(found: Search) -> tuple[Candidate, ...]:
    """The nearest misses, best first."""
    near = [h for h in found.rejected if not h.aside][:_NEAREST]
    return tuple(Candidate(h.link.url or h.link.href, label_of(h), why_not(h)) for h in near)


def nearest(evidence: Evidence, rule: str, found: Search) -> tuple[Candidate, ...]:
    """The nearest misses; where no label came near, the pages whose content comes nearest."""
    near = candidates(found)
    if near:
        return near
    mine = {h.page.url for h in found.accepted if h.page is not None}
    wording = words_of(evidence).wordings.get(rule)
    pages = [p for p in like(evidence, wording) if not is_single(p)] if wording is not None else []
    named = {fold(name): (page, name) for page in reversed(pages) if (name := called(page, evidence))}
    return tuple(
        Candidate(page.url, name, _sentence(say("why_few_signs", name=name)))
        for page, name in reversed(named.values())
        if page.url not in mine
    )[:_NEAREST]


def date_proof(seen: SeenDate, url: str) -> Proof:
    """A date as evidence: where it was read, how far that is to be trusted, and the day (ISO, for machines)."""
    return Proof("date", url, say(f"date_{seen.source.value}").vi, seen.day.isoformat())


def page_proof(page: Page, text: str = "", value: str = "") -> Proof:
    """A page as evidence."""
    return Proof("page", page.url, shorten(text or titled(page), 160), value, page.fetched_at, page.sha256)


def titled(page: Page) -> str:
    """What a page is about, by itself: some systems make the portal's name the first heading of every page."""
    head = f" {fold(page.header_text)} "
    own = [page.h1, *(h.text for h in page.headings if h.level <= 2), *TITLE_PARTS.split(page.title)]
    return next((name for name in own if name and f" {fold(name)} " not in head), page.h1 or page.title)


def link_proof(hit: Hit) -> Proof:
    """The link that led to a page."""
    return Proof("link", hit.link.url, label_of(hit), hit.link.zone.value)


def could_not_look(cause: str, found: Search | None = None) -> Answer:
    """Unknown, with its cause in words."""
    near = candidates(found) if found else ()
    return unknown(say("cannot_tell", why=say(f"cause_{cause}")), cause, candidates=near)


def not_there(evidence: Evidence, rule: str, name: str, found: Search) -> Answer:
    """Fail, or unknown when not everything could be looked at."""
    cause = not_looked(evidence, rule, found)
    if cause:
        return could_not_look(cause, found)
    named = next((h for h in found.rejected if h.score >= 70), None)
    if named is not None:
        message = say("in_name_only", name=name, why=_why(named))
        proofs = (link_proof(named),) if named.link.url else ()
        return failed(message, proofs=proofs, candidates=candidates(found))
    return failed(say("missing", name=name, pages=len(evidence.pages)), candidates=nearest(evidence, rule, found))
