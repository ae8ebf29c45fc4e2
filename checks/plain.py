"""What a page plainly is by its content, whatever its label says (design 4.4). Signs are data (``plain.yaml``)."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from checks.content import own_items, own_tables, without_names
from checks.match import Lexicon
from checks.names import own_names
from checks.people import person_names
from checks.phrases import Area, area_of
from checks.profiles import Profile, Sign, profiles
from checks.surplus import own_links
from core.evidence import Evidence
from core.page import Form, Page, Zone
from core.plan import Wording
from core.text import fold

#: Points by which another điểm may be ahead: who has a better page leaves this one.
_NEAR = 2
#: Characters at the beginning that say what a page is about.
_LEAD = 400
#: Rows of one table, pages behind entries, and pages of a head that are read.
_ROWS, _DETAILS, _PARTS = 40, 6, 8
#: Words from which a page's name tells a story of its own.
_TELLING = 5
#: Fewer things listed than this are no list: the lines of the text are looked at.
_FEW = 2
#: Most text that a page which only heads others has of its own.
_HEAD_TEXT = 1_200


@dataclass(frozen=True)
class View:
    """One page as the signs see it; every part is made when it is first asked for."""

    page: Page
    evidence: Evidence
    #: Words, parents and pictures that lead to it.
    labels: tuple[str, ...] = field(default=())
    #: Pages below it that are read as parts of it.
    below: tuple[Page, ...] = field(default=())

    @cached_property
    def unmarked(self) -> bool:
        text = self.page.text
        accents = (len(text) - len(text.encode("ascii", "ignore"))) * 50
        return accents < len(text) and accents < sum(map(str.isalpha, text))

    @cached_property
    def lines(self) -> list[str]:
        """What it holds, without the lines that only name it."""
        return [line for page in (self.page, *self.below) for line in _content_lines(page)]

    @cached_property
    def body(self) -> Area:
        return area_of(self.lines, unmarked=self.unmarked)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """What the page calls itself, as written and folded."""
        page = self.page
        written = {fold(n): n for n in (page.title, *(h.text for h in page.headings[:4]), *page.breadcrumb[-1:])}
        own = own_names(page, self.evidence)
        return (*(written.get(n, n) for n in own), *own)

    @cached_property
    def own(self) -> Area:
        """A label of which nothing is in the page's own telling name speaks of another page."""
        name = self._names[0] if self._names else ""
        said = set(fold(name).split())
        telling = len(said) >= _TELLING
        labels = [label for label in self.labels if not telling or said & set(fold(label).split())]
        return area_of((*self._names, *labels), names=True)

    @cached_property
    def any(self) -> Area:
        return area_of(self._names, names=True).and_(self.body)

    @cached_property
    def lead(self) -> Area:
        return area_of(self.page.text[:_LEAD].split("\n"), unmarked=self.unmarked)

    @cached_property
    def heads(self) -> Area:
        names = [h for table in self.page.tables for h in table.headers] + [f.name for f in self.page.fields]
        return area_of(names, unmarked=self.unmarked)

    @cached_property
    def entries(self) -> tuple[Area, ...]:
        """What the page lists: its list, else the rows of its tables, its files, its links, its lines."""
        items = [i.title for i in own_items(self.page, self.evidence)]
        rows = [" ".join(row) for table in own_tables(self.page) for row in table.rows[:_ROWS]]
        files = [a.text for a in self.page.attachments if len(a.text) > 12]
        links = [k.label for k in own_links(self.page, self.evidence)] if not (items or rows or files) else []
        listed = max((rows, items, files, links), key=len)
        if len(listed) < _FEW:
            shown = set(self.page.text.split("\n"))  # headings of boxes beside are no longer in the text
            heads = [h.text for h in self.page.headings if h.level > 1 and h.text in shown]
            lines = [line for line in self.lines if 25 < len(line) < _LEAD]
            listed = heads if len(heads) > _FEW else lines or listed
        return tuple(area_of([text], unmarked=self.unmarked) for text in dict.fromkeys(listed) if text.strip())

    @cached_property
    def details(self) -> tuple[Page, ...]:
        """Pages behind the entries, where they were read."""
        urls = dict.fromkeys(i.url for i in own_items(self.page, self.evidence) if i.url)
        urls.update((u, None) for table in own_tables(self.page) for row in table.urls for u in row[:1])
        read = (self.evidence.page(url) for url in urls)
        pages = [p for p in read if p is not None and p is not self.evidence.home and p.url != self.page.url]
        return tuple(pages[:_DETAILS])

    def detail(self, page: Page) -> Area:
        """What one of those pages says; the newest articles stand in many lists."""
        known: dict[tuple[str, bool], Area] = self.evidence.memo.setdefault("details", {})
        key = page.url, self.unmarked
        if key not in known:
            known[key] = area_of((page.title, *_content_lines(page)), unmarked=self.unmarked)
        return known[key]

    @cached_property
    def raw(self) -> str:
        """Title and content with accents, in lower case, for patterns."""
        return unicodedata.normalize("NFC", "\n".join((self.page.title, self.page.text, *self.lines))).lower()

    @property
    def forms(self) -> tuple[Form, ...]:
        return tuple(f for f in self.page.forms if f.zone in (Zone.BODY, Zone.FRAME))

    @cached_property
    def dated(self) -> int:
        return sum(i.published is not None for i in own_items(self.page, self.evidence))

    @cached_property
    def menu_share(self) -> float:
        """Share of the home page's menu that the main column repeats."""
        home = self.evidence.home
        menu = {k.url for k in home.links if k.url and k.zone is Zone.MENU and not k.hidden} if home else set()
        listed = {k.url for k in self.page.links if k.zone in (Zone.BODY, Zone.FRAME)}
        return len(menu & listed) / len(menu) if len(menu) >= 5 else 0.0


