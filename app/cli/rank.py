"""``decree43 rounds …`` and ``decree43 rank``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.new_file import Overwrite, new_file
from app.settings import checked_day, checked_lang, vietnam_today
from core.errors import UsageError

_Opt = typer.Option
_Db = Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")]
_Lang = Annotated[str, _Opt(help="vi | en")]

rounds = typer.Typer(help="Các đợt đánh giá. Rounds of assessment.", no_args_is_help=True)


@rounds.command("make")
def make_round(
    round_id: Annotated[str, typer.Argument(help="Mã đợt / id of the round", metavar="ID")],
    title: Annotated[str, _Opt(help="Tên đợt / title")] = "",
    day: Annotated[str | None, _Opt(help="Ngày của đợt / day of the round", metavar="YYYY-MM-DD")] = None,
    audits: Annotated[
        str, _Opt(help="newest: lần mới nhất của mỗi cơ quan; hoặc các mã / the newest of each body, or ids")
    ] = "newest",
    since: Annotated[str | None, _Opt(help="Không lấy lần cũ hơn / none older", metavar="YYYY-MM-DD")] = None,
    rules: Annotated[str | None, _Opt(help="Chỉ lấy bộ tiêu chí này / only this catalogue")] = None,
    profile: Annotated[
        list[str] | None, _Opt(help="Chấm thêm theo bộ điểm / score by this profile too", metavar="PROFILE")
    ] = None,
    overwrite: Annotated[bool, _Opt("--overwrite", help="Lập lại đợt đã có / replace a round that is kept")] = False,
    db: _Db = None,
) -> None:
    """Lập một đợt từ các lần kiểm tra đã lưu. Make a round of kept audits."""
    from app import rounds as use_case
    from app.opened import opened
    from app.round_scores import scorers

    ids = [] if audits in ("newest", "all") else [a.strip() for a in audits.split(",") if a.strip()]
    on, oldest = checked_day(day) or vietnam_today(), checked_day(since)
    with opened(db) as store:
        more = scorers(store, profile or [])
        made = use_case.make(
            store, round_id, title, on, audits=ids, since=oldest, rules=rules, scorers=more, overwrite=overwrite
        )
    for reason in made.left_out:
        print(f"decree43: bỏ qua / left out: {reason}", file=sys.stderr)
    if len(made.rulesets) > 1:
        names = ", ".join(made.rulesets)
        print(f"decree43: nhiều bộ tiêu chí / several catalogues: {names}", file=sys.stderr)
    print(f"{made.round.id}: {made.bodies} cơ quan / bodies")


@rounds.command("import")
def import_rounds(
    table: Annotated[Path, typer.Argument(help="Bảng đã công bố / published table (CSV)", metavar="FILE.csv")],
    db: _Db = None,
) -> None:
    """Nhập bảng xếp hạng đã công bố. Import a published table."""
    from app import rounds as use_case
    from app.opened import opened

    with opened(db, make=True) as store:
        for made in use_case.import_table(store, table):
            print(f"{made.round.id}: {made.bodies} cơ quan / bodies")


@rounds.command("load")
def load_rounds(db: _Db = None) -> None:
    """Nạp các bảng xếp hạng kèm theo phần mềm. Load the published tables that are shipped."""
    from app import rounds as use_case
    from app.opened import opened

    with opened(db, make=True) as store:
        for made in use_case.load_shipped(store):
            print(f"{made.round.id}: {made.bodies} cơ quan / bodies")


@rounds.command("list")
def list_rounds(db: _Db = None) -> None:
    """Các đợt đã có, mới nhất trước. The rounds kept, newest first."""
    from app.opened import opened
    from app.rounds import listed

    with opened(db) as store:
        rows = listed(store)
    if not rows:
        print("Chưa có đợt nào. No rounds yet.")
    for row in rows:
        print(f"{row.round.id:<16} {row.round.day:%d/%m/%Y}  {row.round.source:<9} {row.bodies:>5}  {row.round.title}")


def rank(
    round_id: Annotated[str, typer.Argument(help="Mã đợt / id of the round", metavar="ROUND")],
    group: Annotated[str | None, _Opt(help="min | agency | gen | pro | dep | dis | com | pty | ver")] = None,
    profile: Annotated[str | None, _Opt(help="Bộ điểm / scoring profile")] = None,
    category: Annotated[str, _Opt(help="Hạng mục của bảng đã công bố / category of a published table")] = "portal",
    against: Annotated[str | None, _Opt(help="So với đợt / compare with an earlier round", metavar="ROUND")] = None,
    body: Annotated[str | None, _Opt(help="Chỉ một cơ quan / only this body")] = None,
    format: Annotated[str, _Opt(help="text | json | csv | xlsx")] = "text",
    out: Annotated[Path | None, _Opt(help="Tệp bảng tính / file of the workbook, for xlsx")] = None,
    overwrite: Overwrite = False,
    lang: _Lang = "vi",
    db: _Db = None,
) -> None:
    """Xếp hạng các cơ quan của một đợt. Rank the bodies of a round."""
    from app.opened import opened
    from app.ranking import rank as use_case
    from app.ranking_data import checked_group
    from app.ranking_text import FORMATS, only

    checked_lang(lang)
    if format not in (*FORMATS, "xlsx"):
        raise UsageError(f"không có dạng {format!r} / unknown format", hint=" | ".join((*FORMATS, "xlsx")))
    if (format == "xlsx") != (out is not None):
        raise UsageError(
            "--format xlsx và --out đi cùng nhau / go together",
            where="--out",
            hint=f"decree43 rank {round_id} --format xlsx --out {round_id}.xlsx",
        )
    checked_group(group)
    if out is not None:
        new_file(out, overwrite)
    with opened(db) as store:
        found = use_case(store, round_id, group=group, profile=profile, category=category, against=against)
        if body is not None:
            found = only(found, body)
        if out is not None:
            from app.sheets import write_round

            print(write_round(store, found, lang, out))
            return
    print(FORMATS[format](found, lang))
