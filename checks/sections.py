"""Finding the section of a duty: which link, which page, or which near misses and why (design 4.4).

Labels propose, the page behind the link decides. All duties are looked at together, so that one page
counts for the duty it fits best; duties of one điểm (``Wording.family``) may share it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import NamedTuple

from checks.assess import assess
from checks.content import Fit, body_text, own_items
from checks.hits import IN_NAME_ONLY, NAVIGATION, Hit, Search, Why, words_of
from checks.labels import LISTING, article_addresses, labelled
from checks.looking import INHERITED, content_of, could_be, look
from checks.match import NO_MATCH, STRONG, WEAK, Lexicon, Match
from checks.names import name_fits, own_names
from checks.near import told
from checks.plain import plainly_other, plainness
from core.evidence import Evidence
from core.hosts import without_panel
from core.page import Link, Page, Zone

#: A label that reads just like a duty's name.
EXACT = 96

#: Cues of a duty that make a sibling's page serve it too.
_SHARED_CUES = 3
#: What a duty's further pages count less than its best.
_SECOND = 20
#: Advantage of the page other accepted pages hang under.
_HEAD = 60


def search(evidence: Evidence, rule: str) -> Search:
    """The section of a duty. All duties are searched once per evidence and shared."""
    if "sections" not in evidence.memo:
        evidence.memo["sections"] = _search_all(evidence)
    found: Search = evidence.memo["sections"].get(rule, Search())
    return found


def _search_all(evidence: Evidence) -> dict[str, Search]:
    words = words_of(evidence)
    hits: dict[str, dict[str, Hit]] = {rule: {} for rule in words.wordings}
    articles = article_addresses(evidence)
    for page, link in labelled(evidence):
        for rule, (score, phrase) in _fits(link, words).items():
            if link.url in articles and link.zone in LISTING and score < EXACT:
                continue  # an article that is called like a section
            key = link.url or f"#{link.label}"
            old = hits[rule].get(key)
            if old is None or score > old.score:
                hits[rule][key] = Hit(link, score, phrase, page.depth, on=page)
    looked = {
        rule: [look(evidence, words, words.wordings[rule], hit) for hit in found.values()]
        for rule, found in hits.items()
    }
    _add_unlabelled(evidence, words, looked, articles)
    _lists_first(evidence, looked)
    return told(evidence, words, _share_out(evidence, words, looked))


def _fits(link: Link, words: Lexicon) -> dict[str, tuple[int, str]]:
    """Duties a link may stand for: good enough, and no other duty fits its label clearly better.

    An entry under a group head that leads nowhere inherits the head's meaning (field-notes 4).
    """
    fits = words.link(link)
    found: dict[str, tuple[int, str]] = {}
    top = max((m.score for m in fits.values()), default=0)
    top_family = {words.family[r] for r, m in fits.items() if m.score == top}
    for rule, match in fits.items():
        if match.score >= WEAK and (match.score >= top - 12 or words.family[rule] in top_family):
            found[rule] = (match.score, match.phrase)
    if link.parent and link.url and top < STRONG and link.zone in NAVIGATION:
        for rule, match in words.label(link.parent).items():
            if match.score >= 85 and not words.is_negative(rule, link.label) and rule not in found:
                found[rule] = (INHERITED, match.phrase)
    return found


def _add_unlabelled(evidence: Evidence, words: Lexicon, looked: dict[str, list[Hit]], articles: frozenset[str]) -> None:
    """Pages that plainly are a section though no label says so (medium confidence, advice to rename)."""
    labels: dict[str, tuple[Link, int]] = {}
    for page, link in evidence.links():
        if link.url and (link.zone in NAVIGATION or page.depth <= 1) and not link.hidden:
            labels.setdefault(link.url, (link, page.depth))
    entries = {i.url for p in evidence.pages if p is not evidence.home for i in own_items(p, evidence)}
    read = [
        _Unlabelled(p, link, depth, own_names(p, evidence)[:2], words.link(link) | name_fits(p, evidence, words))
        for p, link, depth in ((evidence.page(u), *labels[u]) for u in labels if u not in articles)
        if p is not None and p is not evidence.home and not _is_article(p, link)
        if link.url not in entries or link.zone in NAVIGATION
    ]
    for rule, wording in words.wordings.items():
        settled = (h for h in looked[rule] if h.why is None and h.score >= STRONG)
        if not wording.applies or any(h.page is None or h.page.url not in entries for h in settled):
            continue
        done = {h.link.url for h in looked[rule]}
        # "Báo cáo tài chính" is an empty tab of a page: the page around it is not the section either.
        hollow = {without_panel(h.link.url) for h in looked[rule] if h.score >= STRONG and h.why in IN_NAME_ONLY}
        limit = WEAK if wording.content in _COMMON else STRONG
        for page, link, depth, names, fits in read:
            if link.url in done or page.url in hollow:
                continue
            named = name_fits(page, evidence, words).get(rule, NO_MATCH).score
            rival = max((m.score for r, m in fits.items() if words.family[r] != words.family[rule]), default=0)
            by_name = named >= STRONG and rival <= named
            if not (by_name or rival < limit) or any(words.is_negative(rule, n) for n in (link.label, *names)):
                continue
            if not (by_name or could_be(page, evidence, wording)):
                continue
            content = content_of(page, evidence, wording, words, named)
            plainly = content.fit is Fit.STRONG and rival < limit
            if not content.plain and not by_name and plainly_other(page, evidence, wording, words):
                continue
            if plainly or (by_name and content.fit >= Fit.GOOD):
                looked[rule].append(Hit(link, 0, "", depth, page, content.fit, content, None, None, named))


class _Unlabelled(NamedTuple):
    """A page that may be a section of another name: the nearest link to it, and all that duty's words fit of both."""

    page: Page
    link: Link
    depth: int
    #: What it calls itself, the two most telling names.
    names: tuple[str, ...]
    fits: Mapping[str, Match]


