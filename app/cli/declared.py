"""``decree43 declared``: a body's own claims beside what an audit found."""

from __future__ import annotations

from typing import Annotated

import typer

_Opt = typer.Option


def declared(
    audit_id: Annotated[str, typer.Argument(help="Mã lần kiểm tra / id of the audit", metavar="AUDIT_ID")],
    db: Annotated[str | None, _Opt(help="Cơ sở dữ liệu / database URL")] = None,
    body: Annotated[str, _Opt(help="Cơ quan / body: id, code or name")] = "",
    lang: Annotated[str, _Opt(help="vi | en")] = "vi",
    format: Annotated[str, _Opt(help="text | json")] = "text",
    all: Annotated[bool, _Opt("--all", help="Cả những mục khớp / those that agree too")] = False,
) -> None:
    """Tự chấm so với kiểm tra: những mục không khớp. Where a body's claims and the audit disagree."""
    from app.declared import declared as compare
    from app.opened import opened
    from app.say import json_of
    from app.settings import checked_form, checked_lang
    from core.declared import Agreement

    checked_lang(lang)
    checked_form(format)
    with opened(db) as store:
        found = compare(store, audit_id, body)
    if format == "json":
        print(json_of([item.plain for item in found.items]))
        return
    print(f"{found.body.name} ({found.body.id}), {found.begins:%d/%m/%Y}–{found.ends:%d/%m/%Y}")
    print(f"{found.audit.portal.url}, {found.audit.today:%d/%m/%Y}")
    for item in found.items:
        if all or item.agreement is not Agreement.AGREES:
            title = f"{getattr(item.finding.title, lang)}: " if item.finding else ""
            mark = "!" if item.disagrees else " "
            print(f"{mark} {item.claim.rule:<15} {title}{getattr(item.text, lang)}")
            if item.disagrees and item.claim.link:
                print(f"  {'':<15} {item.claim.link}")
    wrong = sum(item.disagrees for item in found.items)
    unseen = sum(item.agreement is Agreement.UNKNOWN for item in found.items)
    print(
        f"{len(found.items)} mục tự chấm / claims: {wrong} không khớp / disagree, {unseen} chưa kiểm tra được / unknown"
    )
