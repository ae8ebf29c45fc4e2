"""The code and the label of the state's measuring system on the portal's pages."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look, page_proof
from checks.front import front
from checks.kind import Kind
from checks.say import say
from checks.seen import home_cause, readable, under
from checks.unseen_parts import judge_parts
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, Text
from core.hosts import host_of
from core.page import GONE
from core.text import any_phrase, fold, shorten

#: A picture or link called longer than this speaks of other things.
_LONGEST = 60


class MeasuringCode(Kind):
    """Pages carry the script of a measuring system at one of ``hosts``, and a label of it (by host or ``labels``).

    The code must be on at least ``share`` of the pages read; a code without a site number is none.
    Passes with both, is partial with one, fails with neither.
    Unknown when the home page was not read, or the code was not seen but may be put in by one of the tag managers
    at ``via``, which the pages' source does not tell.
    """

    key: ClassVar[str] = "measuring_code"

    hosts: tuple[str, ...] = Field(min_length=1)
    labels: tuple[str, ...] = ()
    via: tuple[str, ...] = ("googletagmanager.com",)
    share: float = Field(default=0.9, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause or evidence.home is None:
            return could_not_look(cause or "unreachable")
        pages = readable(evidence)
        measured = [p for p in pages if any(under(h, self.hosts) for h in p.script_hosts)]
        managed = any(under(h, self.via) for p in pages for h in p.script_hosts)
        code: bool | None = len(measured) >= self.share * len(pages)
        if not measured and managed:
            code = None
        label = self._label(evidence)
        some = measured and not code
        words: Text = say("emc_code_some", pages=len(measured), total=len(pages)) if some else say("emc_code")
        proofs = tuple(
            page_proof(p, "", ", ".join(h for h in p.script_hosts if under(h, self.hosts))) for p in measured[:2]
        )
        return judge_parts(
            [(words, code), (say("emc_label"), label is not None)],
            "needs_browser",
            say("cause_tag_manager"),
            proofs=proofs + ((label,) if label is not None else ()),
            confidence=Confidence.MEDIUM,
        )

    def _label(self, evidence: Evidence) -> Proof | None:
        names = [fold(n) for n in self.labels]
        for page, link in evidence.links():
            host = host_of(link.url)
            fetch = evidence.fetch(link.url) if link.url else None
            if link.hidden or (fetch is not None and fetch.outcome in GONE):
                continue
            called = any(len(n) <= _LONGEST and any_phrase(fold(n), names) for n in link.names)
            if (host and under(host, self.hosts)) or (called and link.image):
                return Proof("link", link.url, shorten(link.label or host, 80), link.zone.value, page.fetched_at)
        home = front(evidence)
        for image in (*home.images, *home.head_images) if home is not None else ():
            if under(host_of(image.url), self.hosts) or any_phrase(fold(image.alt), names):
                return Proof("page", home.url if home else "", shorten(image.alt or image.name, 80), image.url)
        return None
