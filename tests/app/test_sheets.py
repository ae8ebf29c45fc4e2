"""``rank --format xlsx``: a round of kept audits as a workbook, against an earlier round."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from app.cli import app
from app.rounds import make
from storage.store import Store, open_store
from tests.ranking.audits import audit
from tests.ranking.register import body, keep

SPRING, AUTUMN = dt.date(2026, 6, 1), dt.date(2026, 11, 1)


@pytest.fixture
def db(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'audits.db'}"
    urls = {name: f"https://{name}.example.gov.vn" for name in ("an", "binh", "chau")}
    with open_store(address) as store:
        keep(store, *(body(name, name.title()) for name in urls), urls=urls)
        _round(store, "xuan", SPRING, {"an": "++--/?....", "binh": "+++++-----", "chau": "----------"})
        _round(store, "thu", AUTUMN, {"an": "+++-//?+..", "binh": "?++++----+", "chau": "----------"})
    return address


def _round(store: Store, name: str, day: dt.date, portals: dict[str, str]) -> None:
    ids = []
    for portal, letters in portals.items():
        ids.append(store.save(audit(f"{portal}-{name}", f"https://{portal}.example.gov.vn", letters, day)))
    make(store, name, f"Đợt {name}", day, audits=ids)


def rank(db: str, *args: str) -> str:
    result = CliRunner().invoke(app, ["rank", "thu", *args, "--db", db], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def rows(sheet: object) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]  # type: ignore[attr-defined]


def test_the_workbook_of_a_round_against_another(db: str, tmp_path: Path) -> None:
    out = tmp_path / "thu.xlsx"
    assert rank(db, "--against", "xuan", "--format", "xlsx", "--out", str(out)).strip() == str(out)
    book = openpyxl.load_workbook(out)
    names = [row[1] for row in rows(book["Xếp hạng"])]
    assert sorted(names) == ["An", "Binh", "Chau"]
    matrix = {row[0]: row[3:] for row in rows(book["Cơ quan và nghĩa vụ"])}
    assert "".join(str(v) for v in matrix["An"]) == "ĐĐĐKPP?Đ··"
    changes = {(row[0], row[1]): row[3:7] for row in rows(book["Thay đổi"])}
    assert changes[("An", "ND43-10.1.c.4")] == ["Tốt lên", "Không đạt", "Đạt", 5]
    assert changes[("Binh", "ND43-10.1.a.1")] == ["Có lần chưa đánh giá được", "Đạt", "Chưa đánh giá được", None]
    assert changes[("An", "ND43-12")][0] == "Có lần chưa đánh giá được"
    assert changes[("An", "ND43-15.1.a")][0] == "Có lần chưa đánh giá được"
    assert changes[("An", "TT32-15.4")][0] == "Phạm vi áp dụng thay đổi"
    assert not [key for key in changes if key[0] == "Chau"]


def test_the_ranking_equals_what_the_text_says(db: str, tmp_path: Path) -> None:
    out = tmp_path / "thu.xlsx"
    rank(db, "--format", "xlsx", "--out", str(out))
    sheet = openpyxl.load_workbook(out)["Xếp hạng"]
    told = list(csv.DictReader(io.StringIO(rank(db, "--format", "csv", "--lang", "en").lstrip("\ufeff"))))
    assert [row[0] for row in rows(sheet)] == [int(line["rank"]) for line in told]
    assert [row[2] for row in rows(sheet)] == [float(line["value"]) for line in told]


def test_other_rules_are_no_change_of_the_portal(db: str, tmp_path: Path) -> None:
    with open_store(db) as store:
        one = audit("an-moi", "https://an.example.gov.vn", "----------", dt.date(2026, 12, 1))
        other = dataclasses.replace(one, ruleset=dataclasses.replace(one.ruleset, sha256="ab" * 32))
        make(store, "dong", "Đợt đông", dt.date(2026, 12, 1), audits=[store.save(other)])
    out = tmp_path / "dong.xlsx"
    args = ["rank", "dong", "--against", "thu", "--format", "xlsx", "--out", str(out), "--db", db]
    assert CliRunner().invoke(app, args, catch_exceptions=False).exit_code == 0
    kinds = {row[3] for row in rows(openpyxl.load_workbook(out)["Thay đổi"])}
    assert "Do bộ tiêu chí khác" in kinds and not kinds & {"Tốt lên", "Kém đi"}


def test_a_workbook_needs_a_file_to_go_to(db: str, tmp_path: Path) -> None:
    for args in (["--format", "xlsx"], ["--out", str(tmp_path / "x.csv"), "--format", "csv"]):
        result = CliRunner().invoke(app, ["rank", "thu", *args, "--db", db])
        assert result.exit_code and "--out" in str(result.exception)
    missing = tmp_path / "none" / "x.xlsx"
    result = CliRunner().invoke(app, ["rank", "thu", "--format", "xlsx", "--out", str(missing), "--db", db])
    assert result.exit_code and "cannot write" in str(result.exception)
