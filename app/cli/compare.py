"""``decree43 compare``."""

from __future__ import annotations

from typing import Annotated

import typer

from app.settings import checked_lang
from core.errors import UsageError

_Opt = typer.Option


def compare(
    before: Annotated[str, typer.Argument(help="Lần trước / the earlier audit", metavar="A")],
    after: Annotated[str, typer.Argument(help="Lần sau / the later audit", metavar="B")],
    rejudged: Annotated[
        str | None, _Opt(help="A chấm lại theo bộ tiêu chí của B / A judged by B's rules", metavar="AUDIT_ID")
    ] = None,
    format: Annotated[str, _Opt(help="text | json | csv")] = "text",
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
) -> None:
    """Hai lần kiểm tra khác nhau ở đâu, vì sao. Where two audits differ, and why."""
    from app.compare import FORMATS, compare_kept
    from app.opened import opened

    checked_lang(lang)
    if format not in FORMATS:
        raise UsageError(f"không có dạng {format!r} / unknown format", hint=" | ".join(FORMATS))
    with opened(db) as store:
        found = compare_kept(store, before, after, rejudged)
    print(FORMATS[format](found, lang))
