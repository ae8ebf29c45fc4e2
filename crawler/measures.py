"""Facts of a crawl by dotted name: the home page, TLS, robots, response times."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from core.page import Outcome
from crawler.answers import Answer
from crawler.urls import canonical

if TYPE_CHECKING:
    from crawler.visit import Visit

_HEADERS = frozenset(
    "server x-powered-by strict-transport-security content-security-policy x-frame-options "
    "x-content-type-options referrer-policy content-language set-cookie".split()
)


def home_facts(answer: Answer) -> dict[str, Any]:
    """What the home page's answer says of the portal; a cookie's value is not kept."""
    headers = {k: "set" if k == "set-cookie" else v[:300] for k, v in answer.headers.items() if k in _HEADERS}
    return {
        "pages.home.status": answer.status,
        "pages.home.url": answer.final_url,
        "http.final_scheme": urlsplit(answer.final_url).scheme,
        "home.headers": headers,
        "vantage.clock_offset": _clock_offset(answer),
    }


def _clock_offset(answer: Answer) -> int | None:
    """Seconds by which the portal's clock (``Date``, RFC 9110 section 6.6.1) is ahead of ours; None without one.

    ``Age`` is what a cache kept the answer for. The header has whole seconds only.
    """
    try:
        said = parsedate_to_datetime(answer.headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    if answer.at is None or said.tzinfo is None:
        return None
    age = answer.headers.get("age", "")
    kept = int(age) if age.isdigit() and len(age) < 10 else 0
    return round((said - answer.at).total_seconds() + 0.5 + kept - answer.seconds / 2)


def crawl_facts(visit: Visit) -> str:
    """Adds the facts known at the end; gives how robots.txt was found (found, none, html, unreachable …)."""
    facts, home = visit.record.facts, visit.record.home
    start = canonical(visit.portal.url)
    rules = visit.fetcher.robots.known(str(facts.get("pages.home.url") or start))
    robots = rules.kind if rules is not None else str(facts.get("crawl.robots") or "")
    facts["crawl.robots"] = robots or None
    facts["crawl.robots_blocked"] = len(set(visit.ledger.refused_by_robots))
    facts["crawl.ignored_robots"] = visit.options.ignore_robots or None
    facts["response.p50_ms"] = visit.ledger.percentile_ms(0.50)
    facts["response.p95_ms"] = visit.ledger.percentile_ms(0.95)
    for key in ("crawl.soft404", "pages.home.status", "pages.home.url", "http.final_scheme"):
        facts.setdefault(key, None)
    own = {urlsplit(u).hostname for u in (start, str(facts["pages.home.url"] or "")) if u}
    seen = [t for server, t in visit.transport.handshakes.items() if server.rpartition(":")[0] in own]
    facts["tls.error"] = next((t.error for t in seen if t.error), None)
    facts["tls.ok"] = not facts["tls.error"] if seen and home is not None else None
    if home is None and any(f.outcome is Outcome.TLS for f in visit.record.fetches.values()):
        facts["tls.ok"] = False
    return robots
