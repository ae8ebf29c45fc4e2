"""``decree43 halfyear``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.new_file import Overwrite, new_file
from core.errors import UsageError

_Opt = typer.Option


def halfyear(
    body: Annotated[str, _Opt(help="Tỉnh, thành phố: mã hoặc tên / the province: id or name", metavar="PROVINCE")],
    year: Annotated[int, _Opt(help="Năm / year", min=1900, max=2999)],
    half: Annotated[int, _Opt(help="1: 6 tháng đầu năm, 2: 6 tháng cuối năm / half of the year", min=1, max=2)],
    out: Annotated[Path, _Opt(help="Tệp Word / Word file", metavar="FILE.docx")],
    pdf: Annotated[bool, _Opt("--pdf", help="Ghi thêm tệp PDF bên cạnh / a PDF beside it too")] = False,
    profile: Annotated[str, _Opt(help="Bộ tiêu chí chấm điểm / scoring profile: id or file")] = "",
    overwrite: Overwrite = False,
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
) -> None:
    """Báo cáo 6 tháng về hoạt động cổng của tỉnh. The half-year report on a province's portals."""
    from app.audit import tool
    from app.halfyear import halfyear as gather
    from app.halfyear import write
    from app.opened import opened

    if out.suffix.lower() != ".docx":
        raise UsageError(f"{out} không phải tệp .docx / is no .docx file", where="--out", hint="bao-cao.docx")
    forms = ("docx", "pdf") if pdf else ("docx",)
    for form in forms:
        new_file(out.with_suffix(f".{form}"), overwrite)
    with opened(db) as store:
        given = gather(store, body, year, half, profile, tool())
    for file in write(given, forms, out):
        print(file)
