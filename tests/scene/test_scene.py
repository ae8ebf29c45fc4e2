"""The scripted scene: from the register to ranks, plans, other laws and evidence packs, beside a spreadsheet.

``scene.xlsx`` reckons everything from the verdicts with formulas of its own (``python -m tests.scene.sheet``); what the
program prints must be the same to the last digit.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from app.cli import app
from app.figures import import_file as import_figures
from app.keep import keep
from app.profiles import score_audit
from app.register_import import import_file as import_register
from app.round_scores import scorers
from app.rounds import make
from core import audit_json
from core.comparison import Why
from storage.archived import archive_of
from storage.store import Store, open_store
from tests.scene.play import BODIES, DAYS, FIGURES, FIRST, LIVE, SECOND, Scene, play
from tests.scene.sheet import FIGURE_HEADS, PLANNED, SHEET, departments, inputs, reckoned

#: Columns of each sheet that must be formulas: what is reckoned.
RECKONED = {
    "Audits": "EFGHIJKLMNOPQRSTU", "Changes": "EF", "Findings": "HI", "Marks": "FGH",
    **{f"Plan {body}": "CDEFGIJKLMNOPQRS" for body in PLANNED},
}  # fmt: skip
LAO_CAI = "laocai-4526"

Run = Callable[..., str]
Row = dict[str, Any]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Both rounds, judged once for every database."""
    return play(tmp_path_factory.mktemp("scene") / "archive")


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of a sheet as LibreOffice reckoned them, by the heads of its first line."""
    lines = load_workbook(SHEET, data_only=True)[name].iter_rows(values_only=True)
    heads = [str(head) for head in next(lines)]
    return tuple(dict(zip(heads, line, strict=True)) for line in lines)


def of(rows: tuple[Row, ...], **wanted: str) -> Iterator[Row]:
    return (row for row in rows if all(row[name] == value for name, value in wanted.items()))


def same(ours: float | Decimal | str | None, theirs: Any) -> bool:
    """The same number to the last digit, or both without one."""
    if ours is None or ours == "" or theirs is None or theirs == "":
        return ours in (None, "") and theirs in (None, "")
    return Decimal(str(ours)) == Decimal(repr(theirs))


@pytest.fixture
def store(database: str, scene: Scene) -> Iterator[Store]:
    """A database with the register, both rounds' audits, the figures and the rounds, put in as people do."""
    with open_store(database) as store:
        assert import_register(store, BODIES, DAYS[SECOND]).ignored == ()
        for judged in scene.values():
            for one in judged.values():
                keep(store, one.audit, pages=one.pages, body_id=one.body, archive=one.archive)
        assert len(import_figures(store, FIGURES).figures.added) == 56
        for round_, judged in scene.items():
            ids = [one.audit.id for one in judged.values()]
            made = make(store, round_, round_, DAYS[round_], audits=ids, scorers=scorers(store, [LAO_CAI]))
            assert (made.bodies, made.left_out) == (30, ())
        yield store


