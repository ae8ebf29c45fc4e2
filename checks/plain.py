"""What a page plainly is by its content, whatever its label says (design 4.4). Signs are data (``plain.yaml``)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from checks.content import body_text, column_names, own_items, own_tables
from checks.match import Lexicon
from checks.names import own_names
from checks.surplus import own_links
from core.data_files import read_yaml
from core.evidence import Evidence
from core.page import Form, Page, Zone
from core.plan import Wording
from core.text import fold

#: Points from which a page plainly is the section, where its entry says nothing else.
_NEED = 6
#: Characters at the beginning that say what a page is about.
_LEAD = 400


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that tells: where to look, what for, and what it is worth."""

    points: int
    place: str = ""
    words: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    least: int = 1
    #: For entries: this share of at least ``of`` must show it.
    share: float = 0.0
    of: int = 3
    form: tuple[str, ...] = ()
    files: int = 0
    dated: int = 0
    menu: float = 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """The signs of one kind of content."""

    key: str
    signs: tuple[Sign, ...]
    need: int = _NEED
    #: Signs without which the rest is something else, counted from 0.
    must: tuple[int, ...] = ()
    #: Phrases of the page's own names that make it something else.
    not_words: tuple[str, ...] = ()
    #: More dated entries than this make it a list of articles.
    dated_most: int = 1_000


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """Every profile by key."""
    data: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("plain.yaml"))
    return {key: _profile(key, entry) for key, entry in data.items()}


def _profile(key: str, entry: dict[str, Any]) -> Profile:
    signs = tuple(_sign(sign) for sign in entry["signs"])
    must = tuple(number - 1 for number in entry.get("must", ()))
    other = tuple(fold(w) for w in entry.get("not", ()))
    return Profile(key, signs, int(entry.get("need", _NEED)), must, other, int(entry.get("dated_most", 1_000)))


def _sign(entry: dict[str, Any]) -> Sign:
    values = dict(entry)
    values["place"] = values.pop("in", "")
    values["words"] = tuple(dict.fromkeys(fold(str(w)) for w in values.get("words", ())))
    values["form"] = tuple(values.get("form", ()))
    if "pattern" in values:
        values["pattern"] = re.compile(values["pattern"])
    return Sign(**values)


@dataclass(frozen=True)
class View:
    """One page as the signs see it; every part is made when it is first asked for."""

    page: Page
    evidence: Evidence
    #: Folded labels, parents, pictures and addresses that lead to it.
    labels: tuple[str, ...] = field(default=())

    @cached_property
    def body(self) -> str:
        return f" {body_text(self.page)} "

    @cached_property
    def own(self) -> str:
        return f" {' | '.join((*own_names(self.page, self.evidence), *self.labels))} "

    @cached_property
    def any(self) -> str:
        return f"{self.own}|{self.body}"

    @cached_property
    def lead(self) -> str:
        return f" {fold(self.page.text[:_LEAD])} "

    @cached_property
    def heads(self) -> str:
        return column_names(self.page)

    @cached_property
    def entries(self) -> tuple[str, ...]:
        """What the page lists, one text an entry: its list, else the rows of its tables, else its files."""
        items = [i.title for i in own_items(self.page, self.evidence)]
        rows = [" ".join(row) for table in own_tables(self.page) for row in table.rows[:40]]
        files = [a.text for a in self.page.attachments if len(a.text) > 12]
        links = [k.label for k in own_links(self.page, self.evidence)] if not (items or rows or files) else []
        listed = max((items, rows, files, links), key=len)
        return tuple(dict.fromkeys(f" {fold(text)} " for text in listed if text.strip()))

    @cached_property
    def details(self) -> tuple[str, ...]:
        """Text of at most six pages behind the entries, where they were read."""
        urls = dict.fromkeys(i.url for i in own_items(self.page, self.evidence) if i.url)
        urls.update((u, None) for table in own_tables(self.page) for row in table.urls for u in row[:1])
        read = (self.evidence.page(url) for url in urls)
        pages = [p for p in read if p is not None and p is not self.evidence.home and p.url != self.page.url]
        return tuple(f" {fold(p.title)} {body_text(p)} " for p in pages[:6])

    @cached_property
    def raw(self) -> str:
        """The words with their accents, in lower case, for patterns."""
        page = self.page
        parts = [page.title, page.text, *(f"{i.title} {i.summary}" for i in page.items)]
        parts += [" ".join(row) for table in page.tables for row in (table.headers, *table.rows[:40])]
        parts += [f"{f.name}: {f.value}" for f in page.fields] + [a.text for a in page.attachments]
        return unicodedata.normalize("NFC", "\n".join(parts)).lower()

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


