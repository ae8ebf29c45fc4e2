"""HTTPS (Điều 20 TT 32/2017)."""

from __future__ import annotations

from typing import Any, ClassVar

from checks.answers import could_not_look
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause
from core.evidence import Evidence
from core.finding import Answer, Proof, partial


class Https(Kind):
    """The portal is served over HTTPS with a certificate that is valid.

    Judged by the facts ``tls.ok``, ``tls.error`` and ``tls.redirect``. Passes when the handshake was sound and
    http leads to https where that was measured. Partial when the home page came over HTTPS with a fault, or
    http does not lead there. Fails when HTTPS was tried and cannot be used.
    Unknown when it was not measured, as on a portal visited by plain http.
    """

    key: ClassVar[str] = "https"

    def judge(self, evidence: Evidence) -> Answer:
        ok, error = evidence.fact("tls.ok"), evidence.fact("tls.error")
        if ok is None and not error:
            cause = home_cause(evidence)
            return could_not_look(cause if cause and evidence.home is None else "needs_tls")
        more: dict[str, Any] = {"proofs": (Proof("probe", evidence.portal.url, "TLS", str(error or ok)),)}
        secure = evidence.home is not None and evidence.home.url.startswith("https:")
        if error or not ok:
            why = str(error or "TLS")
            if secure:
                return partial(say("https_bad", why=why), **more)
            return failed(say("https_none", why=why), **more)
        if evidence.fact("tls.redirect") is False:
            return partial(say("https_no_redirect"), ratio=0.75, **more)
        return passed(say("https_ok"), **more)
