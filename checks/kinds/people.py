"""Leaders, competent officials, and the portal's own contact (điểm a, k, l khoản 1 Điều 10)."""

from __future__ import annotations

from typing import Any, ClassVar

from checks.answers import could_not_look, page_proof
from checks.gate import not_looked
from checks.kinds.section import SectionKind
from checks.people import EMAIL, OFFICIAL_EMAIL, PHONE, TITLE, person_names, ways
from checks.sample import detail_pages
from checks.say import join, say
from core.evidence import Evidence
from core.finding import Answer, failed, partial, passed
from core.page import Page
from core.text import fold

_BIO = (
    "tieu su",
    "ngay sinh",
    "sinh ngay",
    "nam sinh",
    "que quan",
    "trinh do",
    "ly luan chinh tri",
    "qua trinh cong tac",
    "ngay vao dang",
    "dan toc",
)
_DUTIES = ("nhiem vu", "phu trach", "phan cong", "linh vuc", "chi dao", "dam nhiem", "theo doi")


def words_of(page: Page) -> str:
    """Text, fields, tables and entries of a page, with accents."""
    parts = [page.text, *(f"{f.name}: {f.value}" for f in page.fields)]
    parts += [f"{i.title} {i.summary}" for i in page.items]
    for table in page.tables:
        parts += [" ".join(table.headers), *(" | ".join(r) for r in table.rows)]
    parts += [i.alt for i in page.images if i.alt]
    return "\n".join(parts)


class Leaders(SectionKind):
    """Leaders with name, title, short biography and duties (điểm a khoản 1 Điều 10).

    Passes when at least ``min_people`` leaders are named with their titles, and biography and duties
    are shown on the page or on the pages of the persons.
    Partial when biography or duties are missing, or fewer people are named.
    Fails when there is no such section, or it is there in name only. Unknown when it was not read.
    """

    key: ClassVar[str] = "leaders"
    min_people: int = 2

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        pages = detail_pages(evidence, found)
        text = "\n".join(words_of(p) for p in pages)
        names = person_names(text)
        titles = len(TITLE.findall(text))
        count = max(min(len(names), titles), 1 if names and titles else 0)
        folded = fold(text)
        lacking = [say(k) for k, cues in (("bio", _BIO), ("duties", _DUTIES)) if not any(c in folded for c in cues)]
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        name = self.name_of(found)
        if count < self.min_people:
            return partial(say("leaders_few", name=name, count=count), ratio=0.5 if count else 0.25, **more)
        if lacking:
            return partial(say("leaders_lack", count=count, missing=join(lacking)), ratio=0.5, **more)
        return passed(say("leaders_ok", count=count), **more)


class Officials(SectionKind):
    """Contacts of competent officials: name, title, unit, phone/fax, official e-mail (điểm k khoản 1 Điều 10).

    Passes when at least ``min_fields`` of the five are given and the e-mail is an official one where
    e-mail is among them. Partial when fewer are given. Fails when there is no directory.
    """

    key: ClassVar[str] = "officials"
    min_fields: int = 4

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        if found.best is None:
            return self.missing(evidence, found)
        pages = detail_pages(evidence, found)
        text = "\n".join(words_of(p) for p in pages)
        columns = " | ".join(fold(h) for p in pages for t in p.tables for h in t.headers)
        given = {
            "f_name": bool(person_names(text)) or "ho va ten" in columns or "ho ten" in columns,
            "f_title": bool(TITLE.search(text)) or "chuc vu" in columns,
            "f_unit": any(
                c in f"{columns} {fold(text)}"
                for c in ("don vi", "phong", "van phong", "ban ", "thanh tra", "trung tam", "chi cuc")
            ),
            "f_phone": bool(PHONE.search(text)),
            "f_email": bool(EMAIL.search(text)),
        }
        there = [say(k) for k, yes in given.items() if yes]
        lacking = [say(k) for k, yes in given.items() if not yes]
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        if given["f_email"] and not OFFICIAL_EMAIL.search(text):
            lacking.append(say("f_official_email"))
            there = [say(k) for k, yes in given.items() if yes and k != "f_email"]
        if len(there) >= self.min_fields:
            return passed(say("officials_ok", found=join(there)), **more)
        if not (given["f_phone"] or given["f_email"]) or len(there) < 2:
            return partial(say("officials_lack", found=join(there), missing=join(lacking)), ratio=0.25, **more)
        return partial(say("officials_lack", found=join(there), missing=join(lacking)), ratio=0.5, **more)


class PortalContact(SectionKind):
    """The portal's own contact: address, phone, fax, official e-mail (điểm l khoản 1 Điều 10).

    Read in the footer and header of the home page and on the contact page. Passes when all four are
    there; partial when some are missing; fails when none is; unknown when neither was read.
    """

    key: ClassVar[str] = "portal_contact"
    min_fields: int = 4

    def judge(self, evidence: Evidence) -> Answer:
        home = evidence.home
        found = self.find(evidence)
        cause = not_looked(evidence, self.rule, found)
        texts = [home.footer_text, home.header_text] if home else []
        pages = [h.page for h in found.accepted if h.page is not None]
        texts += [words_of(p) for p in pages]
        texts += [p.footer_text for p in evidence.within(0)[1:]]
        whole = "\n".join(texts)
        if home is not None and not ways(whole) and not pages:
            whole = words_of(home)
        given = ways(whole)
        order = ("address", "phone", "fax", "email")
        there = [say(f"f_{k}") for k in order if k in given]
        lacking = [say(f"f_{k}") for k in order if k not in given]
        if "email" in given and not OFFICIAL_EMAIL.search(whole):
            lacking.append(say("f_official_email"))
        proofs = self.proofs(found) or ((page_proof(home),) if home else ())
        if lacking and cause and home is None:
            return could_not_look(cause, found)
        if not lacking:
            return passed(say("contact_ok"), proofs=proofs)
        if there:
            ratio = 0.5 if len(there) >= 2 else 0.25
            return partial(say("contact_lack", missing=join(lacking)), ratio=ratio, proofs=proofs)
        if cause:
            return self.missing(evidence, found)
        return failed(say("contact_lack", missing=join(lacking)), proofs=proofs)
