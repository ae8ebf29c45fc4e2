"""A printed document as values: what the Word and the PDF writer are given, free of either's ways."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reports import words

#: A gap that people fill in: "[… điền nguyên nhân …]".
GAP = re.compile(r"\[…[^\[\]]*…\]")

#: What may not stand in XML, and what turns a line around or shows nothing.
_UNPRINTABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\x00-\x1f\x7f-\x9f]")

Align = Literal["left", "center", "right"]
Style = Literal["body", "bullet", "note", "title", "subject", "closing"]


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look; ``gap``: to be filled in by people, marked with a colour."""

    text: str
    bold: bool = False
    italic: bool = False
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's head; level 1 is "I.", 2 is "1.", 3 is "1.1."; it stays with what follows."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. ``bold`` and ``italic`` are for the whole of it; gaps in the text are found and marked."""

    text: str
    style: Style = "body"
    bold: bool = False
    italic: bool = False

    @property
    def runs(self) -> tuple[Run, ...]:
        return tuple(runs(self.text, self.bold, self.italic))


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head that is repeated on every page. ``widths`` are shares of the line."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    align: tuple[Align, ...] = ()
    #: Numbers of rows printed bold: totals.
    strong: frozenset[int] = frozenset()
    #: Of the letters, in points; long tables of appendices are set smaller.
    size: float = 11

    def aligned(self, column: int) -> Align:
        return self.align[column] if column < len(self.align) else "left"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG as wide as the line, or as high as a page lets it be, and what it shows in words."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Appendix:
    """Begins a new page, wide where the table asks for it."""

    number: str
    title: str
    wide: bool = False


#: Letters of the long tables of findings, in points.
SMALL = 9.5
#: The highest picture, in millimetres.
HIGHEST = 150

Block = Heading | Para | Table | Picture | Appendix


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of an official document. Each line is text; gaps are marked."""

    above: str
    issuer: str
    number: str
    place_day: str
    state: str
    motto: str


@dataclass(frozen=True, slots=True)
class Ending:
    """Who gets the document and who signs it."""

    recipients_head: str
    recipients: tuple[str, ...]
    position: str
    hint: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. ``made`` is written into its properties, so that the same audit gives the same bytes."""

    kind: str
    subject: str
    head: Letterhead
    blocks: tuple[Block, ...]
    ending: Ending
    #: Blocks after the signature.
    appendices: tuple[Block, ...]
    #: Stands below the title of each appendix: which document it belongs to.
    attached: str
    tool: str
    made: dt.datetime
    lang: str = "vi"


def together(blocks: tuple[Block, ...], most: int = 3) -> int:
    """How many blocks at the end stand on the page of the signature: the last paragraphs, and a head before them."""
    count = 0
    while count < min(most, len(blocks)) and isinstance(blocks[-1 - count], Para):
        count += 1
    heads = count < len(blocks) and isinstance(blocks[-1 - count], Heading)
    return count + heads


def clean(text: object, limit: int = 2000) -> str:
    """Text as it may be printed: letters composed, nothing that XML forbids or that turns lines around, not endless."""
    return unicodedata.normalize("NFC", words.seen(_UNPRINTABLE.sub(" ", str(text)), limit))


def runs(text: str, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    """The text cut at its gaps."""
    at = 0
    for gap in GAP.finditer(text):
        if gap.start() > at:
            yield Run(text[at : gap.start()], bold, italic)
        yield Run(gap.group(), bold, italic, gap=True)
        at = gap.end()
    if at < len(text) or not text:
        yield Run(text[at:], bold, italic)
