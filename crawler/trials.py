"""Single questions to a portal: what is not there, its search box, its files, a sample of its links."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from core.evidence import SearchTrial
from core.page import Fetch, Form, FormPurpose, Outcome, Page, Zone
from crawler import search, soft404
from crawler.answers import Answer, is_html
from crawler.fetching import Fetcher
from crawler.form_fields import fields_beside
from crawler.harvest import Harvest
from crawler.reading import read
from crawler.record import Record
from crawler.recorder import Recorder

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-zA-Z0-9_\-]+)""", re.I)
#: No HEAD here: try again as a browser would.
_NO_HEAD = frozenset({400, 401, 403, 404, 405, 406, 410, 429, 500, 501, 502, 503})
#: Page, word, names of the box's form to the answer; None when there was no box or the browser failed.
Hand = Callable[[str, str, tuple[str, ...]], Awaitable[Answer | None]]


def charset_of(answer: Answer) -> str:
    """The charset a page is sent in, which a browser also sends its forms in."""
    for text in (answer.content_type.encode("latin-1", "ignore"), answer.body[:4096]):
        found = _CHARSET.search(text)
        if found:
            return found[1].decode("ascii")
    return "utf-8"


#: Known titles asked for at most.
_TITLES = 3


def _missed(trial: SearchTrial) -> bool:
    """Whether an answer came back without the article that was asked for."""
    page = trial.page
    return page is not None and bool(trial.expected_url) and all(k.url != trial.expected_url for k in page.links)


class Trials:
    """Single questions to the portal, within robots and budget."""

    def __init__(
        self, fetcher: Fetcher, record: Record, style: soft404.NotFoundStyle, recorder: Recorder | None = None
    ) -> None:
        self._fetcher = fetcher
        self._record = record
        self._style = style
        self._recorder = recorder
        self.hosts: frozenset[str] = frozenset()
        self.charset = "utf-8"
        #: How pages are asked for: plainly, or through the browser where scripts build them.
        self.get: Callable[[str], Awaitable[Answer]] = fetcher.get
        #: Types a word into the box of a page and reads the answer; None where there is no browser.
        self.hand: Hand | None = None
        #: Fields of the home page's search form, as a browser would send them.
        self.fields: tuple[tuple[str, str], ...] = ()

    def _read(self, answer: Answer, depth: int = 1) -> Page:
        keeps = self._recorder is not None
        reading = read(answer, depth, today=self._record.today, hosts=self.hosts, keeps=keeps)
        if self._recorder is not None:
            self._recorder.read(answer, depth, reading)
        return reading.page

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

        ``unread`` asks for a title that was only seen in a list, or for the nonsense word alone. A form that is
        sent by POST or script is asked by hand, and so is one whose address leads nowhere.
        """
        pages = sorted(self._record.pages.values(), key=lambda p: p.depth)
        found = search.search_form(p for p in pages if p.depth <= 1)
        if found is not None and found[1].action and not self._fetcher.belongs(found[1].action):
            self._record.facts["search.form"] = "external"
            return True
        boxes = [f for p in pages[:1] for f in p.forms if f.purpose is FormPurpose.SEARCH]
        if found is None and not boxes:
            self._record.facts["search.form"] = None
            return True
        self._record.facts["search.form"] = "get" if found is not None else boxes[0].method.lower()
        seen = self._record.evidence().pages
        article = search.known_article(seen, pages[0].url)
        if article is None and not unread:
            return False
        article = article or search.known_article(seen, pages[0].url, unread=True)
        trials: list[SearchTrial] = []
        if found is not None:
            host = urlsplit(pages[0].url).netloc
            for question in search.questions(found[1], *(article or ("", "")), host, self.charset, self.fields):
                trials.append(await self._asked(question))
            trials += await self._asked_again(found[1], pages, trials)
        if not trials or self._led_nowhere(trials, pages[0]):
            trials = await self._by_hand(pages[0], found[1] if found else boxes[0], article) or trials
        self._record.searches += trials
        return True

    async def _asked_again(self, form: Form, pages: Sequence[Page], trials: list[SearchTrial]) -> list[SearchTrial]:
        """More known titles where the first was not found: one title may be too new for the index."""
        more: list[SearchTrial] = []
        known = [t for t in trials if t.kind == "known"]
        while known and _missed(known[-1]) and len(known) < _TITLES:
            tried = frozenset(t.expected_url for t in known)
            article = search.known_article(self._record.evidence().pages, pages[0].url, but=tried)
            if article is None:
                break
            question = search.questions(form, *article, "", self.charset, self.fields)[0]
            known.append(await self._asked(question))
            more.append(known[-1])
        return more

    async def _asked(self, question: search.Question) -> SearchTrial:
        answer = await self.get(question.url)
        page = None
        if answer.outcome is Outcome.OK and is_html(answer.content_type, answer.body):
            page = self._read(answer)
        self._record.fetch(answer.fetch())
        return SearchTrial(question.kind, question.query, question.url, answer.outcome, page, question.expected_url)

    def _led_nowhere(self, trials: list[SearchTrial], home: Page) -> bool:
        """Whether the address of a form brought no answer, so that a script may be what sends it."""
        known = trials[0]
        if known.kind != "known" or known.outcome in (Outcome.REDIRECT_HOME, Outcome.NOT_FOUND):
            return known.kind == "known"
        page = known.page
        return page is not None and (
            "shell" in page.traits or page.url == home.url or soft404.same_main(page, home) or soft404.says_so(page)
        )

    async def _by_hand(self, home: Page, form: Form, article: tuple[str, str] | None) -> list[SearchTrial]:
        """The questions typed into the box by the browser; none when there is no browser or no box."""
        if self.hand is None:
            return []
        rules = await self._fetcher.robots.rules(home.url)
        trials: list[SearchTrial] = []
        host = urlsplit(home.url).netloc
        names = tuple(i.name for i in form.inputs if i.name)
        for question in search.questions(form, *(article or ("", "")), host):
            if form.action and not rules.allows(form.action):
                trials.append(SearchTrial(question.kind, question.query, form.action, Outcome.ROBOTS, by_hand=True))
                continue
            answer = await self.hand(home.url, question.query, names)
            if answer is None:
                self._record.facts["search.by_hand"] = "not_possible"
                return []
            page = self._read(answer) if answer.body and answer.outcome is Outcome.OK else None
            where = answer.final_url
            trials.append(
                SearchTrial(
                    question.kind, question.query, where, answer.outcome, page, question.expected_url, by_hand=True
                )
            )
        known = any(t.kind == "known" for t in trials)
        self._record.facts["search.by_hand"] = "asked" if known else "no_sample"
        return trials

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
