"""A document to Word (python-docx): A4, Times New Roman, heads of tables repeated, page numbers from the second page.

Nothing in it is loaded from elsewhere: addresses are plain text, pictures lie inside. The same document gives the
same bytes: its times are the document's own, and the archive carries none.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

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

FONT = "Times New Roman"
#: Margins of an official document: top, right, bottom, left.
MARGINS = (20, 15, 20, 30)
PAGE = (210, 297)
_NAMED = f'<w:font w:name="{FONT}">'.encode()
_INSTEAD = b'<w:altName w:val="Liberation Serif"/>'
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT}
_LANG = {"vi": "vi-VN", "en": "en-GB"}


def render(paper: Paper) -> bytes:
    """The document as a Word file."""
    document = Document()
    _properties(document, paper)
    _styles(document, _LANG[paper.lang])
    _of_today(document)
    _page(document.sections[0], wide=False)
    _page_number(document.sections[0])
    _letterhead(document, paper.head)
    _line(document, paper.kind, size=14, bold=True, align="center", before=18, after=0)
    _line(document, paper.subject, size=14, bold=True, align="center", after=0)
    _rule(document)
    for block in paper.blocks:
        _block(document, block)
    for paragraph in document.paragraphs[-together(paper.blocks) :] if paper.blocks else []:
        paragraph.paragraph_format.keep_with_next = True  # who signs stands under words of the text
    _ending(document, paper.ending)
    for block in paper.appendices:
        _block(document, block)
        if isinstance(block, Appendix):
            _line(document, paper.attached, size=12, italic=True, align="center", after=8)
    out = io.BytesIO()
    document.save(out)
    return _timeless(out.getvalue())


def _properties(document: Any, paper: Paper) -> None:
    core = document.core_properties
    core.title, core.author, core.last_modified_by = paper.subject[:250], paper.tool, paper.tool
    core.comments, core.keywords, core.language = "", "", _LANG[paper.lang]
    core.created = core.modified = paper.made.replace(tzinfo=None)
    core.revision = 1


def _styles(document: Any, lang: str) -> None:
    normal = document.styles["Normal"]
    _font(normal.element.get_or_add_rPr())
    normal.font.size = Pt(13)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), lang)
    normal.element.rPr.append(tag)
    normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.space_after = Pt(6)
    for level in (1, 2, 3):
        style = document.styles[f"Heading {level}"]
        _font(style.element.get_or_add_rPr())
        style.font.size, style.font.bold, style.font.italic = Pt(13), True, level == 3
        style.font.color.rgb = None
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10 if level == 1 else 6), Pt(4)
        style.paragraph_format.keep_with_next = True
        if level > 1:
            style.paragraph_format.first_line_indent = Mm(10)


def _of_today(document: Any) -> None:
    """Word opens it as a document of its own version and not in compatibility mode."""
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _font(properties: Any) -> None:
    """The font for every script; python-docx names it for Latin only."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _page(section: Any, *, wide: bool) -> None:
    across, down = PAGE[::-1] if wide else PAGE
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    top, right, bottom, left = MARGINS if not wide else (MARGINS[3], MARGINS[0], MARGINS[1], MARGINS[2])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(top),
        Mm(right),
        Mm(bottom),
        Mm(left),
    )
    section.header_distance = Mm(10)


def _page_number(section: Any) -> None:
    """In the middle of the upper margin, not on the first page."""
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _numbers_anew(section: Any) -> None:
    """Pages of an appendix are numbered on their own."""
    section.different_first_page_header_footer = True
    numbers = OxmlElement("w:pgNumType")
    numbers.set(qn("w:start"), "1")
    section._sectPr.insert_element_before(numbers, "w:cols", "w:titlePg", "w:docGrid")


def _width(document: Any) -> int:
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _put(paragraph: Any, given: tuple[Run, ...], size: float | None = None) -> None:
    for one in given:
        run = paragraph.add_run(one.text)
        run.bold, run.italic = one.bold or None, one.italic or None
        if size:
            run.font.size = Pt(size)
        if one.gap:
            run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _line(
    where: Any,
    text: str,
    *,
    size: float = 13,
    bold: bool = False,
    italic: bool = False,
    align: str = "left",
    before: float = 0,
    after: float = 4,
) -> Any:
    paragraph = where.add_paragraph()
    _put(paragraph, tuple(runs(text, bold, italic)), size)
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    return paragraph


