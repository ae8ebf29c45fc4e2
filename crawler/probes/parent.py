"""Does the portal of the ministry or province above link to this one, and what do its header and footer say?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from core.hosts import host_of, is_address
from core.page import Outcome, Page
from core.parent import parent_host
from crawler.extract.page import extract
from crawler.probes.asking import ask, head
from crawler.probes.scene import Scene
from crawler.robots import read_rules
from crawler.transport import FetchFailed, Raw

#: Kinds of check that need the answer; without them nobody else's portal is asked.
FOR = frozenset({"component", "parent_frame"})
#: Redirects followed: to https, to www, to the home page's own address.
_HOPS = 4
#: Characters of header and footer kept.
_KEPT = 2000


async def probe(scene: Scene) -> dict[str, Any]:
    """Facts ``parent.url``, ``parent.links_here``, ``parent.link`` (what the link is called), ``parent.header`` and
    ``parent.footer``; ``parent.error`` where the parent's home page could not be read. At most a few requests, and
    none where robots.txt forbids them or the portal is no component."""
    own = scene.url
    host = parent_host(own)
    if not FOR & scene.evidence.plan.checks or not host or is_address(host):
        return {}
    try:
        raw, url = await _home(scene, f"{urlsplit(own).scheme}://{host}{_port(own)}/")
    except FetchFailed as failed:
        return {"parent.error": failed.outcome.value}
    if raw.status != 200:
        return {"parent.url": url, "parent.error": f"HTTP {raw.status}"}
    page = extract(raw.body, url, content_type=head(raw, "content-type"), status=raw.status)
    if "shell" in page.traits:
        return {"parent.url": url, "parent.error": "needs_browser"}
    label = _link(page, own)
    return {
        "parent.url": url,
        "parent.links_here": label is not None,
        "parent.link": label or "",
        "parent.header": page.header_text[:_KEPT],
        "parent.footer": page.footer_text[:_KEPT],
    }


async def _home(scene: Scene, url: str) -> tuple[Raw, str]:
    """The parent's home page within its robots.txt, redirects on its own host followed."""
    asked = host_of(url)
    for _ in range(_HOPS):
        await _allowed(scene, url)
        raw = await ask(scene, url)
        target = urljoin(url, head(raw, "location")) if 300 <= raw.status < 400 else ""
        if not target or host_of(target) != asked:
            break
        url = target
    return raw, url


async def _allowed(scene: Scene, url: str) -> None:
    if scene.options.ignore_robots or scene.rules(url) is not None:
        return  # read by the crawl: ``ask`` keeps to it
    place = urljoin(url, "/robots.txt")
    try:
        raw = await ask(scene, place)
    except FetchFailed as failed:
        raise FetchFailed(failed.outcome, "robots.txt was not answered") from None
    if raw.status >= 500 or raw.status == 429 or (raw.status == 200 and not read_rules(raw.body).allows(url)):
        scene.ledger.refused_by_robots.append(url)
        raise FetchFailed(Outcome.ROBOTS, "forbidden by robots.txt")


def _link(page: Page, own: str) -> str | None:
    """What the link to the portal is called, "" for one without words; None where there is none."""
    host, path = host_of(own), urlsplit(own).path.rstrip("/")
    same = host == host_of(page.url)
    for link in page.links:
        if host_of(link.url) == host and (not same or (path and urlsplit(link.url).path.rstrip("/") == path)):
            return link.label
    options = (o for form in page.forms for i in form.inputs for o in i.options)
    return next((o for o in options if host_of(o) == host and not same), None)


def _port(url: str) -> str:
    port = urlsplit(url).port
    return f":{port}" if port else ""