#: Words of a link up to which it names a section rather than tells a story.
_SHORT = 9


def _lists_first(evidence: Evidence, looked: dict[str, list[Hit]]) -> None:
    """Where a list is plainly the section, or the section and filled up, one of its entries is not, however named."""
    for rule, hits in looked.items():
        filled = [h.page for h in hits if h.why is Why.FILLER and h.page is not None and h.score >= STRONG]
        padding = {i.url for page in filled for i in own_items(page, evidence)}
        hits = [dataclasses.replace(h, why=Why.FILLER) if h.link.url in padding else h for h in hits]
        lists = [h.page for h in hits if h.why is None and h.page is not None and h.content.plain and h.score < STRONG]
        inside = {i.url for page in lists for i in own_items(page, evidence)} - {page.url for page in lists}
        looked[rule] = [h for h in hits if h.page is None or h.is_file or h.page.url not in inside]


def _is_article(page: Page, link: Link) -> bool:
    """A single article; what a menu, a picture or a few words lead to is a section though it looks like one."""
    menu = link.zone in (Zone.MENU, Zone.HEADER, Zone.FOOTER, Zone.FRAME)
    return "article" in page.traits and not menu and len(link.text.split()) > _SHORT


def _share_out(evidence: Evidence, words: Lexicon, looked: dict[str, list[Hit]]) -> dict[str, Search]:
    """Give every page to the family it fits best; the others keep it as a near miss."""
    claims: dict[str, tuple[int, str]] = {}
    below = {rule: [h.page for h in hits if h.score == INHERITED and h.page] for rule, hits in looked.items()}
    looked = {rule: _strong_first(hits) for rule, hits in looked.items()}
    for rule, hits in looked.items():
        if not words.wordings[rule].applies:
            continue
        best = max((h.total for h in hits if h.why is None), default=0)
        for hit in hits:
            if hit.why is None and hit.page is not None and not hit.is_file:
                # a duty that has a better page leaves the pages it only fits by content to others
                second = hit.score < STRONG and hit.total < best
                claim = (hit.total - _SECOND * second, words.family[rule])
                if claim > claims.get(hit.page.url, (0, "")):
                    claims[hit.page.url] = claim
    found = {}
    for rule, hits in looked.items():
        family = words.family[rule]
        accepted: list[Hit] = []
        rejected: list[Hit] = []
        for hit in hits:
            if hit.why is None and hit.page is not None and not hit.is_file:
                total, owner = claims.get(hit.page.url, (0, family))
                if owner != family and not (hit.total == total and hit.score >= STRONG):
                    hit = dataclasses.replace(hit, why=Why.TAKEN, other=owner)
            (accepted if hit.why is None else rejected).append(hit)
        accepted, lost = _not_by_a_sibling(rule, accepted, rejected, looked, words)
        rejected += lost
        heads = {h.link.parent for h in accepted if h.link.parent}
        accepted.sort(key=lambda h: (-h.total - _HEAD * (h.link.label in heads), h.depth, h.link.url))
        rejected.sort(key=lambda h: (-h.score, h.depth, h.link.url))
        renamed = bool(accepted) and accepted[0].score == 0
        free = tuple(p for p in below[rule] if claims.get(p.url, (0, family))[1] == family)
        found[rule] = Search(tuple(_one_per_page(accepted)), tuple(rejected), renamed, free)
    for rule, search_of in found.items():
        if not search_of.accepted and words.wordings[rule].applies and words.wordings[rule].family:
            shared = _shared_page(evidence, rule, search_of, found, words)
            if shared is not None:
                found[rule] = Search((shared,), search_of.rejected)
    return found


