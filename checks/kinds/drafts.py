"""Drafts put up for comment, and feedback on administrative regulations (điểm i khoản 1 Điều 10)."""

from __future__ import annotations

from typing import Any, ClassVar

from checks.answers import could_not_look
from checks.gate import not_looked
from checks.hits import Search
from checks.kinds.people import words_of
from checks.kinds.section import SectionKind
from checks.people import ways
from checks.sample import detail_pages, entries
from checks.say import join, say
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, Text, partial, passed
from core.hosts import host_of
from core.page import GONE, DateRole, FormPurpose, Page, Zone
from core.text import any_phrase, fold, shorten

_CLOSING = (
    "han gop y",
    "thoi han gop y",
    "thoi han lay y kien",
    "thoi han tiep nhan",
    "ngay ket thuc",
    "ngay het han",
    "den ngay",
    "truoc ngay",
    "het han",
    "han cuoi",
    "ket thuc",
)
_COMMENT = (
    "gui y kien",
    "gui gop y",
    "y kien dong gop",
    "noi dung gop y",
    "tham gia y kien",
    "y kien cua ban",
    "binh luan",
    "danh sach y kien",
    "cac y kien",
    "xem y kien",
    "gop y truc tuyen",
)


class DraftDetails(SectionKind):
    """Drafts come with their full text and a closing date.

    Passes when sampled drafts show both, partial with one, 0.25 with none while the section is there,
    fails without the section; unknown when the section or its drafts could not be read.
    """

    key: ClassVar[str] = "draft_details"
    samples: ClassVar[bool] = True

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        pages = detail_pages(evidence, found)
        text = fold("\n".join(words_of(p) for p in pages))
        details = [e.page for e in entries(evidence, found) if e.page is not None]
        dates = [d for p in pages for d in (*p.dates, *(d for i in p.items for d in i.dates))]
        closing = any(d.role is DateRole.DEADLINE for d in dates) or any_phrase(text, _CLOSING) is not None
        full = any(_alive(evidence, a.url) for p in pages for a in p.attachments) or any(
            p.text_length > 1500 for p in details
        )
        return _shown(self, found, {"full_text": full, "closing_date": closing})


class DraftComments(SectionKind):
    """Comments can be sent and seen, and an address or e-mail for them is given.

    Passes with both, partial with one, 0.25 with none while the section is there; fails without the
    section; unknown when it was not read.
    """

    key: ClassVar[str] = "draft_comments"

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        pages = detail_pages(evidence, found)
        text = "\n".join(words_of(p) for p in pages)
        forms = {f.purpose for p in pages for f in p.forms}
        can_send = bool(forms & {FormPurpose.COMMENT, FormPurpose.QUESTION})
        # words in a sentence ("mọi ý kiến gửi về …") are no function: only links, headings and fields are
        labels = [h.text for p in pages for h in p.headings] + [f.name for p in pages for f in p.fields]
        labels += [k.label for p in pages for k in p.links if k.url and k.zone is Zone.BODY and k.url != p.url]
        can_send = can_send or any(any_phrase(fold(n), _COMMENT) and len(n) <= 60 for n in labels)
        return _shown(
            self,
            found,
            {"comment_form": can_send, "comment_address": bool(ways(text) & {"email", "address"})},
        )


def _alive(evidence: Evidence, url: str) -> bool:
    """Whether a file was not found to be gone."""
    fetch = evidence.fetch(url)
    return fetch is None or fetch.outcome not in GONE


def _shown(kind: SectionKind, found: Search, parts: dict[str, bool]) -> Answer:
    there: list[Text] = [say(k) for k, yes in parts.items() if yes]
    lacking: list[Text] = [say(k) for k, yes in parts.items() if not yes]
    more: dict[str, Any] = {"proofs": kind.proofs(found), "confidence": kind.confidence(found)}
    if not lacking:
        return passed(say("draft_ok", found=join(there)), **more)
    return partial(say("draft_lack", missing=join(lacking)), ratio=0.5 if there else 0.25, **more)


class FeedbackIntake(SectionKind):
    """Feedback on administrative regulations is received (điểm i khoản 1 Điều 10; Điều 13 NĐ 20/2008).

    Passes when the section gives an address, phone, e-mail or form, or when the portal links the
    national reception system (``hosts``). Partial when the section gives none of these. Fails without
    either; unknown when not everything was looked at.
    """

    key: ClassVar[str] = "feedback_intake"
    hosts: tuple[str, ...] = ()

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        system = self._system(evidence)
        pages: list[Page] = [h.page for h in found.accepted if h.page is not None]
        given = [say(f"f_{w}") for w in sorted(ways("\n".join(words_of(p) for p in pages)))]
        asks = {FormPurpose.QUESTION, FormPurpose.COMMENT}
        if any(f.purpose in asks for p in pages for f in p.forms):
            given.append(say("feedback_form"))
        if system is not None:
            given.append(say("feedback_system"))
        proofs = self.proofs(found) + ((system,) if system else ())
        if given:
            return passed(say("feedback_ok", found=join(given)), proofs=proofs, confidence=self.confidence(found))
        block = self._block(evidence)
        if block is not None:
            given = [say(f"f_{w}") for w in sorted(ways(block))]
            proof = Proof("page", evidence.portal.url, shorten(block, 160))
            message = say("feedback_ok", found=join(given))
            return passed(message, proofs=(proof,), confidence=Confidence.MEDIUM)
        if found.best is not None:
            return partial(say("feedback_thin"), ratio=0.5, proofs=proofs)
        cause = not_looked(evidence, self.rule, found)
        return could_not_look(cause, found) if cause else self.missing(evidence, found)

    @staticmethod
    def _block(evidence: Evidence) -> str | None:
        """The block of words Điều 13 NĐ 20/2008 asks for, put on the home page: who receives feedback, and how."""
        home = evidence.home
        lines = "" if home is None else f"{home.text}\n{home.footer_text}\n{home.header_text}"
        rows = lines.split("\n")
        for n, row in enumerate(rows):
            folded = fold(row)
            if "tiep nhan" in folded and "phan anh" in folded and "kien nghi" in folded:
                block = "\n".join(rows[n : n + 4])
                if ways(block) & {"phone", "email"}:
                    return block
        return None

    def _system(self, evidence: Evidence) -> Proof | None:
        for _, link in evidence.links(2):
            if link.url and not link.hidden and host_of(link.url) in self.hosts:
                return Proof("link", link.url, link.label)
        return None
