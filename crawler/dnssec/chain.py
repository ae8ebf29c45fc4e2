"""Is a name signed: the chain of DS and DNSKEY from a trust anchor down to its addresses (RFC 4035 section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import dns.flags
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset

from crawler.dns_query import SILENT, Asker, LookUpFailed, has, rrset
from crawler.dnssec.anchors import Anchors
from crawler.dnssec.denial import Absence, of_ds
from crawler.dnssec.signed import Bogus, Unsigned, check, keys_of, signatures, usable


@dataclass(frozen=True, slots=True)
class Chain:
    """How the walk ended.

    ``state``: signed, unsigned, bogus or unknown. ``how``: validated here from an anchor, or the resolver's word.
    """

    state: str
    how: str = ""
    #: In words: what did not hold, or why nothing can be said.
    error: str = ""

    @property
    def valid(self) -> bool | None:
        """Whether the DNSSEC part of the duty is met; None when it could not be seen."""
        return None if self.state == "unknown" else self.state == "signed"


@dataclass(frozen=True, slots=True)
class Walker:
    """Walks with one resolver from given anchors.

    ``word_counts`` takes the resolver's word that a zone has no keys where it serves no signed root at all:
    right for the name server of a closed network, wrong for a crippled one on the internet.
    """

    asker: Asker
    anchors: Anchors
    now: float
    word_counts: bool = False

    async def support(self, host: dns.name.Name) -> tuple[str | None, str]:
        """Does the resolver give DNSSEC records: "records", "stripped" or None with the cause.

        Asked at the zone of the nearest anchor, the root as a rule. A root that has name servers but no keys was
        stripped of them; one that is not served at all tells nothing.
        """
        zone = self.anchors.above(host) or dns.name.root
        try:
            answer = await self.asker.ask(zone, "DNSKEY", dnssec=True)
        except LookUpFailed as failed:
            return None, failed.cause
        keys = rrset(answer, zone, "DNSKEY")
        if keys is not None:
            return ("records", "") if signatures(answer.answer, keys) is not None else ("stripped", "")
        try:
            served = has(await self.asker.ask(zone, "NS"), "NS")
        except LookUpFailed:
            served = False
        return ("stripped", "") if served else (None, "no_root")

    async def walk(self, host: dns.name.Name) -> Chain:
        """The state of the name; never raises."""
        support, cause = await self.support(host)
        try:
            if support == "records":
                return await self._from_anchor(host)
            if support == "stripped":
                if await self._vouched(host):
                    return Chain("signed", "resolver")
                return Chain("unknown", "", "the resolver gives no DNSSEC records")
            if cause in SILENT:
                return Chain("unknown", "", "the resolver did not answer")
            return await self._without_root(host)
        except Bogus as bogus:
            return Chain("bogus", "validated", str(bogus))
        except LookUpFailed as failed:
            return Chain("unknown", "", f"the resolver answered: {failed.cause}")

    async def _from_anchor(self, host: dns.name.Name) -> Chain:
        zone = self.anchors.above(host) or dns.name.root
        keys = await self._keys(zone, self.anchors.zones[zone])
        for name in _between(zone, host):
            answer = await self.asker.ask(name, "DS", dnssec=True)
            ds = rrset(answer, name, "DS")
            if ds is None:
                end = await self._no_ds(answer, name, zone, keys)
                if end is not None:
                    return end
                continue
            try:
                check(answer.answer, ds, zone, keys, self.now)
            except Unsigned as what:
                raise Bogus(f"{what}: no signature in a signed zone") from None
            if not usable(ds):
                return Chain("unsigned", "validated", "its DS record names no algorithm in use")
            zone, keys = name, await self._keys(name, (ds,))
        return await self._data(host, zone, keys)

    async def _keys(self, zone: dns.name.Name, held_by: tuple[dns.rrset.RRset, ...]) -> dns.rrset.RRset:
        try:
            return keys_of(await self.asker.ask(zone, "DNSKEY", dnssec=True), zone, held_by, self.now)
        except Unsigned as what:
            raise Bogus(f"{what}: no signature over the keys") from None

    async def _no_ds(
        self, answer: dns.message.Message, name: dns.name.Name, zone: dns.name.Name, keys: dns.rrset.RRset
    ) -> Chain | None:
        """The end of the chain at a name without DS, or None to go on below it."""
        if rrset(answer, name, "CNAME") is not None:
            return None
        said = of_ds(answer, name, zone, keys, self.now)
        if said is Absence.NO_CUT:
            return None
        if said in (Absence.OPT_OUT, Absence.UNPROVEN):
            below = rrset(await self.asker.ask(name, "NS"), name, "NS")
            if below is None:
                return None
        keys_there = await self._given(name, "DNSKEY")
        why = "its zone has keys, but the parent zone has no DS record" if keys_there else ""
        return Chain("unsigned", "resolver" if said is Absence.UNPROVEN else "validated", why)

    async def _given(self, zone: dns.name.Name, kind: str) -> bool:
        try:
            return rrset(await self.asker.ask(zone, kind, dnssec=True), zone, kind) is not None
        except LookUpFailed:
            return False

    async def _data(self, host: dns.name.Name, zone: dns.name.Name, keys: dns.rrset.RRset) -> Chain:
        """The addresses themselves (or the alias that leads to them) under the keys of their zone."""
        for kind in ("A", "AAAA"):
            answer = await self.asker.ask(host, kind, dnssec=True)
            found = rrset(answer, host, kind) or rrset(answer, host, "CNAME")
            if found is None:
                continue
            try:
                check(answer.answer, found, zone, keys, self.now)
            except Unsigned as what:
                raise Bogus(f"{what}: no signature in a signed zone") from None
            return Chain("signed", "validated")
        return Chain("unknown", "", "no address record was given")

    async def _vouched(self, host: dns.name.Name) -> bool:
        """Whether the resolver says that it validated the name itself (AD, RFC 4035 section 3.2.3)."""
        answer = await self.asker.ask(host, "A")
        return bool(answer.flags & dns.flags.AD) and bool(answer.answer)

    async def _without_root(self, host: dns.name.Name) -> Chain:
        """A resolver that serves no root, as in a closed network: what can be told without an anchor."""
        zone = await self._apex(host)
        answer = await self.asker.ask(zone, "DNSKEY", dnssec=True)
        keys = rrset(answer, zone, "DNSKEY")
        if keys is None:
            if await self._given(zone, "DS"):
                raise Bogus(f"DNSKEY {zone.to_text(omit_final_dot=True)}: none, though the parent zone names one")
            if self.word_counts:
                return Chain("unsigned", "resolver")
            return Chain("unknown", "", "the resolver serves no signed root zone")
        try:
            check(answer.answer, keys, zone, keys, self.now)
            await self._data(host, zone, keys)
        except Unsigned:
            return Chain("unknown", "", "the resolver gives no signatures")
        if await self._vouched(host):
            return Chain("signed", "resolver")
        return Chain("unknown", "", "no trust anchor for the zone")

    async def _apex(self, host: dns.name.Name) -> dns.name.Name:
        answer = await self.asker.ask(host, "SOA")
        for section in (answer.answer, answer.authority):
            for found in section:
                if found.rdtype == dns.rdatatype.SOA and host.is_subdomain(found.name):
                    return found.name
        return host


def _between(zone: dns.name.Name, host: dns.name.Name) -> Iterator[dns.name.Name]:
    """Every name below the zone down to the host, nearest first."""
    for length in range(len(zone) + 1, len(host) + 1):
        yield host.split(length)[1]
