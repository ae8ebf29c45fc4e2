"""From a page to what should be asked for next: menus first, newest entries, files, other agencies noted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from urllib.parse import urlsplit

from core.hosts import without_panel
from core.page import Item, Link, Page, Zone
from core.plan import CrawlPlan
from core.text import fold
from crawler.feeds import looks_like_feed
from crawler.fit import EXACT, NOTHING, SLUG, Fit, Fitting, slug
from crawler.frontier import LOOKED_AT, Frontier, Rank, Target, pager_number

_NAV = frozenset({Zone.MENU, Zone.HEADER, Zone.FOOTER, Zone.SIDE, Zone.BREADCRUMB, Zone.FRAME})
_SITE_MAP = re.compile(r"^(?:so do (?:trang|cong|web|website|site|trang web|cong thong tin)\b.*|site ?map|so do)$")
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|ods|zip|rar|7z|gz|tar|jpe?g|png|gif|bmp|webp|svg|ico|tiff?|mp3|mp4|avi|wmv|flv|mov|"
    r"wav|exe|msi|apk|css|js|json|woff2?|ttf|eot|dwg|signed|sig|ics)$",
    re.I,
)
#: Files worth a HEAD; the rest are only passed by.
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt|ods|zip|rar|7z|signed)$", re.I)
#: Longest label of a menu entry or a block on the home page, in words.
_SHORT, _HEADLINE = 9, 14
_FILES_PER_SECTION = 5
#: Entries read of a list whose name says nothing: what it is may show in them only.
_UNKNOWN = 2
_POOL = 3_000
#: Farther than any page.
_FAR = 1_000


class Harvest:
    """Ranks a page's links into the frontier. ``belongs`` says what is the same agency."""

    def __init__(
        self,
        frontier: Frontier,
        plan: CrawlPlan,
        belongs: Callable[[str], bool],
        external: Callable[[str], None],
    ) -> None:
        self.frontier = frontier
        self.fit = Fit(plan.wordings)
        self.budget = plan.budget
        self.belongs = belongs
        self.external = external
        #: Duties not settled yet; None means all.
        self.open_rules: frozenset[str] | None = None
        #: Links that may be tried for the dead-link rate, in the order they were met.
        self.pool: dict[str, None] = {}
        self._passed: set[str] = set()
        self._sampled: set[str] = set()
        #: Addresses of which nothing more is learnt from a page that is no nearer than this; 0: other agencies'.
        self._settled: dict[str, int] = {}
        #: Entries of the lists seen so far: "most read" and "newest" blocks repeat them on every page.
        self._listed: set[str] = set()
        self._files: Counter[str] = Counter()
        self._fits: Counter[frozenset[str]] = Counter()

    def take(self, page: Page, target: Target) -> None:
        """Everything the page leads to."""
        self._frames(page, target)
        entries = {i.url for i in page.items if i.url and (i.zone not in _NAV or len(i.title.split()) > _SHORT)}
        depth, settled = page.depth + 1, self._settled
        for link in page.links:
            url = link.url
            if url and settled.get(url, _FAR) > depth and without_panel(url) == url:
                self._link(page, target, link, url in entries)
        if page.depth <= 2:
            self._entries(page, target)
        for file in page.attachments:
            self._file(file.url, page.depth + 1, target.section or page.url)
        for url in page.feeds[:10]:
            if self.belongs(url):
                self.frontier.push(Target(url, page.depth + 1, Rank.FEED + (page.depth > 0) * 40, "feed"))

    def sample(self, page: Page, rules: frozenset[str]) -> None:
        """The newest entries of a section that its content gave away; once for each page."""
        if page.url not in self._sampled:
            self._sampled.add(page.url)
            self._entries(page, Target(page.url, page.depth, Rank.MENU, rules=rules))

    def _frames(self, page: Page, target: Target) -> None:
        frameset = "frameset" in page.traits
        for url in page.frames[:20]:
            if self.belongs(url) and not _FILE.search(urlsplit(url).path):
                near = frameset and (page.depth == 0 or target.near)
                rank = Rank.START if frameset else Rank.SUBMENU
                self.frontier.push(Target(url, page.depth, rank, near=near, rules=target.rules, section=page.url))

    def _link(self, page: Page, target: Target, link: Link, entry: bool) -> None:
        url, depth = link.url, page.depth + 1
        known = self.frontier.known.get(url)
        if known is not None:
            known.depth = min(known.depth, depth)
            if known.taken or known.rank <= LOOKED_AT:
                self._settled[url] = known.depth
                return
        near = page.depth == 0 or target.near
        nav = link.zone in _NAV
        if url in self._passed and not (nav or near):
            return
        if not self.belongs(url):
            self._settled[url] = 0
            self.external(url)
            self._sample(url)
            return
        path = urlsplit(url).path
        if _FILE.search(path):
            if _DOCUMENT.search(path):
                if nav or near:
                    self.frontier.push(Target(url, depth, Rank.FILE, "file", link.label))
                else:
                    self._file(url, depth, target.section or page.url)
            return
        if looks_like_feed(url.split("/", 3)[-1]) and not (near and nav and _SITE_MAP.match(fold(link.label))):
            rank = Rank.FEED + (page.depth > 1) * 45
            self.frontier.push(Target(url, depth, rank, "feed", link.label, self.fit.of_link(link, url)[1]))
            return
        number = pager_number(url)
        if number and (number > 1 or link.label.isdigit()) and not (near and nav):
            self._pager(url, page, target, number)
            return
        score, matched = self.fit.of_link(link, url)
        fit = score, self.fit.kin(matched)
        rank = self._rank(page, link, fit, near=near, nav=nav, entry=entry)
        if rank <= Rank.LAST_FOCUSED or self.frontier.exhaustive:
            site_map = rank <= LOOKED_AT and depth <= 2 and any(_SITE_MAP.match(fold(n)) for n in link.names)
            if site_map:
                rank = Rank.START
            section = "" if rank <= LOOKED_AT or rank > Rank.LAST_FOCUSED else target.section or page.url
            label = link.label if rank <= LOOKED_AT else ""
            rules = fit[1] | target.rules if rank == Rank.BELOW else fit[1]
            self.frontier.push(Target(url, depth, rank, "page", label, rules, section, near=site_map))
        if rank > LOOKED_AT:
            self._passed.add(url)
            self._sample(url)

    def _rank(self, page: Page, link: Link, fit: Fitting, *, near: bool, nav: bool, entry: bool) -> Rank:
        words = len(link.label.split())
        score = fit[0]
        # every entry of a site-map page is a section, however much the list looks like one of articles
        headline = words > _HEADLINE or (entry and not (near and page.depth > 0))
        if near:
            if (nav or page.depth > 0) and not headline:
                return Rank.MENU_EXACT if score == EXACT else Rank.MENU_FIT if score else Rank.MENU
            if score >= EXACT or (score > NOTHING and words <= _SHORT and not entry):
                return Rank.MENU_FIT
            if not entry and words <= _SHORT:
                return Rank.HOME_BODY
            return Rank.REST
        if nav and not headline and page.depth <= 2:
            if score:
                return Rank.SUBMENU_FIT
            if link.zone is Zone.MENU or (page.depth <= 1 and words <= _SHORT):
                return Rank.SUBMENU
        if score >= SLUG and not entry and words <= _SHORT + 3:
            return Rank.BODY_FIT
        if page.depth <= 1 and not entry and words <= _SHORT and link.url.startswith(page.url.rstrip("/") + "/"):
            return Rank.BELOW
        return Rank.REST

    def from_sitemap(self, url: str) -> None:
        """An address the portal's own XML sitemap names."""
        if url in self.frontier.known or _FILE.search(urlsplit(url).path):
            return
        score, rules = self.fit.of_slug(slug(url))
        if score:
            self._fits[rules] += 1
        if score and self._fits[rules] <= 3:
            self.frontier.push(Target(url, 2, Rank.SITEMAP_FIT, rules=rules, section=_folder(url)))
        elif self.frontier.exhaustive:
            self.frontier.push(Target(url, 2, Rank.REST, section=_folder(url)))
        self._sample(url)

    def _pager(self, url: str, page: Page, target: Target, number: int) -> None:
        useful = number == 2 and bool(target.rules) and page.depth <= 1
        rank = Rank.SITEMAP_FIT if useful else Rank.PAGER
        if useful or self.frontier.exhaustive:
            self.frontier.push(Target(url, page.depth + 1, rank, "page", "", target.rules, target.section or page.url))

    def _entries(self, page: Page, target: Target) -> None:
        """The newest entries of a list, one round over all sections after the other."""
        entries = [i for i in page.items if i.url and i.zone not in _NAV and self.belongs(i.url)]
        if not entries:
            rows = (row[0] for table in page.tables for row in table.urls if row)
            entries = [Item("", url) for url in rows if self.belongs(url)]
        fresh = [e for e in entries if e.url not in self._listed]
        self._listed.update(e.url for e in entries)
        if page.depth and (len(entries) < 2 or target.rank > LOOKED_AT):
            return
        rules = target.rules or self.fit.kin(self.fit.of_label(page.h1 or page.title)[1])
        still = not rules or self.open_rules is None or bool(rules & self.open_rules)
        wanted = self.budget.items_per_section if still and (rules or not page.depth) else 1 if rules else _UNKNOWN
        own = _own(page, entries, fresh, wanted) if page.depth else entries
        newest = sorted(own, key=lambda e: e.published.day.toordinal() if e.published else 0, reverse=True)
        for number, entry in enumerate(newest[:wanted]):
            if _FILE.search(urlsplit(entry.url).path):
                self._file(entry.url, page.depth + 1, page.url)
                continue
            rank = Rank.ITEM + min(number, 6) if rules or not page.depth else Rank.PLAIN_ITEM
            self.frontier.push(Target(entry.url, page.depth + 1, rank, "page", entry.title, rules, page.url))

    def _file(self, url: str, depth: int, section: str) -> None:
        if url in self.frontier.known or not _DOCUMENT.search(urlsplit(url).path):
            return
        self._sample(url)
        if self._files[section] < _FILES_PER_SECTION and self.belongs(url):
            self._files[section] += 1
            self.frontier.push(Target(url, depth, Rank.FILE, "file", "", frozenset(), section))

    def _sample(self, url: str) -> None:
        if len(self.pool) < _POOL:
            self.pool[url] = None


def _folder(url: str) -> str:
    """Stands for the section of a page that only the XML sitemap named, so that files are sampled per section."""
    return url.rpartition("/")[0]


def _own(page: Page, entries: list[Item], fresh: list[Item], wanted: int) -> list[Item]:
    """The entries that are the section's own and not those of the blocks around it.

    Those below the section's address, else the first lists with entries not seen on an earlier page,
    else its first list.
    """
    stem = page.url.split("?")[0].rstrip("/").removesuffix(".html").removesuffix(".aspx") + "/"
    below = [e for e in entries if e.url.startswith(stem)]
    if len(below) >= 2:
        return below
    chosen: list[Item] = []
    for group in dict.fromkeys(e.group for e in fresh):
        chosen += [e for e in fresh if e.group == group]
        if len(chosen) >= wanted:
            break
    return chosen or [e for e in entries if e.group == entries[0].group]
