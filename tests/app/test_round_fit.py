"""Who stands in a round: bodies that are there on its day, judged as what they are; and no round is lost unasked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.register import Merger, merge
from core.errors import UsageError
from storage.store import Store, open_store
from tests.ranking.audits import audit
from tests.ranking.register import body, keep

Run = Callable[..., tuple[str, str]]
JUNE, NOVEMBER = dt.date(2026, 6, 30), dt.date(2026, 11, 22)


@pytest.fixture
def db(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'audits.db'}"


@pytest.fixture
def store(db: str) -> Store:
    with open_store(db) as opened:
        yield opened  # type: ignore[misc]


@pytest.fixture
def run(db: str) -> Run:
    """The command with this database; what it said on both ways out. Errors come through."""

    def ran(*args: str) -> tuple[str, str]:
        done = CliRunner().invoke(app, [*args, "--db", db], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout, done.stderr

    return ran


@pytest.fixture
def merged(store: Store) -> Store:
    """X and Y, audited on the last day they were, and their successor, audited in November at X's address."""
    urls = {f"tinh-{n}": f"https://{n}.gov.vn/" for n in "xyz"}
    keep(store, *(body(f"tinh-{n}", f"Tỉnh {n.upper()}") for n in "xyz"), urls=urls)
    for n, letters in zip("xyz", ("++--", "+---", "+++-"), strict=True):
        store.save(audit(f"{n}-june", urls[f"tinh-{n}"], letters, JUNE), body_id=f"tinh-{n}")
    merge(store, Merger("tinh-xy", ("tinh-x", "tinh-y"), "tinh-x", dt.date(2026, 7, 1)))
    store.save(audit("xy-november", urls["tinh-x"], "+++-", NOVEMBER), body_id="tinh-xy")
    store.save(audit("z-november", urls["tinh-z"], "++++", NOVEMBER), body_id="tinh-z")
    return store


def rows(run: Run, *args: str) -> list[dict[str, object]]:
    found = json.loads(run("rank", *args, "--format", "json")[0])["rankings"]
    return [row for ranking in found for row in ranking["rows"]]


def test_a_body_that_has_ended_is_not_ranked_beside_its_successor(merged: Store, run: Run) -> None:
    run("rounds", "make", "giua-nam", "--day", "2026-06-30")
    said, warned = run("rounds", "make", "cuoi-nam", "--day", "2026-11-22")
    assert said == "cuoi-nam: 2 cơ quan / bodies\n"
    assert "x-june: Tỉnh X không còn vào ngày 22/11/2026, đã hợp nhất vào Tỉnh X" in warned
    assert "merged into tinh-xy" in warned and "y-june: Tỉnh Y không còn" in warned
    found = {row["body"]: row for row in rows(run, "cuoi-nam", "--against", "giua-nam")}
    assert {body: (row["rank"], row["of"]) for body, row in found.items()} == {"tinh-z": (1, 2), "tinh-xy": (2, 2)}
    change = found["tinh-xy"]["change"]
    assert change["before"]["body"] == "tinh-x"  # type: ignore[index]
    assert [old["body"] for old in change["beside"]] == ["tinh-y"]  # type: ignore[index]


def test_a_body_that_is_not_there_yet_does_not_stand_in_an_earlier_round(merged: Store, run: Run) -> None:
    _, warned = run("rounds", "make", "som", "--day", "2026-06-30", "--audits", "x-june,xy-november")
    assert "xy-november: Tỉnh X chưa có vào ngày 30/06/2026, từ 01/07/2026" in warned
    assert [row["body"] for row in rows(run, "som")] == ["tinh-x"]


def test_an_audit_of_another_kind_than_the_register_has_is_left_out_and_named(store: Store, run: Run) -> None:
    urls = {f"so-{n}": f"https://so{n}.gov.vn/" for n in "abc"}
    keep(store, *(body(f"so-{n}", f"Sở {n.upper()}", "department") for n in "abc"), urls=urls)
    for n in "abc":
        kind = "province" if n == "a" else "department"
        store.save(audit(f"{n}-1", urls[f"so-{n}"], "+++", JUNE, kind=kind), body_id=f"so-{n}")
    store.save(audit("b-2", urls["so-b"], "---", NOVEMBER, kind="province"), body_id="so-b")
    said, warned = run("rounds", "make", "d9", "--day", "2026-11-22")
    assert said == "d9: 2 cơ quan / bodies\n"
    assert "a-1: Sở A: kiểm tra theo loại “UBND tỉnh, thành phố trực thuộc Trung ương”" in warned
    assert "audit again with --kind department" in warned and "b-2: Sở B" in warned
    assert {row["audit"] for row in rows(run, "d9")} == {"b-1", "c-1"}, "an older audit of the right kind stands"
    with pytest.raises(UsageError, match="no audit can stand"):
        run("rounds", "make", "d10", "--audits", "a-1")


def test_the_audit_says_that_the_register_has_another_kind(
    tiny_portal: str, store: Store, db: str, tmp_path: Path
) -> None:
    keep(store, body("so-a", "Sở A", "department"), urls={"so-a": tiny_portal})
    fixed = ["audit", tiny_portal, "--allow-private", "--no-browser", "--archive", "none", "--quiet", "--db", db]
    for kind, differs in (("province", True), ("department", False)):
        out = tmp_path / kind
        done = CliRunner().invoke(app, [*fixed, "--kind", kind, "--out", str(out)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        notes = [note["vi"] for note in json.loads((out / "report.json").read_text("utf-8"))["audit"]["notes"]]
        assert any("danh bạ ghi “Cơ quan chuyên môn" in note for note in notes) is differs
        assert ("kiểm tra lại với --kind department" in done.stderr) is differs
        assert ("danh bạ ghi" in (out / "report.html").read_text("utf-8")) is differs


def test_a_round_that_is_kept_is_only_replaced_when_asked(merged: Store, run: Run) -> None:
    run("rounds", "make", "dot", "--title", "Đợt đầu", "--day", "2026-06-30")
    with pytest.raises(UsageError, match=r"“Đợt đầu”, 30/06/2026, 3 cơ quan / the round is kept already"):
        run("rounds", "make", "dot", "--day", "2026-11-22")
    assert "30/06/2026" in run("rounds", "list")[0] and "Đợt đầu" in run("rounds", "list")[0]
    run("rounds", "make", "dot", "--title", "Đợt sau", "--day", "2026-11-22", "--overwrite")
    assert "22/11/2026" in run("rounds", "list")[0] and "Đợt đầu" not in run("rounds", "list")[0]