def _strong_first(hits: list[Hit]) -> list[Hit]:
    """Where a label says it plainly, pages under vaguer labels are left to other duties."""
    if not any(h.why is None and h.score >= STRONG for h in hits):
        return hits
    vague = [h for h in hits if h.why is None and h.score < STRONG]
    return [h for h in hits if h not in vague]


def _shared_page(evidence: Evidence, rule: str, own: Search, found: dict[str, Search], words: Lexicon) -> Hit | None:
    """A sibling's page that serves this duty too, by its content; not when an own section is there in name only."""
    if any(h.score >= STRONG and h.why in IN_NAME_ONLY and not h.link.group for h in own.rejected):
        return None
    wording = words.wordings[rule]
    for sibling in sorted(r for r in found if r != rule and words.family[r] == words.family[rule]):
        for hit in found[sibling].accepted:
            if hit.page is None:
                continue
            content = assess(hit.page, wording.content or "any", evidence, cues=wording.cues)
            cues = sum(f" {c} " in f" {body_text(hit.page)} " for c in wording.cues)
            if wording.signs and not plainness(hit.page, evidence).of(wording):
                continue  # posts on law are none on policy
            if content.fit is Fit.STRONG or (content.fit is Fit.GOOD and cues >= _SHARED_CUES):
                return dataclasses.replace(hit, score=WEAK, fit=content.fit, content=content, lent=True)
    return None


#: Shapes that many pages have: only a page that no other duty's words fit at all is one.
_COMMON = frozenset({"news"})


def _not_by_a_sibling(
    rule: str, accepted: list[Hit], rejected: list[Hit], looked: dict[str, list[Hit]], words: Lexicon
) -> tuple[list[Hit], list[Hit]]:
    """A section that is there in name only is not rescued by a page that is a sibling's own section."""
    if not any(h.score >= STRONG and h.why in IN_NAME_ONLY and not h.link.group for h in rejected):
        return accepted, []
    siblings = [r for r in looked if r != rule and words.family[r] == words.family[rule]]
    theirs = {h.page.url for r in siblings for h in looked[r] if h.why is None and h.page and h.score >= STRONG}
    kept = [h for h in accepted if h.score >= STRONG or h.page is None or h.page.url not in theirs]
    lost = [dataclasses.replace(h, why=Why.TAKEN, other=words.family[rule]) for h in accepted if h not in kept]
    return kept, lost


def _one_per_page(hits: list[Hit]) -> list[Hit]:
    seen: set[str] = set()
    kept = []
    for hit in hits:
        if hit.page is not None and hit.page.url not in seen:
            seen.add(hit.page.url)
            kept.append(hit)
    return kept
