"""What the foot of the page must show (điểm c khoản 3 Điều 16 TT 32/2017)."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from checks.answers import could_not_look, page_proof
from checks.front import foot_text, front
from checks.kind import Kind, failed
from checks.parts import Words
from checks.people import PLACE
from checks.say import say
from checks.seen import AGENCY, by_parts, home_cause, names
from core.evidence import Evidence
from core.finding import Answer, Confidence
from core.page import Page, Zone
from core.text import clean, fold, strip_marks

_PHONE = re.compile(r"(?<!\d)(?:\(?\+?84\)?|\(?0\d{1,3}\)?)[\d\s.()\-–]{6,14}\d|(?<!\d)1[89]00[\s.]?\d{4,6}")
_MAIL = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\s?\.\s?[\w-]+)+", re.I)
_RIGHTS = re.compile(r"©|\(c\)\s|b[ảả]n quy[ềề]n|copyright", re.I)
#: Fields that have a shape of their own, by the words of their ids.
_SHAPES = {
    "phone": _PHONE, "tel": _PHONE, "dien_thoai": _PHONE, "email": _MAIL, "mail": _MAIL, "copyright": _RIGHTS,
    "ban_quyen": _RIGHTS,
}  # fmt: skip
#: "Chịu trách nhiệm: Đ/c Phạm Văn D": here "đ/c" is a comrade and no address.
_COMRADE = re.compile(r"((?:trách nhiệm|phụ trách|biên tập|đại diện)[^\n.:]{0,30}:?\s*)đ/c\b\.?", re.I)
_PLACE = frozenset({"address", "dia_chi"})
_UNIT = frozenset({"name", "unit", "unit_name", "agency", "owner", "ten", "don_vi"})


class FooterField(BaseModel):
    """A thing the footer must say, and the words that introduce it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    title: Words
    cues: tuple[str, ...] = ()


class Footer(Kind):
    """The footer shows each of ``fields``: copyright, unit, responsible person, address, phone, e-mail.

    A field is there when one of its cues stands in the footer with something after it; telephone, e-mail,
    copyright, address and the unit's name are known by their shape too.
    Passes with all of them, fails with none, and is partial with some; the message names what is missing.
    Unknown when no page could be read.
    """

    key: ClassVar[str] = "footer"

    fields: tuple[FooterField, ...] = Field(min_length=1)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        page = home if foot_text(home) else next((p for p in evidence.pages if p.footer_text.strip()), home)
        text = _foot(page)
        every = [fold(c) for f in self.fields for c in f.cues if fold(c)]
        there = [f.title.text() for f in self.fields if _has(f, text, every)]
        lacking = [f.title.text() for f in self.fields if not _has(f, text, every)]
        sure = Confidence.HIGH if page.footer_text.strip() else Confidence.MEDIUM
        more: dict[str, Any] = {"proofs": (page_proof(page, text[-160:]),), "confidence": sure}
        if not there:
            return failed(say("footer_none", missing=names(lacking)), **more)
        return by_parts(there, lacking, **more)


def _foot(page: Page) -> str:
    """The footer's words with the addresses of its e-mail links; without a footer, the end of the page."""
    mails = [k.href.removeprefix("mailto:") for k in page.links if k.dead == "mailto" and k.zone is Zone.FOOTER]
    return " \n".join([foot_text(page), *mails])


def _has(field: FooterField, text: str, every: list[str]) -> bool:
    shape = _SHAPES.get(field.id.lower())
    if shape is not None:
        return shape.search(text) is not None
    if field.id.lower() in _PLACE and PLACE.search(strip_marks(text)):
        return True
    if any(not fold(cue) and cue and cue in text for cue in field.cues):  # "©" has no letters
        return True
    folded = f" {fold(_COMRADE.sub(_without, text))} "
    cues = [fold(c) for c in field.cues if fold(c)]
    if any(_followed(folded, cue, every) for cue in cues):
        return True
    return field.id.lower() in _UNIT and AGENCY.search(clean(text).casefold()) is not None


def _without(match: re.Match[str]) -> str:
    return match[1]


def _followed(text: str, cue: str, every: list[str]) -> bool:
    """Whether something stands after a cue before the next one: "Địa chỉ:" alone says nothing."""
    at = text.find(f" {cue} ")
    while at >= 0:
        rest = text[at + len(cue) + 1 :]
        if rest.strip() and not any(rest.startswith(f" {c} ") and c != cue for c in every):
            return True
        at = text.find(f" {cue} ", at + 1)
    return False
