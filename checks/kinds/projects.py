"""The nine fields of a project (điểm h khoản 1 Điều 10)."""

from __future__ import annotations

from typing import ClassVar

from checks.hits import Search
from checks.kinds.documents import FieldDef, FieldsKind
from checks.kinds.people import words_of
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
    samples: ClassVar[bool] = True
    full_fields: int = 7
    half_fields: int = 4

    def plain(self, wanted: FieldDef, pages: list[Page], evidence: Evidence, found: Search) -> bool:
        text = fold("\n".join(words_of(p) for p in pages))
        if wanted.id == "name":
            return "du an" in text or "goi thau" in text or "cong trinh" in text
        cues = tuple(fold(c) for c in wanted.cues if len(c.split()) >= 2)
        return any(_says(words_of(p), cues) for p in pages)


def _says(text: str, cues: tuple[str, ...]) -> bool:
    """Whether one of the labels stands in the text with a value after it, in its cell or the next."""
    for line in text.split("\n"):
        cells = [fold(c) for c in line.split(" | ")]
        for cell, after in zip(cells, [*cells[1:], ""], strict=True):
            cue = any_phrase(cell, cues)
            if cue is not None:
                rest = cell.split(cue, 1)[1].strip()
                if len(rest) >= 3 or (rest == "" and len(after) >= 2):
                    return True
    return False
