"""Controls that every article must offer: print, save, share."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import Field

from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import articles, names, no_articles, percent, proofs_of, sampled, share_of
from core.evidence import Evidence
from core.finding import Answer, Text, partial


class ArticleControls(Kind):
    """Every article offers the ``controls`` (điểm c khoản 1 Điều 15: print and save).

    Passes when each control is on at least ``share`` of the articles read.
    Partial when one of them is missing, or is on fewer articles than that.
    Fails when articles were read and none of the controls is on any.
    Unknown when no article was read, or articles are built by script.
    """

    key: ClassVar[str] = "article_controls"

    controls: tuple[str, ...] = Field(default=("print", "save"), min_length=1)
    share: float = Field(default=0.8, gt=0, le=1)

    def judge(self, evidence: Evidence) -> Answer:
        pages = articles(evidence)
        if not pages:
            return no_articles(evidence)
        there: list[Text] = []
        lacking: list[Text] = []
        credit = 0.0
        for control in self.controls:
            share, _ = share_of(pages, lambda p, c=control: c in p.controls)  # type: ignore[misc]
            title = say("control_share_of", name=say(f"control_{control}"), share=percent(share), pages=len(pages))
            enough = share >= self.share
            (there if enough else lacking).append(title)
            credit += 1.0 if enough else 0.5 if share > 0 else 0.0
        more: dict[str, Any] = {"proofs": proofs_of(pages, 4), "confidence": sampled(pages)}
        if not lacking:
            return passed(say("fn_parts_all", found=names(there)), **more)
        if not credit:
            return failed(say("fn_parts_none", missing=names(lacking)), **more)
        found = names(there) if there else say("fn_nothing")
        message = say("fn_parts_some", found=found, missing=names(lacking))
        return partial(message, ratio=round(credit / len(self.controls), 2), **more)
