"""A link to somebody else's place: the Government portal, a trust label, the body's own fanpage."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from pydantic import model_validator

from checks.answers import could_not_look
from checks.gate import not_looked
from checks.kind import Kind, failed, passed
from checks.say import BETWEEN, say
from checks.seen import own_host, under
from core.evidence import Evidence
from core.finding import Answer, Candidate, Confidence, Proof
from core.hosts import host_of
from core.page import GONE, Link, Page
from core.plan import Wording
from core.text import any_phrase, fold, shorten

#: Where only an address with a path is somebody's own page; the bare host is the vendor's.
_SOCIAL = (
    "facebook.com",
    "fb.com",
    "zalo.me",
    "youtube.com",
    "tiktok.com",
    "twitter.com",
    "x.com",
    "instagram.com",
)
#: Whose places a name may lead to where its own hosts are told: other state bodies', and short forms of social ones.
_BELIEVED = ("gov.vn", "chinhphu.vn", *_SOCIAL, "youtu.be", "fb.me", "m.me", "zaloapp.com")
#: Buttons that share the page one is on lead to nobody's own page.
_SHARING = ("sharer", "share_inline", "/share", "/intent/", "/dialog/", "/plugins/like", "/plugins/share")


class LinkTo(Kind):
    """A link to one of ``hosts`` (or hosts under them), or one called like ``labels`` that leads to another host.

    Where ``hosts`` are given, a label that leads to anybody but a state body or a social network is a name only.

    Passes when a living, visible link is on any page seen; ``path`` must stand in its address where given.
    Buttons that share the page, and the bare address of a social network, do not count.
    Fails when everything was looked at and there is none, or its target is gone.
    Unknown when the home page or a menu entry that could lead to it was not read.
    """

    key: ClassVar[str] = "link_to"

    hosts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    #: Hosts under ``hosts`` that are something else.
    not_hosts: tuple[str, ...] = ()
    path: str = ""

    @model_validator(mode="after")
    def _names_something(self) -> LinkTo:
        if not self.hosts and not self.labels:
            raise ValueError("nêu hosts hoặc labels / give hosts or labels")
        return self

    def wording(self) -> Wording | None:
        return None

    def judge(self, evidence: Evidence) -> Answer:
        near: list[Candidate] = []
        for page, link in self._links(evidence):
            if not self._fits(evidence, link):
                continue
            fetch = evidence.fetch(link.url) if link.url else None
            if link.dead or not link.url or link.hidden or (fetch and fetch.outcome in GONE):
                why = say("link_dead", name=shorten(link.label, 80))
                near.append(Candidate(link.url or link.href, shorten(link.label, 80), why))
                continue
            host = host_of(link.url)
            if self.hosts and not under(host, (*self.hosts, *_BELIEVED)):
                why = say("link_astray", name=shorten(link.label, 80), host=host)
                near.append(Candidate(link.url, shorten(link.label, 80), why))
                continue
            proofs = (Proof("link", link.url, shorten(link.label, 80), link.zone.value, page.fetched_at, page.sha256),)
            sure = Confidence.HIGH if under(host, self.hosts) else Confidence.MEDIUM
            message = say("link_found", name=shorten(link.label or host, 80), host=host)
            return passed(message, proofs=proofs, confidence=sure)
        cause = not_looked(evidence, self.rule)
        if cause:
            return could_not_look(cause)
        found = tuple(dict.fromkeys(near))[:4]
        if found:
            return failed(found[0].why_not, candidates=found)
        wanted = BETWEEN.join(self.hosts or [f"“{n}”" for n in self.labels[:3]])
        return failed(say("link_missing", wanted=wanted, pages=len(evidence.pages)))

    def _links(self, evidence: Evidence) -> list[tuple[Page, Link]]:
        framed = [(p, Link(url, href=url)) for p in evidence.pages for url in p.frames]
        return [*evidence.links(), *framed]

    def _fits(self, evidence: Evidence, link: Link) -> bool:
        if link.url and own_host(evidence, link.url):
            return False
        if link.url and self.path and self.path.casefold() not in link.url.casefold():
            return False
        host = host_of(link.url)
        if host and under(host, self.not_hosts):
            return False
        if host and under(host, self.hosts):
            return not _of_nobody(host, link.url)
        named = any_phrase(fold(link.label), [fold(n) for n in self.labels]) is not None
        if not named or len(link.label) > 90:
            return False
        return not link.url or (bool(host) and not _of_nobody(host, link.url))


def _of_nobody(host: str, url: str) -> bool:
    if not under(host, _SOCIAL):
        return False
    parts = urlsplit(url)
    return any(s in url.casefold() for s in _SHARING) or not (parts.path.strip("/") or parts.query)
