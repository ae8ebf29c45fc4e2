"""IPv6 and DNSSEC (khoản 4 Điều 15 TT 32/2017)."""

from __future__ import annotations

from typing import ClassVar

from checks.answers import could_not_look
from checks.kind import Kind
from checks.say import say
from checks.seen import home_cause
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Proof, Text
from core.hosts import is_address

_DNSSEC = ("dnssec.valid", "dnssec.ok", "dnssec.signed")
_MORE = ("ipv6.status", "ipv6.same", "ipv6.error", "ipv6.ns", "dnssec.state", "dnssec.how", "dnssec.error")
#: Causes a probe may give for IPv6 that have a sentence of their own.
_CAUSES = frozenset({"no_ipv6_route", "proxy", "robots", "budget"})


class Ipv6(Kind):
    """The portal has an AAAA record, answers over IPv6 as over IPv4, and its domain is signed with DNSSEC.

    Judged by the facts ``dns.aaaa``, ``ipv6.http`` (with ``ipv6.same``) and ``dnssec.valid``. Passes with all
    three, partial with some, fails with none. Without an AAAA record the portal cannot be reached over IPv6;
    another page over IPv6 than over IPv4 does not count; nor does a signature that does not hold.
    Unknown when a point that could change the verdict was not measured (no IPv6 route from here, a resolver
    without DNSSEC), or the portal was visited by number.
    """

    key: ClassVar[str] = "ipv6"
    of_a_server: ClassVar[bool] = True

    def judge(self, evidence: Evidence) -> Answer:
        aaaa = _truth(evidence.fact("dns.aaaa"))
        http = False if aaaa is False else _truth(evidence.fact("ipv6.http"))
        other = http is True and evidence.fact("ipv6.same") is False
        signed = next((v for v in (_truth(evidence.fact(n)) for n in _DNSSEC) if v is not None), None)
        host = evidence.portal.host
        if (is_address(host) or "." not in host) and None in (aaaa, http, signed):
            return could_not_look("address_is_number")
        if evidence.home is None and (aaaa, http, signed) == (None, None, None):
            return could_not_look(home_cause(evidence) or "needs_probe")
        bogus = evidence.fact("dnssec.state") == "bogus"
        parts: list[tuple[Text, bool | None]] = [
            (say("ipv6_aaaa"), aaaa),
            (say("ipv6_same" if other else "ipv6_http"), http and not other),
            (say("ipv6_bogus" if bogus else "ipv6_dnssec"), signed),
        ]
        proofs = tuple(
            Proof("probe", evidence.portal.url, name, str(evidence.fact(name)))
            for name in ("dns.aaaa", "ipv6.http", *_DNSSEC, *_MORE)
            if evidence.fact(name) is not None
        )
        cause = _cause(evidence, aaaa, http)
        return judge_parts(parts, cause, say(f"cause_{cause}"), proofs=proofs)


def _cause(evidence: Evidence, aaaa: bool | None, http: bool | None) -> str:
    """Why the first part that was not seen was not."""
    if aaaa is None and evidence.fact("dns.error"):
        return "name_lookup"
    if http is None:
        said = evidence.fact("ipv6.cause")
        return said if said in _CAUSES else "connection" if said else "no_ipv6_route"
    return "no_dnssec"


def _truth(value: object) -> bool | None:
    return None if value is None else bool(value)
