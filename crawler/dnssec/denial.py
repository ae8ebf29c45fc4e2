"""Proofs that a name has no DS record: NSEC (RFC 4035 section 5.4) and NSEC3 (RFC 5155 section 8)."""

from __future__ import annotations

import base64
from enum import StrEnum
from typing import Any

import dns.dnssec
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset

from crawler.dnssec.signed import Unsigned, check

#: More rounds of hashing are not computed: such a proof counts as none (RFC 9276 section 3.2).
MAX_ITERATIONS = 500
_OPT_OUT = 1
_BASE32HEX = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHIJKLMNOPQRSTUV")


class Absence(StrEnum):
    """What the proof says of the name."""

    INSECURE = "insecure"  # a zone of its own begins there, and it has no DS
    NO_CUT = "no_cut"  # no zone begins there
    OPT_OUT = "opt_out"  # an unsigned zone may begin there
    UNPROVEN = "unproven"


def of_ds(
    message: dns.message.Message, name: dns.name.Name, zone: dns.name.Name, keys: dns.rrset.RRset, now: float
) -> Absence:
    """What the answer proves about the missing DS record of ``name``; raises Bogus when a proof does not hold."""
    for kind, read in ((dns.rdatatype.NSEC, _nsec), (dns.rdatatype.NSEC3, _nsec3)):
        held = []
        for rrset in message.authority:
            if rrset.rdtype == kind and rrset.name.is_subdomain(zone):
                try:
                    check(message.authority, rrset, zone, keys, now)
                except Unsigned:
                    continue
                held.append(rrset)
        said = read(held, name, zone)
        if said is not Absence.UNPROVEN:
            return said
    return Absence.UNPROVEN


def _by_types(record: Any) -> Absence:
    if _lists(record, dns.rdatatype.DS):
        return Absence.UNPROVEN
    cut = _lists(record, dns.rdatatype.NS) and not _lists(record, dns.rdatatype.SOA)
    return Absence.INSECURE if cut else Absence.NO_CUT


def _lists(record: Any, kind: int) -> bool:
    return any(
        block == kind >> 8 and len(bits) > (kind & 0xFF) >> 3 and bits[(kind & 0xFF) >> 3] & (0x80 >> (kind & 7))
        for block, bits in record.windows
    )


def _nsec(held: list[dns.rrset.RRset], name: dns.name.Name, zone: dns.name.Name) -> Absence:
    for rrset in held:
        record: Any = rrset[0]
        if rrset.name == name:
            return _by_types(record)
        after = rrset.name < name
        if (after and name < record.next) or (after and record.next == zone):
            # The next name stands below ours, or ours does not exist: in both cases no zone begins there.
            delegated = name.is_subdomain(rrset.name) and _by_types(record) is Absence.INSECURE
            return Absence.INSECURE if delegated else Absence.NO_CUT
    return Absence.UNPROVEN


def _nsec3(held: list[dns.rrset.RRset], name: dns.name.Name, zone: dns.name.Name) -> Absence:
    for rrset in held:
        record: Any = rrset[0]
        if record.iterations > MAX_ITERATIONS:
            continue
        if _hash(name, record) == rrset.name.labels[0].decode().upper():
            return _by_types(record)
    asked = name
    while asked != zone:  # the name itself, or an ancestor that does not exist either
        for rrset in held:
            record = rrset[0]
            if record.iterations > MAX_ITERATIONS:
                continue
            own = rrset.name.labels[0].decode().upper()
            following = base64.b32encode(record.next).translate(_BASE32HEX).decode().rstrip("=")
            hashed = _hash(asked, record)
            last = following <= own
            if (own < hashed < following) or (last and (hashed > own or hashed < following)):
                return Absence.OPT_OUT if record.flags & _OPT_OUT else Absence.NO_CUT
        asked = asked.parent()
    return Absence.UNPROVEN


def _hash(name: dns.name.Name, record: Any) -> str:
    return dns.dnssec.nsec3_hash(name, record.salt or None, record.iterations, record.algorithm).upper()
