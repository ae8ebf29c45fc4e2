"""``decree43 rejudge`` and ``decree43 evidence``: what was archived, judged again, handed on and verified."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli.new_file import Overwrite, new_file
from app.settings import FORMATS, SHIPPED_FORMATS, checked_lang, checked_out
from core.finding import Text

_Opt = typer.Option
evidence = typer.Typer(
    help="Gói chứng cứ: xuất, xác minh, khóa ký. Evidence packs: export, verify, keys.", no_args_is_help=True
)


def rejudge(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    rules: Annotated[str | None, _Opt(help="Bộ tiêu chí: tệp hoặc mã / catalogue: a file or an id")] = None,
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
    format: Annotated[str, _Opt(help=SHIPPED_FORMATS, metavar="F[,F…]")] = ",".join(FORMATS),
    out: Annotated[Path, _Opt(help="Thư mục báo cáo / folder of the report")] = Path("decree43-report"),
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
) -> None:
    """Đánh giá lại một lần kiểm tra từ chứng cứ đã lưu. Judge an audit again from its archived evidence."""
    from app.opened import opened
    from app.rejudge import rejudge_kept
    from app.rejudge_words import lines
    from app.reported import as_reported
    from app.write import check_formats, summary, write

    checked_lang(lang)
    formats = tuple(dict.fromkeys(f.strip() for f in format.split(",") if f.strip()))
    check_formats(formats)
    with opened(db) as store:
        checked_out(out)
        before = store.load(audit_id)
        done, kept = rejudge_kept(store, audit_id, rules)
        shown = as_reported(store, done.audit)
    files, problems = write(shown, formats, out, lang)
    for problem in problems:
        typer.echo(f"decree43: {problem}", err=True)
    print(summary(shown, lang, files, kept))
    for line in lines(before, done):
        print(_in(line, lang))


@evidence.command()
def export(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    out: Annotated[Path, _Opt(help="Tệp gói chứng cứ / file of the pack, as evidence.wacz")],
    overwrite: Overwrite = False,
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
) -> None:
    """Ghi một gói chứng cứ (WACZ), có ký khi đặt DECREE43_SIGNING_KEY. Write an evidence pack."""
    from app.evidence import export_pack
    from app.opened import opened

    checked_lang(lang)
    new_file(out, overwrite)
    with opened(db) as store:
        for line in export_pack(store, audit_id, out):
            print(_in(line, lang))


@evidence.command()
def verify(
    file: Annotated[Path, typer.Argument(help="Gói chứng cứ / the pack", metavar="FILE")],
    public_key: Annotated[Path | None, _Opt(help="Khóa công khai phải khớp / the key it must be signed by")] = None,
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
) -> None:
    """Xác minh ngoại tuyến một gói chứng cứ: 0 nguyên vẹn, 1 đã bị sửa. Verify a pack offline."""
    from app.evidence import verify_pack

    checked_lang(lang)
    found = verify_pack(file, public_key)
    for line in found.said:
        print(_in(line, lang))
    raise typer.Exit(0 if found.sound else 1)


@evidence.command()
def key(
    file: Annotated[Path, typer.Argument(help="Tệp khóa mới / file of the new key", metavar="FILE")],
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
) -> None:
    """Tạo một khóa ký Ed25519. Make an Ed25519 signing key."""
    from app.evidence import make_key

    checked_lang(lang)
    print(_in(make_key(file), lang))


def _in(text: Text, lang: str) -> str:
    return text.en if lang == "en" else text.vi
