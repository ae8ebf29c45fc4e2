"""A picture in a sheet, with its table below."""

from __future__ import annotations

from reports.charts.picture import Picture
from reports.sheets.book import Plain
from reports.sheets.cells import Jump

#: Pixels of the picture for each of its units, and how large the sheet shows it.
_ZOOM, _SCALE = 2.0, 0.4


def put_picture(sheet: Plain, picture: Picture, table: Jump | None = None) -> None:
    """The picture at the sheet's next row, then the table of what it shows, or the way to the sheet that is it."""
    sheet.new_page()
    if picture.rows:
        sheet.picture(picture.png(_ZOOM), f"{picture.title}. {picture.text}", picture.height * 0.75 * 0.8, _SCALE)
    sheet.line([picture.title], bold=True)
    sheet.line([picture.text], italic=True)
    if table is not None:
        sheet.line([table])
        sheet.skip()
        return
    if picture.rows:
        sheet.line(list(picture.heads), bold=True, bottom=1)
    forms = picture.forms or ("text",) * len(picture.heads)
    for row in picture.rows:
        sheet.line(list(zip(row, forms, strict=True)))
    sheet.skip()
