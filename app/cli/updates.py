"""``decree43 updates``."""

from __future__ import annotations

from typing import Annotated

import typer

from app.settings import checked_lang, vietnam_today
from core.errors import UsageError

_Opt = typer.Option


def updates(
    round_id: Annotated[
        str | None, typer.Argument(help="Chỉ các cổng của đợt / only a round's", metavar="ROUND")
    ] = None,
    first: Annotated[str | None, _Opt("--from", help="Tháng đầu / first month", metavar="YYYY-MM")] = None,
    last: Annotated[str | None, _Opt("--to", help="Tháng cuối / last month", metavar="YYYY-MM")] = None,
    totals: Annotated[bool, _Opt("--totals", help="Không tách chuyên mục / whole portals only")] = False,
    format: Annotated[str, _Opt(help="text | json | csv")] = "text",
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
) -> None:
    """Số tin, văn bản đăng trong kỳ, cổng nào không cập nhật. Items put up in a period, and portals without any."""
    from app.opened import opened
    from app.updates import period
    from app.updates import updates as use_case
    from app.updates_text import FORMATS

    checked_lang(lang)
    if format not in FORMATS:
        raise UsageError(f"không có dạng {format!r} / unknown format", hint=" | ".join(FORMATS))
    begins, ends = period(first, last, vietnam_today())
    with opened(db) as store:
        found = use_case(store, begins, ends, round_id)
    print(FORMATS[format](found, lang, sections=not totals))
