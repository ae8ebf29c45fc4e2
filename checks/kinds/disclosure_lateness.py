"""Documents disclosed within five working days (khoản 4 Điều 18 Luật Tiếp cận thông tin)."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from pydantic import Field

from checks.answers import could_not_look
from checks.content import own_items
from checks.gate import unanswered
from checks.kind import Kind, failed, passed
from checks.say import say
from checks.seen import home_cause, readable
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, partial
from core.page import DateRole, SeenDate
from core.text import shorten
from core.workdays import workdays_between

Pair = tuple[dt.date, dt.date, str, str]


#: So few documents, some pages unseen, are no sample.
_FEW = 5


class DisclosureLateness(Kind):
    """Documents are put up no later than ``days`` working days after they were issued.

    Judged over documents of the last ``window_days`` that show both dates. Passes when at least
    ``full_share`` are in time; partial from ``half_share`` on (0.5) and below it (0.25); fails when none is.
    Unknown when no document shows both dates. The law starts from the day information was created: the issue
    date stands in for it, and an earlier special deadline is not known (medium confidence).
    """

    key: ClassVar[str] = "disclosure_lateness"

    days: int = Field(default=5, gt=0)
    full_share: float = Field(default=0.9, gt=0, le=1)
    half_share: float = Field(default=0.5, gt=0, le=1)
    window_days: int = Field(default=365, gt=0)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        pairs = _pairs(evidence, evidence.today - dt.timedelta(days=self.window_days))
        if not pairs:
            return could_not_look(cause or "no_date")
        ages = {p: workdays_between(p[0], p[1]) for p in pairs}
        late = sorted((p for p in pairs if ages[p] > self.days), key=lambda p: -ages[p])
        good = len(pairs) - len(late)
        words = {"good": good, "total": len(pairs), "days": self.days, "worst": max(ages.values())}
        proofs = tuple(
            Proof("date", p[2], say("disclosed_pair", name=shorten(p[3], 120)).vi, f"{p[0]} / {p[1]}")
            for p in (late or pairs)[:4]
        )
        more: dict[str, Any] = {"proofs": proofs, "confidence": Confidence.MEDIUM}
        if good >= self.full_share * len(pairs):
            return passed(say("disclosed_ok", **words), **more)
        if not good:
            lost = next(iter(unanswered(evidence).values()), None)
            if lost and len(pairs) < _FEW:
                return could_not_look(lost)  # the documents behind it may have been in time
            return failed(say("disclosed_bad", **words), **more)
        ratio = 0.5 if good >= self.half_share * len(pairs) else 0.25
        return partial(say("disclosed_bad", **words), ratio=ratio, **more)


def _pairs(evidence: Evidence, since: dt.date) -> list[Pair]:
    """Issue and publication day of every document that shows both, each address once."""
    found: dict[str, Pair] = {}
    for page in readable(evidence):
        for item in own_items(page, evidence):
            detail = evidence.page(item.url) if item.url else None
            dates = [*item.dates, *(detail.dates if detail is not None else ())]
            _keep(found, dates, item.url or f"{page.url}#{item.title}", item.title, since, evidence.today)
        if page is not evidence.home and (page.fields or page.attachments):
            _keep(found, list(page.dates), page.url, page.h1 or page.title, since, evidence.today)
    return list(found.values())


def _keep(found: dict[str, Pair], dates: list[SeenDate], url: str, title: str, since: dt.date, today: dt.date) -> None:
    issued = next((d.day for d in dates if d.role is DateRole.ISSUED), None)
    shown = min((d.day for d in dates if d.role is DateRole.PUBLISHED), default=None)
    if issued is not None and shown is not None and since <= issued <= shown <= today:
        found.setdefault(url, (issued, shown, url, title))
