"""What the head of the page must show (điểm a khoản 3 Điều 16 TT 32/2017)."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from checks.answers import could_not_look, page_proof
from checks.front import bar_links, front, head_text
from checks.kind import Kind, unknown
from checks.parts import Words
from checks.say import say
from checks.sections import search
from checks.seen import AGENCY, by_parts, has_diacritics, home_cause
from checks.unseen_parts import cannot_tell
from core.evidence import Evidence
from core.finding import Answer, Text
from core.page import GONE, Link, Page, Zone
from core.text import clean, contains_phrase, fold

_EMBLEM = (
    "quoc huy", "logo", "bieu trung", "emblem", "huy hieu", "banner", "quochuy", "co dang", "codang", "bieu tuong",
)  # fmt: skip


class MenuEntry(BaseModel):
    """An entry the menu must have, and what it may be called."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    names: tuple[str, ...] = Field(min_length=1)
    title: Words | None = None
    #: Whatever it is called, an entry that leads to the section of one of these duties is it.
    sections: tuple[str, ...] = ()

    def text(self) -> Text:
        return self.title.text() if self.title else Text(self.names[0], self.names[0])


class Header(Kind):
    """The head of the page shows emblem or logo, the agency's full Vietnamese name, and the ``menu`` entries.

    The emblem is a picture at the head whose file name or alt says so (``emblems``) or names the agency. An entry
    that leads nowhere, or to a feed, is there in name only.
    Passes with all of them, fails with none, and is partial with some; the message names what is missing.
    Unknown when the home page was not read, or when only the emblem was not seen: it may be painted by a style
    sheet, which needs a browser.
    """

    key: ClassVar[str] = "header"

    menu: tuple[MenuEntry, ...] = ()
    emblems: tuple[str, ...] = _EMBLEM

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        state: list[tuple[Text, bool]] = [
            (say("header_emblem"), self._emblem(home)),
            (say("header_name"), _named(evidence, home)),
        ]
        for entry in self.menu:
            state.append((say("header_menu", name=entry.text()), _in_menu(entry, evidence, home)))
        there = [t for t, ok in state if ok]
        lacking = [t for t, ok in state if not ok]
        more: dict[str, Any] = {"proofs": (page_proof(home, head_text(home)),)}
        if len(lacking) == 1 and not state[0][1]:
            why = say("cause_needs_browser")
            return unknown(cannot_tell(there, lacking, why, met=True), "needs_browser", **more)
        return by_parts(there, lacking, **more)

    def _emblem(self, home: Page) -> bool:
        words = tuple(fold(w) for w in self.emblems)
        for link in home.links:
            picture = fold(f"{link.image} {link.alt}")
            if not picture:
                continue
            leads_home = link.url == home.url or link.url in home.aliases
            if leads_home and link.zone is not Zone.FOOTER and fold(link.label) not in ("trang chu", "home"):
                return True
            if link.zone is not Zone.FOOTER and any(w in picture for w in words):
                return True
        if any(w in fold(f"{i.name} {i.alt}") for i in (*home.images, *home.head_images) for w in words):
            return True
        return any(AGENCY.search(clean(i.alt).casefold()) for i in home.head_images if i.alt)


def _named(evidence: Evidence, home: Page) -> bool:
    parts = [*head_text(home).splitlines(), home.h1]
    parts += [n for k in home.links if k.zone is Zone.HEADER for n in k.names]
    parts += [k.alt for k in home.links if k.image and k.zone is not Zone.FOOTER and k.alt]
    parts += [i.alt for i in home.images if any(w in fold(f"{i.name} {i.alt}") for w in _EMBLEM)]
    parts += [i.alt for i in home.head_images]
    own = fold(evidence.portal.name)
    for part in parts:
        folded = fold(part)
        if not has_diacritics(part):
            continue
        if (own and len(own.split()) >= 3 and contains_phrase(folded, own)) or AGENCY.search(clean(part).casefold()):
            return True
    return False


def _in_menu(entry: MenuEntry, evidence: Evidence, home: Page) -> bool:
    wanted = [fold(n) for n in entry.names]
    to_home = "trang chu" in wanted
    pages = {h.page.url for rule in entry.sections for h in search(evidence, rule).accepted if h.page is not None}
    links = [link for link in bar_links(evidence, home) if not _gone(evidence, link)]
    return any(_is(link, wanted, home, to_home) or _leads_to(link, pages, evidence) for link in links)


def _leads_to(link: Link, pages: set[str], evidence: Evidence) -> bool:
    target = evidence.page(link.url) if link.url and pages else None
    return target is not None and target.url in pages


def _gone(evidence: Evidence, link: Link) -> bool:
    fetch = evidence.fetch(link.url) if link.url else None
    if link.url and any(f.url == link.url and not f.error for f in evidence.feeds):
        return True  # "Sơ đồ cổng" that leads to the feed
    return bool(link.dead) or (fetch is not None and fetch.outcome in GONE and evidence.page(link.url) is None)


def _is(link: Link, wanted: list[str], home: Page, to_home: bool) -> bool:
    if to_home and link.url and (link.url == home.url or link.url in home.aliases):
        return link.zone is Zone.MENU or "home" in fold(f"{link.label} {link.image}")
    return any(
        fold(n) == w or (contains_phrase(fold(n), w) and len(fold(n).split()) <= len(w.split()) + 3)
        for n in (*link.names, link.image)
        if n
        for w in wanted
    )
