"""Articles with pictures and clean type."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from checks.articles import articles, no_articles
from checks.kind import Kind
from checks.say import say
from checks.seen import BROKEN_TYPE, by_parts, percent, proofs_of, sampled, share_of
from core.evidence import Evidence
from core.finding import Answer, Text


class ArticleQuality(Kind):
    """Articles have pictures and are set in clean type, without legacy fonts or broken letters.

    Passes when at least ``share`` of the articles read have either, partial when only one holds, fails when
    neither does. Unknown when no article was read.
    """

    key: ClassVar[str] = "article_quality"

    share: float = Field(default=0.8, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        pages = articles(evidence)
        if not pages:
            return no_articles(evidence)
        pictured, plain = share_of(pages, lambda p: bool(p.images))
        clean, broken = share_of(pages, lambda p: not (p.traits & BROKEN_TYPE))
        there: list[Text] = []
        lacking: list[Text] = []
        for key, share in (("article_pictures", pictured), ("article_type", clean)):
            text = say("part_share", name=say(key), share=percent(share))
            (there if share >= self.share else lacking).append(text)
        proofs = proofs_of([*broken[:2], *plain[:2], *pages])
        return by_parts(there, lacking, proofs=proofs, confidence=sampled(pages))
