"""``decree43 browser install|doctor``."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from app.settings import checked_lang

browser = typer.Typer(help="Trình duyệt để đo trang. The browser that pages are measured with.", no_args_is_help=True)
_Lang = Annotated[str, typer.Option(help="vi | en")]


@browser.command("install")
def install_browser(
    own: Annotated[bool, typer.Option("--own", help="Cài bản riêng trong thư mục đệm / a build of our own")] = False,
) -> None:
    """Cài trình duyệt nếu chưa có. Install a browser where there is none."""
    from app import browser as use_case

    print(use_case.install(lambda step: print(f"decree43: {step}", file=sys.stderr), again=own))


@browser.command("doctor")
def check_browser(lang: _Lang = "vi") -> None:
    """Trình duyệt của máy này có dùng được không. Does the browser of this machine work?"""
    from app import browser as use_case

    checked_lang(lang)
    good, lines = use_case.doctor()
    for line in lines:
        print(line.en if lang == "en" else line.vi)
    raise typer.Exit(0 if good else 1)