def _content_lines(page: Page) -> list[str]:
    """Text, entries, rows, fields and files of a page, without the lines that only name it."""
    lines = without_names(page).split("\n")
    lines += [f"{i.title} {i.summary}" for i in page.items if i.zone in (Zone.BODY, Zone.FRAME)]
    for table in page.tables:
        lines += [" | ".join(table.headers), *(" | ".join(row) for row in table.rows[:_ROWS])]
    lines += [f"{f.name}: {f.value}" for f in page.fields]
    return lines + [a.text for a in page.attachments]


def points(view: View, profile: Profile, need: int = 0) -> int:
    """What the signs of a page add up to; 0 where that is too little, or its names say something else.

    ``need`` stands in for what the profile asks, and its ``must`` then may be missing: how near a page comes.
    """
    if view.dated > profile.dated_most or view.own.shows(profile.not_words):
        return 0
    if len(view.entries) < profile.entries_least:
        return 0
    seen = [sign for sign in profile.musts if _shows(view, sign)]
    if not need and len(seen) < len(profile.musts):
        return 0
    need = need or profile.need
    found = sum(sign.points for sign in seen)
    open_ = sum(sign.points for sign in profile.costly_last)
    for sign in profile.costly_last:
        if found + open_ < need:  # most pages are nothing like it: the rest need not be looked for
            return 0
        open_ -= sign.points
        if _shows(view, sign):
            found += sign.points
            seen.append(sign)
    if found < need or sum(s.points for s in seen if _in_content(view, s)) * 2 < need:
        return 0
    return 0 if view.any.shows(profile.not_said) else found


def _in_content(view: View, sign: Sign) -> bool:
    """Whether a sign that was seen stands in what the page holds, not only in what it calls itself."""
    if sign.pattern is not None and sign.place not in ("entries", "details"):
        return any(sign.pattern.search(line.lower()) for line in view.lines)
    if sign.place in ("any", "lead"):
        return view.body.shows(sign.words, sign.least)
    return sign.place != "own"


def _shows(view: View, sign: Sign) -> bool:
    if sign.form:
        return any(form.purpose.value in sign.form for form in view.forms)
    if sign.people:
        return len(person_names(view.page.text)) >= sign.people
    if sign.files:
        return len({a.url for a in view.page.attachments}) >= sign.files
    if sign.dated:
        return view.dated >= sign.dated
    if sign.menu:
        return view.menu_share >= sign.menu
    if sign.place == "entries":
        return len(view.entries) >= sign.of and _share(view.entries, len(view.entries), sign)
    if sign.place == "details":
        return bool(view.details) and _share(map(view.detail, view.details), len(view.details), sign)
    if sign.pattern is not None:
        return _differ(sign.pattern, view.raw, sign.least)
    area: Area = getattr(view, sign.place)
    return area.shows(sign.words, sign.least)


def _differ(pattern: re.Pattern[str], text: str, least: int) -> bool:
    """Whether a pattern is found in so many different words; the rest of the text is not read."""
    found: set[str] = set()
    for match in pattern.finditer(text):
        found.add(match.group())
        if len(found) >= least:
            return True
    return False


def _share(areas: Iterable[Area], total: int, sign: Sign) -> bool:
    hits, least = 0, max(1, sign.share * total)
    for number, area in enumerate(areas, 1):
        hits += area.matches(sign.pattern) if sign.pattern is not None else area.shows(sign.words, sign.least)
        if hits >= least or hits + total - number < least:
            break  # the rest cannot change it
    return hits >= least


