"""HTTPS (Điều 20 TT 32/2017)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from checks.answers import could_not_look
from checks.endings import of_tls
from checks.kind import Kind, failed, passed
from checks.say import join, say
from checks.seen import home_cause
from core.evidence import Evidence
from core.finding import Answer, Proof, Text, partial
from core.hosts import is_address

#: What a probe says of a host that it could not look at.
_UNSEEN = frozenset({"timeout", "dns", "not_admitted", "unreachable", "budget"})
_MORE = ("tls.protocol", "tls.issuer", "tls.expires", "tls.days_left", "tls.redirect", "tls.hsts", "security.mixed")


class Https(Kind):
    """The portal and its service hosts are served over HTTPS with certificates that are valid.

    Judged by the facts ``tls.ok``, ``tls.error``, ``tls.redirect`` and ``tls.services``. Passes when the handshake
    was sound, http leads to https where that was measured, and no service host is at fault. Partial when the home
    page came over HTTPS with a fault, http does not lead there, or a service host has no sound HTTPS (a host that
    could not be looked at does not count). Fails when HTTPS was tried and cannot be used.
    Unknown when it was not measured, as on a portal visited by http and by number.
    """

    key: ClassVar[str] = "https"
    of_a_server: ClassVar[bool] = True

    def judge(self, evidence: Evidence) -> Answer:
        ok, error = evidence.fact("tls.ok"), evidence.fact("tls.error")
        if ok is None and not error:
            return could_not_look(_unmeasured(evidence))
        url = evidence.portal.url
        problem = str(evidence.fact("tls.problem") or "")
        proofs = [Proof("probe", url, "TLS", problem or str(error or ok))]
        proofs += [Proof("probe", url, n, str(evidence.fact(n))) for n in _MORE if evidence.fact(n) is not None]
        services: Mapping[str, str] = evidence.fact("tls.services") or {}
        proofs += [Proof("probe", f"https://{host}/", "TLS", said) for host, said in services.items()]
        more: dict[str, Any] = {"proofs": tuple(proofs)}
        secure = evidence.home is not None and evidence.home.url.startswith("https:")
        if error or not ok:
            why = of_tls(problem, str(error or ""))
            if secure:
                return partial(say("https_bad", why=why), **more)
            return failed(say("https_none", why=why), **more)
        bad = [(host, of_tls(said)) for host, said in services.items() if said != "ok" and said not in _UNSEEN]
        if bad:
            hosts = join(Text(f"{host} ({why.vi})", f"{host} ({why.en})") for host, why in bad)
            return partial(say("https_services_bad", hosts=hosts), **more)
        if evidence.fact("tls.redirect") is False:
            return partial(say("https_no_redirect"), ratio=0.75, **more)
        return passed(say("https_ok"), **more)


def _unmeasured(evidence: Evidence) -> str:
    if evidence.home is None:
        return home_cause(evidence) or "needs_tls"
    host = evidence.portal.host
    if is_address(host) or "." not in host:
        return "address_is_number"
    return "timeout" if evidence.fact("tls.problem") == "timeout" else "needs_tls"
