"""``decree43 plan``."""

from __future__ import annotations

from typing import Annotated

import typer

from app.settings import checked_lang
from core.errors import UsageError

_Opt = typer.Option


def plan(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    round_id: Annotated[
        str | None, _Opt("--round", help="Đợt để tính hạng / round to rank in", metavar="ROUND")
    ] = None,
    rules: Annotated[
        str | None, _Opt(help="Bộ tiêu chí cho biết công sức / catalogue that says what duties take")
    ] = None,
    top: Annotated[int, _Opt(help="Số mục nêu trong câu tóm tắt / steps of the summary", min=1)] = 5,
    format: Annotated[str, _Opt(help="text | json | csv")] = "text",
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
) -> None:
    """Nên sửa gì trước, được bao nhiêu điểm, lên hạng mấy. What to mend first, and what it would bring."""
    from app.opened import opened
    from app.plan import plan as use_case
    from app.plan_text import FORMATS

    checked_lang(lang)
    if format not in FORMATS:
        raise UsageError(f"không có dạng {format!r} / unknown format", hint=" | ".join(FORMATS))
    with opened(db) as store:
        found = use_case(store, audit_id, round_id, rules)
    print(FORMATS[format](found, lang, top))
