"""One record set and its signatures: does it hold under a zone's keys."""

from __future__ import annotations

from collections.abc import Iterable

import dns.dnssec
import dns.dnssectypes
import dns.exception
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset

Section = list[dns.rrset.RRset]


class Bogus(Exception):
    """Signed data that does not hold; the text says what and why."""


class Unsigned(Exception):
    """A record set that came without its signature."""


def signatures(section: Section, over: dns.rrset.RRset) -> dns.rrset.RRset | None:
    """The RRSIG records over a record set in the same section."""
    return next(
        (r for r in section if r.name == over.name and r.rdtype == dns.rdatatype.RRSIG and r.covers == over.rdtype),
        None,
    )


def check(section: Section, over: dns.rrset.RRset, zone: dns.name.Name, keys: dns.rrset.RRset, now: float) -> None:
    """Passes when one signature of ``zone`` holds under ``keys`` at ``now`` (RFC 4035 section 5.3).

    Raises Unsigned or Bogus.
    """
    what = f"{dns.rdatatype.to_text(over.rdtype)} {over.name.to_text(omit_final_dot=True) or '.'}"
    signed = signatures(section, over)
    if signed is None:
        raise Unsigned(what)
    if not any(s.signer == zone for s in signed):
        raise Bogus(f"{what}: not signed by its zone")
    try:
        dns.dnssec.validate(over, signed, {zone: keys}, now=now)
    except dns.dnssec.ValidationFailure as error:
        raise Bogus(f"{what}: {_why(signed, now, str(error))}") from error


def _why(signed: Iterable[object], now: float, otherwise: str) -> str:
    spans = [(getattr(s, "inception", 0), getattr(s, "expiration", 0)) for s in signed]
    if spans and all(end < now for _, end in spans):
        return "signature expired"
    if spans and all(begin > now for begin, _ in spans):
        return "signature not yet valid"
    return otherwise or "signature does not hold"


def keys_of(
    message: dns.message.Message, zone: dns.name.Name, anchors: Iterable[dns.rrset.RRset], now: float
) -> dns.rrset.RRset:
    """The zone's DNSKEY set, held by one key that an anchor (DS or DNSKEY) names; raises Unsigned or Bogus."""
    found = next((r for r in message.answer if r.name == zone and r.rdtype == dns.rdatatype.DNSKEY), None)
    where = zone.to_text(omit_final_dot=True) or "."
    if found is None:
        raise Bogus(f"DNSKEY {where}: none, though the parent zone or the trust anchor names one")
    trusted = dns.rrset.RRset(zone, found.rdclass, dns.rdatatype.DNSKEY)
    for key in found:
        if any(_names(anchor, zone, key) for anchors_of in anchors for anchor in anchors_of):
            trusted.add(key, found.ttl)
    if not trusted:
        raise Bogus(f"DNSKEY {where}: no key that its DS record names")
    check(message.answer, found, zone, trusted, now)
    return found


def _names(anchor: object, zone: dns.name.Name, key: object) -> bool:
    if getattr(anchor, "rdtype", None) == dns.rdatatype.DNSKEY:
        return anchor == key
    if anchor.key_tag != dns.dnssec.key_id(key) or anchor.algorithm != key.algorithm:  # type: ignore[attr-defined,arg-type]
        return False
    try:
        made = dns.dnssec.make_ds(zone, key, anchor.digest_type, validating=True)  # type: ignore[arg-type,attr-defined]
    except (dns.dnssec.UnsupportedAlgorithm, dns.exception.DNSException, ValueError):
        return False
    return bool(made.digest == anchor.digest)  # type: ignore[attr-defined]


def usable(ds: dns.rrset.RRset) -> bool:
    """Whether a DS set names an algorithm and a digest that can be checked here; else the zone counts as unsigned.

    RFC 4035 section 5.2, RFC 8624.
    """
    digests = {dns.dnssectypes.DSDigest.SHA1, dns.dnssectypes.DSDigest.SHA256, dns.dnssectypes.DSDigest.SHA384}
    known = {5, 7, 8, 10, 13, 14, 15, 16}
    return any(int(d.algorithm) in known and d.digest_type in digests for d in ds)
