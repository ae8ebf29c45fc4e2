"""Links to component portals and other state bodies (điểm b khoản 1 Điều 15)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look, page_proof
from checks.front import front
from checks.gate import not_looked
from checks.kind import Kind, failed
from checks.say import BETWEEN, say
from checks.seen import home_cause, own_host, percent, under
from core.bodies import INDEXED
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, partial, passed
from core.hosts import host_of, is_address
from core.page import Link, Outcome, Page, Zone
from core.plan import Wording
from core.text import any_phrase, fold, shorten

_DEAD = frozenset({Outcome.NOT_FOUND, Outcome.SOFT_404, Outcome.BAD_REDIRECT})
_STATE = ("gov.vn", "chinhphu.vn", "quochoi.vn", "dangcongsan.vn", "dcs.vn", "org.vn")


class AgencyLinks(Kind):
    """The portal links to the portals of its own units and of other state bodies, and the links live.

    Passes when at least ``min_links`` such hosts are linked, at least ``inventory_share`` of the inventory
    (where the user gave one) is among them, and no more than ``dead_share`` of the links that were tried are
    dead. Without an inventory completeness is not compared, and the message says so (medium confidence).
    Partial when units are missing, too many links are dead, or there are fewer links than that.
    Fails when no such link is there. Only "no such page" counts as dead: a host that did not answer is not
    judged.
    Unknown when the home page or a menu entry that could hold the links was not read.
    """

    key: ClassVar[str] = "agency_links"

    names: tuple[str, ...] = ()
    dead_share: float = Field(default=0.05, ge=0, le=1)
    inventory_share: float = Field(default=0.9, gt=0, le=1)
    min_links: int = Field(default=5, gt=0)

    def wording(self) -> Wording:
        return Wording(self.rule, tuple(fold(n) for n in self.names), section=False)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause:
            return could_not_look(cause)
        links: dict[str, tuple[Page, Link]] = {}
        for url, place in self._links(evidence):
            links.setdefault(url, place)
        hosts = {host_of(url) for url in links}
        listed = [c for c in evidence.portal.components if c]
        options = self._options(evidence)
        if not hosts and not options and not any(self._linked(c, evidence) for c in listed):
            cause = not_looked(evidence, self.rule)
            return could_not_look(cause) if cause else failed(say("agency_none"))
        proofs = tuple(
            Proof("link", url, shorten(link.label, 80), page.url) for url, (page, link) in list(links.items())[:5]
        )
        dead = self._dead(evidence, links)
        if dead is not None:
            return dead
        if listed:
            return self._compared(evidence, listed, len(hosts), proofs)
        more: dict[str, Any] = {"proofs": proofs or (page_proof(evidence.pages[0]),)}
        if len(hosts) < self.min_links and options >= self.min_links:
            return passed(say("agency_select", hosts=options), confidence=Confidence.LOW, **more)
        if len(hosts) < self.min_links:
            cause = not_looked(evidence, self.rule)
            few = say("agency_few", hosts=max(len(hosts), options), least=self.min_links)
            return could_not_look(cause) if cause else partial(few, ratio=0.25, **more)
        compared = evidence.portal.kind not in INDEXED
        sure = Confidence.HIGH if compared else Confidence.MEDIUM
        return passed(say("agency_block", hosts=len(hosts)), confidence=sure, **more)

    def _links(self, evidence: Evidence) -> Iterator[tuple[str, tuple[Page, Link]]]:
        """Links to other state bodies: from the home page and pages beside it, else from named link pages."""
        names = [fold(n) for n in self.names]
        for page in sorted(evidence.pages, key=lambda p: p.depth):
            listing = any_phrase(fold(page.h1 or page.title), names) is not None
            for link in page.links if listing or page.depth <= 1 else ():
                near = page.depth == 0 or link.zone is not Zone.BODY
                if link.url and not link.hidden and (near or listing) and self._other_body(evidence, link.url):
                    yield link.url, (page, link)

    def _other_body(self, evidence: Evidence, url: str) -> bool:
        host, own = host_of(url), host_of(evidence.portal.url)
        if not host or own_host(evidence, url) or is_address(host):
            return False
        parent = own.partition(".")[2]
        return under(host, _STATE) or (parent.count(".") >= 2 and under(host, (parent,))) or under(host, (own,))

    def _options(self, evidence: Evidence) -> int:
        """Entries of a drop-down list that is called like a link list; its addresses are not in the page."""
        names = [fold(n) for n in self.names]
        home = front(evidence)
        found = [
            len(i.options)
            for form in (home.forms if home is not None else ())
            for i in form.inputs
            if any_phrase(fold(f"{i.label} {i.name} {form.text} {' '.join(i.options[:1])}"), names)
        ]
        return max(found, default=0)

    def _linked(self, component: str, evidence: Evidence) -> bool:
        memo = evidence.memo.setdefault("linked_hosts", set())
        if not memo:
            memo.update(host_of(k.url) for _, k in evidence.links() if k.url and not k.hidden)
            memo.update(k.url.rstrip("/") for _, k in evidence.links() if k.url and not k.hidden)
        address = component if "//" in component else f"https://{component}"
        if own_host(evidence, address):
            return address.rstrip("/") in memo
        return host_of(address) in memo

    def _compared(self, evidence: Evidence, listed: list[str], hosts: int, proofs: tuple[Proof, ...]) -> Answer:
        missing = [c for c in listed if not self._linked(c, evidence)]
        linked = len(listed) - len(missing)
        if linked >= self.inventory_share * len(listed):
            message = say("agency_full", hosts=hosts, linked=linked, listed=len(listed))
            return passed(message, proofs=proofs)
        cause = not_looked(evidence, self.rule)
        if cause:
            return could_not_look(cause)
        some = BETWEEN.join(missing[:5]) + ("…" if len(missing) > 5 else "")
        message = say("agency_some", linked=linked, listed=len(listed), missing=some)
        return partial(message, ratio=0.5 if linked * 2 >= len(listed) else 0.25, proofs=proofs)

    def _dead(self, evidence: Evidence, links: dict[str, tuple[Page, Link]]) -> Answer | None:
        ends = {url: f.outcome for url in links if (f := evidence.fetch(url)) is not None}
        judged = [u for u, o in ends.items() if o in _DEAD or o in (Outcome.OK, Outcome.REDIRECT_HOME)]
        dead = [u for u in judged if ends[u] in _DEAD]
        if not judged or len(dead) / len(judged) <= self.dead_share:
            return None
        which = BETWEEN.join(f"{shorten(links[u][1].label, 60)} ({u})" for u in dead[:3])
        message = say("agency_dead", dead=len(dead), asked=len(judged), limit=percent(self.dead_share), which=which)
        proofs = tuple(Proof("link", u, shorten(links[u][1].label, 80), ends[u].value) for u in dead[:5])
        if len(dead) == len(links):
            return failed(message, proofs=proofs)
        return partial(message, ratio=0.5, proofs=proofs)
