"""Does this machine have a route to an IPv6 address: asked of its own kernel, nothing is sent to anybody."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from crawler.guard import is_public

#: An address of the global unicast block (2000::/3, RFC 4291) to ask for a default route with.
ANYWHERE = ipaddress.IPv6Address("2600::1")


def route_to(address: ipaddress.IPv6Address) -> bool | None:
    """Whether packets to the address would leave here; None when only a translated address could carry them.

    Connecting a UDP socket makes the kernel choose route and source address, and sends nothing. A unique-local
    source (RFC 4193) reaches the internet only where a translator stands in between, which cannot be seen from here.
    """
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as trial:
            trial.connect((str(address), 9))
            source = ipaddress.IPv6Address(trial.getsockname()[0].split("%")[0])
    except OSError:
        return False
    if not is_public(address):
        return True
    return True if is_public(source) else None if source.is_private and not source.is_link_local else False


def routes(addresses: Iterable[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> bool | None:
    """The weakest route to any of the IPv6 addresses; None also when there are none."""
    found = [route_to(a) for a in addresses if isinstance(a, ipaddress.IPv6Address)]
    if False in found:
        return False
    return None if None in found or not found else True
