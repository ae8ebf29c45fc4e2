"""RSS or Atom feeds."""

from __future__ import annotations

from typing import ClassVar

from checks.answers import could_not_look
from checks.endings import in_place_of_xml
from checks.gate import not_looked
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, unseen
from core.evidence import Evidence
from core.finding import Answer, Proof
from core.plan import Wording


class FeedKind(Kind):
    """The portal offers an RSS or Atom feed.

    Passes when at least one feed is valid and has entries.
    Fails when what is offered as a feed is none, when all feeds are empty, or there is none.
    Unknown when a feed was found but could not be fetched, or the pages that could name one were not read.
    """

    key: ClassVar[str] = "feed"

    def wording(self) -> Wording:
        return Wording(self.rule, ("rss", "kenh rss", "nguon cap tin"), (), ("rss", "feed"), section=False)

    def judge(self, evidence: Evidence) -> Answer:
        valid = [f for f in evidence.feeds if not f.error]
        full = [f for f in valid if f.entries]
        if full:
            proofs = tuple(Proof("probe", f.url, f.title, str(len(f.entries))) for f in full[:3])
            count = sum(len(f.entries) for f in full)
            return passed(say("feed_ok", feeds=len(full), count=count), full[0].url, proofs=proofs)
        cause = home_cause(evidence)
        if cause and not valid:
            return could_not_look(cause)
        known = {f.url for f in evidence.feeds}
        declared = dict.fromkeys(u for p in evidence.pages for u in p.feeds)
        for url in [*(f.url for f in evidence.feeds if f.error and f.url in evidence.fetches), *declared]:
            missed = unseen(evidence, url) if url not in known or url in evidence.fetches else None
            if missed:
                return could_not_look(missed)
        if valid:
            return failed(say("feed_empty"), valid[0].url)
        broken = next((f for f in evidence.feeds if f.error), None)
        if broken is not None:
            return failed(say("feed_broken", why=in_place_of_xml(broken.error)), broken.url)
        cause = not_looked(evidence, self.rule)
        return could_not_look(cause) if cause else failed(say("feed_none"))
