"""Statistics by period (Điều 12)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from checks import advice
from checks.content import own_items
from checks.kinds.people import words_of
from checks.kinds.section import Section
from checks.sample import detail_pages
from checks.say import say
from core.evidence import Evidence
from core.finding import Answer, Text, Verdict, partial, passed

_MONTH = re.compile(r"tháng\s*(\d{1,2})\s*(?:/|-|năm|,)\s*(?:năm\s*)?(20\d\d)", re.I)
_QUARTER = re.compile(r"quý\s*(IV|III|II|I|[1-4])\s*(?:/|-|năm|,)?\s*(?:năm\s*)?(20\d\d)", re.I)
_HALF = re.compile(r"(?:6|sáu)\s*tháng\s*(đầu|cuối)?\s*(?:năm\s*)?(20\d\d)", re.I)
_NINE = re.compile(r"(?:9|chín)\s*tháng\s*(?:đầu\s*)?(?:năm\s*)?(20\d\d)", re.I)
_YEAR = re.compile(r"(?:niên giám[^.\n]{0,40}|năm)\s*(20\d\d)", re.I)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Statistics(Section):
    """Statistics are there, with their parts, for a recent period.

    A period is read from titles, else from the text (tháng, quý, 6 tháng, 9 tháng, năm), and counts from
    its last day; where none is named, the newest posting counts. Passes when it lies at most
    ``period_months`` months back and enough ``parts`` are there; partial otherwise; fails and is unknown as a section.
    """

    key: ClassVar[str] = "statistics"
    period_months: int = 2
    half_months: int = 6

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        there, lacking = self.part_state(evidence, found)
        base = self.graded(evidence, found, there, lacking)
        pages = detail_pages(evidence, found)
        items = [i for p in pages for i in own_items(p, evidence)]
        titles = [t for p in pages for t in (p.title, *(h.text for h in p.headings), *(a.text for a in p.attachments))]
        period = newest_period("\n".join([*titles, *(i.title for i in items)]), evidence.today)
        period = period or newest_period("\n".join(words_of(p) for p in pages), evidence.today)
        posted = max((d.day for i in items for d in i.dates if d.day <= evidence.today), default=None)
        # an old yearbook put up late is still of its own year: the posting day counts only where no period is named
        last = period[0] if period else posted
        name = self.name_of(found)
        newest = posted or base.newest_date
        more: dict[str, Any] = {"proofs": base.proofs, "newest_date": newest, "confidence": base.confidence}
        if last is None:
            more |= advice.whole(base.fix, advice.update(name, say("update_period")))
            return partial(say("no_date", name=name), ratio=min(0.5, base.ratio or 0.5), **more)
        months = (evidence.today - last).days / 30.5
        label = period[1] if period else last.strftime("%m/%Y")
        if months > self.period_months + 0.5:
            ratio = 0.5 if months <= self.half_months else 0.25
            message: Text = say("period_old", period=label)
            if base.verdict is Verdict.PARTIAL:
                message = say("and_also", first=base.message, second=message)
            more |= advice.whole(base.fix, advice.update(name, say("update_period")))
            return partial(message, ratio=min(ratio, base.ratio or ratio), **more)
        if base.verdict is Verdict.PARTIAL:
            return base
        return passed(say("period_ok", period=label), **more)


def newest_period(text: str, today: dt.date) -> tuple[dt.date, str] | None:
    """The newest statistical period named in a text that has ended: its last day, and its words."""
    found: list[tuple[dt.date, str]] = []
    found += [(_last_day(int(y), int(m)), f"tháng {int(m)}/{y}") for m, y in _MONTH.findall(text) if 1 <= int(m) <= 12]
    for q, y in _QUARTER.findall(text):
        n = _ROMAN.get(q.lower()) or int(q)
        found.append((_last_day(int(y), 3 * n), f"quý {n}/{y}"))
    found += [
        (_last_day(int(y), 12 if half == "cuối" else 6), f"6 tháng {half or 'đầu năm'} {y}")
        for half, y in _HALF.findall(text)
    ]
    found += [(_last_day(int(y), 9), f"9 tháng năm {y}") for y in _NINE.findall(text)]
    found += [(dt.date(int(y), 12, 31), f"năm {y}") for y in _YEAR.findall(text)]
    # the running month's and quarter's figures are put up before the period ends
    ended = [(min(d, today), words) for d, words in found if d <= today + dt.timedelta(days=31)]
    return max(ended, default=None)


def _last_day(year: int, month: int) -> dt.date:
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    return first_of_next - dt.timedelta(days=1)
