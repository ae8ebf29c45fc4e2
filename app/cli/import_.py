"""``decree43 import``: figures and self-assessments that bodies report, and the tables to report them in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.new_file import Overwrite, new_file
from core.errors import UsageError

_Opt = typer.Option


def import_(
    file: Annotated[Path | None, typer.Argument(help="Tệp XLSX, CSV hoặc JSON", metavar="[FILE]")] = None,
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
    parent: Annotated[str, _Opt(help="Chỉ các cơ quan thuộc cơ quan này / only bodies below this one")] = "",
    profile: Annotated[list[str] | None, _Opt(help="Thêm bộ chấm điểm / one more profile", metavar="FILE")] = None,
    skip_unknown: Annotated[bool, _Opt("--skip-unknown", help="Bỏ qua cột, trang lạ / pass over odd columns")] = False,
    template: Annotated[str, _Opt(help="Tạo biểu mẫu / write a template: xlsx | csv", metavar="xlsx|csv")] = "",
    out: Annotated[Path | None, _Opt(help="Tệp biểu mẫu / file of the template")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Nhập số liệu cơ quan báo cáo và điểm tự chấm. Import figures and claims that bodies report."""
    if template:
        from app.figure_template import write_template

        path = out or Path(f"mau-so-lieu.{template}")
        write_template(template, new_file(path, overwrite))
        print(f"{path}: biểu mẫu / template")
        return
    if file is None:
        raise UsageError("chưa nêu tệp / no file", hint="decree43 import FILE, hoặc/or --template xlsx --out mau.xlsx")
    from app.figures import changes, import_file
    from app.opened import opened

    with opened(db, make=True) as store:
        done = import_file(store, file, parent=parent, profiles=profile or (), skip_unknown=skip_unknown)
    for text in done.passed:
        print(f"bỏ qua / passed over: {text}")
    for text in changes(done):
        print(f"thay / replaced: {text}")
    for name, saved in (("số liệu / figures", done.figures), ("điểm tự chấm / claims", done.claims)):
        if saved.added or saved.replaced or saved.unchanged:
            print(f"{name}: {len(saved.added)} mới / new, {len(saved.replaced)} thay / replaced, "
                  f"{len(saved.unchanged)} không đổi / unchanged")  # fmt: skip
