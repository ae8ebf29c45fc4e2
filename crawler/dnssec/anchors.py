"""Trust anchors: the root's, shipped as data, and those a user names in a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import dns.exception
import dns.name
import dns.rdatatype
import dns.rrset
import dns.zonefile

from core.errors import UsageError

_SHIPPED = Path(__file__).parent / "root-anchors.txt"
_TYPES = (dns.rdatatype.DS, dns.rdatatype.DNSKEY)


@dataclass(frozen=True, slots=True)
class Anchors:
    """DS or DNSKEY records that are believed without proof, by zone."""

    zones: dict[dns.name.Name, tuple[dns.rrset.RRset, ...]]

    def above(self, name: dns.name.Name) -> dns.name.Name | None:
        """The nearest zone with an anchor that holds the name."""
        found = [zone for zone in self.zones if name.is_subdomain(zone)]
        return max(found, key=len, default=None)


def read(text: str) -> Anchors:
    """Anchors from lines as in a zone file, ``ZONE IN DS …`` or ``ZONE IN DNSKEY …``; raises DNSException."""
    lines = "\n".join(line for line in text.splitlines() if line.split(";")[0].strip())
    found: dict[dns.name.Name, tuple[dns.rrset.RRset, ...]] = {}
    for rrset in dns.zonefile.read_rrsets(lines, rdclass=None, default_ttl=0, origin=dns.name.root):
        if rrset.rdtype not in _TYPES:
            raise dns.exception.SyntaxError(f"neither DS nor DNSKEY: {rrset}")
        found[rrset.name] = (*found.get(rrset.name, ()), rrset)
    if not found:
        raise dns.exception.SyntaxError("no DS or DNSKEY record")
    return Anchors(found)


def shipped_at() -> dt.datetime:
    """When the file of the root's anchors was written: no right clock stands before that."""
    return dt.datetime.fromtimestamp(_SHIPPED.stat().st_mtime, dt.UTC)


def load(path: str = "") -> Anchors:
    """The root's anchors and those of the file; the file's count where both name a zone. Raises UsageError."""
    shipped = read(_SHIPPED.read_text("utf-8"))
    if not path:
        return shipped
    try:
        named = read(Path(path).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, dns.exception.DNSException, ValueError) as error:
        raise UsageError(
            f"không đọc được điểm tin cậy DNSSEC / not a DNSSEC trust anchor: {error}",
            where=path,
            hint="mỗi dòng một bản ghi / one record a line: example.gov.vn. IN DS 12345 13 2 0A1B…",
        ) from None
    return Anchors({**shipped.zones, **named.zones})
