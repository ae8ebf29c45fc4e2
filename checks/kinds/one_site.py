"""One site for desktop and phone."""

from __future__ import annotations

import re
from typing import ClassVar
from urllib.parse import urlsplit

from checks.answers import could_not_look, page_proof
from checks.front import front
from checks.kind import Kind
from checks.say import say
from checks.seen import by_parts, home_cause
from core.evidence import Evidence
from core.finding import Answer, Confidence
from core.hosts import host_of

_TWIN = re.compile(r"^/(?:m|mobile|wap|di-dong)(?:/|$)", re.I)
_PREFIXES = ("m.", "mobile.", "wap.")


class OneSite(Kind):
    """Desktop and phone are served by one site: the home page declares a viewport and there is no mobile twin.

    Passes with both, is partial with one, and fails with neither: no viewport, and links to a mobile host
    (``m.``) or a mobile branch (``/m/``, ``/mobile/``). Themes sent only to phones are not seen from here
    (medium confidence). Unknown when the home page was not read.
    """

    key: ClassVar[str] = "one_site"

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        viewport = "viewport" in home.traits or bool(home.meta.get("viewport", "").strip())
        twin = next((k for _, k in evidence.links() if k.url and _mobile(k.url, host_of(home.url))), None)
        state = ((say("one_site_viewport"), viewport), (say("one_site_twin"), twin is None))
        there = [t for t, ok in state if ok]
        lacking = [t for t, ok in state if not ok]
        text = twin.url if twin is not None else home.meta.get("viewport", "")
        return by_parts(there, lacking, proofs=(page_proof(home, "", text),), confidence=Confidence.MEDIUM)


def _mobile(url: str, own: str) -> bool:
    host = host_of(url)
    if any(host == f"{p}{own}" for p in _PREFIXES):
        return True
    return host == own and _TWIN.match(urlsplit(url).path) is not None
