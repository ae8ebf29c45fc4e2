"""When "not found" may be called "not met" (design section 3): only after everything was looked at."""

from __future__ import annotations

from checks.match import STRONG
from checks.sections import NAVIGATION, Search, Why, words_of
from core.evidence import Evidence
from core.hosts import same_agency
from core.page import UNSEEN, Outcome

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
            if hit.why is Why.NOT_SEEN and hit.blocked is not None:
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


def _open_links(evidence: Evidence) -> list[tuple[str, dict[str, int], Outcome]]:
    """Navigation links whose target was not read: label, the duties their label could mean.

    A label that is strongly another duty's name settles nothing for that duty but is no candidate for
    the rest; an unknown label could be anything and is given as an empty mapping.
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
            found.append((link.label, strong, outcome))
        evidence.memo["open_links"] = found
    links: list[tuple[str, dict[str, int], Outcome]] = evidence.memo["open_links"]
    return links
