"""``decree43 rules list|show|validate|test``."""

from __future__ import annotations

from typing import Annotated

import typer

from core.errors import UsageError

rules = typer.Typer(help="Bộ tiêu chí. The catalogue of rules.", no_args_is_help=True)
_File = Annotated[str | None, typer.Argument(help="Tệp hoặc mã bộ tiêu chí / file or id", metavar="[FILE]")]
_Rules = Annotated[str | None, typer.Option("--rules", help="Tệp hoặc mã bộ tiêu chí / file or id")]


@rules.command("list")
def list_rules(catalogue: _Rules = None) -> None:
    """Các nghĩa vụ trong bộ tiêu chí. The duties of a catalogue."""
    from app.catalogues import open_catalogue
    from core.bodies import BodyKind

    loaded = open_catalogue(catalogue)
    print(f"{loaded.id}  {loaded.title.vi}")
    for rule in loaded.rules:
        points = rule.weight_for(BodyKind.PROVINCE)
        print(f"{rule.id:<18} {rule.group:<12} {rule.check:<20} {points:>5g}  {rule.title.vi}")


@rules.command("show")
def show_rule(rule: Annotated[str, typer.Argument(metavar="RULE")], catalogue: _Rules = None) -> None:
    """Một nghĩa vụ: căn cứ, từ ngữ, ngưỡng. One duty with its citations, words and thresholds."""
    from app.catalogues import open_catalogue
    from app.manual import describe

    loaded = open_catalogue(catalogue)
    found = loaded.rule(rule)
    if found is None:
        near = [r.id for r in loaded.rules if rule.lower() in r.id.lower()] or [r.id for r in loaded.rules[:6]]
        raise UsageError(f"no rule {rule!r} in {loaded.id}", hint=f"for example: {', '.join(near[:8])}")
    print(describe(found, loaded))


@rules.command("validate")
def validate(file: _File = None) -> None:
    """Bộ tiêu chí có hợp lệ không. Is the catalogue sound?"""
    from app.catalogues import open_catalogue

    loaded = open_catalogue(file)
    print(f"{loaded.id}: {len(loaded.rules)} nghĩa vụ hợp lệ / rules are valid")


@rules.command("test")
def test(
    file: _File = None,
    rule: Annotated[str | None, typer.Option("--rule", help="Chỉ một nghĩa vụ / one rule")] = None,
) -> None:
    """Bộ tiêu chí có kết luận đúng các ví dụ của nó không. Does the catalogue judge its cases right?"""
    from app import cases
    from app.catalogues import open_catalogue

    loaded = open_catalogue(file)
    results = list(cases.run(loaded, cases.collect(loaded, rule)))
    for result in results:
        if result.wrong:
            print(f"{result.case.file}, {result.case.name}: {result.wrong}")
    wrong = sum(bool(r.wrong) for r in results)
    covered = {r.case.rule for r in results}
    only = loaded.rule(rule) if rule else None
    bare = [r.id for r in loaded.rules if r.id not in covered and (rule is None or r is only)]
    for name in bare:
        print(f"{name}: không có ví dụ / has no cases")
    print(
        f"{len(results) - wrong} đúng / right, {wrong} sai / wrong, {len(bare)} nghĩa vụ chưa có ví dụ / without cases"
    )
    raise typer.Exit(1 if wrong else 0)
