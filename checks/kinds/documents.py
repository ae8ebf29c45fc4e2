"""Documents: fields, files, search tool, timeliness (điểm e khoản 1 Điều 10, điểm c khoản 1 Điều 17)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

from checks.answers import could_not_look, page_proof
from checks.hits import Search
from checks.kinds.section import SectionKind
from checks.parts import Words
from checks.sample import Entry, detail_pages, entries, field_names, files_of
from checks.say import join, say
from core.bodies import BodyKind
from core.dates import find_dates
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, failed, partial, passed, unknown
from core.page import DateRole, Form, FormPurpose, Outcome, Page, Zone
from core.text import any_phrase, fold
from core.workdays import workdays_between

NUMBER = re.compile(r"\b\d{1,5}(?:/\d{4})?/(?:[A-ZĐ][A-ZĐa-z0-9]*)(?:-[A-ZĐƯƠ&][\w&ĐđƯơ]*)*")
_KIND = re.compile(
    r"(?:quyết định|nghị quyết|nghị định|thông tư|chỉ thị|kế hoạch|công văn|thông báo|báo cáo|tờ trình|luật|"
    r"quy chế|công điện|hướng dẫn)\b",
    re.I,
)


class FieldDef(BaseModel):
    """A field a document or project must show, and the names it goes by."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: Words
    cues: tuple[str, ...]


class _OfDocuments(SectionKind):
    """Shared: the document section, whose absence is told by its own rule."""

    def there(self, evidence: Evidence) -> Search | Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        return found


class FieldsKind(_OfDocuments):
    """Shared by documents and projects: how many of the named fields the section shows."""

    fields: tuple[FieldDef, ...]
    full_fields: int
    half_fields: int

    def shown(self, evidence: Evidence, found: Search) -> list[FieldDef]:
        """Fields shown by table heads, labelled values, or plainly by the entries themselves."""
        pages = detail_pages(evidence, found)
        names = " ".join(field_names(p) for p in pages)
        return [
            f
            for f in self.fields
            if any_phrase(names, (fold(c) for c in f.cues)) or self.plain(f, pages, evidence, found)
        ]

    def plain(self, wanted: FieldDef, pages: list[Page], evidence: Evidence, found: Search) -> bool:
        """A field that can be read without its label."""
        return False

    def judge(self, evidence: Evidence) -> Answer:
        found = self.there(evidence)
        if isinstance(found, Answer):
            return found
        shown = self.shown(evidence, found)
        lacking = [f.title.text() for f in self.fields if f not in shown]
        names = join([f.title.text() for f in shown])
        more: dict[str, Any] = {"proofs": self.proofs(found), "confidence": self.confidence(found)}
        count, total = len(shown), len(self.fields)
        if count >= self.full_fields:
            return passed(say("fields_ok", count=count, total=total, found=names), **more)
        message = say("fields_lack", count=count, total=total, missing=join(lacking))
        if count >= self.half_fields:
            return partial(message, ratio=0.5, **more)
        if count:
            return partial(message, ratio=0.25, **more)
        return failed(message, **more)


