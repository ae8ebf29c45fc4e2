"""``decree43 badge`` and ``decree43 feed``: an audit as a small picture, a portal's changes as a feed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.settings import checked_lang

_Opt = typer.Option
_Lang = Annotated[str, _Opt(help="vi | en")]
_Db = Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")]


def badge(
    what: Annotated[str, typer.Argument(help="Mã lần kiểm tra, hoặc report.json / id", metavar="AUDIT_ID|report.json")],
    out: Annotated[Path, _Opt(help="Tệp SVG / the file", metavar="FILE.svg")] = Path("decree43-badge.svg"),
    lang: _Lang = "vi",
    db: _Db = None,
) -> None:
    """Huy hiệu SVG: chỉ số, độ bao phủ, ngày kiểm tra. A badge as SVG: index, coverage, day."""
    from app.badge import badge as use_case
    from app.badge import put

    checked_lang(lang)
    print(put(out, use_case(what, db, lang)))


def feed(
    who: Annotated[str, typer.Argument(help="Cơ quan hoặc địa chỉ cổng / a body or a portal", metavar="URL|BODY")],
    out: Annotated[Path, _Opt(help="Tệp Atom / the file", metavar="FILE.xml")] = Path("decree43-feed.xml"),
    own: Annotated[
        str, _Opt("--self", help="Địa chỉ sẽ đăng tệp này / where the feed will be published", metavar="URL")
    ] = "",
    lang: _Lang = "vi",
    db: _Db = None,
) -> None:
    """Nguồn tin Atom về thay đổi của một cổng. An Atom feed of a portal's changes."""
    from app.badge import put
    from app.feed import feed as use_case
    from app.opened import opened

    checked_lang(lang)
    with opened(db) as store:
        data = use_case(store, who, lang, own)
    print(put(out, data))
