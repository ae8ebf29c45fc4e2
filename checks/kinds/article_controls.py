"""Controls that every article must offer: print, save, share."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

from pydantic import Field

from checks.articles import articles, no_articles
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import names, percent, proofs_of, sampled, share_of
from core.evidence import Evidence
from core.finding import Answer, Text, partial
from core.page import Page
from core.text import any_phrase, fold

#: Words of links that are the control whatever stands around them: "Lưu bài viết (PDF)".
_WORDS = {
    "print": ("in bai", "in bai viet", "in trang", "ban in"),
    "save": (
        "luu bai",
        "luu ve may",
        "tai ve may",
        "luu bai viet",
        "luu trang",
        "tai bai viet",
        "xuat pdf",
        "tai pdf",
        "dang pdf",
        "ban pdf",
    ),
}


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
            share, _ = share_of(pages, lambda p, c=control: offers(p, c))  # type: ignore[misc]
            title = say("control_share_of", name=say(f"control_{control}"), share=percent(share), pages=len(pages))
            enough = share >= self.share
            (there if enough else lacking).append(title)
            credit += 1.0 if enough else 0.5 if share > 0 else 0.0
        more: dict[str, Any] = {"proofs": proofs_of(pages, 4), "confidence": sampled(pages)}
        if not lacking:
            return passed(say("fn_parts_all", found=names(there)), **more)
        if not credit:
            return failed(say("fn_parts_none", missing=names(lacking)), **more)
        some = say("fn_parts_some", found=names(there), missing=names(lacking))
        message = some if there else say("fn_parts_lack", missing=names(lacking))
        return partial(message, ratio=round(credit / len(self.controls), 2), **more)


def offers(page: Page, control: str) -> bool:
    """Whether an article has a control, as read from its source or by the words of its links."""
    return control in page.controls or any(_is_called(n, control) for k in page.links for n in k.names if len(n) <= 40)


@lru_cache(maxsize=8192)
def _is_called(name: str, control: str) -> bool:
    return any_phrase(fold(name), _WORDS.get(control, ())) is not None
