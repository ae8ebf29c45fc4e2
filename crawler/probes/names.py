"""The host a probe asks about, as a name of the DNS, and its addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

import dns.exception
import dns.name

from crawler.guard import Address, literal
from crawler.probes.scene import Scene
from crawler.resolver import NoSuchHost


def host_of(scene: Scene) -> str:
    """Host of the home page as it was reached."""
    return (urlsplit(scene.url).hostname or "").lower().rstrip(".")


def dns_name(host: str) -> dns.name.Name | None:
    """The name to look up; None for an address and for names that never leave the machine (RFC 6761)."""
    if literal(host) is not None or "." not in host or host.endswith(".localhost"):
        return None
    try:
        return dns.name.from_text(host)
    except (dns.exception.DNSException, UnicodeError):
        return None


async def addresses(scene: Scene) -> tuple[Address, ...]:
    """Every address of the host as the crawl used them; none when it could not be resolved."""
    try:
        return await scene.transport.resolver.addresses(host_of(scene))
    except NoSuchHost:
        return ()


def port_of(url: str) -> int:
    """The port of an address, the scheme's own by default."""
    parts = urlsplit(url)
    return parts.port or (443 if parts.scheme == "https" else 80)