@pytest.fixture
def run(database: str, store: Store) -> Run:
    def ran(*args: str, status: int = 0) -> str:
        result = CliRunner().invoke(app, [*args, "--db", database], catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result.stdout

    return ran


def test_the_sheet_reckons_from_what_was_judged(scene: Scene) -> None:
    told = [tuple(row[h] for h in "round body rule verdict ratio weight".split()) for row in table("Findings")]
    assert told == list(inputs(scene)), "python -m tests.scene.sheet"
    figures = [tuple(str(row[h]) for h in FIGURE_HEADS) for row in table("Departments")]
    assert figures == [tuple(row[h].replace(".", "") for h in FIGURE_HEADS) for row in departments()]


def test_the_sheet_s_results_are_formulas_without_an_error() -> None:
    book, reckoned = load_workbook(SHEET), load_workbook(SHEET, data_only=True)
    for name, columns in RECKONED.items():
        for row in book[name].iter_rows(min_row=2):
            for cell in row:
                if cell.column_letter in columns and cell.value not in (None, 0):
                    assert str(cell.value).startswith("="), f"{name}!{cell.coordinate}"
    for cells in book["Departments"].iter_rows(min_row=2, min_col=10):
        assert all(str(cell.value).startswith("=") for cell in cells)
    found = [cell.value for sheet in reckoned for line in sheet.iter_rows() for cell in line]
    assert not [value for value in found if isinstance(value, str) and value.startswith("#")]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_sheet_s_results_are_what_its_formulas_give(tmp_path: Path) -> None:
    again = load_workbook(reckoned(load_workbook(SHEET), tmp_path), data_only=True)
    kept = load_workbook(SHEET, data_only=True)
    for sheet in kept:
        cells = [[cell.value for cell in row] for row in again[sheet.title].iter_rows()]
        assert cells == [[cell.value for cell in row] for row in sheet.iter_rows()], sheet.title


def test_six_of_the_portals_were_visited(scene: Scene) -> None:
    visited = {body for body, one in scene[FIRST].items() if one.archive}
    assert visited == set(LIVE) and len(visited) == 6
    assert all(scene[FIRST][body].audit.crawl.requests > 20 for body in visited)


def test_the_scene(store: Store, run: Run, scene: Scene, tmp_path: Path) -> None:
    """One test, so that the database is filled once; each part says what it is about."""
    ranks_and_changes(run, scene)
    departments_by_lao_cai(store, run)
    comparisons(run, scene)
    plans(run, scene)
    rejudged(store, run, scene, tmp_path)
    packed(run, scene, tmp_path)


def ranks_and_changes(run: Run, scene: Scene) -> None:
    """Value, bounds, rank and possible ranks of both rounds; the second against the first, over a merger."""
    for round_, against in ((FIRST, ()), (SECOND, ("--against", FIRST))):
        found = json.loads(run("rank", round_, *against, "--format", "json"))["rankings"]
        rows = {row["body"]: row for ranking in found for row in ranking["rows"]}
        assert set(rows) == set(scene[round_])
        for theirs in of(table("Audits"), round=round_):
            ours, score = rows[theirs["body"]], scene[round_][theirs["body"]].audit.score
            for name in ("value", "low", "high", "rank", "best", "worst", "of"):
                assert same(ours[name], theirs[name]), (theirs["audit"], name, ours[name], theirs[name])
            assert same(score.coverage, theirs["coverage"]) and same(score.max_points, theirs["W"])
            change = ours["change"]
            assert (change is not None) == bool(theirs["predecessor"]), theirs["audit"]
            if change is not None:
                assert change["before"]["body"] == theirs["predecessor"]
                assert same(change["ranks"], theirs["ranks"]) and same(change["value"], theirs["change"])
                for name in ("certain", "value_certain"):
                    assert change[name] is {"yes": True, "no": False}.get(theirs[name]), (theirs["audit"], name)
    merged, new = rows["xa-khanh-long"]["change"], rows["xa-ban-moi"]["change"]
    assert [old["body"] for old in merged["beside"]] == ["xa-long-quang"] and new is None


def departments_by_lao_cai(store: Store, run: Run) -> None:
    """Information, questions and services of every department that reported, and their ranks by these points."""
    found = json.loads(run("rank", SECOND, "--group", "dep", "--profile", LAO_CAI, "--format", "json"))["rankings"]
    rows = {row["body"]: row for row in found[0]["rows"]}
    assert len(rows) == len(departments()) == 7
    for theirs in table("Departments"):
        ours = rows[theirs["body"]]
        for name in ("value", "low", "high", "rank", "best", "worst"):
            assert same(ours[name], theirs[name]), (theirs["body"], name, ours[name], theirs[name])
        _, score, _ = score_audit(store, ours["audit"], LAO_CAI, theirs["body"])
        terms = {term.id: term for term in score.terms}
        for name in ("information", "qa", "services"):
            assert same(terms[name].points, theirs[name]), (theirs["body"], name)
        assert same(terms["information"].high, theirs["information_high"])


def comparisons(run: Run, scene: Scene) -> None:
    """Every duty of every body that stands in both rounds: better, worse or not to be told, and the points."""
    both = [body for body in scene[SECOND] if body in scene[FIRST]]
    kinds = set()
    for body in both:
        ids = [scene[round_][body].audit.id for round_ in (FIRST, SECOND)]
        found = json.loads(run("compare", *ids, "--format", "json"))
        ours = {d["rule"]: (d["why"], Decimal(str(d["points"]))) for d in found["differences"]}
        told = {
            row["rule"]: (row["why"], Decimal(repr(row["points"])))
            for row in of(table("Changes"), body=body)
            if row["why"]
        }
        assert ours == told, body
        for why in Why:
            assert same(found["points"][why.value], float(sum(p for w, p in told.values() if w == why.value)))
        kinds |= {why for why, _ in ours.values()}
    assert kinds >= {"better", "worse", "not_judged"}


def plans(run: Run, scene: Scene) -> None:
    """The order of the steps, days, points, index and ranks after each."""
    for body in PLANNED:
        args = ("plan", scene[SECOND][body].audit.id, "--round", SECOND, "--format")
        found = json.loads(run(*args, "json"))
        start, *steps = [row for row in table(f"Plan {body}") if row["all"] not in (None, "")]
        assert len(found["steps"]) == len(steps) > 5
        rows = [found["start"] | {"days_so_far": 0, "gained_so_far": 0}, *found["steps"]]
        for ours, theirs in zip(rows, (start, *steps), strict=True):
            ours |= ours["standing"] | {"all": ours["days_so_far"], "gained": ours["gained_so_far"]}
            for name in ("days", "gain", "all", "gained", "value", "low", "high", "rank", "best", "worst"):
                assert same(ours.get(name), theirs[name]), (body, theirs["step"], name)
            assert ours.get("rule", "") == (theirs["rule"] or ""), body


def rejudged(store: Store, run: Run, scene: Scene, tmp_path: Path) -> None:
    """An old audit by its own catalogue: the same. By a later law: another audit of the same pages."""
    old = scene[FIRST]["so-w1"].audit
    out = ("--out", str(tmp_path / "again"), "--format", "json")
    before = len(store.list())
    run("rejudge", old.id, *out)
    assert len(store.list()) == before
    again = json.loads((tmp_path / "again" / "report.json").read_text("utf-8"))
    first = audit_json.audit_to_dict(old)
    assert (again["findings"], again["score"]) == (first["findings"], first["score"])
    run("rejudge", old.id, *out, "--rules", "nd224-2026")
    other = next(row for row in store.list() if row.id not in {j.audit.id for r in scene.values() for j in r.values()})
    kept = store.load(other.id)
    assert (kept.ruleset.id, kept.today, kept.portal) == ("nd224-2026", old.today, old.portal)
    assert {f.rule for f in kept.findings} - {f.rule for f in old.findings}
    assert kept.crawl.pages == old.crawl.pages and archive_of(store, kept.id) == archive_of(store, old.id)


def packed(run: Run, scene: Scene, tmp_path: Path) -> None:
    """An evidence pack is sound; with one byte changed it is refused."""
    file = tmp_path / "goi.wacz"
    run("evidence", "export", scene[FIRST]["so-w1"].audit.id, "--out", str(file))
    assert verified(file) == 0
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    assert verified(file) == 1


def verified(file: Path) -> int:
    return CliRunner().invoke(app, ["evidence", "verify", str(file)], catch_exceptions=False).exit_code
