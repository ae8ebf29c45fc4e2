"""Which of the links that did not count are near misses worth telling, and whose label needs no other name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from checks.content import TITLE_PARTS, own_items
from checks.hits import Hit, Search, Why
from checks.match import STRONG, Lexicon
from core.data_files import read_yaml
from core.evidence import Evidence
from core.hosts import host_of
from core.page import Page
from core.text import fold


def told(evidence: Evidence, words: Lexicon, found: Mapping[str, Search]) -> dict[str, Search]:
    """The searches of all duties with what is told of them: links that are no near miss are marked ``aside``, and
    pages that a duty of the same điểm counts under its own name ``lent``.
    """
    names = _beside() | _site_names(evidence)
    inside = _entries(evidence, found)
    feeds = frozenset(u for p in evidence.pages for u in p.feeds) | {f.url for f in evidence.feeds}
    kin: dict[str, set[str]] = {}
    for rule, search in found.items():
        own = {h.page.url for h in search.accepted if h.page is not None and h.score >= STRONG}
        kin.setdefault(words.family[rule], set()).update(own)
    return {
        rule: dataclasses.replace(
            search,
            accepted=tuple(_lent(h, kin[words.family[rule]]) for h in search.accepted),
            rejected=tuple(dataclasses.replace(h, aside=_aside(h, names, inside, feeds)) for h in search.rejected),
        )
        for rule, search in found.items()
    }


def _lent(hit: Hit, kin: set[str]) -> Hit:
    lent = hit.lent or (hit.score < STRONG and hit.page is not None and hit.page.url in kin)
    return dataclasses.replace(hit, lent=True) if lent and not hit.lent else hit


def _aside(hit: Hit, names: frozenset[str], inside: frozenset[str], feeds: frozenset[str]) -> bool:
    """Whether a link that is not called by the duty's own name leads visitors to something else altogether.

    A feed, and the name of the body itself as mere words, are no near miss whatever they are called.
    """
    label = fold(hit.link.label)
    if hit.link.url in feeds:
        return True
    if hit.score >= STRONG:
        return False
    where = hit.page.url if hit.page is not None else hit.link.url
    is_body = hit.why is Why.NO_LINK and label.startswith(tuple(map(fold, _data()["bodies"])))
    return is_body or label in names or "#" in hit.link.url or where in inside


def _entries(evidence: Evidence, found: Mapping[str, Search]) -> frozenset[str]:
    """What stands in sections that count: articles and documents are no sections of their own."""
    pages = {h.page.url: h.page for search in found.values() for h in search.accepted if h.page is not None}
    listed = {i.url for page in pages.values() for i in own_items(page, evidence) if i.url}
    return frozenset(listed - pages.keys())


def _site_names(evidence: Evidence) -> frozenset[str]:
    """What the portal itself is called."""
    home = evidence.home
    names = [evidence.portal.name]
    if home is not None:
        names += [home.title, *TITLE_PARTS.split(home.title), *(h.text for h in home.headings if h.level == 1)]
    return frozenset(fold(n) for n in names) - {""}


def is_site_name(name: str, evidence: Evidence) -> bool:
    """Whether a name is that of the portal, and not of a page of it."""
    return fold(name) in _site_names(evidence)


@cache
def _beside() -> frozenset[str]:
    """Labels of what stands on any portal and is nobody's section (``beside.yaml``), folded."""
    return frozenset(
        fold(label) for key, labels in _data().items() if key not in ("frames", "bodies") for label in labels
    )


def shown_elsewhere(page: Page, evidence: Evidence) -> bool:
    """Whether what a page shows stands in a frame of another host, which is not read; maps and plug-ins aside."""
    hosts = {host_of(url) for url in page.frames if evidence.page(url) is None} - {"", host_of(page.url)}
    return any(not host.endswith(tuple(_data()["frames"])) for host in hosts)


@cache
def _data() -> dict[str, list[str]]:
    found: dict[str, list[str]] = read_yaml(Path(__file__).with_name("beside.yaml"))
    return found
