"""``decree43 rules list|show|validate|test|catalogues|crosswalk|diff|copy``."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Annotated

import typer

from app.new_file import HELP
from app.settings import checked_lang
from core.errors import UsageError

rules = typer.Typer(help="Bộ tiêu chí. The catalogue of rules.", no_args_is_help=True)
_File = Annotated[str | None, typer.Argument(help="Tệp hoặc mã bộ tiêu chí / file or id", metavar="[FILE]")]
_Rules = Annotated[str | None, typer.Option("--rules", help="Tệp, mã bộ tiêu chí hoặc auto / file, id or auto")]
_Lang = Annotated[str, typer.Option(help="vi | en")]
_Format = Annotated[str, typer.Option("--format", help="text | json")]


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
        raise UsageError(
            f"không có nghĩa vụ này / no rule {rule!r} in {loaded.id}",
            hint=f"ví dụ / for example: {', '.join(near[:8])}",
        )
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


@rules.command("catalogues")
def catalogues(lang: _Lang = "vi") -> None:
    """Các bộ tiêu chí đi kèm, mỗi thời kỳ một bộ. The catalogues that come with the program, one for each law."""
    from app.catalogues import by_time
    from app.rule_words import cell, span
    from app.say import say

    checked_lang(lang)
    for loaded in by_time():
        time = cell(span(loaded.valid_from, loaded.valid_to), lang)
        count = cell(say("catalogue_line", count=len(loaded.rules)), lang)
        print(f"{loaded.id:<12} {time:<24} {count:<14} {cell(loaded.title, lang)}")


@rules.command("crosswalk")
def crosswalk(
    rule: Annotated[str | None, typer.Argument(help="Mã nghĩa vụ / id of a duty", metavar="[RULE]")] = None,
    format: _Format = "text",
    lang: _Lang = "vi",
) -> None:
    """Cùng một nghĩa vụ qua các thời kỳ. The same duty under each law."""
    from app.catalogues import by_time, duties
    from app.rule_words import as_data

    _checked_format(format)
    checked_lang(lang)
    every = by_time()
    found = duties(every, rule)
    if not found:
        raise UsageError(
            f"không bộ tiêu chí nào có nghĩa vụ này / no catalogue has a rule {rule!r}",
            hint="`decree43 rules crosswalk` liệt kê tất cả / lists them all",
        )
    if format == "json":
        print(json.dumps([as_data(d, every) for d in found], ensure_ascii=False, indent=1))
        return
    from app.cli.tables import print_crosswalk

    print_crosswalk(found, every, lang)


@rules.command("diff")
def diff(
    before: Annotated[str, typer.Argument(help="Bộ tiêu chí trước: tệp hoặc mã / file or id", metavar="A")],
    after: Annotated[str, typer.Argument(help="Bộ tiêu chí sau / the other", metavar="B")],
    db: Annotated[str | None, typer.Option(help="Cơ sở dữ liệu: tác động đến kết quả đã lưu / database URL")] = None,
    format: _Format = "text",
    lang: _Lang = "vi",
) -> None:
    """Hai bộ tiêu chí khác nhau ở đâu. What differs between two catalogues, and what it does to kept audits."""
    from app.catalogues import compared, open_catalogue
    from app.rule_effect import effect_data, effect_lines, effects, kept_under
    from app.rule_words import difference_data, difference_lines

    _checked_format(format)
    checked_lang(lang)
    a, b = open_catalogue(before), open_catalogue(after)
    found = compared(a, b)
    moved = None
    if db is not None and db != "none":
        from app.keep import open_store
        from app.rejudge import by_archive

        with open_store(db, make=False) as store:
            moved = list(effects(kept_under(store, a), a, b, by_archive(store)))
    if format == "json":
        data = difference_data(found)
        if moved is not None:
            data["audits"] = [effect_data(e) for e in moved]
        print(json.dumps(data, ensure_ascii=False, indent=1))
        return
    for line in difference_lines(found, lang):
        print(line)
    if moved is not None:
        print()
        for line in effect_lines(moved, a, lang):
            print(line)


@rules.command("copy")
def copy(
    name: Annotated[str, typer.Argument(help="Mã hoặc tệp bộ tiêu chí / id or file", metavar="ID")],
    file: Annotated[Path, typer.Argument(help="Tệp mới / new file", metavar="FILE")],
    short: Annotated[bool, typer.Option("--short", help="Chỉ ghi phần khác / only what differs (extends)")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", "--force", help=HELP)] = False,
) -> None:
    """Chép một bộ tiêu chí, giữ mọi chú thích, để sửa. Copy a catalogue with its comments, to be edited."""
    from app.rule_copy import copy as copied
    from app.say import say

    loaded = copied(name, file, short=short, overwrite=overwrite)
    path = file if file.suffix in (".yaml", ".yml") else file.with_name(f"{file.name}.yaml")
    words = say("copy_done", name=shlex.quote(name), file=shlex.quote(str(path)), id=loaded.id, count=len(loaded.rules))
    print(words.vi)
    print(words.en)


def _checked_format(format: str) -> None:
    if format not in ("text", "json"):
        raise UsageError(f"không có dạng này / no format {format!r}", where="--format", hint="text | json")
