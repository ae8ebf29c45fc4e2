"""What is behind a link, seen with the eyes of one duty."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from checks.assess import assess, is_strong
from checks.content import OFFERS, Content, Fit, is_filler, is_placeholder, is_single, only_itself, own_items, seen
from checks.hits import Hit, Why
from checks.labels import LISTING
from checks.match import NO_MATCH, STRONG, Lexicon, Match
from checks.names import as_written, name_fits, own_names
from checks.near import shown_elsewhere
from checks.plain import plainly, plainly_other, plainness
from checks.shapes import told
from core.evidence import Evidence
from core.hosts import same_agency
from core.page import GONE, UNSEEN, Outcome, Page, Zone
from core.plan import Wording
from core.text import any_phrase, fold

#: Score of an entry that has its meaning from the head it hangs under.
INHERITED = STRONG - 5
#: A weak label counts when this share of the entries is on topic and the label is at least this near.
_ON_TOPIC = 0.6
_NEAR_LABEL = 40
#: So many of the duty's own cues on the page do the same.
_CUES = 3

#: How asking for a living file ends.
_ALIVE_FILE = frozenset({Outcome.OK, Outcome.NOT_HTML, Outcome.TOO_LARGE})


def look(evidence: Evidence, words: Lexicon, wording: Wording, hit: Hit) -> Hit:
    """What is behind a link, seen with the eyes of one duty."""
    link = hit.link
    if not link.url:
        return dataclasses.replace(hit, why=Why.MAIL if link.dead == "mailto" else Why.NO_LINK)
    fetch = evidence.fetch(link.url)
    page = evidence.page(link.url)
    if page is None:
        if wording.file_ok and fetch is not None and fetch.outcome in _ALIVE_FILE and hit.score >= STRONG:
            return dataclasses.replace(hit, page=hit.on, fit=Fit.GOOD)
        return _not_read(evidence, hit, fetch.outcome if fetch else None)
    if evidence.home is not None and page.url == evidence.home.url:
        return dataclasses.replace(hit, why=Why.TO_HOME)
    if "shell" in page.traits:
        return dataclasses.replace(hit, page=page, why=Why.NOT_SEEN, blocked=Outcome.ERROR, cause="needs_browser")
    if _is_riddle(page, evidence):
        return dataclasses.replace(hit, page=page, why=Why.NOT_SEEN, blocked=Outcome.BLOCKED)
    if link.hidden and not _shown_elsewhere(evidence, link.url):
        return dataclasses.replace(hit, page=page, why=Why.HIDDEN)
    fits = name_fits(page, evidence, words)
    named = fits.get(wording.rule, NO_MATCH).score
    content = content_of(page, evidence, wording, words, named, alone=link.zone in LISTING and "article" in page.traits)
    hit = dataclasses.replace(hit, page=page, fit=content.fit, content=content, named=named)
    if content.fit is Fit.EMPTY:
        why = _hollow(page, evidence)
        if why in (Why.EMPTY, Why.FEW_WORDS) and shown_elsewhere(page, evidence):
            return dataclasses.replace(hit, why=Why.NOT_SEEN, blocked=Outcome.EXTERNAL, cause="external")
        return dataclasses.replace(hit, why=why)
    other = _other_section(wording, words, fits, hit, page, evidence)
    if other:
        return dataclasses.replace(hit, why=Why.OTHER_SECTION, other=as_written(page, other))
    if hit.score >= STRONG:
        doubtful = content.fit < Fit.STRONG and (named < 50 or (hit.score < 85 and named < 85))
        sure = _PLAINLY if content.by_name else _SURELY if doubtful else _BEYOND_DOUBT
        elsewhere = content.fit < Fit.STRONG and plainly_other(page, evidence, wording, words) >= sure
        elsewhere = elsewhere or (content.by_name and _is_copy(page, evidence))
        is_it = content.fit >= Fit.GOOD and not elsewhere and not _another_story(page, evidence, hit)
        return hit if is_it else dataclasses.replace(hit, why=Why.OTHER_CONTENT)
    if content.fit < Fit.STRONG and plainly_other(page, evidence, wording, words):
        return dataclasses.replace(hit, why=Why.OTHER_CONTENT)
    if content.fit is Fit.STRONG:
        return hit
    told = (
        named >= STRONG
        or hit.score == INHERITED
        or (hit.score >= _NEAR_LABEL and (content.share >= _ON_TOPIC or content.hits >= _CUES))
    )
    if content.fit is Fit.GOOD and told:
        return hit
    return dataclasses.replace(hit, why=Why.OTHER_CONTENT)


def _is_riddle(page: Page, evidence: Evidence) -> bool:
    """Whether a page asks to prove that one is a person, and shows nothing else."""
    about = seen(page, evidence)
    return about.length < _NO_FEW_WORDS and not about.listed and any_phrase(fold(page.text), told("riddle")) is not None


def _another_story(page: Page, evidence: Evidence, hit: Hit) -> bool:
    """Whether a label leads to a single text that calls itself something else altogether."""
    offers = any(f.zone is Zone.BODY and f.purpose in OFFERS for f in page.forms)
    if hit.named or hit.fit is Fit.STRONG or page.attachments or offers or any(t.headers for t in page.tables):
        return False
    names = own_names(page, evidence)
    if own_items(page, evidence) or not names or len(names[0].split()) < _TELLING:
        return False
    said = {w for n in hit.link.names for w in fold(n).split()} | set(hit.phrase.split())
    return not any(said & set(name.split()) for name in names[:3])


def _is_copy(page: Page, evidence: Evidence) -> bool:
    """Whether a page lists just what another section lists."""
    if "lists" not in evidence.memo:
        found: dict[frozenset[str], set[str]] = {}
        for other in evidence.pages:
            listed = frozenset(i.url for i in own_items(other, evidence) if i.url)
            if other.depth and len(listed) >= _LIST:
                found.setdefault(listed, set()).add(other.title)
        evidence.memo["lists"] = found
    lists: dict[frozenset[str], set[str]] = evidence.memo["lists"]
    return len(lists.get(frozenset(i.url for i in own_items(page, evidence) if i.url), ())) > 1


#: Fewer entries are no list that could be told from another.
_LIST = 3
#: Points by which a page plainly is another section: than its name alone promises, than its label does where what the
#: page calls itself leaves doubt, and than both do.
_PLAINLY, _SURELY, _BEYOND_DOUBT = 1, 8, 9
#: Words from which a heading tells a story rather than names a section.
_TELLING = 5


def _hollow(page: Page, evidence: Evidence) -> Why:
    """In what way a page has nothing of its own, in the order in which a visitor would say it."""
    about = seen(page, evidence)
    if page.text_length < _NO_FEW_WORDS and any_phrase(fold(page.text), told("empty_list")) is not None:
        return Why.EMPTY_LIST
    if is_placeholder(page, evidence):
        return Why.PLACEHOLDER
    if only_itself(page, evidence):
        return Why.ITSELF
    if is_filler(page, evidence):
        return Why.FILLER
    if any_phrase(fold(page.text), told("empty_list")) is not None or any(t.headers for t in page.tables):
        return Why.EMPTY_LIST
    if about.announces and not about.form:
        return Why.PLACEHOLDER
    if is_single(page):
        return Why.SINGLE
    if page.attachments:
        return Why.SINGLE if about.files else Why.DEAD_FILES
    if about.elsewhere or about.length >= _NO_FEW_WORDS:
        return Why.OTHER_NEWS
    return Why.FEW_WORDS if about.length >= _WORDS else Why.EMPTY


#: Characters beside the page's names from which something is said, and from which it is more than a few words.
_WORDS, _NO_FEW_WORDS = 30, 250


def could_be(page: Page, evidence: Evidence, wording: Wording) -> bool:
    """Whether a page can plainly be what a duty names, whatever it is called: most pages are nothing like it."""
    return is_strong(page, wording.content or "any", evidence) or plainness(page, evidence).of(wording) > 0


def content_of(
    page: Page, evidence: Evidence, wording: Wording, words: Lexicon, named: int, *, alone: bool = False
) -> Content:
    """How well a page has what the duty names: as its label promises, or plainly by all its signs.

    ``alone``: a single article of a list, which is no section however well it speaks of one.
    """
    content = assess(page, wording.content or "any", evidence, named=named >= STRONG, cues=wording.cues)
    signs = plainly(page, evidence, wording, words) if content.fit > Fit.EMPTY and not alone else 0
    return dataclasses.replace(content, fit=Fit.STRONG, plain=signs) if signs else content


def _not_read(evidence: Evidence, hit: Hit, outcome: Outcome | None) -> Hit:
    if outcome in GONE:
        why = {Outcome.SOFT_404: Why.SOFT_404, Outcome.REDIRECT_HOME: Why.TO_HOME}.get(outcome, Why.DEAD)
        return dataclasses.replace(hit, why=why)
    ours = same_agency(hit.link.url, evidence.portal, evidence.plan.service_prefixes)
    if not ours or outcome is Outcome.EXTERNAL:
        return dataclasses.replace(hit, why=Why.OTHER_AGENCY)
    if outcome in (Outcome.NOT_HTML, Outcome.OK):  # a file, or a page only tried for being alive
        return dataclasses.replace(hit, why=Why.OTHER_CONTENT)
    if outcome is None:
        outcome = Outcome.BUDGET
    return dataclasses.replace(hit, why=Why.NOT_SEEN, blocked=outcome if outcome in UNSEEN else Outcome.ERROR)


def _shown_elsewhere(evidence: Evidence, url: str) -> bool:
    if "shown" not in evidence.memo:
        evidence.memo["shown"] = {k.url for _, k in evidence.links() if not k.hidden}
    return url in evidence.memo["shown"]


def _other_section(
    wording: Wording, words: Lexicon, fits: Mapping[str, Match], hit: Hit, page: Page, evidence: Evidence
) -> str:
    """The section a page says it is, when that is clearly another one than its label promised."""
    if hit.fit is Fit.STRONG or hit.named >= 50:
        return ""
    names = own_names(page, evidence)
    for name in names[:3]:
        if words.is_negative(wording.rule, name) and hit.named < STRONG:
            return name
        found = words.label(name)
        best = max(found.items(), key=lambda kv: kv[1].score, default=("", NO_MATCH))
        if best[1].score >= 85 and found.get(wording.rule, NO_MATCH).score < best[1].score - 25:
            family = words.family.get(wording.rule, wording.rule)
            if words.family.get(best[0]) != family:
                return name
    return ""
