"""``decree43 db``: the database looked after."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.settings import checked_lang

if TYPE_CHECKING:
    from app.database import Said

_Opt = typer.Option
_Db = Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")]
_Lang = Annotated[str, _Opt(help="vi | en")]

db = typer.Typer(
    help="Nâng cấp, kiểm tra, dọn, xuất và nhập cơ sở dữ liệu. Upgrade, check, prune, export and import the database.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@db.command()
def upgrade(db: _Db = None, lang: _Lang = "vi") -> None:
    """Đưa các bảng lên phiên bản này. Bring the tables to this version; says from which to which."""
    from app import database

    _print(checked_lang(lang), database.upgrade(db))


@db.command()
def check(db: _Db = None, lang: _Lang = "vi") -> None:
    """Kiểm tra toàn vẹn, mã thoát 1 nếu có lỗi. Whether everything is sound; exit status 1 when it is not."""
    from app import database

    _print(checked_lang(lang), database.check(db))


@db.command()
def prune(
    keep: Annotated[str, _Opt(help="Giữ bao lâu / how long to keep: 24m, 90d, 2y")],
    dry_run: Annotated[bool, _Opt("--dry-run", help="Chỉ liệt kê / only list")] = False,
    keep_archives: Annotated[bool, _Opt("--keep-archives", help="Giữ kho chứng cứ / keep the evidence")] = False,
    db: _Db = None,
    lang: _Lang = "vi",
) -> None:
    """Xóa lần kiểm tra cũ. Remove old audits, never a portal's newest nor one a round or a decision refers to."""
    from app import database

    now = dt.datetime.now(dt.UTC)
    _print(checked_lang(lang), database.prune(db, keep, dry=dry_run, now=now, archives=not keep_archives))


@db.command()
def export(
    out: Annotated[Path, _Opt(help="Thư mục mới hoặc tệp .zip / new folder or .zip")] = Path("decree43-db.zip"),
    db: _Db = None,
    lang: _Lang = "vi",
) -> None:
    """Xuất mọi bảng ra JSON Lines. Every table as JSON Lines, whole or not at all."""
    from app import database

    _print(checked_lang(lang), database.export(db, out))


@db.command(name="import")
def bring_in(
    source: Annotated[Path, typer.Argument(help="Thư mục hoặc .zip đã xuất / folder or .zip of an export")],
    db: _Db = None,
    lang: _Lang = "vi",
) -> None:
    """Nhập bản đã xuất vào cơ sở dữ liệu trống. Bring an export into an empty database."""
    from app import database

    _print(checked_lang(lang), database.bring_in(db, source))


def _print(lang: str, said: Said) -> None:
    for line in said.lines:
        print(getattr(line, lang))
    if not said.good:
        raise typer.Exit(1)