def points(view: View, profile: Profile) -> int:
    """What the signs of a page add up to; 0 where a needed one is missing or its names say something else."""
    if view.dated > profile.dated_most or any(f" {phrase} " in view.own for phrase in profile.not_words):
        return 0
    shown = [_shows(view, sign) for sign in profile.signs]
    if not all(shown[number] for number in profile.must):
        return 0
    return sum(sign.points for sign, there in zip(profile.signs, shown, strict=True) if there)


def _shows(view: View, sign: Sign) -> bool:
    if sign.form:
        return any(form.purpose.value in sign.form for form in view.forms)
    if sign.files:
        return len({a.url for a in view.page.attachments}) >= sign.files
    if sign.dated:
        return view.dated >= sign.dated
    if sign.menu:
        return view.menu_share >= sign.menu
    if sign.place == "entries":
        return _share(view, sign)
    if sign.place == "details":
        told = sum(sum(f" {w} " in detail for w in sign.words) >= sign.least for detail in view.details)
        return len(view.details) > 0 and told >= sign.share * len(view.details)
    if sign.pattern is not None:
        return _matches(view, sign.pattern) >= sign.least
    text = str(getattr(view, sign.place))
    return sum(f" {word} " in text for word in sign.words) >= sign.least


def _share(view: View, sign: Sign) -> bool:
    entries = view.entries
    if len(entries) < sign.of:
        return False
    if sign.pattern is not None:
        titles = [i.title.lower() for i in own_items(view.page, view.evidence)] or [e.strip() for e in entries]
        hits, of = sum(bool(sign.pattern.search(unicodedata.normalize("NFC", t))) for t in titles), len(titles)
    else:
        hits, of = sum(any(f" {word} " in entry for word in sign.words) for entry in entries), len(entries)
    return hits > 0 and hits >= sign.share * of


def _matches(view: View, pattern: re.Pattern[str]) -> int:
    found = {m.group() for m in pattern.finditer(view.raw)}
    return len(found)


def plainness(page: Page, evidence: Evidence) -> Mapping[str, int]:
    """Keys that a page plainly is, with their points."""
    memo: dict[str, Mapping[str, int]] = evidence.memo.setdefault("plainness", {})
    if page.url not in memo:
        view = View(page, evidence, _labels(evidence).get(page.url, ()))
        found = {key: points(view, profile) for key, profile in profiles().items()}
        memo[page.url] = {key: value for key, value in found.items() if value >= profiles()[key].need}
    return memo[page.url]


def _labels(evidence: Evidence) -> Mapping[str, tuple[str, ...]]:
    """Folded words, parents and picture names that lead to each address."""
    if "labels_to" not in evidence.memo:
        found: dict[str, dict[str, None]] = {}
        for _, link in evidence.links():
            if link.url:
                words = found.setdefault(link.url, {})
                words.update((fold(name), None) for name in (*link.names, link.parent, link.image) if name)
        evidence.memo["labels_to"] = {url: tuple(words)[:8] for url, words in found.items()}
    labels: Mapping[str, tuple[str, ...]] = evidence.memo["labels_to"]
    return labels


def plainly(page: Page, evidence: Evidence, wording: Wording, words: Lexicon) -> int:
    """Points by which a page plainly is the section of a duty, and of no other điểm more than that; else 0."""
    found = plainness(page, evidence)
    mine = found.get(wording.signs or wording.content, 0)
    if not mine:
        return 0
    family = words.family[wording.rule]
    others = (w for w in words.wordings.values() if w.applies and words.family[w.rule] != family)
    return mine if mine >= max((found.get(w.signs or w.content, 0) for w in others), default=0) else 0


def plainly_other(page: Page, evidence: Evidence, wording: Wording, words: Lexicon) -> bool:
    """Whether a page shows no sign of being the duty's section and plainly is another điểm's."""
    found = plainness(page, evidence)
    if found.get(wording.signs or wording.content, 0):
        return False
    family = words.family[wording.rule]
    return any(
        (w.signs or w.content) in found for w in words.wordings.values() if w.applies and words.family[w.rule] != family
    )
