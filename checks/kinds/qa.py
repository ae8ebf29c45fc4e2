"""Questions and answers: the function and its deadline (khoản 2 Điều 15, điểm đ khoản 1 Điều 17)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, ClassVar

from checks import advice
from checks.answers import candidates, could_not_look, page_proof
from checks.gate import not_looked
from checks.hits import Search
from checks.kinds.people import words_of
from checks.kinds.section import SectionKind
from checks.people import EMAIL
from checks.sample import detail_pages, entries
from checks.say import join, say
from checks.sections import search
from core.dates import find_dates
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, failed, partial, passed, unknown
from core.page import DateRole, FormPurpose, Page, SeenDate, Table, Zone
from core.text import any_phrase, fold
from core.workdays import workdays_between

#: Words of a short line by which the state of a question can be followed.
_STATUS = (
    "trang thai", "tinh trang xu ly", "tinh trang cau hoi", "tra cuu cau hoi", "theo doi cau hoi", "theo doi xu ly",
    "theo doi tinh trang", "theo doi ket qua", "ma cau hoi", "dang xu ly", "cho tra loi", "cho xu ly", "ma tra cuu",
    "ket qua xu ly", "tinh trang",
)  # fmt: skip
_STATUS_LINE = 60
_ANSWER = ("tra loi", "ngay tra loi", "noi dung tra loi", "don vi tra loi", "y kien tra loi", "dap")
_WAITING = re.compile(r"\b(?:dang )?(?:cho|chua(?: duoc| co)?(?: cau)?|se(?: duoc)?) tra loi\b")
#: "Hỏi (25/09/2026): … Đáp (09/10/2026): …"
_ASKED = re.compile(r"\b(?:câu )?hỏi\s*[(\[]\s*(?=\d)", re.I)
_ANSWERED = re.compile(r"\b(?:đáp|trả lời)\s*[(\[]\s*(?=\d)", re.I)
#: "Văn phòng Đăng ký đất đai trả lời - 11/11/2026"
_REPLIED = re.compile(
    r"(?<!ngày )\b(?:trả lời|phúc đáp|hồi âm|giải đáp)(?: (?:ngày|lúc|vào(?: ngày| lúc)?))?"
    r"\s*[-–:,]?\s*(?=\d{1,2}[/.-]\d)",
    re.I,
)
_FEEDBACK = ("gop y", "hoi dap", "y kien", "phan hoi", "cau hoi", "tiep nhan", "gui thu", "phan anh", "lien he")
_SENDS = frozenset({FormPurpose.QUESTION, FormPurpose.COMMENT})
_SEND = ("gui cau hoi", "dat cau hoi", "gui y kien", "noi dung cau hoi", "gui phan anh", "gui thac mac")


class QuestionsAndAnswers(SectionKind):
    """Visitors can send questions and follow them up, or an e-mail address receives them.

    Passes when a question form is there and the state of a question can be followed, or an e-mail address
    for questions (which the decree allows instead) and published answers. Partial when only some of form,
    follow-up and answers are there, or when without such a section another page receives questions: a form
    on the contact page, an e-mail address on the feedback page. Fails without any of them; unknown when
    the section was not read.
    """

    key: ClassVar[str] = "qa"

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            cause = not_looked(evidence, self.rule, found)
            if cause:
                return could_not_look(cause, found)
            return self._by_mail(evidence, found) or self._elsewhere(evidence, found) or self.missing(evidence, found)
        pages = detail_pages(evidence, found)
        text = "\n".join(words_of(p) for p in pages)
        folded = fold(text)
        forms = {f.purpose for p in (*pages, *self._below(evidence, pages)) for f in p.forms}
        mail = bool(EMAIL.search(text))
        asks = bool(forms & _SENDS) or any_phrase(folded, _SEND) is not None or self._link_to_form(pages)
        lines = " | ".join(fold(line) for line in text.split("\n") if len(line) <= _STATUS_LINE)
        parts = {
            "qa_form": asks or mail,
            "qa_status": FormPurpose.LOOKUP in forms or any_phrase(lines, _STATUS) is not None,
            "qa_answers": _answers(folded) is not None and bool(entries(evidence, found) or "?" in text),
        }
        there = [say(k) for k, yes in parts.items() if yes]
        lacking = [say(k) for k, yes in parts.items() if not yes]
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        if parts["qa_form"] and (parts["qa_status"] or (mail and parts["qa_answers"])):
            return passed(say("qa_ok", found=join(there)), **more)
        if not there:
            return self._elsewhere(evidence, found) or failed(say("qa_lack", missing=join(lacking)), **more)
        more |= advice.whole(self.rename_advice(found), advice.add(self.name_of(found), lacking))
        return partial(say("qa_lack", missing=join(lacking)), ratio=0.5, **more)

    def _by_mail(self, evidence: Evidence, found: Search) -> Answer | None:
        """Partial for what khoản 2 Điều 15 admits instead: an e-mail address given for questions and feedback."""
        home = evidence.home
        mails = [] if home is None else [k for k in home.links if k.dead == "mailto" and not k.hidden]
        for link in mails:
            if any_phrase(fold(" ".join((*link.names, link.image))), _FEEDBACK):
                proof = Proof("link", link.href, link.label)
                lacking = join([say("qa_status"), say("qa_answers")])
                return partial(
                    say("qa_mail", missing=lacking), ratio=0.5, proofs=(proof,), candidates=candidates(found)
                )
        return None

    def _elsewhere(self, evidence: Evidence, found: Search) -> Answer | None:
        """Partial for a form on a contact or feedback page, or an e-mail address on a feedback page."""
        shown = (
            (page, wording.content, form)
            for wording in evidence.plan.wordings
            if wording.content in ("contact", "feedback")
            for page in (h.page for h in search(evidence, wording.rule).accepted)
            if page is not None
            for form in (next((f for f in page.forms if f.purpose in _SENDS and f.zone is Zone.BODY), None),)
        )
        for page, content, form in shown:
            if form is not None or (content == "feedback" and EMAIL.search(words_of(page))):
                proof = Proof("form", page.url, form.text) if form is not None else page_proof(page)
                lacking = join([say("qa_status"), say("qa_answers")])
                message = say("qa_elsewhere", name=page.h1 or page.title, missing=lacking)
                return partial(message, ratio=0.5, proofs=(proof,), candidates=candidates(found))
        return None

    @staticmethod
    def _below(evidence: Evidence, pages: list[Page]) -> list[Page]:
        """Pages the section leads to that stand below its address: where a question is followed up."""
        stems = tuple(p.url.partition("?")[0].rstrip("/") + "/" for p in pages)
        found = (evidence.page(k.url) for p in pages for k in p.links if k.url.startswith(stems))
        return [p for p in found if p is not None]

    @staticmethod
    def _link_to_form(pages: list[Page]) -> bool:
        return any(any_phrase(fold(k.label), _SEND) for p in pages for k in p.links if k.url)


class QuestionTimes(SectionKind):
    """Published questions were answered within ``days`` working days (điểm đ khoản 1 Điều 17).

    Questions asked in the last ``within_days`` days are looked at. Only published ones are visible, so
    the sample is biased and confidence is medium. Lateness counts working days from the day asked to
    the day answered; an unanswered question counts as late
    once the deadline has passed. Passes from ``full_share`` in time on, partial below, fails when none
    was in time, or when nothing is published. Unknown when no question shows both dates, or the section was not read.
    """

    key: ClassVar[str] = "qa_times"
    samples: ClassVar[bool] = True
    days: int = 15
    within_days: int = 365
    full_share: float = 0.9
    half_share: float = 0.5

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        spans = [(a, b) for a, b in _spans(evidence, found) if (evidence.today - a).days <= self.within_days]
        newest = max((b for _, b in spans if b is not None and b <= evidence.today), default=None)
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": Confidence.MEDIUM,
            "newest_date": newest,
        }
        waits = [workdays_between(a, b) for a, b in spans if b is not None and b >= a]
        late_open = sum(b is None and workdays_between(a, evidence.today) > self.days for a, b in spans)
        total = len(waits) + late_open
        text = "\n".join(words_of(p) for p in detail_pages(evidence, found))
        if not total and not entries(evidence, found) and "?" not in text and not _answers(fold(text)):
            return failed(say("qa_none"), **more)
        if not total:
            return unknown(say("qa_times_unknown"), "no_date", proofs=self.proofs(found))
        good = sum(w <= self.days for w in waits)
        worst = max(waits, default=self.days)
        if good / total >= self.full_share:
            return passed(say("qa_times_ok", good=good, total=total, days=self.days), **more)
        message = say("qa_times_some", good=good, total=total, worst=worst, days=self.days)
        if good:
            return partial(message, ratio=0.5 if good / total >= self.half_share else 0.25, **more)
        return failed(message, **more)


def _spans(evidence: Evidence, found: Search) -> list[tuple[dt.date, dt.date | None]]:
    """Days asked and answered of every published question that shows the first."""
    spans: dict[str, tuple[dt.date, dt.date | None]] = {}
    for hit in found.accepted:
        if hit.page is not None:
            for n, table in enumerate(hit.page.tables):
                for row, span in enumerate(_table_spans(table, evidence.today)):
                    spans[f"{hit.page.url}#{n}.{row}"] = span
    if spans:
        return list(spans.values())
    for entry in entries(evidence, found):
        dates = [*(entry.page.dates if entry.page else ()), *entry.item.dates]
        said = entry.words()
        dates += find_dates(_REPLIED.sub("Ngày trả lời: ", said), evidence.today)
        labelled = [entry.day(r) for r in (DateRole.ASKED, DateRole.ANSWERED)]
        dates += [d for d in labelled if d is not None]
        asked, answered = _first(dates, DateRole.ASKED), _first(dates, DateRole.ANSWERED)
        is_open = answered is None and entry.page is not None and _answers(fold(said)) is None
        if asked is not None and (answered is not None or is_open):
            spans[entry.item.url or entry.item.title] = (asked, answered)
    if not spans:
        for hit in found.accepted:
            if hit.page is not None:
                spans.update(_page_spans(hit.page, evidence.today))
    return list(spans.values())


def _answers(folded: str) -> str | None:
    """The word of an answer; "đang chờ trả lời" is none."""
    return any_phrase(_WAITING.sub(" ", folded), _ANSWER)


def _first(dates: list[SeenDate], role: DateRole) -> dt.date | None:
    return next((d.day for d in dates if d.role is role), None)


def _page_spans(page: Page, today: dt.date) -> dict[str, tuple[dt.date, dt.date | None]]:
    """Questions and answers one below the other on one page."""
    spans: dict[str, tuple[dt.date, dt.date | None]] = {}
    asked: dt.date | None = None
    text = _ASKED.sub("Ngày hỏi: ", _ANSWERED.sub("Ngày trả lời: ", page.text))
    dates = page.dates if any(d.role is DateRole.ASKED for d in page.dates) else find_dates(text, today)
    for n, seen in enumerate(dates):
        if seen.role is DateRole.ASKED:
            asked = seen.day
            spans[f"{page.url}#{n}"] = (asked, None)
        elif seen.role is DateRole.ANSWERED and asked is not None:
            spans[next(reversed(spans))] = (asked, seen.day)
    return spans


def _table_spans(table: Table, today: dt.date) -> list[tuple[dt.date, dt.date | None]]:
    heads = [fold(h) for h in table.headers]
    asked = next(
        (
            i
            for i, h in enumerate(heads)
            if any(w in h for w in ("ngay hoi", "ngay gui", "ngay nhan", "ngay tiep nhan"))
        ),
        None,
    )
    answered = next((i for i, h in enumerate(heads) if "tra loi" in h and "ngay" in h), None)
    if asked is None or answered is None:
        return []
    spans = []
    for row in table.rows:
        if max(asked, answered) < len(row):
            first = find_dates(row[asked], today)
            last = find_dates(row[answered], today)
            if first:
                spans.append((first[0].day, last[0].day if last else None))
    return spans
