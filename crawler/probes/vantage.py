"""What can be seen from here: a route to each IPv6 address, and what the resolver gives."""

from __future__ import annotations

import time
from typing import Any

from crawler.dns_query import Asker
from crawler.dnssec import anchors
from crawler.dnssec.chain import Walker
from crawler.ipv6_route import routes
from crawler.probes.names import addresses, dns_name, host_of
from crawler.probes.scene import Scene


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``vantage.ipv6_route`` (None: nothing to judge, or only a translated route), ``vantage.resolver``
    and ``vantage.dnssec`` ("records", "stripped", or None: not told, or nothing to look up)."""
    name = dns_name(host_of(scene))
    support, cause = None, ""
    if name is not None:
        walker = Walker(scene.asker, anchors.load(scene.options.trust_anchor), time.time())
        support, cause = await walker.support(name)
    return {
        "vantage.ipv6_route": routes(await addresses(scene)),
        "vantage.resolver": await resolver_name(scene.asker),
        "vantage.dnssec": support,
        "vantage.dnssec_error": cause or None,
    }


async def resolver_name(asker: Asker) -> str:
    """The resolver as named, or the system's addresses."""
    if asker.server:
        return asker.server
    found = await asker.servers()
    return f"system ({', '.join(server for server, _ in found)})" if found else "system"
