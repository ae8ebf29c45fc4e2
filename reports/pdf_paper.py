"""A document to PDF (reportlab, from a wheel, no shared libraries): A4, Liberation Serif embedded.

The fonts lie in ``reports/fonts``; a letter they lack is printed as □. Nothing is loaded from elsewhere, text is
escaped before reportlab reads it as markup, and the same document gives the same bytes.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    Image,
    KeepTogether,
    LongTable,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import Table as Grid

from reports.paper import (
    HIGHEST,
    Appendix,
    Ending,
    Heading,
    Letterhead,
    Paper,
    Para,
    Picture,
    Run,
    Table,
    runs,
    together,
)

FONTS = Path(__file__).parent / "fonts"
FAMILY = "LiberationSerif"
#: Margins of an official document in millimetres: top, right, bottom, left.
MARGINS = (20, 15, 20, 30)
_ALIGN: dict[str, Literal[0, 1, 2]] = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
#: A head stands on a page only where so much of what follows it fits below.
_TOGETHER = 45 * mm
#: A table of so few rows is not cut.
_SMALL = 4
#: Lower than every page: a row that is taller is cut.
_TALLEST = 440
#: A cell with fewer letters is never that tall.
_LONG = 600
_GAP_COLOUR = "#fff59d"


def render(paper: Paper) -> bytes:
    """The document as a PDF file."""
    _fonts()
    out = io.BytesIO()
    document = _Document(out, paper)
    width = document.width_of(wide=False)
    story: list[Flowable] = [*_letterhead(paper.head, width), Spacer(1, 14)]
    story += [_text(paper.kind, 14, bold=True, align="center"), _text(paper.subject, 14, bold=True, align="center")]
    story.append(HRFlowable(width="30%", thickness=0.6, color=black, spaceBefore=4, spaceAfter=10))
    cut = len(paper.blocks) - together(paper.blocks)
    for block in paper.blocks[:cut]:
        story += _block(block, width)
    last = [flowable for block in paper.blocks[cut:] for flowable in _block(block, width)]
    story.append(KeepTogether([*last, *_ending(paper.ending, width)]))  # who signs stands under words of the text
    for block in paper.appendices:
        if isinstance(block, Appendix):
            width = document.width_of(wide=block.wide)
            story += [_NumbersAnew(document), *_block(block, width)]
            story.insert(-1, _text(paper.attached, 12, italic=True, align="center"))
        else:
            story += _block(block, width)
    document.build(story)
    return out.getvalue()


class _Document(BaseDocTemplate):
    """Upright and wide pages, numbered in the middle of the upper margin from the second on; no times, no ids."""

    def __init__(self, out: io.BytesIO, paper: Paper) -> None:
        super().__init__(
            out,
            pagesize=A4,
            title=paper.subject[:250],
            author=paper.tool,
            creator=paper.tool,
            lang="vi-VN" if paper.lang == "vi" else "en-GB",
            invariant=1,
            initialFontName=FAMILY,
        )
        #: The page whose number is 1, and whether the next page is.
        self.first, self.anew = 1, False
        upright, across = self._frame(wide=False), self._frame(wide=True)
        self.addPageTemplates(
            [
                PageTemplate("upright", [upright], onPage=self._number, pagesize=A4),
                PageTemplate("wide", [across], onPage=self._number, pagesize=landscape(A4)),
            ]
        )

    @staticmethod
    def _box(wide: bool) -> tuple[float, float, float, float]:
        across, down = landscape(A4) if wide else A4
        top, right, bottom, left = (m * mm for m in (MARGINS if not wide else (MARGINS[3], *MARGINS[:3])))
        return left, bottom, across - left - right, down - top - bottom

    def _frame(self, *, wide: bool) -> Frame:
        return Frame(*self._box(wide), leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)

    def width_of(self, *, wide: bool) -> float:
        return self._box(wide)[2]

    def _number(self, canvas: Any, document: Any) -> None:
        """In the upper margin; not on the first page of the letter and of each appendix, which are numbered anew."""
        if self.anew:
            self.first, self.anew = document.page, False
        number = document.page - self.first + 1
        if number > 1:
            canvas.setFont(FAMILY, 13)
            across, down = canvas._pagesize
            canvas.drawCentredString(across / 2, down - 13 * mm, str(number))


class _NumbersAnew(Flowable):
    """Stands before the break of a page that is the first of its own."""

    def __init__(self, document: _Document) -> None:
        super().__init__()
        self.document = document

    def wrap(self, *_: Any) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.document.anew = True


@lru_cache(maxsize=1)
def _fonts() -> frozenset[int]:
    """The fonts made known to reportlab; gives the code points the upright one has."""
    faces = {}
    for look in ("Regular", "Bold", "Italic", "BoldItalic"):
        name = FAMILY if look == "Regular" else f"{FAMILY}-{look}"
        faces[look] = TTFont(name, str(FONTS / f"LiberationSerif-{look}.ttf"))
        pdfmetrics.registerFont(faces[look])
    names = [FAMILY, f"{FAMILY}-Bold", f"{FAMILY}-Italic", f"{FAMILY}-BoldItalic"]
    pdfmetrics.registerFontFamily(FAMILY, *names)
    return frozenset.intersection(*(frozenset(face.face.charToGlyph) for face in faces.values()))


def _markup(given: tuple[Run, ...]) -> str:
    """Runs as reportlab's markup, everything in them escaped."""
    known = _fonts()
    parts = []
    for run in given:
        text = escape("".join(c if ord(c) in known else "□" for c in run.text))
        text = f"<b>{text}</b>" if run.bold else text
        text = f"<i>{text}</i>" if run.italic else text
        parts.append(f'<font backColor="{_GAP_COLOUR}">{text}</font>' if run.gap else text)
    return "".join(parts)


