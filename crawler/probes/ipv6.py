"""Does the portal answer over IPv6, and with the same page as over IPv4."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any
from urllib.parse import urljoin, urlsplit

from core.page import Outcome
from crawler.answers import REDIRECTS
from crawler.guard import Address
from crawler.ipv6_route import route_to, routes
from crawler.probes.asking import ask, head
from crawler.probes.likeness import alike
from crawler.probes.name_servers import reachable
from crawler.probes.names import addresses, host_of, port_of
from crawler.probes.scene import Scene
from crawler.transport import FetchFailed, Raw, Transport

#: Redirects followed on the same host.
HOPS = 4
#: Seconds one bare connection may take.
KNOCK = 5.0
#: Failures that are the server's own where our route is known to be good.
_THEIRS = {Outcome.REFUSED: "refused", Outcome.TLS: "tls", Outcome.TIMEOUT: "timeout", Outcome.GUARD: "not_admitted"}


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``ipv6.http`` (True: the home page came over IPv6; False: it did not; None: could not look, see
    ``ipv6.cause``), ``ipv6.status``, ``ipv6.same`` (title and text as over IPv4), ``ipv6.ports`` (open by port)
    and ``ipv6.ns`` (a name server of the zone answers over IPv6)."""
    facts: dict[str, Any] = dict.fromkeys(
        ("ipv6.http", "ipv6.status", "ipv6.same", "ipv6.ports", "ipv6.ns", "ipv6.error", "ipv6.cause")
    )
    found = [a for a in await addresses(scene) if a.version == 6]
    route = routes(found)
    if scene.options.proxy:
        return facts | {"ipv6.cause": "proxy" if found else None}
    facts["ipv6.ns"] = await reachable(scene)
    if not found:
        return facts
    if route is False:
        return facts | {"ipv6.cause": "no_ipv6_route"}
    six, four = scene.transport.over(6), scene.transport.over(4)
    try:
        facts |= await _compared(scene, six, four, sure=bool(route))
        facts["ipv6.ports"] = await _ports(scene, six)
    finally:
        await asyncio.gather(six.close(), four.close())
    return facts


async def _compared(scene: Scene, six: Transport, four: Transport, *, sure: bool) -> dict[str, Any]:
    try:
        url, over6 = await _home(scene, six)
    except FetchFailed as failed:
        error = _THEIRS.get(failed.outcome)
        if failed.outcome is not Outcome.GUARD and await _silent(scene, four):
            return {"ipv6.cause": "connection"}  # IPv4 fails as well by now: it is not a matter of IPv6
        if error is not None and (sure or failed.outcome is Outcome.GUARD):
            return {"ipv6.http": False, "ipv6.error": error}
        return {"ipv6.cause": "no_ipv6_route" if error or failed.outcome is Outcome.ERROR else str(failed.outcome)}
    facts: dict[str, Any] = {"ipv6.status": over6.status}
    try:
        _, over4 = await _home(scene, four)
    except FetchFailed:  # a host of IPv6 addresses only has nothing to compare with
        over4 = None
    good = over6.status < 400 or (over4 is not None and over4.status == over6.status)
    facts["ipv6.http"] = good
    if over4 is not None and over4.status < 400:
        facts["ipv6.same"] = good and await asyncio.to_thread(alike, over4, over6, url)
    return facts


async def _silent(scene: Scene, four: Transport) -> bool:
    """Whether the portal has an IPv4 address and does not answer there either."""
    try:
        await _home(scene, four)
    except FetchFailed as failed:
        return failed.outcome not in (Outcome.NO_HOST, Outcome.DNS)
    return False


async def _home(scene: Scene, over: Transport) -> tuple[str, Raw]:
    """The home page over one version of IP, redirects on its own host followed; raises FetchFailed."""
    url = scene.url
    raw = await ask(scene, url, over=over)
    for _ in range(HOPS):
        target = urljoin(url, head(raw, "location"))
        if raw.status not in REDIRECTS or urlsplit(target).hostname != urlsplit(url).hostname:
            break
        url = target
        raw = await ask(scene, url, over=over)
    return url, raw


async def _ports(scene: Scene, six: Transport) -> dict[str, bool | None]:
    """Which of the portal's own port, 80 and 443 take a connection over IPv6."""
    host = host_of(scene)
    wanted = sorted({port_of(scene.url), 80, 443})
    taken = await asyncio.gather(*(_knock(six, host, port) for port in wanted))
    return {str(port): open_ for port, open_ in zip(wanted, taken, strict=True)}


async def _knock(six: Transport, host: str, port: int) -> bool | None:
    try:
        found: tuple[Address, ...] = await six.admitted(host, port)
    except OSError:  # no such host, or not admitted
        return None
    answers = [await _connects(str(a), port) for a in found[:2]]
    if any(answers):
        return True
    return False if all(route_to(a) for a in found[:2] if a.version == 6) else None


async def _connects(address: str, port: int) -> bool:
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(address, port), KNOCK)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True
