"""``trend --pictures``: what is kept of a body, drawn."""

from __future__ import annotations

import csv
from pathlib import Path

from lxml import etree
from typer.testing import CliRunner

from app.cli import app
from tests.app.test_sheets import db as db


def trend(db: str, who: str, folder: Path) -> dict[str, Path]:
    args = ["trend", who, "--pictures", str(folder), "--db", db]
    assert CliRunner().invoke(app, args, catch_exceptions=False).exit_code == 0
    return {path.name: path for path in folder.iterdir()}


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";"))


def test_ranks_and_duties_with_their_tables(db: str, tmp_path: Path) -> None:
    files = trend(db, "an", tmp_path / "new")
    assert set(files) == {f"{name}.{kind}" for name in ("rank", "duties") for kind in ("svg", "png", "csv")}
    heads, *lines = rows(files["rank.csv"])
    assert heads == ["Cơ quan", "Đợt xuan", "Đợt thu"]
    found = {name: ranks for name, *ranks in lines}
    assert found["An"] == ["2", "1"] and found["Binh"] == ["1", "2"] and found["Chau"] == ["3", "3"]
    duties = {rule: verdicts for rule, _, *verdicts in rows(files["duties.csv"])}
    assert duties["ND43-10.1.c.4"] == ["Không đạt", "Đạt"]
    assert duties["ND43-12"] == ["Chưa đánh giá được", "Đạt một phần"]
    for name in ("rank.svg", "duties.svg"):
        assert etree.parse(files[name]).getroot().findtext("{*}title")
    assert files["rank.png"].read_bytes().startswith(b"\x89PNG")


def test_a_portal_in_no_round_has_duties_only(db: str, tmp_path: Path) -> None:
    from storage.store import open_store
    from tests.ranking.audits import audit

    with open_store(db) as store:
        store.save(audit("le", "https://le.example.gov.vn", "+-"))
    assert set(trend(db, "https://le.example.gov.vn", tmp_path)) >= {"duties.svg", "duties.png", "duties.csv"}
    assert not (tmp_path / "rank.svg").exists()


def test_a_folder_that_cannot_be_made(db: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = CliRunner().invoke(app, ["trend", "an", "--pictures", str(tmp_path / "file"), "--db", db])
    assert result.exit_code and "cannot write" in str(result.exception)
