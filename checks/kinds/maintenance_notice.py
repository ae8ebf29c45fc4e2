"""Notice of an interruption, seven working days ahead (Điều 16 NĐ 64/2007)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import ClassVar

from pydantic import Field

from checks.answers import could_not_look, page_proof
from checks.kind import Kind, failed, not_applicable, passed
from checks.say import day, say
from checks.seen import home_cause, readable, unseen
from core.dates import find_dates
from core.evidence import Evidence
from core.finding import Answer, Candidate, Proof, partial
from core.page import Item, Page
from core.text import any_phrase, clean, fold, shorten
from core.workdays import workdays_between

_DEFAULT = (
    "tạm ngừng hoạt động", "tạm dừng hoạt động", "tạm ngừng cung cấp", "tạm dừng cung cấp", "bảo trì hệ thống",
    "bảo trì, nâng cấp", "nâng cấp hệ thống", "gián đoạn truy cập", "tạm ngừng truy cập",
)  # fmt: skip
#: What is interrupted must be the portal, not the electricity; with accents, for "công" and "cống" are no "cổng".
_SUBJECT = re.compile(r"\b(?:cổng|trang thông tin|website|hệ thống|dịch vụ công|máy chủ)\b")
_PORTAL = ("cong thong tin", "trang thong tin", "cong ttdt", "website", "dich vu cong", "may chu")
_OTHERS = ("cap dien", "cat dien", "cap nuoc", "giao thong", "luu thong", "cong trinh", "ngan hang", "thue")
#: Systems that are built of stone, pipes and wires.
_WORKS = re.compile(
    r"\b(?:he thong|mang luoi) (?:dien|luoi dien|nuoc|cap nuoc|thoat nuoc|cong|kenh|muong|kenh muong|thuy loi|tuoi|de|"
    r"chieu sang|den|duong|cau|ha tang|loa|truyen thanh|camera|y te|truong|cho|phao|bien bao|pccc|xu ly|thu gom|ho)\b"
    r"(?! (?:thong tin|ttdt|dich vu))"
)
#: A notice says that something stops; the start of building works does not.
_STOPS = ("thong bao", "tam ngung", "tam dung", "ngung hoat dong", "gian doan", "khong truy cap duoc", "tam ngat")
_START = re.compile(r"(?:từ|bắt đầu|vào lúc|vào ngày|kể từ|thời gian[^\n]{0,30}:)[^\n]{0,60}", re.I)


class MaintenanceNotice(Kind):
    """A notice that the portal will be interrupted was put up ``workdays`` working days ahead.

    Passes when the newest notice's posting date lies that far before the day the interruption begins.
    Partial when it lies at least half as far ahead, or one of the two dates is not shown. Fails when it was put
    up later than that. Not applicable when no notice is on the portal: building works at other systems, or news
    that say of nothing that it stops, are none.
    Unknown when nothing could be read, or the notice itself could not or was not opened; it is named then.
    """

    key: ClassVar[str] = "maintenance_notice"

    names: tuple[str, ...] = _DEFAULT
    workdays: int = Field(default=7, gt=0)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        if cause:
            return could_not_look(cause)
        notices = self._notices(evidence)
        if not notices:
            return not_applicable(say("notice_none"))
        title, page, item = max(notices, key=lambda n: _posted(n[1], n[2]) or dt.date.min)
        if page is None and item is not None and item.url:
            missed = unseen(evidence, item.url)
            if missed:
                name = shorten(title, 80)
                near = Candidate(item.url, name, say("notice_unread", name=name))
                return dataclasses.replace(could_not_look(missed), candidates=(near,))
        posted, start = _posted(page, item), _start(page, item, evidence)
        proofs: tuple[Proof, ...] = (page_proof(page),) if page is not None else ()
        if posted is None or start is None:
            return partial(say("notice_no_date", name=shorten(title, 80)), proofs=proofs)
        proofs += (Proof("date", page.url if page else "", title, posted.isoformat()),)
        days = workdays_between(posted, start)
        words = {"posted": day(posted), "start": day(start), "days": days, "limit": self.workdays}
        if days >= self.workdays:
            return passed(say("notice_ok", **words), proofs=proofs)
        if days * 2 >= self.workdays:
            return partial(say("notice_late", **words), proofs=proofs)
        return failed(say("notice_late", **words), proofs=proofs)

    def _notices(self, evidence: Evidence) -> list[tuple[str, Page | None, Item | None]]:
        words = [fold(n) for n in self.names]
        found: dict[str, tuple[str, Page | None, Item | None]] = {}
        for page in readable(evidence):
            title = page.h1 or page.title
            if page is evidence.home or "article" not in page.traits:
                continue
            if _is_notice(title, words) and _stops(title, page, None):
                found[page.url] = (title, page, None)
        told: dict[str, bool] = {}
        for page in readable(evidence):
            for item in page.items:
                if item.title not in told:
                    told[item.title] = _is_notice(item.title, words)
                if told[item.title]:
                    read = evidence.page(item.url) if item.url else None
                    if not _stops(item.title, read, item):
                        continue
                    found.setdefault(read.url if read else item.url or item.title, (item.title, read, item))
        return list(found.values())


def _is_notice(title: str, words: list[str]) -> bool:
    folded = fold(title)
    if any_phrase(folded, words) is None or any_phrase(folded, _OTHERS) is not None or _WORKS.search(folded):
        return False
    return any_phrase(folded, _PORTAL) is not None or _SUBJECT.search(clean(title).casefold()) is not None


def _stops(title: str, page: Page | None, item: Item | None) -> bool:
    told = f"{title}\n{item.summary if item else ''}\n{page.text[:4000] if page else ''}"
    return any_phrase(fold(told), _STOPS) is not None


def _posted(page: Page | None, item: Item | None) -> dt.date | None:
    seen = (page.published if page else None) or (item.published if item else None)
    return seen.day if seen else None


def _start(page: Page | None, item: Item | None, evidence: Evidence) -> dt.date | None:
    """The first day named after words that begin a period; else the first day after the posting."""
    text = f"{page.text if page else ''}\n{item.title if item else ''}\n{item.summary if item else ''}"
    for match in _START.finditer(text):
        days = find_dates(match.group(), evidence.today)
        if days:
            return days[0].day
    posted = _posted(page, item)
    after = [d.day for d in find_dates(text, evidence.today) if posted is None or d.day > posted]
    return min(after, default=None)
