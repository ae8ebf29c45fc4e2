"""When "not found" may be called "not met" (design section 3): only after everything was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from checks.hits import NAVIGATION, Hit, Search, Why, words_of
from checks.match import STRONG, WEAK, Lexicon
from checks.plain import hinted
from core.evidence import Evidence
from core.hosts import same_agency
from core.page import UNSEEN, Link, Outcome

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


def not_looked(evidence: Evidence, rule: str, found: Search | None = None) -> str | None:
    """Why the duty's section may still be there unseen, as a cause; None when all was looked at."""
    if evidence.home is None:
        return _home_cause(evidence)
    if "shell" in evidence.home.traits:
        return "needs_browser"
    if found is not None:
        for hit in found.rejected:
            if hit.why is Why.NOT_SEEN and hit.blocked is not None and not _is_entry(hit):
                return hit.cause or _stop_cause(evidence, hit.blocked)
    open_links = _open_links(evidence)
    words = words_of(evidence)
    for label, label_fits, outcome in open_links:
        if rule in words.wordings and words.is_negative(rule, label):
            continue
        if not label_fits or label_fits.get(rule, 0) > 0:
            return _stop_cause(evidence, outcome)
    return None


def _stop_cause(evidence: Evidence, outcome: Outcome) -> str:
    if outcome is Outcome.BUDGET and evidence.stopped_because in ("interrupted", "time"):
        return evidence.stopped_because
    return CAUSES.get(outcome, "error")


def _home_cause(evidence: Evidence) -> str:
    fetch = evidence.fetch(evidence.portal.url) or next(iter(evidence.fetches.values()), None)
    if fetch is None:
        return "interrupted" if evidence.stopped_because == "interrupted" else "unreachable"
    return CAUSES.get(fetch.outcome, "unreachable")


def _is_entry(hit: Hit) -> bool:
    """One of the entries of a list that was read: the list decides, not each of its entries."""
    return hit.on is not None and hit.on.depth > 0 and any(i.url == hit.link.url for i in hit.on.items)


def _hinted(link: Link, words: Lexicon, fits: Mapping[str, int]) -> dict[str, int]:
    """Duties a label speaks of vaguely, by its words or its host: "Hỏi và thưa" at hoidap.… is no budget."""
    host = (urlsplit(link.url).hostname or "").partition(".")[0]
    keys = hinted(" | ".join((*link.names, link.parent, link.image)))
    by_host = {r for r, m in words.label(host).items() if m.score >= WEAK} | set(words.slug(f"/{host}"))
    meant = {w.rule for w in words.wordings.values() if (w.signs or w.content) in keys} | by_host
    kin = {words.family[r] for r in meant}
    return {r: WEAK for r in words.wordings if words.family[r] in kin} | dict(fits)


def _open_links(evidence: Evidence) -> list[tuple[str, dict[str, int], Outcome]]:
    """Navigation links whose target was not read: label, the duties their label could mean.

    A label that is another duty's name, or speaks of another, settles nothing for that duty but is no candidate
    for the rest; a label that says nothing could be anything and is given as an empty mapping.
    """
    if "open_links" not in evidence.memo:
        words = words_of(evidence)
        seen: set[str] = set()
        found: list[tuple[str, dict[str, int], Outcome]] = []
        for page, link in evidence.links():
            if link.url in seen or not link.url or link.hidden or page.depth > 2:
                continue
            if link.zone not in NAVIGATION:
                continue
            seen.add(link.url)
            if evidence.page(link.url) is not None:
                continue
            fetch = evidence.fetch(link.url)
            if fetch is None and evidence.stopped_because in ("frontier", "settled"):
                continue  # a twin, a pager, a trap: the crawl looked at all it had to
            outcome = fetch.outcome if fetch else Outcome.BUDGET
            if outcome not in UNSEEN or not same_agency(link.url, evidence.portal, evidence.plan.service_prefixes):
                continue
            fits = {r: m.score for r, m in words.link(link).items()}
            strong = {r: s for r, s in fits.items() if s >= STRONG}
            found.append((link.label, strong or _hinted(link, words, fits), outcome))
        evidence.memo["open_links"] = found
    links: list[tuple[str, dict[str, int], Outcome]] = evidence.memo["open_links"]
    return links
