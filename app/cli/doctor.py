"""``decree43 doctor``."""

from __future__ import annotations

from typing import Annotated

import typer

from app.settings import checked_lang

_Opt = typer.Option
_MARKS = {True: "✓", False: "✗", None: "?"}


def doctor(
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    resolver: Annotated[str, _Opt(help="Máy chủ tên miền / DNS resolver HOST[:PORT]", envvar="DECREE43_RESOLVER")] = "",
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL, or none")] = None,
) -> None:
    """Máy này kiểm tra được gì, thiếu gì. What this machine can and cannot check, and how to mend it."""
    from app.doctor import examine

    checked_lang(lang)
    for sign in examine(resolver.strip(), db):
        print(f"{_MARKS[sign.good]} {getattr(sign.name, lang)}: {getattr(sign.found, lang)}")
        if sign.good is not True and getattr(sign.mend, lang):
            print(f"    {getattr(sign.mend, lang)}")
