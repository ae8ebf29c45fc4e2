"""``decree43 profiles list|show|validate|score``."""

from __future__ import annotations

from typing import Annotated

import typer

from core.errors import UsageError

profiles = typer.Typer(help="Bộ chấm điểm. The scoring profiles.", no_args_is_help=True)
_Opt = typer.Option
_Name = Annotated[str, typer.Argument(help="Mã hoặc tệp / id or file", metavar="PROFILE")]
_File = Annotated[str | None, typer.Argument(help="Tệp hoặc mã / file or id", metavar="[FILE]")]


@profiles.command("list")
def list_profiles() -> None:
    """Các bộ chấm điểm có sẵn. The profiles that come with the program."""
    from app.profiles import shipped

    for profile in shipped():
        unit = "điểm / points" if profile.unit == "points" else "0..1"
        print(f"{profile.id:<22} {unit:<14} {profile.title.vi}")


@profiles.command("show")
def show(name: _Name) -> None:
    """Một bộ chấm điểm: nhóm, phần, điểm, nguồn của từng hằng số. One profile with all its constants."""
    from app.profiles import describe, open_profile

    print(describe(open_profile(name)))


@profiles.command("validate")
def validate(file: _File = None) -> None:
    """Bộ chấm điểm có hợp lệ không; không nêu tệp thì kiểm tra các bộ có sẵn. Is the profile sound?"""
    from app.profiles import counted, open_profile, shipped_ids

    for name in shipped_ids() if file is None else (file,):
        profile = open_profile(name)
        print(f"{profile.id}: hợp lệ / valid; hằng số / constants: {counted(profile)}")


@profiles.command("score")
def score(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    profile: Annotated[str, _Opt(help="Mã hoặc tệp / id or file")],
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
    body: Annotated[str, _Opt(help="Cơ quan / body: id, code or name")] = "",
    format: Annotated[str, _Opt(help="text | json")] = "text",
    period: Annotated[str, _Opt(help="Kỳ số liệu / period of the figures", metavar="“6 tháng đầu năm 2021”")] = "",
) -> None:
    """Chấm một lần kiểm tra đã lưu, cùng số liệu đã nhập. Score a kept audit with the figures imported."""
    from app.opened import opened
    from app.profiles import score_audit, shown_score
    from app.say import json_of
    from app.settings import checked_form
    from core.numbers import read_period

    checked_form(format)
    days = read_period(period) if period else None
    if period and days is None:
        hint = "6 tháng đầu năm 2021, Quý II/2021, Năm 2021"
        raise UsageError(f"không hiểu kỳ {period!r} / no such period", where="--period", hint=hint)
    with opened(db) as store:
        audit, result, used = score_audit(store, audit_id, profile, body, days)
    if format == "json":
        print(json_of(result))
        return
    print(f"{audit.portal.name or audit.portal.url}, kiểm tra ngày {audit.today:%d/%m/%Y}")
    if used:
        print(f"Số liệu kỳ {used[0]:%d/%m/%Y}–{used[1]:%d/%m/%Y}")
    elif result.unit == "points" and result.group:
        print("Chưa có số liệu cơ quan báo cáo / no figures reported")
    print(shown_score(result))
