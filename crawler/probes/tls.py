"""HTTPS of the portal and of its service hosts: chain, host name, expiry, protocol, redirect from http, HSTS."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import urljoin, urlsplit

from core.audit import VIETNAM
from core.hosts import same_agency
from core.page import Outcome
from crawler.answers import REDIRECTS, sent_on
from crawler.handshake import Shaken, shake
from crawler.ledger import Entry
from crawler.probes.asking import ask, head
from crawler.probes.names import dns_name, host_of, port_of
from crawler.probes.scene import Scene
from crawler.transport import FetchFailed

#: Service hosts looked at.
MOST = 6
HOPS = 4
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,10})", re.I)
_OUTCOMES = {"refused": Outcome.REFUSED, "timeout": Outcome.TIMEOUT, "dns": Outcome.DNS, "not_admitted": Outcome.GUARD}


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``tls.ok``, ``tls.error``, ``tls.problem``, ``tls.protocol``, ``tls.issuer``, ``tls.expires`` (ISO),
    ``tls.days_left``, ``tls.redirect`` (http leads to https), ``tls.hsts`` (seconds, 0 without, RFC 6797) and
    ``tls.services`` (host: "ok" or what is wrong).

    A portal visited by http is tried on port 443. Through a proxy only what the crawl saw is known.
    """
    secure = urlsplit(scene.url).scheme == "https"
    facts: dict[str, Any] = {
        "tls.hsts": _hsts(scene) if secure else None,
        "tls.redirect": await _redirect(scene) if secure else None,
    }
    if scene.options.proxy:
        return facts
    host = host_of(scene)
    if secure or dns_name(host) is not None:
        seen = await _shake(scene, host, port_of(scene.url) if secure else 443)
        facts |= _own(scene, seen)
        if seen.ok and not secure:
            facts["tls.redirect"] = False  # the home page came by http, and nothing led away from there
    facts["tls.services"] = {}
    for service, port in _services(scene):
        seen = await _shake(scene, service, port)
        facts["tls.services"][service] = seen.problem or "ok"
    return facts


async def _shake(scene: Scene, host: str, port: int) -> Shaken:
    """A handshake, entered in the ledger."""
    if scene.ledger.spent >= scene.budget.max_requests:
        return Shaken("budget", "the budget was spent")
    scene.ledger.open()
    began = time.monotonic()
    seen = Shaken("timeout")
    try:
        seen = await shake(scene.transport, host, port)
    finally:  # a probe that is cut off has asked all the same
        outcome = _OUTCOMES.get(seen.problem, Outcome.TLS if seen.problem else Outcome.OK)
        where = f"https://{host}/" if port == 443 else f"https://{host}:{port}/"
        scene.ledger.close(Entry(where, "TLS", outcome, None, 0, seen.seconds, began))
    return seen


def _own(scene: Scene, seen: Shaken) -> dict[str, Any]:
    """What the handshake adds to what the crawl saw: one sound handshake does not unsay a fault."""
    facts: dict[str, Any] = {"tls.problem": seen.problem or None, "tls.protocol": seen.protocol or None}
    facts["tls.issuer"] = seen.issuer or None
    if seen.expires is not None:
        facts["tls.expires"] = seen.expires.isoformat()
        facts["tls.days_left"] = (seen.expires.astimezone(VIETNAM).date() - scene.today).days
    error = scene.evidence.fact("tls.error")
    if seen.ok is False:
        facts |= {"tls.ok": False, "tls.error": error or seen.error}
    elif seen.ok:
        facts |= {"tls.ok": not error, "tls.error": error}
    return facts


def _hsts(scene: Scene) -> int:
    said = dict(scene.evidence.fact("home.headers") or {}).get("strict-transport-security", "")
    found = _MAX_AGE.search(str(said))
    return int(found[1]) if found else 0


async def _redirect(scene: Scene) -> bool | None:
    """Whether plain http leads to https; None when nothing answers there, or the portal has a port of its own."""
    if urlsplit(scene.portal.url).scheme == "http":
        return True  # the crawl itself was led here
    host = host_of(scene)
    url = f"http://[{host}]/" if ":" in host else f"http://{host}/"
    try:
        for _ in range(HOPS):
            raw = await ask(scene, url)
            target = urljoin(url, head(raw, "location")) if raw.status in REDIRECTS else sent_on(raw.body, url)
            if not target or not same_agency(target, scene.portal, scene.evidence.plan.service_prefixes):
                break
            if urlsplit(target).scheme == "https":
                return True
            url = target
    except FetchFailed:
        return None
    if raw.status >= 400 or port_of(scene.url) != 443:
        return None
    return False


def _services(scene: Scene) -> list[tuple[str, int]]:
    """Hosts of the agency's services that the crawl saw links to, with the port https is spoken on."""
    plan, own = scene.evidence.plan, host_of(scene)
    found: dict[tuple[str, int], None] = {}
    for _, link in scene.evidence.links():
        parts = urlsplit(link.url) if link.url.startswith("http") else None
        host = (parts.hostname or "").lower() if parts is not None else ""
        if parts is None or host.removeprefix("www.") == own.removeprefix("www.") or dns_name(host) is None:
            continue
        if host.partition(".")[0] in plan.service_prefixes and same_agency(
            link.url, scene.portal, plan.service_prefixes
        ):
            found[host, (parts.port or 443) if parts.scheme == "https" else 443] = None
        if len(found) == MOST:
            break
    return list(found)
