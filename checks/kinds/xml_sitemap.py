"""The XML sitemap for search engines (điểm b khoản 4 Điều 16 TT 32/2017)."""

from __future__ import annotations

import re
from collections import Counter
from typing import ClassVar
from urllib.parse import urlsplit

from checks.answers import could_not_look
from checks.endings import in_place_of_xml
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, own_host, stop_cause, unseen
from core.evidence import Evidence, Sitemap
from core.finding import Answer, Proof, partial
from core.hosts import host_of

_ADDRESS = re.compile(r"sitemap[^/]*\.xml(\.gz)?$", re.I)


class XmlSitemap(Kind):
    """An XML sitemap or sitemap index is served.

    Passes when one is valid, holds at least one address, and these are on the portal's own host.
    Partial when it is valid but lists another host's addresses.
    Fails when it is empty, not XML (an HTML page in its place), or there is none.
    Unknown when it was not asked for, forbidden by robots.txt, or did not answer.
    """

    key: ClassVar[str] = "xml_sitemap"

    def judge(self, evidence: Evidence) -> Answer:
        valid = [s for s in evidence.sitemaps if not s.error]
        good = max((s for s in valid if self._own(evidence, s)), key=_size, default=None)
        if good is not None:
            proofs = (Proof("probe", good.url, "XML", str(_size(good))),)
            return passed(say("sitemap_ok", count=_size(good)), good.url, proofs=proofs)
        cause = home_cause(evidence)
        if cause and cause != "needs_browser":
            return could_not_look(cause)
        asked = {u for u in evidence.fetches if _ADDRESS.search(urlsplit(u).path)} | {s.url for s in evidence.sitemaps}
        for url in sorted(asked):
            cause = unseen(evidence, url) if url in evidence.fetches else None
            if cause:
                return could_not_look(cause)
        foreign = next((s for s in valid if s.locations), None)
        if foreign is not None:
            host = Counter(host_of(u) for u in foreign.locations).most_common(1)[0][0]
            return partial(say("sitemap_foreign", host=host), foreign.url)
        if valid:
            return failed(say("sitemap_empty"), valid[0].url)
        broken = next((s for s in evidence.sitemaps if s.error and not self._gone(evidence, s.url)), None)
        if broken is not None:
            return failed(say("sitemap_broken", why=in_place_of_xml(broken.error)), broken.url)
        html = next((u for u in sorted(asked) if evidence.page(u) is not None), None)
        if html is not None:
            return failed(say("sitemap_broken", why=in_place_of_xml("html")), html)
        return failed(say("sitemap_none")) if asked else could_not_look(stop_cause(evidence))

    def _own(self, evidence: Evidence, sitemap: Sitemap) -> bool:
        own = sum(own_host(evidence, u) for u in sitemap.locations)
        return own > 0 and own * 2 >= len(sitemap.locations)

    def _gone(self, evidence: Evidence, url: str) -> bool:
        fetch = evidence.fetch(url)
        return fetch is not None and fetch.status in (404, 410)


def _size(sitemap: Sitemap) -> int:
    return max(sitemap.total, len(sitemap.locations))
