"""When "not found" may be called "not met" (design section 3): only after everything was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from checks.content import own_items
from checks.hits import NAVIGATION, Hit, Search, Why, words_of
from checks.match import STRONG, WEAK, Lexicon
from checks.plain import hinted, like
from checks.sections import search
from core.data_files import read_yaml
from core.evidence import Evidence
from core.hosts import host_of, same_agency
from core.page import UNSEEN, Link, Outcome, Page
from core.text import any_phrase, fold

#: Cause of an unknown verdict by what kept us from looking.
CAUSES = {
    Outcome.SERVER_ERROR: "server_error",
    Outcome.BLOCKED: "blocked",
    Outcome.TIMEOUT: "timeout",
    Outcome.NO_HOST: "dns",
    Outcome.DNS: "dns",
    Outcome.REFUSED: "refused",
    Outcome.TLS: "tls",
    Outcome.ROBOTS: "robots",
    Outcome.GUARD: "address_not_admitted",
    Outcome.TOO_LARGE: "too_large",
    Outcome.BUDGET: "budget",
    Outcome.ERROR: "error",
}

#: What ended a crawl and kept it from an address, as a cause.
_ENDED = {"budget": "budget", "time": "time", "interrupted": "interrupted", "unreachable": "stopped_answering"}


def not_looked(evidence: Evidence, rule: str, found: Search | None = None) -> str | None:
    """Why the duty's section may still be there unseen, as a cause; None when all was looked at."""
    if evidence.home is None:
        return _home_cause(evidence)
    if "shell" in evidence.home.traits:
        return "needs_browser"
    if found is not None:
        for hit in found.rejected:
            if hit.why is not Why.NOT_SEEN or hit.blocked is None:
                continue
            # Of a list that was read a few entries tell enough; one that did not answer may be the section itself.
            if hit.blocked is not Outcome.BUDGET or not _is_entry(hit):
                return hit.cause or why_unseen(evidence, hit.blocked)
    words = words_of(evidence)
    takers = {h.other for h in (found.rejected if found is not None else ()) if h.why is Why.TAKEN}
    for link in _open_links(evidence):
        if rule in words.wordings and words.is_negative(rule, link.label):
            continue
        if link.anything or rule in link.fits or rule not in words.wordings:
            return why_unseen(evidence, link.outcome)
        if not takers.isdisjoint(words.family[r] for r in link.fits):
            return why_unseen(evidence, link.outcome)  # who took the page may have one of its own there
    return None


def lost_behind(evidence: Evidence, rule: str) -> str | None:
    """Why a section that was read may hold more than was seen: an entry or a page below it that did not answer.

    So may a page that shows some signs of being the section, where its entries would tell.
    """
    wording = words_of(evidence).wordings.get(rule)
    if wording is None or not unanswered(evidence):
        return None
    pages = [h.page for h in search(evidence, rule).accepted if h.page is not None] or like(evidence, wording)
    for page in pages:
        stem = page.url.partition("?")[0].rstrip("/") + "/"
        behind = [i.url for i in own_items(page, evidence)]
        behind += [k.url for k in page.links if k.url.startswith(stem)]
        for url in behind:
            if url in unanswered(evidence):
                return unanswered(evidence)[url]
    return None


def claimed_unseen(evidence: Evidence, rule: str) -> str | None:
    """Why a page that only its shape makes the section may be another duty's: one whose own did not answer.

    Had that been read, it might have been the better section of this duty, or left this page to the other.
    """
    wording = words_of(evidence).wordings.get(rule)
    accepted = search(evidence, rule).accepted
    if wording is None or not accepted or not unanswered(evidence):
        return None
    if any(hit.score >= WEAK or hit.named >= STRONG or hit.content.plain for hit in accepted):
        return None
    near, words = _alike(wording.content), words_of(evidence)
    for link in _open_links(evidence):
        if link.outcome is Outcome.BUDGET:
            continue
        if link.anything or any(words.wordings[r].content in near for r in link.fits):
            return why_unseen(evidence, link.outcome)
    return None


def unanswered(evidence: Evidence) -> Mapping[str, str]:
    """Addresses that were asked for and gave nothing to see, each with the cause."""
    if "unanswered" not in evidence.memo:
        evidence.memo["unanswered"] = {
            url: why_unseen(evidence, fetch.outcome)
            for url, fetch in evidence.fetches.items()
            if fetch.outcome in UNSEEN and fetch.outcome is not Outcome.BUDGET and evidence.page(url) is None
        }
    found: Mapping[str, str] = evidence.memo["unanswered"]
    return found


def why_unseen(evidence: Evidence, outcome: Outcome = Outcome.BUDGET) -> str:
    """Cause for an address that ended with ``outcome``; for one that was not asked, what ended the crawl.

    A crawl with pages to spare may leave an address out too: a list's older entry, a link when all was settled.
    """
    if outcome is Outcome.BUDGET:
        return _ENDED.get(evidence.stopped_because, "not_opened")
    return CAUSES.get(outcome, "error")


def _home_cause(evidence: Evidence) -> str:
    fetch = evidence.fetch(evidence.portal.url) or next(iter(evidence.fetches.values()), None)
    if fetch is None:
        return "interrupted" if evidence.stopped_because == "interrupted" else "unreachable"
    return CAUSES.get(fetch.outcome, "unreachable")


def _is_entry(hit: Hit) -> bool:
    """One of the entries of a list that was read: the list decides, unless the entry is called as the section is."""
    if hit.score >= STRONG or hit.on is None or hit.on.depth == 0:
        return False
    return any(i.url == hit.link.url for i in hit.on.items)


