"""``decree43 bodies load|list|show|import|export|merge``: the register of bodies."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.new_file import Overwrite, new_file
from app.opened import opened
from core.errors import UsageError

if TYPE_CHECKING:
    from core.register import Body, Register

bodies = typer.Typer(help="Danh bạ cơ quan. The register of bodies.", no_args_is_help=True)
_Opt = typer.Option
_Db = Annotated[str | None, _Opt("--db", help="Cơ sở dữ liệu / database URL")]
_Kind = Annotated[str | None, _Opt("--kind", help="Loại cơ quan / kind of body")]
_Parent = Annotated[str | None, _Opt("--parent", help="Mã hoặc tên cơ quan cấp trên / id or name of the parent")]


@bodies.command("load")
def load(
    db: _Db = None,
    overwrite: Annotated[
        bool, _Opt("--overwrite", help="Ghi đè cả cơ quan đang lưu khác / overwrite those that are kept otherwise")
    ] = False,
) -> None:
    """Nạp danh bạ kèm theo chương trình. Load the register that is shipped."""
    from app import register

    with opened(db, make=True) as store:
        loaded = register.load(store, overwrite)
        print(_counted(loaded.saved))
        _link(store)
        if loaded.differ:
            print(
                f"{len(loaded.differ)} cơ quan đang lưu khác bản kèm theo, giữ nguyên (--overwrite để ghi đè) / "
                f"are kept otherwise and were left so: {', '.join(loaded.differ)}"
            )


@bodies.command("list")
def list_bodies(
    kind: _Kind = None,
    parent: _Parent = None,
    on: Annotated[str | None, _Opt("--on", help="Ngày / day, YYYY-MM-DD")] = None,
    ever: Annotated[bool, _Opt("--ever", help="Cả cơ quan không còn / also those that are gone")] = False,
    db: _Db = None,
) -> None:
    """Các cơ quan vào một ngày (không nêu thì hôm nay). The bodies there are on a day, today without one."""
    from app import register

    day = _day(on)
    with opened(db) as store:
        chosen = _chosen(register.bodies_of(store), kind, parent, day, ever)
        doubtful = register.shipped().unconfirmed
        for body in chosen:
            url = body.addresses[-1].url if ever and body.addresses else body.url_on(day)
            mark = " ?" if url and (body.id, "url") in doubtful else ""
            print(f"{body.id:<44} {body.code:>5}  {body.kind.value:<18} {body.name_on(day)}  {url}{mark}")
        print(f"{len(chosen)} cơ quan / bodies")
        if any((body.id, "url") in doubtful for body in chosen):
            print("?: địa chỉ kèm theo chưa kiểm chứng / a shipped address that is not confirmed")


@bodies.command("show")
def show(
    body: Annotated[str, typer.Argument(help="Mã, mã số, tên hoặc địa chỉ / id, code, name or address", metavar="ID")],
    on: Annotated[str | None, _Opt("--on", help="Ngày / day, YYYY-MM-DD")] = None,
    db: _Db = None,
) -> None:
    """Một cơ quan: tên, cổng qua các thời kỳ, cấp trên, hợp nhất. One body with its names, portals and mergers."""
    from app import register

    with opened(db) as store:
        day, kept = _day(on), register.bodies_of(store)
        found = kept.find(body, day) or kept.find(body)
        if not found:
            near = kept.above(body if "://" in body else f"https://{body}", day)
            hint = f"nằm dưới tên miền của / stands under the domain of {near.id} ({near.name})" if near else ""
            raise UsageError(
                f"không có cơ quan {body!r} / there is no such body",
                hint=hint or "`decree43 bodies list` cho xem danh bạ / lists the register",
            )
        print("\n\n".join(_told(one, kept.register(), day, register.shipped().unconfirmed) for one in found))


@bodies.command("import")
def import_bodies(file: Annotated[Path, typer.Argument(metavar="FILE.csv")], db: _Db = None) -> None:
    """Nhập cơ quan từ tệp CSV: cả tệp, hoặc không gì cả. Import bodies from CSV, all or nothing."""
    from app.register_import import import_file
    from app.settings import vietnam_today

    with opened(db, make=True) as store:
        done = import_file(store, file, vietnam_today())
        print(_counted(done.saved))
        _link(store)
        if done.ignored:
            print(f"Bỏ qua cột / columns passed over: {', '.join(done.ignored)}")


@bodies.command("export")
def export(
    out: Annotated[Path, _Opt("--out", help="Tệp CSV / CSV file")],
    kind: _Kind = None,
    parent: _Parent = None,
    lang: Annotated[str, _Opt(help="Tên cột / heads: vi | en")] = "vi",
    delimiter: Annotated[str, _Opt(help="Dấu ngăn cột / between columns: , | ;")] = ",",
    overwrite: Overwrite = False,
    db: _Db = None,
) -> None:
    """Xuất danh bạ ra CSV (UTF-8, mở được bằng Excel). Export the register as CSV."""
    from app import register
    from app.register_export import export_file
    from app.settings import checked_lang

    if delimiter not in (",", ";"):
        raise UsageError(
            f"không ngăn cột bằng {delimiter!r} được / no such delimiter", where="--delimiter", hint="',' hay / or ';'"
        )
    new_file(out, overwrite)
    with opened(db) as store:
        kept = register.bodies_of(store)
        chosen = _chosen(kept, kind, parent, _day(None), ever=True)
        export_file(kept, chosen, out, checked_lang(lang), delimiter)
        print(f"{len(chosen)} cơ quan / bodies: {out}")


@bodies.command("merge")
def merge(
    new: Annotated[str, typer.Argument(help="Mã cơ quan sau hợp nhất / id of the merged body", metavar="NEW")],
    from_: Annotated[str, _Opt("--from", help="Các cơ quan cũ / the old bodies", metavar="OLD[,OLD…]")],
    main: Annotated[str, _Opt("--main", help="Cơ quan được kế tục / the one to compare with", metavar="OLD")],
    on: Annotated[str, _Opt("--on", help="Ngày bắt đầu / first day, YYYY-MM-DD")],
    name: Annotated[str, _Opt("--name", help="Tên mới, nếu khác / new name, where it differs")] = "",
    url: Annotated[str, _Opt("--url", help="Cổng mới, nếu khác / new portal, where it differs")] = "",
    code: Annotated[str, _Opt("--code", help="Mã số mới, nếu khác / new code, where it differs")] = "",
    db: _Db = None,
) -> None:
    """Hợp nhất cơ quan: cơ quan cũ kết thúc, cơ quan mới kế tục một trong số đó. Merge bodies, history kept."""
    from app import register
    from app.settings import checked_url

    olds = tuple(part.strip() for part in from_.split(",") if part.strip())
    if url:
        url = checked_url(url)
    with opened(db) as store:
        body, left = register.merge(store, register.Merger(new, olds, main, _day(on), name, url, code))
        print(f"{body.id}: {body.name}, từ / since {_day(on):%d/%m/%Y}; kế tục / continues {main}")
        _link(store)
        if left:
            print(
                f"{len(left)} cơ quan trực thuộc vẫn ghi cấp trên cũ; nhập CSV để chuyển / bodies are still under the "
                f"old ones: {', '.join(one.id for one in left[:10])}{' …' if len(left) > 10 else ''}"
            )


def _link(store: Any) -> None:
    """Gives audits that were kept before the register knew their portal the body they were about."""
    from app import register

    if linked := register.bodies_of(store).link_audits():
        print(f"{linked} lần kiểm tra đã lưu được gắn với cơ quan / kept audits now have their body")


def _day(text: str | None) -> dt.date:
    from app.settings import checked_day, vietnam_today

    return checked_day(text) or vietnam_today()


def _chosen(kept: Any, kind: str | None, parent: str | None, day: dt.date, ever: bool) -> list[Body]:
    from app.settings import checked_kind

    when = None if ever else day
    wanted = checked_kind(kind) if kind else None
    if parent is not None:
        above = kept.find(parent, day)
        if len(above) != 1:
            named = ", ".join(body.id for body in above)
            raise UsageError(
                f"{parent!r} không chỉ rõ một cơ quan / does not name one body",
                where="--parent",
                hint=f"một trong / one of: {named}" if named else "`decree43 bodies list`",
            )
        return [body for body in kept.children(above[0].id, when) if wanted in (None, body.kind)]
    if wanted is not None:
        return list(kept.of_kind(wanted, when))
    everybody = kept.register()
    return list(everybody.bodies.values() if ever else everybody.at(day))


def _counted(saved: Any) -> str:
    return (
        f"Thêm {len(saved.added)}, đổi {len(saved.changed)}, không đổi {saved.unchanged} / "
        f"{len(saved.added)} added, {len(saved.changed)} changed, {saved.unchanged} unchanged"
    )


def _told(body: Body, register: Register, day: dt.date, doubtful: frozenset[tuple[str, str]]) -> str:
    from core.bodies import NAMES

    def period(begins: dt.date | None, ends: dt.date | None) -> str:
        text = " ".join(f"{word} {when:%d/%m/%Y}" for word, when in (("từ / from", begins), ("đến / to", ends)) if when)
        return f"  ({text})" if text else ""

    def called(name: str) -> str:
        return f"{name} ({register.bodies[name].name})" if name in register.bodies else name

    mark = "  (chưa kiểm chứng / not confirmed)"
    lines = [f"{body.id}: {body.name_on(day)}{period(body.valid_from, body.valid_to)}"]
    lines.append(f"  loại / kind: {NAMES[body.kind][0]} ({body.kind.value})")
    lines += [f"  mã số / code: {body.code}"] if body.code else []
    lines += [f"  cấp trên / parent: {called(body.parent)}"] if body.parent else []
    lines += [f"  tên / name: {n.name}{period(n.valid_from, n.valid_to)}" for n in body.names]
    lines += [f"  tên khác / also: {', '.join(body.aliases)}"] if body.aliases else []
    lines += [
        f"  cổng / portal: {a.url}{period(a.valid_from, a.valid_to)}{mark if (body.id, 'url') in doubtful else ''}"
        for a in body.addresses
    ]
    lines += [f"  trung tâm hành chính / seat: {body.seat}"] if body.seat else []
    for part in register.parts(body.id):
        how = "kế tục / continues" if part.main else "nhập / takes in"
        lines.append(f"  {how}: {called(part.old)}, {part.day:%d/%m/%Y}")
    if step := register.merged(body.id):
        lines.append(f"  hợp nhất vào / merged into: {called(step.new)}, {step.day:%d/%m/%Y}")
    under = sum(other.parent == body.id for other in register.bodies.values())
    lines += [f"  cơ quan trực thuộc / bodies under it: {under}"] if under else []
    return "\n".join(lines)
