"""``decree43 rules`` as a legal officer runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import cases
from checks.catalogue import load, shipped
from storage.store import open_store
from tests.samples import province

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, "-c", "from app.cli import main; main()"]
ENV = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "PYTHONPATH": str(ROOT)}


def run(*args: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*MAIN, "rules", *args], capture_output=True, text=True, cwd=cwd, env=ENV, timeout=120)


def test_the_catalogues_and_their_times(tmp_path: Path) -> None:
    lines = run("catalogues", cwd=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["nd43-2011", "nd42-2022", "nd224-2026"]
    assert "15/08/2022 – 30/06/2026" in lines[1] and "75 nghĩa vụ" in lines[2]


@pytest.mark.parametrize("name", ["nd42-2022", "nd224-2026", "auto"])
def test_listed_with_vietnamese_titles(name: str, tmp_path: Path) -> None:
    done = run("list", "--rules", name, cwd=tmp_path)
    assert done.returncode == 0
    assert "Chuyên mục tiếp cận thông tin" in done.stdout and "ND13-11" in done.stdout


def test_one_duty_shown_by_its_former_id(tmp_path: Path) -> None:
    out = run("show", "ND09-3.4", "--rules", "nd224-2026", cwd=tmp_path).stdout
    assert out.startswith("ND244-3.3") and "khoản 3 Điều 3 NĐ 244/2026/NĐ-CP" in out


def test_the_crosswalk_as_a_table_and_as_data(tmp_path: Path) -> None:
    out = run("crosswalk", "ND64-16", cwd=tmp_path).stdout
    for words in (
        "Bộ tiêu chí",
        "Viện dẫn",
        "Hiệu lực",
        "nd43-2011",
        "ND224-13",
        "Điều 16 NĐ 64/2007/NĐ-CP",
        "từ 01/07/2026",
    ):
        assert words in out
    (duty,) = json.loads(run("crosswalk", "ND64-16", "--format", "json", cwd=tmp_path).stdout)
    assert [r["id"] for r in duty["rules"]] == ["ND64-16", "ND64-16", "ND224-13"]
    assert duty["rules"][2]["valid_from"] == "2026-07-01" and duty["rules"][2]["replaces"] == "ND64-16"
    assert duty["rules"][0]["voluntary"] == ["commune", "party", "other"]
    assert len(json.loads(run("crosswalk", "--format", "json", cwd=tmp_path).stdout)) == 75


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["crosswalk", "XX-9"], "no catalogue has a rule 'XX-9'"),
        (["crosswalk", "--format", "xml"], "no format 'xml'"),
        (["diff", "nd43-2011", "nd99"], "no catalogue 'nd99'"),
        (["diff", "nd43-2011", "nd224-2026", "--lang", "fr"], "vi or en"),
        (["copy", "nd99", "a.yaml"], "no catalogue 'nd99'"),
        (["copy", "nd224-2026", "nd224-2026.yaml"], "the id of the original"),
        (["copy", "nd224-2026", "khong/co/a.yaml"], "cannot write to"),
        (["list", "--rules", "nd99"], "no catalogue 'nd99'"),
    ],
)
def test_wrong_usage_is_one_sentence_and_2(args: list[str], words: str, tmp_path: Path) -> None:
    done = run(*args, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr and "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["nd43-2011", "nd224-2026"])
def test_a_copy_keeps_its_comments_and_runs(name: str, tmp_path: Path) -> None:
    done = run("copy", name, "cua-so.yaml", cwd=tmp_path)
    assert done.returncode == 0 and "decree43 rules diff" in done.stdout
    text = (tmp_path / "cua-so.yaml").read_text("utf-8")
    original = (
        shipped("decree43_rules.yaml") if name == "nd43-2011" else shipped("rulesets", f"{name}.yaml")
    ).read_text("utf-8")
    assert text.replace("\nid: cua-so\n", f"\nid: {name}\n", 1) == original
    copied, first = load(str(tmp_path / "cua-so.yaml")), load(name)
    assert copied.rules == first.rules and copied.id == "cua-so" and copied.sha256 != first.sha256
    assert copied.cases == first.cases


def test_a_copy_does_not_overwrite_unless_told(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("của tôi", "utf-8")
    done = run("copy", "nd224-2026", "a.yaml", cwd=tmp_path)
    assert done.returncode == 2 and "is there already" in done.stderr
    assert (tmp_path / "a.yaml").read_text("utf-8") == "của tôi"
    assert run("copy", "nd224-2026", "a", "--force", cwd=tmp_path).returncode == 0
    assert load(str(tmp_path / "a.yaml")).id == "a"
    assert [p.name for p in tmp_path.iterdir()] == ["a.yaml"]


def test_the_commands_after_a_copy_can_be_typed(tmp_path: Path) -> None:
    done = run("copy", "nd224-2026", "bo day du.yaml", cwd=tmp_path)
    assert done.returncode == 0 and "decree43 rules validate 'bo day du.yaml'" in done.stdout


def test_a_short_copy_notes_only_what_differs(tmp_path: Path) -> None:
    assert run("copy", "nd224-2026", "tinh.yaml", "--short", cwd=tmp_path).returncode == 0
    path = tmp_path / "tinh.yaml"
    assert len(path.read_text("utf-8").splitlines()) < 25
    path.write_text(
        path.read_text("utf-8").replace("rules: []", "rules:\n  - {id: ND43-10.1.b, weight: {province: 10}}"), "utf-8"
    )
    assert run("validate", "tinh.yaml", cwd=tmp_path).stdout.startswith("tinh: 75")
    out = run("diff", "nd224-2026", "tinh.yaml", cwd=tmp_path).stdout
    assert "điểm (tỉnh): 12 → 10" in out and "thay đổi 1" in out


def test_a_difference_with_a_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with open_store(url) as store:
        store.save(province())
    out = run("diff", "nd43-2011", "nd224-2026", "--db", url, cwd=tmp_path).stdout
    assert "Tác động đến 1 lần kiểm tra đã lưu theo nd43-2011" in out
    assert "cần kết luận lại" in out and "một bản khác của nd43-2011" in out
    data = json.loads(run("diff", "nd43-2011", "nd224-2026", "--db", url, "--format", "json", cwd=tmp_path).stdout)
    (audit,) = data["audits"]
    assert audit["audit"] == province().id and not audit["exact"] and "ND43-18.2" in audit["to_judge"]
    assert "audits" not in json.loads(run("diff", "nd43-2011", "nd224-2026", "--format", "json", cwd=tmp_path).stdout)


@pytest.mark.parametrize("name", ["nd42-2022", "nd224-2026"])
def test_a_later_catalogue_judges_its_own_cases(name: str) -> None:
    """Its own and those it changes; ``rules test`` runs the inherited ones besides."""
    catalogue = load(name)
    own = Path(catalogue.cases[-1])
    assert own.name == name
    told = {(c.rule, c.name) for c in cases.read(own)}
    every = cases.collect(catalogue)
    assert {catalogue.rule(r).id for r, _ in told if catalogue.rule(r)} <= {c.rule for c in every}  # type: ignore[union-attr]
    assert {r.id for r in catalogue.rules} == {c.rule for c in every}
    results = list(cases.run(catalogue, (c for c in every if (c.rule, c.name) in told)))
    assert len(results) == len(told)
    assert not [f"{r.case.file}, {r.case.name}: {r.wrong}" for r in results if r.wrong]


def test_a_case_of_a_later_catalogue_changes_the_inherited_one() -> None:
    first = {c.name: c for c in cases.collect(load("nd42-2022"), "ND43-18.2")}
    changed = first["under_another_name_than_the_law_gives"]
    assert changed.data["expect"] == "pass" and "/dvc" in changed.data["pages"]
    assert len(first) > 40
