"""Is the portal's name signed with DNSSEC, and does the signature hold (RFC 4033 to 4035)."""

from __future__ import annotations

import time
from typing import Any

from crawler.dnssec import anchors
from crawler.dnssec.chain import Chain, Walker
from crawler.guard import is_public
from crawler.probes.names import addresses, dns_name, host_of
from crawler.probes.scene import Scene

#: Seconds our clock may be off before a signature's dates are not judged by it.
CLOCK = 300


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``dnssec.state`` (signed, unsigned, bogus, unknown), ``dnssec.valid`` (True, False, None),
    ``dnssec.how`` (validated here, or the resolver's word) and ``dnssec.error``; all None by number."""
    name = dns_name(host_of(scene))
    chain = Chain("unknown")
    if name is not None:
        closed = not any(is_public(a) for a in await addresses(scene))
        held = anchors.load(scene.options.trust_anchor)
        chain = await Walker(scene.asker, held, time.time(), word_counts=closed).walk(name)
        if chain.state == "bogus" and "signature" in chain.error and _clock_is_off(scene):
            chain = Chain("unknown", "", f"{chain.error}; this machine's clock is off")
    return {
        "dnssec.state": chain.state if name is not None else None,
        "dnssec.valid": chain.valid,
        "dnssec.how": chain.how or None,
        "dnssec.error": chain.error or None,
    }


def _clock_is_off(scene: Scene) -> bool:
    offset = scene.evidence.fact("vantage.clock_offset")
    return offset is not None and abs(float(offset)) > CLOCK
