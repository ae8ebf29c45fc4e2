"""The first request: whether there is a portal to visit, and if not, why."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from core.page import Fetch, Outcome
from core.portal import Portal
from crawler.answers import Answer, is_challenge, is_html
from crawler.fetching import Fetcher
from crawler.guard import Guard, is_public
from crawler.record import Record
from crawler.resolver import NoSuchHost
from crawler.transport import Refused, Transport
from crawler.urls import canonical


class Arrival:
    """Asks robots.txt and the home page; what went wrong stands in the record as the home page's fetch."""

    def __init__(self, fetcher: Fetcher, record: Record, guard: Guard, transport: Transport) -> None:
        self._fetcher = fetcher
        self._record = record
        self._guard = guard
        self._transport = transport
        #: The portal stands in a private network.
        self.private = False

    async def at(self, portal: Portal) -> Answer | None:
        """The home page as answered; None when there is nothing to visit."""
        url = canonical(portal.url)
        if not url:
            return self._failed(Fetch(portal.url, Outcome.ERROR, error="not a web address"))
        self._fetcher.lifeline = url
        await self._admit(url)
        rules = await self._fetcher.robots.rules(url)
        self._record.facts |= {"crawl.robots": rules.kind, "pages.home.url": url}
        if rules.cut_off and rules.answer is not None:
            return self._failed(replace(rules.answer.fetch(), url=url, final_url=url))
        # A server that cannot even give robots.txt is asked for its home page once, to name the cause.
        closed = rules.kind == "unreachable"
        answer = await self._fetcher.get(url, robots=not closed, adopt=True)
        self._record.facts["pages.home.url"] = answer.final_url
        fetch = answer.fetch()
        if answer.outcome is Outcome.OK:
            kind = answer.content_type or "something else"
            if closed:
                said = rules.answer.error if rules.answer is not None else ""
                fetch = replace(fetch, outcome=Outcome.ROBOTS, error=f"robots.txt could not be read ({said})")
            elif is_challenge(answer.body):
                fetch = replace(fetch, outcome=Outcome.BLOCKED, error="a challenge page that keeps machines out")
            elif not is_html(answer.content_type, answer.body):
                fetch = replace(fetch, outcome=Outcome.NOT_HTML, error=f"no page but {kind}")
        if fetch.outcome is Outcome.OK:
            return answer
        return self._failed(fetch, answer.hops)

    async def _admit(self, url: str) -> None:
        parts = urlsplit(url)
        try:
            found = await self._transport.resolver.addresses(parts.hostname or "")
        except (NoSuchHost, Refused):
            return  # said again, with its outcome, by the first request
        self._guard.admit_start(found, parts.port or (443 if parts.scheme == "https" else 80))
        self.private = not any(is_public(a) for a in found)

    def _failed(self, fetch: Fetch, hops: tuple[str, ...] = ()) -> Answer | None:
        self._record.fetch(fetch, hops)
        if fetch.final_url and fetch.final_url not in self._record.fetches:
            self._record.fetch(replace(fetch, url=fetch.final_url))
        self._record.facts["pages.home.status"] = fetch.status
        return None