def _hinted(link: Link, words: Lexicon, fits: Mapping[str, int]) -> frozenset[str]:
    """Duties a label speaks of vaguely, by its words or its host: "Hỏi và thưa" at hoidap.… is no budget."""
    host = host_of(link.url).partition(".")[0]
    keys = hinted(" | ".join((*link.names, link.parent, link.image)))
    by_host = {r for r, m in words.label(host).items() if m.score >= WEAK} | set(words.slug(f"/{host}"))
    meant = {w.rule for w in words.wordings.values() if (w.signs or w.content) in keys} | by_host | set(fits)
    kin = {words.family[r] for r in meant}
    return frozenset(r for r in words.wordings if words.family[r] in kin)


def _neighbours(words: Lexicon, rules: frozenset[str]) -> frozenset[str]:
    """Duties whose sections go by such vague names too."""
    near = {key for r in rules for key in _alike(words.wordings[r].content)}
    return frozenset(r for r, w in words.wordings.items() if w.content in near)


def _in_front(page: Page, link: Link, entries: set[str]) -> bool:
    """A short label or a picture in the body of the home page, no entry of a list."""
    return page.depth == 0 and link.url not in entries and len(link.label.split()) <= _SHORT


@cache
def _groups(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = read_yaml(Path(__file__).with_name("neighbours.yaml"))[name]
    return found


@cache
def _alike(content: str) -> frozenset[str]:
    """Contents that a vague label may stand for where it hints at one of them."""
    return frozenset(key for group in _groups("alike").values() if content in group for key in group)


def _named(words: Lexicon, fits: Mapping[str, int]) -> frozenset[str]:
    """Duties that a plain name means or comes near, and those that usually stand below them."""
    meant = [words.wordings[r].content for r, score in fits.items() if score >= STRONG]
    below = {key for content in meant for key in _groups("below").get(content, ())}
    return frozenset(fits) | {r for r, w in words.wordings.items() if w.content in below}


@dataclass(frozen=True)
class Open:
    """A link of the navigation whose target was not read: the duties it could stand for."""

    label: str
    #: What its words speak of, and what goes by such names too.
    fits: frozenset[str]
    #: It could be anything: its words say nothing, or speak vaguely of what never answered.
    anything: bool
    outcome: Outcome


#: What stands in many menus and is no duty: its page need not be seen.
_NO_DUTY = tuple(
    map(
        fold,
        (
            "đăng nhập", "đăng ký", "đăng xuất", "thư viện ảnh", "hình ảnh", "video", "album", "thư viện", "trang chủ",
            "thời tiết", "tỷ giá", "webmail", "mail", "mail công vụ", "hòm thư công vụ", "thư điện tử công vụ",
            "quản lý văn bản", "văn phòng điện tử", "facebook", "zalo", "youtube", "login",
        ),
    )
)  # fmt: skip
#: No answer at all; a server that says it fails, or that it must not be asked, has at least been heard.
_SILENT = frozenset({Outcome.TIMEOUT, Outcome.REFUSED, Outcome.DNS, Outcome.TLS, Outcome.ERROR})
#: Longest label of a section in the body of the home page, in words.
_SHORT = 9


def _lost_frames(evidence: Evidence) -> list[Outcome]:
    """How asking for the parts of a page made of frames ended, where they were not read: the menu may stand there."""
    asked = [
        evidence.fetch(url)
        for page in evidence.pages
        if "frameset" in page.traits
        for url in page.frames
        if evidence.page(url) is None and same_agency(url, evidence.portal, evidence.plan.service_prefixes)
    ]
    return [fetch.outcome for fetch in asked if fetch is not None and fetch.outcome in UNSEEN]


def _open_links(evidence: Evidence) -> tuple[Open, ...]:
    """Links to what may be a section and was not read.

    A label that is another duty's name, or speaks of another, settles nothing for that duty but is no candidate
    for the rest; one that says nothing could be anything. Mail and office systems are closed to visitors anyway.
    """
    if "open_links" not in evidence.memo:
        words = words_of(evidence)
        frames = tuple(Open("", frozenset(), True, outcome) for outcome in _lost_frames(evidence))
        home = evidence.home
        entries = {i.url for i in home.items} if home is not None else set()
        seen: set[str] = set()
        found: list[Open] = []
        here = host_of(home.url if home is not None else evidence.portal.url)
        for page, link in evidence.links():
            if link.url in seen or not link.url or link.hidden or page.depth > 2 or evidence.page(link.url) is not None:
                continue
            fetch = evidence.fetch(link.url)
            if fetch is None and evidence.stopped_because in ("frontier", "settled"):
                continue  # a twin, a pager, a trap: the crawl looked at all it had to
            outcome = fetch.outcome if fetch else Outcome.BUDGET
            if outcome not in UNSEEN or not same_agency(link.url, evidence.portal, evidence.plan.service_prefixes):
                continue
            fits = {r: m.score for r, m in words.link(link).items()}
            named = any(score >= STRONG for score in fits.values())
            if not (link.zone in NAVIGATION or _in_front(page, link, entries) or (named and page.depth)):
                continue
            seen.add(link.url)
            if not named and any_phrase(fold(link.label), _NO_DUTY) is not None:
                continue
            own = _named(words, fits) if named else _hinted(link, words, fits)
            ours = host_of(link.url) == here
            near = own if named or not ours else own | _neighbours(words, own)
            found.append(Open(link.label, near, not near or (not named and ours and outcome in _SILENT), outcome))
        evidence.memo["open_links"] = (*frames, *found)
    links: tuple[Open, ...] = evidence.memo["open_links"]
    return links