class DocumentFields(FieldsKind):
    """Documents show form, issuer, number, issue date, effective date, abstract, file (điểm e khoản 1 Điều 10).

    Read from table heads, labelled values and what is plain without a label (a number such as
    12/2024/QĐ-UBND, a linked file). Passes from ``full_fields``, partial from one field on, fails with
    none or without the section, unknown when the section was not read.
    """

    key: ClassVar[str] = "document_fields"
    samples: ClassVar[bool] = True
    full_fields: int = 6
    half_fields: int = 4

    def plain(self, wanted: FieldDef, pages: list[Page], evidence: Evidence, found: Search) -> bool:
        text = "\n".join(f"{p.text}\n" + "\n".join(f"{i.title}\n{i.summary}" for i in p.items) for p in pages)
        cues = {fold(c) for c in wanted.cues}
        if any(re.search(rf"{re.escape(c)}\s*:\s*\w", text, re.I) for c in wanted.cues if " " in c):
            return True
        rows = [fold(line) for line in text.split("\n")]
        if any(row in cues and after and after not in cues for row, after in itertools.pairwise(rows)):
            return True
        if cues & {"so ky hieu", "so hieu"}:
            return len(NUMBER.findall(text)) >= 1
        if cues & {"loai van ban", "hinh thuc van ban"}:
            titles = [i.title for p in pages for i in p.items] + [
                c for p in pages for t in p.tables for r in t.rows for c in r
            ]
            named = sum(bool(_KIND.match(t.strip())) for t in titles)
            return named >= max(2, len(entries(evidence, found)) // 2)
        if cues & {"tai ve", "tep dinh kem", "file dinh kem"}:
            return any(p.attachments for p in pages)
        if cues & {"trich yeu"}:
            return any(len(i.title) > 30 for p in pages for i in p.items) and bool(NUMBER.search(text))
        if cues & {"ngay ban hanh"}:
            dates = [d for p in pages for d in (*p.dates, *(d for i in p.items for d in i.dates))]
            return any(d.role is DateRole.ISSUED for d in dates)
        if cues & {"ngay hieu luc", "ngay co hieu luc"}:
            return any(d.role is DateRole.EFFECTIVE for p in pages for d in p.dates)
        return False


class DocumentFiles(_OfDocuments):
    """Documents can be downloaded: sampled files answer (điểm e khoản 1 Điều 10).

    Passes when at least ``full_share`` of the sampled documents have a file that answers, partial
    from one on, fails with none. Unknown when no document or no file could be tried.
    """

    key: ClassVar[str] = "document_files"
    samples: ClassVar[bool] = True
    full_share: float = 0.9
    half_share: float = 0.5

    def judge(self, evidence: Evidence) -> Answer:
        found = self.there(evidence)
        if isinstance(found, Answer):
            return found
        good, bad, unseen, proofs = 0, 0, 0, list(self.proofs(found))
        for entry in entries(evidence, found)[:20]:
            state = _file_state(evidence, entry)
            good += state == "good"
            bad += state == "bad"
            unseen += state == "unseen"
        if not good + bad:
            own = [a for p in detail_pages(evidence, found) for a in p.attachments]
            states = [_asked(evidence, a.url) for a in own[:10]]
            good, bad, unseen = states.count("good"), states.count("bad"), unseen + states.count("unseen")
            if not own and not unseen:
                return failed(say("files_none"), proofs=tuple(proofs))
        total = good + bad
        if not total:
            return could_not_look("no_sample", found)
        if good and total >= _SAME and _one_file(evidence, found):
            return partial(say("files_same", total=total), ratio=0.25, proofs=tuple(proofs))
        share = good / total
        if share >= self.full_share:
            return passed(say("files_ok", good=good, total=total), proofs=tuple(proofs))
        if good:
            ratio = 0.5 if share >= self.half_share else 0.25
            return partial(say("files_some", good=good, total=total), ratio=ratio, proofs=tuple(proofs))
        named = any(map(files_of, entries(evidence, found))) or any(
            p.attachments for p in detail_pages(evidence, found)
        )
        return failed(say("files_dead", total=total) if named else say("files_none"), proofs=tuple(proofs))


#: So many documents behind one and the same file are a sample, not documents (field-notes 21).
_SAME = 2


def _file_state(evidence: Evidence, entry: Entry) -> str:
    files = files_of(entry)
    if not files:
        return "bad" if entry.page is not None else "none"
    states = [_asked(evidence, f.url) for f in files]
    return "good" if "good" in states else "bad" if "bad" in states else "unseen"


def _asked(evidence: Evidence, url: str) -> str:
    fetch = evidence.fetch(url)
    if fetch is None:
        return "unseen"
    if fetch.outcome in (Outcome.OK, Outcome.NOT_HTML, Outcome.TOO_LARGE):
        # an error page in place of the file is no file
        return "bad" if "html" in fetch.content_type and fetch.outcome is Outcome.OK else "good"
    gone = (Outcome.NOT_FOUND, Outcome.SOFT_404, Outcome.REDIRECT_HOME, Outcome.BAD_REDIRECT)
    return "bad" if fetch.outcome in gone else "unseen"


def _one_file(evidence: Evidence, found: Search) -> bool:
    """Whether all sampled documents share one file."""
    urls = [{a.url for a in files_of(e)} for e in entries(evidence, found)[:20]]
    named = [u for u in urls if u]
    return len(named) >= _SAME and len(set.union(*named)) == 1


class DocumentSearch(_OfDocuments):
    """A search tool for documents (điểm e khoản 1 Điều 10).

    Passes when a form on the section's page has at least ``min_filters`` fields, partial with fewer,
    fails without one. Unknown when the section was not read.
    """

    key: ClassVar[str] = "document_search"
    min_filters: int = 2

    def judge(self, evidence: Evidence) -> Answer:
        found = self.there(evidence)
        if isinstance(found, Answer):
            return found
        forms = [(p, f) for h in found.accepted if (p := h.page) for f in p.forms]
        wanted = [(p, f) for p, f in forms if f.purpose is FormPurpose.DOCUMENT_SEARCH]
        more: dict[str, Any] = {"confidence": self.confidence(found)}
        if not wanted:
            site_wide = {_names(f) for f in evidence.home.forms} if evidence.home else set()
            own = [(p, f) for p, f in forms if _names(f) not in site_wide]
            wanted = [(p, f) for p, f in own if f.purpose is FormPurpose.SEARCH or _looks_up(f)]
        if not wanted:
            return failed(say("doc_search_none"), proofs=self.proofs(found), **more)
        page, form = max(wanted, key=lambda pf: _filters(pf[1]))
        proofs = (page_proof(page), Proof("form", form.action or page.url, form.text))
        count = _filters(form)
        if count >= self.min_filters:
            return passed(say("doc_search_ok", count=count), proofs=proofs, **more)
        return partial(say("doc_search_thin", count=count, need=self.min_filters), ratio=0.5, proofs=proofs, **more)


def _looks_up(form: Form) -> bool:
    """A form of the main column that is sent by GET with words and a choice: a search, whatever it is called."""
    kinds = {"select" if i.options else i.type for i in form.inputs}
    is_plain = form.purpose is FormPurpose.OTHER and form.method.lower() == "get" and form.zone is Zone.BODY
    return is_plain and bool({"text", "search", ""} & kinds) and bool({"select", "date"} & kinds)


def _names(form: Form) -> frozenset[str]:
    """What tells a form from another: the names of its controls."""
    return frozenset(i.name for i in form.inputs)


def _filters(form: Form) -> int:
    return sum(i.type not in ("hidden", "submit", "button", "reset", "image", "checkbox") for i in form.inputs)


class DocumentLateness(_OfDocuments):
    """Documents are put up in time (điểm c khoản 1 Điều 17).

    Lateness is the number of working days from issue to posting, where both dates are shown. Own
    documents have ``own_days``, those of higher bodies ``upper_days``. Where only the day of issue is shown,
    a document took at most until the day of the audit: within the limit it was in time, else it is unknown and
    the message says "at most". Never failed by one date. Passes from ``full_share`` in time on.
    """

    key: ClassVar[str] = "document_lateness"
    samples: ClassVar[bool] = True
    own_days: int = 2
    upper_days: int = 10
    full_share: float = 0.9
    half_share: float = 0.5

    def judge(self, evidence: Evidence) -> Answer:
        found = self.there(evidence)
        if isinstance(found, Answer):
            return found
        good, total, worst = 0, 0, 0
        at_most: list[int] = []
        for entry in entries(evidence, found):
            limit = self.upper_days if _from_above(entry, evidence) else self.own_days
            late = lateness(entry, limit)
            if late is None:
                bound = latest(entry, evidence.today)
                if bound is None or bound > limit:
                    at_most += [] if bound is None else [bound]
                    continue
                late = bound
            total += 1
            good += late <= limit
            worst = max(worst, late)
        for late, number in [] if total else _cards(found, evidence):
            total += 1
            good += late <= (self.upper_days if _ABOVE.search(number) else self.own_days)
            worst = max(worst, late)
        more: dict[str, Any] = {"proofs": self.proofs(found), "confidence": Confidence.MEDIUM}
        if not total:
            message = say("late_at_most", least=min(at_most), most=max(at_most)) if at_most else say("late_unknown")
            return unknown(message, "no_date", proofs=self.proofs(found))
        if good / total >= self.full_share:
            return passed(say("late_ok", good=good, total=total, own=self.own_days, upper=self.upper_days), **more)
        message = say("late_some", good=good, total=total, worst=worst)
        if good:
            return partial(message, ratio=0.5 if good / total >= self.half_share else 0.25, **more)
        return failed(message, **more)


def _cards(found: Search, evidence: Evidence) -> list[tuple[int, str]]:
    """Lateness of documents shown as cards of labelled values, without a page of their own, with their numbers."""
    out: list[tuple[int, str]] = []
    issued: dt.date | None = None
    for field in [f for h in found.accepted if h.page is not None for f in h.page.fields]:
        for seen in find_dates(f"{field.name}: {field.value}", evidence.today):
            if seen.role is DateRole.ISSUED:
                issued = seen.day
            elif seen.role is DateRole.PUBLISHED and issued is not None and seen.day >= issued:
                out.append((workdays_between(issued, seen.day), field.value))
                issued = None
    return out


def lateness(entry: Entry, limit: int) -> int | None:
    """Working days from issue to posting, or None when one of the dates is not shown.

    "Ngày cập nhật" alone proves that a document was there by then: told within ``limit``, unknown after it.
    """
    issued = entry.day(DateRole.ISSUED)
    posted = entry.day(DateRole.PUBLISHED)
    changed = entry.day(DateRole.UPDATED)
    seen = posted or changed
    if issued is None or seen is None or seen.day < issued.day:
        return None
    late = workdays_between(issued.day, seen.day)
    return late if posted is not None or late <= limit else None


def latest(entry: Entry, today: dt.date) -> int | None:
    """Working days a document took at most, where only its day of issue is shown: it was there on the audit's day."""
    issued = entry.day(DateRole.ISSUED)
    return workdays_between(issued.day, today) if issued is not None and issued.day <= today else None


_ABOVE = re.compile(r"/(?:NĐ-CP|TT-|TTLT|QĐ-TTg|CT-TTg|QH\d+|NQ-CP|UBTVQH|NQ-TW|CT-TW)")


def _from_above(entry: Entry, evidence: Evidence) -> bool:
    """Whether a document comes from a body above the portal's own."""
    words = entry.words()
    if evidence.portal.kind in (BodyKind.MINISTRY, BodyKind.GOVERNMENT_AGENCY):
        return bool(re.search(r"/(?:NĐ-CP|QĐ-TTg|CT-TTg|QH\d+|NQ-CP|UBTVQH|NQ-TW)", words))
    if _ABOVE.search(words):
        return True
    lower = evidence.portal.kind not in (BodyKind.PROVINCE, BodyKind.MINISTRY)
    return lower and bool(re.search(r"/(?:QĐ|NQ|CT|KH|UBND|CV)-?(?:UBND|HĐND|TU)\b", words))
