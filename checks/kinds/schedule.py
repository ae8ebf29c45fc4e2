"""The leaders' working schedule (điểm c khoản 1 Điều 10)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from checks import advice
from checks.content import own_items
from checks.kinds.people import words_of
from checks.kinds.section import SectionKind, in_name_only
from checks.sample import detail_pages
from checks.say import day, say
from core.dates import find_dates
from core.evidence import Evidence
from core.finding import Answer, Proof, Text, partial, passed
from core.page import DateRole, Page
from core.text import any_phrase, fold

_WEEK = re.compile(r"tuần\s*(?:thứ|lễ|số)?\s*(\d{1,2})(?:\s*(?:/|-|năm|,)\s*(?:năm\s*)?(20\d\d))?", re.I)
#: Words of the posting, not of the schedule.
_POSTED = re.compile(r"(?:ngày đăng|đăng ngày|đăng lúc|ngày cập nhật|cập nhật(?: lúc| ngày)?)\s*:?[^\n]{0,40}", re.I)
_NOT_SCHEDULE = (DateRole.CLOCK, DateRole.COPYRIGHT, DateRole.LICENCE)
#: When the office is open is no schedule of its leaders.
_HOURS = ("gio lam viec", "gio hanh chinh", "thoi gian lam viec", "gio mo cua", "gio tiep nhan ho so")
#: A schedule may be put up this far ahead.
_AHEAD = dt.timedelta(days=21)


class Schedule(SectionKind):
    """The leaders' schedule is there and shows the current week.

    Passes when a day of the current ISO week (from Friday on, next week's too) stands in the schedule.
    Partial 0.5 when its newest day lies in the current month or at most 31 days back, 0.25 when older
    or without any date. Fails when there is no schedule or it is there in name only; unknown when the
    page was not read.
    """

    key: ClassVar[str] = "schedule"

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        days = _days(detail_pages(evidence, found), evidence)
        today = evidence.today
        monday = today - dt.timedelta(days=today.weekday())
        week = {monday + dt.timedelta(days=i) for i in range(7)}
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        name = self.name_of(found)
        past = [d for d in days if d <= monday + _AHEAD]
        if not past and any_phrase(fold("\n".join(words_of(p) for p in detail_pages(evidence, found))), _HOURS):
            return self.missing(evidence, in_name_only(found))
        week_plan = say("update_week", **_week_of(today))
        late = more | advice.whole(self.rename_advice(found), advice.update(name, week_plan))
        if not past:
            return partial(say("no_date", name=name), ratio=0.5, **late)
        last = max(past)
        more["newest_date"] = last
        more["proofs"] = (
            *self.proofs(found),
            Proof("date", found.best.link.url, say("schedule_covers", **_week_of(last)).vi, last.isoformat()),
        )
        late |= {"newest_date": last, "proofs": more["proofs"]}
        if week & set(past):
            return passed(say("schedule_week", **_week_of(today)), **more)
        if last > monday:  # only next week's is shown: this week's was there
            return passed(say("schedule_next", **_week_of(last)), **more)
        if (today - last).days <= 31 or (last.year, last.month) == (today.year, today.month):
            return partial(say("schedule_month", **_week_of(last)), ratio=0.5, **late)
        return partial(say("schedule_old", **_week_of(last)), ratio=0.25, **late)


def _week_of(any_day: dt.date) -> dict[str, Text]:
    """The week a day lies in, as the gaps of a sentence."""
    monday = any_day - dt.timedelta(days=any_day.weekday())
    return {"start": day(monday), "end": day(monday + dt.timedelta(days=6))}


def _days(pages: list[Page], evidence: Evidence) -> set[dt.date]:
    found: set[dt.date] = set()
    posted: set[dt.date] = set()
    for page in pages:
        posted.update(d.day for d in page.dates if d.role not in _NOT_SCHEDULE)
        for item in own_items(page, evidence):
            posted.update(d.day for d in item.dates)
        text = _POSTED.sub(" ", f"{page.title}\n{page.h1}\n{words_of(page)}")
        for seen in find_dates(text, evidence.today):
            if seen.role not in _NOT_SCHEDULE:
                found.add(seen.day)
        for number, year in _WEEK.findall(text):
            week_year = int(year) if year else evidence.today.year
            if 1 <= int(number) <= 53:
                try:
                    found.add(dt.date.fromisocalendar(week_year, int(number), 5 if year else 1))
                except ValueError:  # week 53 of a year that has 52
                    continue
    # the day a schedule was put up says which week it is for only where nothing else does
    found = found or posted
    # a week number without a year must not lie far ahead: it is then last year's
    return {d for d in found if d <= evidence.today + _AHEAD}