@lru_cache(maxsize=64)
def _style(size: float, alignment: Literal[0, 1, 2, 4], indent: float, before: float, after: float) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}-{alignment}-{indent}-{before}-{after}",
        fontName=FAMILY,
        fontSize=size,
        leading=size * 1.22,
        alignment=alignment,
        firstLineIndent=indent,
        spaceBefore=before,
        spaceAfter=after,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )


def _text(text: str, size: float = 13, *, bold: bool = False, italic: bool = False, align: str = "left") -> Paragraph:
    return Paragraph(_markup(tuple(runs(text, bold, italic))), _style(size, _ALIGN[align], 0, 0, 2))


def _bare(rows: list[list[Any]], widths: list[float]) -> Grid:
    return Grid(
        rows,
        colWidths=widths,
        style=[
            ("FONTNAME", (0, 0), (-1, -1), FAMILY),
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ],
    )


def _letterhead(head: Letterhead, width: float) -> list[Flowable]:
    left: list[Flowable] = [_text(head.above, 12, align="center")] if head.above else []
    left += [_text(line, 12, bold=True, align="center") for line in head.issuer.split("\n")]
    left.append(_short_rule("35%"))
    right: list[Flowable] = [
        _text(head.state, 12, bold=True, align="center"),
        _text(head.motto, 13, bold=True, align="center"),
    ]
    right += [_short_rule("60%")]
    below = [_text(head.number, 12.5, align="center"), _text(head.place_day, 12.5, italic=True, align="center")]
    return [_bare([[left, right], below], [width * 0.41, width * 0.59])]


def _short_rule(width: str) -> Flowable:
    return HRFlowable(width=width, thickness=0.6, color=black, spaceBefore=2, spaceAfter=4)


def _ending(ending: Ending, width: float) -> list[Flowable]:
    left = [_text(ending.recipients_head, 12, bold=True, italic=True)]
    left += [_text(text, 11) for text in ending.recipients]
    right = [_text(ending.position, bold=True, align="center"), _text(ending.hint, 12, italic=True, align="center")]
    return [Spacer(1, 10), _bare([[left, [*right, Spacer(1, 60)]]], [width / 2, width / 2])]


def _block(block: Heading | Para | Table | Picture | Appendix, width: float) -> list[Flowable]:
    match block:
        case Heading():
            style = _style(13, TA_LEFT, 0 if block.level == 1 else 10 * mm, 10 if block.level == 1 else 6, 4)
            return [
                CondPageBreak(_TOGETHER),
                Paragraph(_markup(tuple(runs(block.text, True, block.level == 3))), style),
            ]
        case Para():
            small = block.style == "note"
            indent, alignment = (0, TA_LEFT) if small else (10 * mm, TA_JUSTIFY)
            style = _style(11 if small else 13, alignment, indent, 0, 6)
            text = f"- {block.text}" if block.style == "bullet" else block.text
            return [Paragraph(_markup(tuple(runs(text, block.bold, block.italic))), style)]
        case Table():
            table = _table(block, width)
            return [KeepTogether([table]) if len(block.rows) <= _SMALL else table, Spacer(1, 8)]
        case Picture():
            image = Image(io.BytesIO(block.png))
            scale = min(width / image.imageWidth, HIGHEST * mm / image.imageHeight)
            image.drawHeight, image.drawWidth = image.imageHeight * scale, image.imageWidth * scale
            return [image, Spacer(1, 6)]
        case Appendix():
            heads = [
                _text(block.number, 14, bold=True, align="center"),
                _text(block.title, 13, bold=True, align="center"),
            ]
            return [NextPageTemplate("wide" if block.wide else "upright"), PageBreak(), *heads, Spacer(1, 8)]


def _table(block: Table, width: float) -> Flowable:
    def cells(values: tuple[str, ...], *, head: bool = False, strong: bool = False) -> list[Paragraph]:
        return [
            _cell(t, "center" if head else block.aligned(n), block.size, bold=head or strong)
            for n, t in enumerate(values)
        ]

    rows = [cells(block.heads, head=True)]
    rows += [cells(values, strong=number in block.strong) for number, values in enumerate(block.rows)]
    whole = sum(block.widths)
    return LongTable(
        rows,
        colWidths=[width * share / whole for share in block.widths],
        repeatRows=1,
        splitInRow=int(_too_tall(rows, block, width)),
        style=[
            ("FONTNAME", (0, 0), (-1, -1), FAMILY),
            *(("NOSPLIT", (0, row + 1), (-1, row + 2)) for row in block.strong if row + 1 < len(block.rows)),
            ("GRID", (0, 0), (-1, -1), 0.5, black),
            ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e7e9ec")),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 1 if block.size < 11 else 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2 if block.size < 11 else 3),
        ],
    )


def _cell(text: str, align: str, size: float, *, bold: bool) -> Paragraph:
    lines = [_markup(tuple(runs(line, bold))) for line in text.split("\n")]
    return Paragraph("<br/>".join(lines), _style(size, _ALIGN[align], 0, 0, 0))


def _too_tall(rows: list[list[Paragraph]], block: Table, width: float) -> bool:
    """Whether a row is taller than a page; only then may rows be cut."""
    whole = sum(block.widths)
    return any(
        len(text) > _LONG and cell.wrap(width * share / whole - 6, 10_000)[1] > _TALLEST
        for row, texts in zip(rows[1:], block.rows, strict=True)
        for cell, text, share in zip(row, texts, block.widths, strict=True)
    )
