"""The site map as a page for people (điểm b khoản 4 Điều 16 TT 32/2017)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from checks import advice
from checks.answers import label_of, link_proof, page_proof
from checks.front import front
from checks.hits import HOLLOW, Hit, Search, Why
from checks.kind import failed
from checks.kinds.section import SectionKind
from checks.match import STRONG
from checks.say import BETWEEN, say
from checks.surplus import own_links
from core.evidence import Evidence
from core.finding import Answer, Confidence, Text, partial, passed
from core.hosts import same_agency
from core.page import GONE, Link, Page, Zone
from core.text import fold

#: Links that make a tree where there is no menu to compare with.
_TREE = 10
#: A page that lists less of the menu than this is something else.
_OTHER = 0.25
_HOME_WORDS = frozenset({"trang chu", "home", "trang nhat"})


class SiteMapPage(SectionKind):
    """A page called "Sơ đồ cổng" that lists the portal's entries as text links.

    Passes when the page lists at least ``min_share`` of the menu's living entries, by address or label.
    Partial when it lists fewer (0.5; 0.25 under half of ``min_share``).
    Fails when there is no such page, its label leads to something else (the list of feeds), or it lists next to none;
    entries whose addresses were tried and are gone are not listed.
    Unknown when a page that could be it was not read.
    """

    key: ClassVar[str] = "site_map_page"

    min_share: float = Field(default=0.8, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        hit = found.best or _short_map(found, evidence)
        if hit is None or hit.page is None:
            return self.missing(evidence, found)
        name = label_of(hit)
        entries = _menu(evidence, hit.page)
        every = own_links(hit.page, evidence)
        listed = [k for k in every if not _gone(k, evidence)]
        more: dict[str, Any] = {
            "proofs": self.proofs(found) or (page_proof(hit.page, name), link_proof(hit)),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        if len(entries) < 3:
            if len(listed) < _TREE:
                return partial(say("map_links", name=name, listed=len(listed)), **more)
            more["confidence"] = Confidence.MEDIUM
            return passed(say("map_links", name=name, listed=len(listed)), **more)
        urls = {k.url for k in listed}
        labels = {fold(k.label) for k in listed}
        missing = [k for k in entries if k.url not in urls and fold(k.label) not in labels]
        count = len(entries) - len(missing)
        share = count / len(entries)
        if share >= self.min_share:
            return passed(say("map_full", name=name, listed=count, entries=len(entries)), **more)
        dead = len(every) - len(listed)
        if dead >= len(missing):
            message = say("map_dead", name=name, dead=dead, listed=count, entries=len(entries))
            if share < _OTHER:
                return failed(message, **more)
            return partial(message, ratio=0.5 if share * 2 >= self.min_share else 0.25, **more)
        if share < _OTHER:
            return failed(say("map_other", name=name), **more)
        lacking = BETWEEN.join(f"“{k.label}”" for k in missing[:5]) + ("…" if len(missing) > 5 else "")
        message = say("map_some", name=name, listed=count, entries=len(entries), missing=lacking)
        more |= advice.whole(self.rename_advice(found), advice.add(name, [Text(lacking, lacking)]))
        return partial(message, ratio=0.5 if share * 2 >= self.min_share else 0.25, **more)


def _short_map(found: Search, evidence: Evidence) -> Hit | None:
    """A page under the right label that looks empty as content, but lists entries of the menu."""
    for hit in found.rejected:
        if hit.page is not None and hit.score >= STRONG and hit.why in (*HOLLOW, Why.OTHER_CONTENT):
            urls = {k.url for k in own_links(hit.page, evidence)}
            if any(k.url in urls for k in _menu(evidence, hit.page)):
                return hit
    return None


def _gone(link: Link, evidence: Evidence) -> bool:
    fetch = evidence.fetch(link.url)
    return fetch is not None and fetch.outcome in GONE and evidence.page(link.url) is None


def _menu(evidence: Evidence, own: Page) -> list[Link]:
    """Living entries of the home page's menu, each address once; the map itself and the home page aside."""
    home = front(evidence)
    found: dict[str, Link] = {}
    for link in home.links if home is not None else ():
        if link.zone is not Zone.MENU or not link.url or not link.label or fold(link.label) in _HOME_WORDS:
            continue
        fetch = evidence.fetch(link.url)
        target = evidence.page(link.url)
        if (fetch is not None and fetch.outcome in GONE) or target is own or target is evidence.home:
            continue
        if same_agency(link.url, evidence.portal, evidence.plan.service_prefixes):
            found.setdefault(link.url, link)
    return list(found.values())
