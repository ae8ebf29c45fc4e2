"""Single questions to a portal: what is not there, its search box, its files, a sample of its links."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import urlsplit

from core.evidence import SearchTrial
from core.page import Fetch, FormPurpose, Outcome, Page, Zone
from crawler import search, soft404
from crawler.answers import Answer, is_html
from crawler.fetching import Fetcher
from crawler.form_fields import fields_beside
from crawler.harvest import Harvest
from crawler.reading import read
from crawler.record import Record

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_\-]+)""", re.I)
#: No HEAD here: try again as a browser would.
_NO_HEAD = frozenset({400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503})


def charset_of(answer: Answer) -> str:
    """The charset a page is sent in, which a browser also sends its forms in."""
    for text in (answer.content_type.encode("latin-1", "ignore"), answer.body[:4096]):
        found = _CHARSET.search(text)
        if found:
            return found[1].decode("ascii")
    return "utf-8"


class Trials:
    """Single questions to the portal, within robots and budget."""

    def __init__(self, fetcher: Fetcher, record: Record, style: soft404.NotFoundStyle) -> None:
        self._fetcher = fetcher
        self._record = record
        self._style = style
        self.hosts: frozenset[str] = frozenset()
        self.charset = "utf-8"
        #: How pages are asked for: plainly, or through the browser where scripts build them.
        self.get: Callable[[str], Awaitable[Answer]] = fetcher.get
        #: Fields of the home page's search form, as a browser would send them.
        self.fields: tuple[tuple[str, str], ...] = ()

    def _read(self, answer: Answer, depth: int = 1) -> Page:
        return read(answer, depth, today=self._record.today, hosts=self.hosts)

    def remember(self, answer: Answer, page: Page) -> None:
        """What only the home page's own bytes tell: its charset, and the search form's hidden fields."""
        self.charset = charset_of(answer)
        found = search.search_form([page])
        if found is not None:
            self.fields = fields_beside(answer.body, search.box_of(found[1]))

    async def unknown_addresses(self, home: Page) -> None:
        """Asks for pages that cannot exist, at the root and below a section."""
        rules = await self._fetcher.robots.rules(home.url)
        nav = [
            link.url
            for link in home.links
            if link.zone in (Zone.MENU, Zone.HEADER)
            and urlsplit(link.url).netloc == urlsplit(home.url).netloc
            and len(urlsplit(link.url).path) > 1
            and not urlsplit(link.url).query
            and rules.allows(link.url)
        ]
        for url in soft404.probes(home.url, nav[0] if nav else ""):
            answer = await self.get(url)
            if answer.outcome is Outcome.ROBOTS:
                continue
            page = None
            if answer.outcome is Outcome.OK and is_html(answer.content_type, answer.body):
                page = self._read(answer)
            self._style.learn(answer, page, home)
            self._record.fetch(answer.fetch(Outcome.NOT_FOUND if page is None else Outcome.SOFT_404, final_url=""))
        self._record.facts["crawl.soft404"] = self._style.style

    async def ask_search(self, *, unread: bool) -> bool:
        """The portal's own search, three times; False while no article was read whose title could be asked for.

        ``unread`` asks for a title that was only seen in a list, or for the nonsense word alone.
        """
        pages = sorted(self._record.pages.values(), key=lambda p: p.depth)
        found = search.search_form(p for p in pages if p.depth <= 1)
        if found is None:
            posts = any(f.purpose is FormPurpose.SEARCH for p in pages[:1] for f in p.forms)
            self._record.facts["search.form"] = "post" if posts else None
            return True
        _, form = found
        self._record.facts["search.form"] = "get"
        if not self._fetcher.belongs(form.action):
            self._record.facts["search.form"] = "external"
            return True
        seen = self._record.evidence().pages
        article = search.known_article(seen, pages[0].url)
        if article is None and not unread:
            return False
        article = article or search.known_article(seen, pages[0].url, unread=True)
        title, expected = article or ("", "")
        host = urlsplit(pages[0].url).netloc
        for question in search.questions(form, title, expected, host, self.charset, self.fields):
            answer = await self.get(question.url)
            page = None
            if answer.outcome is Outcome.OK and is_html(answer.content_type, answer.body):
                page = self._read(answer)
            self._record.searches.append(
                SearchTrial(question.kind, question.query, question.url, answer.outcome, page, question.expected_url)
            )
            self._record.fetch(answer.fetch())
        return True

    async def head(self, url: str) -> Fetch:
        """Whether a file or page is there, without reading it; another agency's server is asked just once."""
        if not self._fetcher.belongs(url):
            answer = await self._fetcher.get(url, method="HEAD", retry=False, follow=False)
            return answer.fetch(Outcome.OK if answer.status in (405, 501) else None)
        answer = await self._fetcher.get(url, method="HEAD", retry=False)
        if answer.outcome is Outcome.ROBOTS or answer.outcome is Outcome.BUDGET:
            return answer.fetch()
        if answer.status in _NO_HEAD or answer.outcome is Outcome.REFUSED:
            answer = await self._fetcher.get(url, peek=True, retry=False)
        length = answer.headers.get("content-range", "").rpartition("/")[2] or answer.headers.get("content-length", "")
        size = int(length) if length.isdigit() else answer.size
        fetch = replace(answer.fetch(), size=size)
        home = self._record.home
        if fetch.outcome is Outcome.OK and answer.hops and home is not None and answer.final_url == home.url:
            return replace(fetch, outcome=Outcome.REDIRECT_HOME)
        if fetch.outcome is Outcome.OK and answer.hops and answer.final_url in self._style.sinks:
            return replace(fetch, outcome=Outcome.SOFT_404)
        return fetch

    async def file(self, url: str) -> None:
        """A document's file: there, or not. A page in its place is no file on a portal of soft 404s."""
        fetch = await self.head(url)
        html = fetch.content_type.split(";")[0].strip().lower() == "text/html"
        if fetch.outcome is Outcome.OK and html and self._style.style in ("status", "redirect"):
            fetch = replace(fetch, outcome=Outcome.SOFT_404)
        self._record.fetch(fetch)

    async def sample_links(self, harvest: Harvest, size: int, *, private: bool) -> None:
        """Tries links over the whole portal for the dead-link rate; one request per other agency's host.

        From a private network other agencies' hosts are not asked at all.
        """
        fresh = [u for u in harvest.pool if u not in self._record.fetches or self._outcome(u) is Outcome.EXTERNAL]
        fresh.sort(key=lambda u: hashlib.sha256(u.encode()).digest())
        hosts: set[str] = set()
        for url in fresh:
            if size <= 0 or self._fetcher.halt.is_set():
                break
            foreign = not harvest.belongs(url)
            host = urlsplit(url).netloc
            if foreign and (private or host in hosts):
                continue
            hosts.add(host) if foreign else None
            size -= 1
            fetch = await self.head(url)
            if fetch.outcome is Outcome.BUDGET:
                break
            self._record.fetch(fetch)
            self._record.sampled(url)

    def _outcome(self, url: str) -> Outcome | None:
        known = self._record.fetches.get(url)
        return known.outcome if known else None
