"""``decree43 rules list|show|validate|test``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.errors import UsageError

rules = typer.Typer(help="Bộ quy định. The catalogue of rules.", no_args_is_help=True)
_File = Annotated[str | None, typer.Argument(help="Tệp hoặc mã bộ quy định / file or id", metavar="[FILE]")]
_Rules = Annotated[str | None, typer.Option("--rules", help="Tệp hoặc mã bộ quy định / file or id")]


@rules.command("list")
def list_rules(catalogue: _Rules = None) -> None:
    """Các nội dung phải kiểm tra. The duties of a catalogue."""
    from checks.catalogue import load
    from core.bodies import BodyKind

    loaded = load(catalogue)
    print(f"{loaded.id}  {loaded.title.vi}")
    for rule in loaded.rules:
        points = rule.weight_for(BodyKind.PROVINCE)
        print(f"{rule.id:<18} {rule.group:<12} {rule.check:<20} {points:>5g}  {rule.title.vi}")


@rules.command("show")
def show_rule(rule: Annotated[str, typer.Argument(metavar="RULE")], catalogue: _Rules = None) -> None:
    """Một nội dung: căn cứ, từ ngữ, ngưỡng. One duty with its citations, words and thresholds."""
    from app.manual import describe
    from checks.catalogue import load

    loaded = load(catalogue)
    found = loaded.rule(rule)
    if found is None:
        near = [r.id for r in loaded.rules if rule.lower() in r.id.lower()] or [r.id for r in loaded.rules[:6]]
        raise UsageError(f"no rule {rule!r} in {loaded.id}", hint=f"for example: {', '.join(near[:8])}")
    print(describe(found, loaded))


@rules.command("validate")
def validate(file: _File = None) -> None:
    """Bộ quy định có đúng khuôn không. Is the catalogue sound?"""
    from checks.catalogue import load

    loaded = load(file)
    print(f"{loaded.id}: {len(loaded.rules)} quy định hợp lệ / rules are valid")


@rules.command("test")
def test(
    file: _File = None,
    rule: Annotated[str | None, typer.Option("--rule", help="Chỉ một quy định / one rule")] = None,
) -> None:
    """Bộ quy định có xử đúng các ví dụ của nó không. Does the catalogue judge its cases right?"""
    from app import cases
    from checks.catalogue import load

    loaded = load(file)
    results = list(cases.run(loaded, cases.read(Path(loaded.cases), rule)))
    for result in results:
        if result.wrong:
            print(f"{result.case.file}, {result.case.name}: {result.wrong}")
    wrong = sum(bool(r.wrong) for r in results)
    covered = {r.case.rule for r in results}
    bare = [r.id for r in loaded.rules if r.id not in covered and rule in (None, r.id)]
    for name in bare:
        print(f"{name}: không có ví dụ / has no cases")
    print(
        f"{len(results) - wrong} đúng / right, {wrong} sai / wrong, {len(bare)} quy định chưa có ví dụ / without cases"
    )
    raise typer.Exit(1 if wrong else 0)