class Plainness:
    """What a page plainly is; each profile is compared with it when it is first asked for."""

    def __init__(self, page: Page, evidence: Evidence) -> None:
        self.view = View(page, evidence, _labels(evidence).get(page.url, ()))
        self._points: dict[str, int] = {}

    @cached_property
    def _head(self) -> View:
        """With the pages below it."""
        below = parts_below(self.view.page, self.view.evidence)
        return dataclasses.replace(self.view, below=below) if below else self.view

    def of(self, wording: Wording) -> int:
        """Points of the profile of a duty's content, 0 where the page is not plainly that."""
        key = wording.signs or wording.content
        if key not in self._points:
            profile = profiles().get(key)
            self._points[key] = points(self._head if profile.hub else self.view, profile) if profile else 0
        return self._points[key]

    def exceeds(self, wording: Wording, limit: int) -> bool:
        """Whether it has more points than that; not looked for where the profile cannot give as many."""
        profile = profiles().get(wording.signs or wording.content)
        return profile is not None and profile.most > limit and self.of(wording) > limit


def plainness(page: Page, evidence: Evidence) -> Plainness:
    """What a page plainly is."""
    memo: dict[str, Plainness] = evidence.memo.setdefault("plainness", {})
    if page.url not in memo:
        memo[page.url] = Plainness(page, evidence)
    return memo[page.url]


def like(evidence: Evidence, wording: Wording) -> tuple[Page, ...]:
    """Pages that show some of a duty's signs though not enough of them, the likest first."""
    profile = profiles().get(wording.signs or wording.content)
    if profile is None:
        return ()
    pages = [p for p in evidence.pages if 0 < p.depth <= 2 and "article" not in p.traits]
    half = (profile.need + 1) // 2
    scored = [(points(plainness(p, evidence).view, profile, half), p.depth, p.url, p) for p in pages]
    near = sorted((s for s in scored if s[0]), key=lambda s: (-s[0], s[1], s[2]))
    return tuple(page for *_, page in near)


def parts_below(page: Page, evidence: Evidence) -> tuple[Page, ...]:
    """Pages under the address of a page that only heads them; none where it has a list or much text of its own."""
    if page.depth == 0 or page.text_length > _HEAD_TEXT or len(own_items(page, evidence)) > _PARTS:
        return ()
    stem = re.sub(r"\.(?:html?|aspx?|php)$", "", page.url.partition("?")[0].rstrip("/")) + "/"
    linked = {k.url for k in page.links if k.zone in (Zone.BODY, Zone.FRAME)}
    found = [
        p
        for p in evidence.pages
        if p is not page
        and "article" not in p.traits
        and (p.url.startswith(stem) or (p.url in linked and p.depth == page.depth + 1))
    ]
    return tuple(found) if 2 <= len(found) <= _PARTS else ()


def _labels(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Words, parents and picture names that lead to each address."""
    if "labels_to" not in evidence.memo:
        found: dict[str, dict[str, None]] = {}
        for _, link in evidence.links():
            if link.url:
                names = (*link.names, link.parent, link.image)
                found.setdefault(link.url, {}).update((name, None) for name in names if name)
        evidence.memo["labels_to"] = {url: tuple(words)[:8] for url, words in found.items()}
    labels: Mapping[str, tuple[str, ...]] = evidence.memo["labels_to"]
    return labels


def hinted(label: str) -> frozenset[str]:
    """Keys of the profiles whose own names have something in common with a label."""
    area = area_of([label], names=True)
    return frozenset(
        profile.key
        for profile in profiles().values()
        for sign in profile.signs
        if sign.place == "own" and area.shows(sign.words)
    )


def plainly(page: Page, evidence: Evidence, wording: Wording, words: Lexicon) -> int:
    """Points by which a page plainly is the section of a duty, and of no other điểm much more than that; else 0."""
    found = plainness(page, evidence)
    mine = found.of(wording)
    if not mine:
        return 0
    family = words.family[wording.rule]
    others = (w for w in words.wordings.values() if w.applies and words.family[w.rule] != family)
    return 0 if any(found.exceeds(other, mine + _NEAR) for other in others) else mine


def plainly_other(page: Page, evidence: Evidence, wording: Wording, words: Lexicon) -> int:
    """Points by which a page without a sign of being the duty's section plainly is another điểm's; else 0."""
    found = plainness(page, evidence)
    if found.of(wording):
        return 0
    family = words.family[wording.rule]
    others = (w for w in words.wordings.values() if w.applies and words.family[w.rule] != family)
    return max(map(found.of, others), default=0)
