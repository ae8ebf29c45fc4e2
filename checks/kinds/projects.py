"""The nine fields of a project (điểm h khoản 1 Điều 10)."""

from __future__ import annotations

from typing import ClassVar

from checks.kinds.documents import FieldDef, FieldsKind
from checks.kinds.people import words_of
from checks.sections import Search
from core.evidence import Evidence
from core.page import Page
from core.text import any_phrase, fold


class ProjectFields(FieldsKind):
    """Projects show name, aim, field, kind, time, cost, kind of funding, funder, state.

    Read from table heads and labelled values of the list and of sampled projects. Passes from
    ``full_fields``, partial from one field on, fails with none or without the section; unknown when
    the section was not read.
    """

    key: ClassVar[str] = "project_fields"
    full_fields: int = 7
    half_fields: int = 4

    def plain(self, wanted: FieldDef, pages: list[Page], evidence: Evidence, found: Search) -> bool:
        text = fold("\n".join(words_of(p) for p in pages))
        if wanted.id == "name":
            return "du an" in text or "goi thau" in text or "cong trinh" in text
        return any_phrase(text, (fold(c) for c in wanted.cues if len(c.split()) >= 2)) is not None
