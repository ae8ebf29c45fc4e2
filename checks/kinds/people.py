"""Leaders, competent officials, and the portal's own contact (điểm a, k, l khoản 1 Điều 10)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from checks import advice
from checks.answers import could_not_look, page_proof
from checks.gate import not_looked
from checks.hits import Search
from checks.kinds.section import SectionKind, in_name_only
from checks.match import STRONG
from checks.people import EMAIL, PHONE, TITLE, official_email, person_names, ways
from checks.sample import detail_pages
from checks.say import join, say
from checks.sections import search
from core.evidence import Evidence
from core.finding import Answer, failed, partial, passed
from core.page import Page
from core.portal import Portal
from core.text import fold

_BIO = (
    "tieu su",
    "ly lich",
    "sinh nam",
    "ngay sinh",
    "sinh ngay",
    "nam sinh",
    "que quan",
    "trinh do",
    "ly luan chinh tri",
    "qua trinh cong tac",
    "ngay vao dang",
    "dan toc",
    "cu nhan",
    "thac si",
    "tien si",
    "ky su",
    "tung la",
    "trai qua cac chuc vu",
)
#: "Sinh 1978", "sinh 05/3/1970"
_BORN = re.compile(r"\bsinh (?:nam |ngay |thang )?\d")
_UNITS = ("phong ", "van phong", "ban ", "trung tam", "chi cuc", "thanh tra", "vu ", "cuc ", "to ")
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
        if found.best is None and not _unread(found):
            found = beside(self, evidence, found, least=self.min_people)
        if found.best is None:
            return self.missing(evidence, found)
        pages = [*detail_pages(evidence, found), *_persons(evidence, found)]
        text = "\n".join(words_of(p) for p in pages)
        names = person_names(text)
        titles = len(TITLE.findall(text))
        count = max(min(len(names), titles), 1 if names and titles else 0)
        folded = fold(text)
        lacking = [say(k) for k, cues in (("bio", _BIO), ("duties", _DUTIES)) if not any(c in folded for c in cues)]
        if _BORN.search(folded):
            lacking = [k for k in lacking if k != say("bio")]
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        name = self.name_of(found)
        if count >= self.min_people and lacking:
            more |= advice.whole(self.rename_advice(found), advice.add(name, lacking))
        if count < self.min_people:
            return partial(say("leaders_few", name=name, count=count), ratio=0.5 if count else 0.25, **more)
        if lacking:
            return partial(say("leaders_lack", count=count, missing=join(lacking)), ratio=0.5, **more)
        return passed(say("leaders_ok", count=count), **more)


def _unread(found: Search) -> bool:
    """Whether the section has a page of its own that could not be read."""
    return any(h.blocked is not None and h.score >= STRONG for h in found.rejected)


def _persons(evidence: Evidence, found: Search) -> list[Page]:
    """Pages of the persons themselves, linked by name from the section."""
    links = [k for h in found.accepted if h.page is not None for k in h.page.links if k.url and person_names(k.label)]
    pages = [evidence.page(k.url) for k in links]
    return list({p.url: p for p in pages if p is not None and p is not evidence.home}.values())


def beside(kind: SectionKind, evidence: Evidence, found: Search, least: int) -> Search:
    """People with their titles named on a page of the same điểm: on organisation, on contacts."""
    family = {w.rule for w in evidence.plan.wordings if w.family and w.family == kind.family and w.rule != kind.rule}
    for rule in sorted(family):
        hits = tuple(
            h
            for h in search(evidence, rule).accepted
            if h.page is not None
            and len(person_names(words_of(h.page))) >= least
            and len(TITLE.findall(words_of(h.page))) >= least
        )
        if hits:
            return Search(hits, found.rejected)
    return found


class Officials(SectionKind):
    """Contacts of officials or the spokesperson (điểm k khoản 1 Điều 10; khoản 4 Điều 3 NĐ 09/2017).

    ``wanted`` of name, title, unit, phone (or fax), email are looked for in rows, fields and text.
    Passes when at least ``min_fields`` of them are given, for all ``parts`` of the list. Partial when fewer are or
    parts are missing; an e-mail that is no official one (.gov.vn) counts half, so it is named as missing.
    Fails when there is no directory or it is there in name only; unknown when it was not read.
    """

    key: ClassVar[str] = "officials"
    min_fields: int = 4
    wanted: tuple[str, ...] = ("name", "title", "unit", "phone", "email")
    #: An address under .gov.vn is asked for.
    official: bool = True

    def judge(self, evidence: Evidence) -> Answer:
        found = self.find(evidence)
        lent = False
        if found.best is None and not _unread(found):
            found = beside(self, evidence, found, least=2)
            lent = found.best is not None
        if found.best is None:
            return self.missing(evidence, found)
        given = self._given(detail_pages(evidence, found), evidence.portal)
        there = [say(f"f_{k}") for k in self.wanted if k in given]
        lacking = [say(f"f_{k}") for k in self.wanted if k not in given]
        more: dict[str, Any] = {
            "proofs": self.proofs(found),
            "confidence": self.confidence(found),
            "fix": self.rename_advice(found),
        }
        files = any(h.page.attachments for h in found.accepted if h.page is not None)
        count = len(there)
        if not there and not files:
            return self.missing(evidence, in_name_only(found))
        if "name" in self.wanted and "name" not in given and found.best.score < STRONG:
            return self.missing(evidence, Search((), found.rejected))
        if lent and not {"name", "title", "phone", "email"} <= given:
            return self.missing(evidence, in_name_only(found))  # leaders on another page are no directory
        if {"title", "unit"} <= set(self.wanted) and not {"title", "unit"} & given and not files:
            return self.missing(evidence, in_name_only(found))  # a list of shops, ships or subscribers
        if not self.official:
            given.add("official")
        if "email" in given and "official" not in given:
            lacking.append(say("f_official_email"))
        if count >= self.min_fields and not (count == self.min_fields and "official" not in given and "email" in given):
            absent = self.part_state(evidence, found)[1]
            if absent:
                names = join([p.title.text() for p in absent])
                return partial(say("parts_missing", name=self.name_of(found), missing=names), ratio=0.5, **more)
            return passed(say("officials_ok", found=join(there)), **more)
        reachable = bool({"phone", "email"} & given) and count >= 2
        more |= advice.whole(self.rename_advice(found), advice.add(self.name_of(found), lacking))
        key = "officials_lack" if there else "officials_none"
        message = say(key, found=join(there), missing=join(lacking))
        return partial(message, ratio=0.5 if reachable else 0.25, **more)

    @staticmethod
    def _given(pages: list[Page], portal: Portal) -> set[str]:
        text = "\n".join(words_of(p) for p in pages)
        columns = " | ".join(fold(h) for p in pages for t in p.tables for h in t.headers)
        columns += " | " + " | ".join(fold(f.name) for p in pages for f in p.fields)
        heads = [fold(h.text) for p in pages for h in p.headings if h.level >= 2]
        cells = [fold(c) for p in pages for t in p.tables for row in t.rows for c in row]
        units = any(w in columns for w in ("don vi", "phong ban", "bo phan", "noi cong tac", "co quan"))
        given = {
            "name": bool(person_names(text)) or "ho va ten" in columns or "ho ten" in columns,
            "title": bool(TITLE.search(text)) or "chuc vu" in columns or "chuc danh" in columns,
            "unit": units or any(c.startswith(_UNITS) for c in (*heads, *cells)),
            "phone": bool(PHONE.search(text)),
            "email": bool(EMAIL.search(text)),
            "official": official_email(text, portal),
        }
        return {k for k, yes in given.items() if yes}


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
        texts = [p.footer_text + "\n" + p.header_text for p in evidence.within(0)]
        pages = [h.page for h in found.accepted if h.page is not None]
        texts += [words_of(p) for p in pages]
        texts += [k.href for p in (*evidence.within(0), *pages) for k in p.links if k.dead == "mailto"]
        whole = "\n".join(texts)
        if home is not None and not ways(whole) and not pages:
            whole = words_of(home)
        given = ways(whole)
        order = ("address", "phone", "fax", "email")
        there = [say(f"f_{k}") for k in order if k in given]
        lacking = [say(f"f_{k}") for k in order if k not in given]
        if "email" in given and not official_email(whole, evidence.portal):
            lacking.append(say("f_official_email"))
        proofs = self.proofs(found) or ((page_proof(home),) if home else ())
        if lacking and cause:
            return could_not_look(cause, found)
        if not lacking:
            return passed(say("contact_ok"), proofs=proofs)
        if there:
            ratio = 0.5 if len(there) >= 2 else 0.25
            return partial(say("contact_lack", missing=join(lacking)), ratio=ratio, proofs=proofs)
        return failed(say("contact_lack", missing=join(lacking)), proofs=proofs)
