"""``decree43 demo``: serve a bundled portal on loopback and audit it."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from app.cli.interrupt import interruptible
from app.settings import checked_lang, checked_out

_Opt = typer.Option

_ABOUT = {
    "vi": "Kiểm tra thử một cổng mẫu chạy trên máy này; liên kết tới cổng mẫu trong báo cáo chỉ mở được trong lúc\n"
    "kiểm tra. Để kiểm tra cổng thật: {command} audit URL --kind KIND.",
    "en": "Auditing a demo portal served on this machine; the report's links to it open only while the audit runs.\n"
    "To audit a real portal: {command} audit URL --kind KIND.",
}


def demo(
    portal: Annotated[str | None, typer.Argument(help="Cổng mẫu / bundled portal", metavar="[PORTAL]")] = None,
    out: Annotated[Path, _Opt(help="Thư mục báo cáo / folder of the report")] = Path("decree43-report"),
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    quiet: Annotated[bool, _Opt("--quiet", help="Không hiện tiến độ / no progress")] = False,
    list_portals: Annotated[bool, _Opt("--list", help="Liệt kê cổng mẫu / list them")] = False,
) -> None:
    """Chạy thử trên một cổng mẫu đi kèm. Audit a bundled demo portal."""
    import sys

    from app import demo as use_case
    from app.cli.progress import progress_on
    from app.status import exit_status
    from app.write import own_command, summary, write

    checked_lang(lang)
    if list_portals:
        for bundled in use_case.portals():
            kind, state = (t.en if lang == "en" else t.vi for t in (bundled.kind, bundled.state))
            print(f"{bundled.folder:<17} {bundled.title}\n{'':<17} {kind}; {state}")
        return
    checked_out(out)
    if not quiet:
        print(_ABOUT["en" if lang == "en" else "vi"].format(command=own_command()), file=sys.stderr)
    stop = asyncio.Event()
    with progress_on(sys.stderr, quiet=quiet, lang=lang) as progress, interruptible(stop):
        outcome = use_case.run(portal, lang, progress, stop)
    files, _ = write(outcome.audit, ("html", "json"), out, lang)
    print(summary(outcome.audit, lang, files, None))
    raise typer.Exit(exit_status(outcome.audit, crashed=outcome.probe_crashed))
