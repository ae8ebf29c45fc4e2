"""Do the zone's name servers answer over IPv6: without one, a network with IPv6 only cannot even find the portal."""

from __future__ import annotations

import dns.asyncquery
import dns.exception
import dns.message
import dns.name
import dns.rdatatype

from crawler.dns_query import Asker, LookUpFailed
from crawler.guard import Address
from crawler.ipv6_route import route_to
from crawler.probes.names import dns_name, host_of
from crawler.probes.scene import Scene
from crawler.resolver import NoSuchHost
from crawler.transport import Refused

#: Seconds one name server may take.
PATIENCE = 3.0
#: Name servers asked at most.
MOST = 4


async def reachable(scene: Scene, port: int = 53) -> bool | None:
    """True when one of them answers over IPv6, False when none has an IPv6 address or none answers.

    None when it could not be told: the zone's name servers are not given, or there is no sure route to theirs.
    """
    host = dns_name(host_of(scene))
    if host is None:
        return None
    try:
        zone, servers = await _servers(scene.asker, host)
    except LookUpFailed:
        return None
    if not servers:
        return None
    unsure = False
    answered = False
    for server in servers[:MOST]:
        try:
            found = await scene.transport.admitted(server.to_text(omit_final_dot=True), port)
        except NoSuchHost:
            continue
        except Refused:
            unsure = True
            continue
        for address in (a for a in found if a.version == 6):
            answered = answered or await _answers(address, port, zone)
            unsure = unsure or not route_to(address)
        if answered:
            return True
    return None if unsure else False


async def _servers(asker: Asker, host: dns.name.Name) -> tuple[dns.name.Name, list[dns.name.Name]]:
    """The zone the host is in, and the names of its name servers."""
    answer = await asker.ask(host, "SOA")
    found = [*answer.answer, *answer.authority]
    zone = next((r.name for r in found if r.rdtype == dns.rdatatype.SOA and host.is_subdomain(r.name)), None)
    if zone is None:
        return host, []
    listed = await asker.ask(zone, "NS")
    return zone, [r.target for s in listed.answer if s.rdtype == dns.rdatatype.NS for r in s]


async def _answers(address: Address, port: int, zone: dns.name.Name) -> bool:
    query = dns.message.make_query(zone, "SOA")
    try:
        await dns.asyncquery.udp(query, str(address), PATIENCE, port)
    except (dns.exception.DNSException, OSError):
        return False
    return True
