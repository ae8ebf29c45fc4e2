"""Numbers and tables in words: the decimal comma of Vietnamese, columns under heads, CSV that no sheet runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from core.finding import Text
from reports.csv_report import FORM


def places_of(values: Iterable[Decimal | None]) -> int:
    """Decimals to show a column with: every digit that is there; three for shares."""
    known = [v for v in values if v is not None]
    digits = max((max(0, -int(v.normalize().as_tuple().exponent)) for v in known), default=0)
    shares = all(abs(v) <= 1 for v in known)
    return max(digits, 3) if shares else digits


def shown(value: Decimal | None, places: int, lang: str) -> str:
    """A number with so many decimals; a dash for none."""
    if value is None:
        return "–"
    text = f"{value:.{places}f}"
    return text if lang == "en" else text.replace(".", ",")


def day_text(day: dt.date | None) -> Text:
    """A day as each language writes it; a dash for none."""
    return Text(f"{day:%d/%m/%Y}", day.isoformat()) if day else Text("–", "–")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under their heads, left-aligned, without trailing spaces; columns with nothing in them are left out."""
    used = [i for i in range(len(heads)) if any(row[i] for row in rows)]
    heads, rows = [heads[i] for i in used], [[row[i] for i in used] for row in rows]
    widths = [max(len(row[i]) for row in (heads, *rows)) for i in range(len(heads))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (heads, *rows)]
    return "\n".join(line.rstrip() for line in lines)


def even(values: Sequence[Decimal | None]) -> list[Decimal | None]:
    """The numbers with one count of decimals, that of ``places_of``."""
    step = Decimal(1).scaleb(-places_of(values))
    return [None if v is None else v.quantize(step) for v in values]


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[object]], lang: str) -> str:
    """CSV that a spreadsheet of the language opens by itself, as ``report.csv``; text cannot start a formula.

    UTF-8 with a byte order mark; Vietnamese: semicolons and the decimal comma, English: commas and the point. The
    numbers of a column have one count of decimals.
    """
    separator, point = FORM["vi" if lang == "vi" else "en"]
    cells = [[_exact(cell) for cell in row] for row in rows]
    digits = [max((_digits(cell) for cell in column), default=0) for column in zip(*cells, strict=True)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\r\n")
    writer.writerow(heads)
    for row in cells:
        writer.writerow([_cell(cell, places, point) for cell, places in zip(row, digits, strict=True)])
    return "\ufeff" + out.getvalue()


def _exact(cell: object) -> object:
    return Decimal(repr(cell)).normalize() if isinstance(cell, float) else cell


def _digits(cell: object) -> int:
    return max(0, -int(cell.as_tuple().exponent)) if isinstance(cell, Decimal) else 0


def _cell(cell: object, places: int, point: str) -> object:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    if isinstance(cell, Decimal):
        return f"{cell:.{places}f}".replace(".", point)
    return "" if cell is None else cell
