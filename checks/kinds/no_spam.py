"""Injected links: betting, loans, hidden blocks."""

from __future__ import annotations

import re
from typing import ClassVar

from checks.answers import could_not_look
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import has_diacritics, home_cause, own_host, under
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof
from core.hosts import host_of, same_agency
from core.page import Link, Page
from core.text import any_phrase, clean, fold, shorten

_WORDS = (
    "nhà cái", "cá cược", "cá độ", "đánh bạc", "casino", "sòng bạc", "nổ hũ", "tài xỉu", "bắn cá đổi thưởng",
    "game bài đổi thưởng", "lô đề", "soi cầu", "xổ số online", "kèo nhà cái", "slot gacor", "judi", "togel",
    "vay tiền nhanh", "vay tiền online", "vay nóng", "tín dụng đen", "baccarat", "poker online",
)  # fmt: skip
_HOSTS = ("fun88.com", "w88.com", "188bet.com", "m88.com", "bk8.com", "kubet.com", "jun88.com", "shbet.com")
#: Labels of injected links are short; a headline that warns of betting is not.
_LABEL_WORDS = 6
#: Who says this warns, judges or forbids.
_WARNING = (
    "canh bao", "canh giac", "phong chong", "phong ngua", "dau tranh", "ngan chan", "noi khong", "triet pha",
    "triet xoa", "xu ly", "xu phat", "bat giu", "bi bat", "khoi to", "xet xu", "lua dao", "to giac", "te nan",
    "toi pham", "vi pham", "cong an", "chieu tro", "thu doan", "vach tran", "tac hai", "he luy", "tuyen truyen",
)  # fmt: skip
#: Without accents these look like "vay nóng" and "lô đề".
_ALIKE = ("vay nong nghiep", "vay nong thon", "vay nong dan", "vay nong lam", "lo de thi", "lo de an", "lo de tai")
#: An advert promises; so many different words of it make a page one.
_LURES = (
    "dang ky nhan", "khuyen mai", "nap dau", "nap tien", "uy tin", "tai app", "hoan tra", "nhan thuong", "link vao",
    "tang 100k", "tang thuong", "ty le cuoc", "dang nhap", "rut tien",
)  # fmt: skip
_ADVERT = 3


class NoSpam(Kind):
    """No betting, loan or otherwise injected links are on the portal.

    Fails when a link leads to one of ``hosts``, or to a foreign host whose name or short label says one of
    ``words``, or when a hidden link is called so, or when a page of the portal itself is such an advert: named
    by one of the words, using several, and promising. Links to other state bodies, and warnings, never count.
    Words are compared with their accents wherever the label has any.
    Passes when no page has any. Unknown when the home page could not be read.
    """

    key: ClassVar[str] = "no_spam"

    words: tuple[str, ...] = _WORDS
    hosts: tuple[str, ...] = _HOSTS

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        bad = self._injected(evidence)
        if bad:
            _, link = bad[0]
            proofs = tuple(
                Proof("link", k.url, shorten(k.label, 80), p.url, p.fetched_at, p.sha256) for p, k in bad[:5]
            )
            sure = Confidence.HIGH if len(bad) > 1 or link.hidden else Confidence.MEDIUM
            message = say("spam_found", count=len(bad), name=shorten(link.label, 60), host=host_of(link.url) or "?")
            return failed(message, proofs=proofs, confidence=sure, flags=("spam",))
        if cause:
            return could_not_look(cause)
        return passed(say("spam_none", pages=len(evidence.pages)), evidence.pages[0].url)

    def _injected(self, evidence: Evidence) -> list[tuple[Page, Link]]:
        phrases = {fold(w): clean(w).casefold() for w in self.words}
        joined = [p.replace(" ", "") for p in phrases if len(p.replace(" ", "")) >= 5]
        judged: dict[tuple[str, str, bool], bool] = {}
        found: dict[str, tuple[Page, Link]] = {}
        for page, link in evidence.links():
            key = (link.url, link.label, link.hidden)
            if link.url and key not in judged:
                judged[key] = self._is_bad(evidence, link, phrases, joined)
            if link.url and judged[key]:
                found.setdefault(link.url, (page, link))
        for page in evidence.pages:
            if page.depth > 0 and page.url not in found and _is_advert(page, phrases):
                found[page.url] = (page, Link(page.url, href=page.url, text=page.h1 or page.title))
        return list(found.values())

    def _is_bad(self, evidence: Evidence, link: Link, phrases: dict[str, str], joined: list[str]) -> bool:
        host, label = host_of(link.url), fold(link.label)
        short = len(label.split()) <= _LABEL_WORDS
        if own_host(evidence, link.url) or same_agency(link.url, evidence.portal, evidence.plan.service_prefixes):
            return link.hidden and short and _says(link.label, phrases)
        if not host or host.endswith(".gov.vn"):
            return False
        plain = host.replace("-", "")
        for alike in _ALIKE:
            plain = plain.replace(alike.replace(" ", ""), "")
        if under(host, self.hosts) or any(w in plain for w in joined):
            return True
        allowed = not link.hidden and (not short or any_phrase(label, _WARNING) is not None)
        return not allowed and _says(link.label, phrases)


def _said(text: str, phrases: dict[str, str]) -> list[str]:
    """The phrases a text says: letter by letter where it is written with accents."""
    folded = f" {fold(text)} "
    for alike in _ALIKE:
        folded = folded.replace(f" {alike} ", " ")
    found = [p for p in phrases if p in folded and f" {p} " in folded]
    if not found or not has_diacritics(text):
        return found
    exact = clean(text).casefold()
    return [p for p in found if re.search(rf"(?<!\w){re.escape(phrases[p])}(?!\w)", exact)]


def _says(text: str, phrases: dict[str, str]) -> bool:
    return bool(_said(text, phrases))


def _is_advert(page: Page, phrases: dict[str, str]) -> bool:
    """A page called by one of the phrases that says several and promises something; news that warn do not."""
    name = f"{page.h1} {page.title}"
    if not _says(name, phrases) or any_phrase(fold(name), _WARNING) is not None:
        return False
    text = f"{name}\n{page.text[:4000]}"
    folded = fold(text)
    said = _said(text, phrases)
    different = [p for p in said if not any(p != q and p in q for q in said)]
    warned = sum(any_phrase(folded, (w,)) is not None for w in _WARNING)
    return len(different) >= _ADVERT and warned < 2 and any_phrase(folded, _LURES) is not None
