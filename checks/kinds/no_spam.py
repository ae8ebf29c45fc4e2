"""Injected links: betting, loans, hidden blocks."""

from __future__ import annotations

from typing import ClassVar

from checks.answers import could_not_look
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, own_host, under
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof
from core.hosts import host_of, same_agency
from core.page import Link, Page
from core.text import any_phrase, fold, shorten

_WORDS = (
    "nhà cái", "cá cược", "cá độ", "đánh bạc", "casino", "sòng bạc", "nổ hũ", "tài xỉu", "bắn cá đổi thưởng",
    "game bài đổi thưởng", "lô đề", "soi cầu", "xổ số online", "kèo nhà cái", "slot gacor", "judi", "togel",
    "vay tiền nhanh", "vay tiền online", "vay nóng", "tín dụng đen", "baccarat", "poker online", "link vào",
)  # fmt: skip
_HOSTS = ("fun88.com", "w88.com", "188bet.com", "m88.com", "bk8.com", "kubet.com", "jun88.com", "shbet.com")
#: Labels of injected links are short; a headline that warns of betting is not.
_LABEL_WORDS = 6


class NoSpam(Kind):
    """No betting, loan or otherwise injected links are on the portal.

    Fails when a link leads to one of ``hosts``, or to a foreign host whose name or short label says one of
    ``words``, or when a hidden link is called so. Links to other state bodies never count.
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
        phrases = [fold(w) for w in self.words]
        joined = [p.replace(" ", "") for p in phrases if len(p.replace(" ", "")) >= 5]
        judged: dict[tuple[str, str, bool], bool] = {}
        found: dict[str, tuple[Page, Link]] = {}
        for page, link in evidence.links():
            key = (link.url, link.label, link.hidden)
            if link.url and key not in judged:
                judged[key] = self._is_bad(evidence, link, phrases, joined)
            if link.url and judged[key]:
                found.setdefault(link.url, (page, link))
        return list(found.values())

    def _is_bad(self, evidence: Evidence, link: Link, phrases: list[str], joined: list[str]) -> bool:
        host, label = host_of(link.url), fold(link.label)
        named = any_phrase(label, phrases) is not None
        if own_host(evidence, link.url) or same_agency(link.url, evidence.portal, evidence.plan.service_prefixes):
            return link.hidden and named and len(label.split()) <= _LABEL_WORDS
        if not host or host.endswith(".gov.vn"):
            return False
        if under(host, self.hosts) or any(w in host.replace("-", "") for w in joined):
            return True
        return named and (link.hidden or len(label.split()) <= _LABEL_WORDS)