def _rule(where: Any, share: float = 0.3) -> None:
    """A short line below the lines before it, in the middle."""
    paragraph = _line(where, "", size=4, after=8)
    across = _width(where) if hasattr(where, "sections") else Mm(70)
    indent = int(across * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _letterhead(document: Any, head: Letterhead) -> None:
    table = document.add_table(rows=2, cols=2)
    _fixed(table, (0.41, 0.59), _width(document))
    left, right = table.rows[0].cells
    if head.above:
        _line(left, head.above, size=12, align="center", after=0)
    for text in head.issuer.split("\n"):
        _line(left, text, size=12, bold=True, align="center", after=0)
    _rule(left, 0.35)
    _line(right, head.state, size=12, bold=True, align="center", after=0)
    _line(right, head.motto, size=13, bold=True, align="center", after=0)
    _rule(right, 0.6)
    _line(table.rows[1].cells[0], head.number, size=12.5, align="center")
    _line(table.rows[1].cells[1], head.place_day, size=12.5, italic=True, align="center")
    _drop_first_lines(table)


def _ending(document: Any, ending: Ending) -> None:
    _line(document, "", size=6).paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=2)
    _fixed(table, (0.5, 0.5), _width(document))
    _unbroken(table.rows[0])
    left, right = table.rows[0].cells
    _line(left, ending.recipients_head, size=12, bold=True, italic=True, after=0)
    for text in ending.recipients:
        _line(left, text, size=11, after=0)
    _line(right, ending.position, size=13, bold=True, align="center", after=0)
    _line(right, ending.hint, size=12, italic=True, align="center", after=60)
    _drop_first_lines(table)


def _drop_first_lines(table: Any) -> None:
    """A new cell begins with an empty paragraph; it goes once there are others."""
    for row in table.rows:
        for cell in row.cells:
            first = cell.paragraphs[0]
            if not first.text and len(cell.paragraphs) > 1:
                first._p.getparent().remove(first._p)


def _block(document: Any, block: Heading | Para | Table | Picture | Appendix) -> None:
    match block:
        case Heading():
            document.add_heading(block.text, block.level)
        case Para():
            _para(document, block)
        case Table():
            _table(document, block)
        case Picture():
            shape = document.add_picture(io.BytesIO(block.png), width=_width(document))
            if shape.height > Mm(HIGHEST):
                shape.width, shape.height = int(shape.width * Mm(HIGHEST) / shape.height), Mm(HIGHEST)
            shape._inline.docPr.set("descr", block.alt)
            document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
        case Appendix():
            _page(document.add_section(WD_SECTION.NEW_PAGE), wide=block.wide)
            _numbers_anew(document.sections[-1])
            _line(document, block.number, size=14, bold=True, align="center", after=0)
            heading = document.add_heading(block.title, 1)
            heading.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _para(document: Any, block: Para) -> None:
    small = block.style == "note"
    paragraph = document.add_paragraph()
    text = f"- {block.text}" if block.style == "bullet" else block.text
    _put(paragraph, tuple(runs(text, block.bold, block.italic)), 11 if small else None)
    form = paragraph.paragraph_format
    form.first_line_indent = None if small else Mm(10)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if small else WD_ALIGN_PARAGRAPH.JUSTIFY


def _table(document: Any, block: Table) -> None:
    table = document.add_table(rows=1, cols=len(block.heads))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for text, cell in zip(block.heads, table.rows[0].cells, strict=True):
        _cell(cell, text, "center", block.size, bold=True)
        _shade(cell)
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    _unbroken(table.rows[0])
    for number, values in enumerate(block.rows):
        row = table.add_row()
        _unbroken(row)
        for column, (text, cell) in enumerate(zip(values, row.cells, strict=True)):
            _cell(cell, text, block.aligned(column), block.size, bold=number in block.strong)
            cell.paragraphs[0].paragraph_format.keep_with_next = number in block.strong and number + 1 < len(block.rows)
    _fixed(table, block.widths, _width(document))
    _line(document, "", size=6, after=2)


def _cell(cell: Any, text: str, align: str, size: float, *, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    for number, line in enumerate(text.split("\n")):
        if number:
            paragraph.add_run().add_break(WD_BREAK.LINE)
        _put(paragraph, tuple(runs(line, bold)), size)
    paragraph.alignment = _ALIGN[align]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2 if size >= 11 else 1)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E7E9EC")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _unbroken(row: Any) -> None:
    """A row stays on one page."""
    properties = row._tr.get_or_add_trPr()
    properties.insert(0, OxmlElement("w:cantSplit"))


def _fixed(table: Any, shares: tuple[float, ...], width: int) -> None:
    """Columns of these shares, whatever stands in them."""
    table.autofit = False
    whole = sum(shares)
    widths = [int(width * share / whole) for share in shares]
    for column, across in zip(table.columns, widths, strict=True):
        column.width = across
    for row in table.rows:
        for cell, across in zip(row.cells, widths, strict=True):
            cell.width = across


def _timeless(data: bytes) -> bytes:
    """The same archive with a fixed time on every entry; the fonts name one to take where the first is missing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            content = given.read(name)
            if name == "word/fontTable.xml":
                content = content.replace(_NAMED, _NAMED + _INSTEAD)
            made.writestr(entry, content)
    return out.getvalue()
