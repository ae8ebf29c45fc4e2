"""``decree43 trend`` and ``decree43 papi``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.settings import checked_lang
from core.errors import UsageError

_Opt = typer.Option
_Format = Annotated[str, _Opt(help="text | json | csv")]
_Lang = Annotated[str, _Opt(help="vi | en")]
_Db = Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")]


def trend(
    who: Annotated[str, typer.Argument(help="Cơ quan hoặc địa chỉ cổng / a body or a portal", metavar="BODY|URL")],
    rules: Annotated[str | None, _Opt(help="Các lần theo bộ tiêu chí này / audits by this catalogue")] = None,
    pictures: Annotated[Path | None, _Opt(help="Ghi hình vẽ vào thư mục / write pictures into this folder")] = None,
    format: _Format = "text",
    lang: _Lang = "vi",
    db: _Db = None,
) -> None:
    """Một cơ quan, một cổng qua thời gian. One body or portal over time."""
    from app.opened import opened
    from app.trend import trend as use_case
    from app.trend_text import FORMATS

    checked_lang(lang)
    if format not in FORMATS:
        raise UsageError(f"không có dạng {format!r} / unknown format", hint=" | ".join(FORMATS))
    with opened(db) as store:
        found = use_case(store, who, rules)
        if pictures is not None:
            from app.pictures import write_pictures

            for path in write_pictures(store, found, lang, pictures):
                print(path, file=sys.stderr)
    print(FORMATS[format](found, lang))


def papi(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    format: _Format = "text",
    lang: _Lang = "vi",
    db: _Db = None,
) -> None:
    """Hai chỉ số về cổng trong Quản trị điện tử của PAPI. The two portal indicators of PAPI's e-governance."""
    from app.opened import opened
    from app.papi import FORMATS
    from app.papi import papi as use_case

    checked_lang(lang)
    if format not in FORMATS:
        raise UsageError(f"không có dạng {format!r} / unknown format", hint=" | ".join(FORMATS))
    with opened(db) as store:
        audit, indicators = use_case(store, audit_id)
    print(FORMATS[format](audit, indicators, lang))
