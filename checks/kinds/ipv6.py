"""IPv6 and DNSSEC (khoản 4 Điều 15 TT 32/2017)."""

from __future__ import annotations

from typing import ClassVar

from checks.answers import could_not_look
from checks.kind import Kind
from checks.say import say
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Proof, Text
from core.hosts import is_address

_DNSSEC = ("dnssec.valid", "dnssec.ok", "dnssec.signed")


class Ipv6(Kind):
    """The portal has an AAAA record, answers over IPv6, and its domain is signed with DNSSEC.

    Judged by the facts ``dns.aaaa``, ``ipv6.http`` and ``dnssec.valid``. Passes with all three, partial with
    some, fails with none. Without an AAAA record the portal cannot be reached over IPv6.
    Unknown when a point that could change the verdict was not measured (no IPv6 route from here), or the
    portal was visited by number.
    """

    key: ClassVar[str] = "ipv6"

    def judge(self, evidence: Evidence) -> Answer:
        aaaa = _truth(evidence.fact("dns.aaaa"))
        http = False if aaaa is False else _truth(evidence.fact("ipv6.http"))
        signed = next((v for v in (_truth(evidence.fact(n)) for n in _DNSSEC) if v is not None), None)
        host = evidence.portal.host
        if (is_address(host) or "." not in host) and None in (aaaa, http, signed):
            return could_not_look("address_is_number")
        parts: list[tuple[Text, bool | None]] = [
            (say("ipv6_aaaa"), aaaa),
            (say("ipv6_http"), http),
            (say("ipv6_dnssec"), signed),
        ]
        proofs = tuple(
            Proof("probe", evidence.portal.url, name, str(evidence.fact(name)))
            for name in ("dns.aaaa", "ipv6.http", *_DNSSEC)
            if evidence.fact(name) is not None
        )
        return judge_parts(parts, "no_ipv6_route", say("cause_no_ipv6_route"), proofs=proofs)


def _truth(value: object) -> bool | None:
    return None if value is None else bool(value)
