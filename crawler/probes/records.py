"""Does the portal's name have A and AAAA records (RFC 1035, RFC 3596)."""

from __future__ import annotations

from typing import Any

from crawler.dns_query import LookUpFailed, has
from crawler.probes.names import addresses, dns_name, host_of
from crawler.probes.scene import Scene


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``dns.host``, ``dns.a`` and ``dns.aaaa``: True, False, or None when it could not be looked up.

    ``dns.error`` names why: timeout, unreachable, no_resolver, servfail, refused … None for a portal visited by number.
    """
    host = host_of(scene)
    name = dns_name(host)
    facts: dict[str, Any] = {"dns.host": host, "dns.a": None, "dns.aaaa": None, "dns.error": None}
    if name is None:
        return facts
    local = () if scene.asker.server else await addresses(scene)
    for fact, kind, version in (("dns.a", "A", 4), ("dns.aaaa", "AAAA", 6)):
        try:
            facts[fact] = has(await scene.asker.ask(name, kind), kind)
        except LookUpFailed as failed:
            facts["dns.error"] = failed.cause
        if any(a.version == version for a in local):
            facts[fact] = True  # from the system's own tables, which the DNS does not know
    return facts
