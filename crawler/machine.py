"""What this machine can see of the network before any portal is asked."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass

import dns.name

from crawler.dns_query import SILENT, Asker
from crawler.dnssec import anchors
from crawler.dnssec.chain import Walker
from crawler.ipv6_route import ANYWHERE, route_to
from crawler.probes.vantage import resolver_name


@dataclass(frozen=True, slots=True)
class Machine:
    """The network as it looks from here."""

    #: A route to the IPv6 internet; None: only a translated one.
    ipv6: bool | None
    resolver: str
    #: "records", "stripped", or None: it could not be told.
    dnssec: str | None
    #: No resolver is named, or it does not answer.
    silent: bool
    #: The clock stands before the day the program itself was written.
    clock_behind: bool
    now: dt.datetime


async def look(resolver: str = "") -> Machine:
    """Asks the kernel and the resolver, and nobody else."""
    asker = Asker(resolver)
    try:
        support, error = await Walker(asker, anchors.load(), time.time()).support(dns.name.root)
        name = await resolver_name(asker)
    finally:
        asker.forget()
    now = dt.datetime.now(dt.UTC)
    return Machine(route_to(ANYWHERE), name, support, error in SILENT, now < anchors.shipped_at(), now)
