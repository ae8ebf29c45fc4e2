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
from core.page import Link
from core.text import any_phrase, fold

_TWIN = re.compile(r"^/(?:m|mobile|wap|di-dong)(?:/|$)", re.I)
_LABELS = ("giao dien di dong", "phien ban di dong", "ban di dong", "phien ban mobile", "mobile version", "mobile site")
_PREFIXES = ("m.", "mobile.", "wap.")


class OneSite(Kind):
    """Desktop and phone are served by one site: the home page declares a viewport and there is no mobile twin.

    Passes with both, is partial with one, and fails with neither: no viewport, and links to a mobile host
    (``m.``), a mobile branch (``/m/``, ``/mobile/``) or a "phiên bản di động", or a host, branch or theme of its own
    sent to phones, which a browser sees (the fact ``mobile.separate``). Medium confidence without a browser.
    Unknown when the home page was not read.
    """

    key: ClassVar[str] = "one_site"

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        viewport = "viewport" in home.traits or bool(home.meta.get("viewport", "").strip())
        twin = next((k for _, k in evidence.links() if _mobile(k, host_of(home.url))), None)
        sent = evidence.fact("mobile.separate")
        state = ((say("one_site_viewport"), viewport), (say("one_site_twin"), twin is None and not sent))
        there = [t for t, ok in state if ok]
        lacking = [t for t, ok in state if not ok]
        text = twin.url if twin is not None else home.meta.get("viewport", "")
        sure = Confidence.MEDIUM if sent is None else Confidence.HIGH
        return by_parts(there, lacking, proofs=(page_proof(home, "", text),), confidence=sure)


def _mobile(link: Link, own: str) -> bool:
    """A link to a second site for phones, by its host, its branch or what a short label calls it."""
    host = host_of(link.url)
    if not link.url or any(host == f"{p}{own}" for p in _PREFIXES):
        return bool(link.url)
    if host != own:
        return False
    named = len(link.label) <= 30 and any_phrase(fold(link.label), _LABELS) is not None
    return named or _TWIN.match(urlsplit(link.url).path) is not None
