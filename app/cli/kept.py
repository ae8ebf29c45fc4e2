"""``decree43 audits`` and ``decree43 report``: audits that were kept."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.settings import FORMATS, SHIPPED_FORMATS, checked_lang, checked_out

_Opt = typer.Option


def audits(db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None) -> None:
    """Các lần kiểm tra đã lưu, mới nhất trước. The audits kept, newest first."""
    from app.body_names import PortalNames
    from app.opened import opened

    with opened(db) as store:
        rows, names = store.list(), PortalNames(store)
        if not rows:
            print("Chưa có lần kiểm tra nào. No audits yet.")
        for row in rows:
            score = "–" if row.value is None else f"{row.value:.3f}".replace(".", ",")
            name = (None if row.static_folder else names.body(row.body_id, row.url, row.today)) or row.name
            mark = "  [chỉ một phần tiêu chí / only some rules]" if row.skipped else ""
            mark += "  [thư mục / folder]" if row.static_folder else ""
            print(f"{row.id}  {row.today:%d/%m/%Y}  {score:>6}  {row.kind:<18} {row.url}  {name}{mark}")


def report(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
    format: Annotated[str, _Opt(help=SHIPPED_FORMATS, metavar="F[,F…]")] = ",".join(FORMATS),
    out: Annotated[Path, _Opt(help="Thư mục báo cáo / folder of the report")] = Path("decree43-report"),
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
) -> None:
    """In lại báo cáo của một lần kiểm tra đã lưu. Print a kept audit again."""
    from app.opened import opened
    from app.reported import as_reported
    from app.write import check_formats, summary, write

    checked_lang(lang)
    formats = tuple(dict.fromkeys(f.strip() for f in format.split(",") if f.strip()))
    check_formats(formats)
    with opened(db) as store:
        audit = as_reported(store, store.load(audit_id))
    checked_out(out)
    files, problems = write(audit, formats, out, lang)
    for problem in problems:
        typer.echo(f"decree43: {problem}", err=True)
    print(summary(audit, lang, files, None))
