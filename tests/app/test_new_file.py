"""A file that stands where a command is to write stays as it is, unless it may be overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from core.errors import UsageError
from storage.store import open_store
from tests.ranking.audits import audit
from tests.ranking.register import body, keep

COMMANDS = {
    "mau.xlsx": ("import", "--template", "xlsx"),
    "mau.csv": ("import", "--template", "csv"),
    "kiem-tra.db": ("import", "--template", "csv"),
    "danh-ba.csv": ("bodies", "export"),
    "dot.xlsx": ("rank", "dot", "--format", "xlsx"),
    "bao-cao.docx": ("halfyear", "--body", "tinh-a", "--year", "2026", "--half", "2"),
    "goi.wacz": ("evidence", "export", "a-1"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_what_is_there_is_only_overwritten_when_asked(name: str, tmp_path: Path) -> None:
    db = f"sqlite:///{tmp_path / 'audits.sqlite'}"
    with open_store(db) as store:
        keep(store, body("tinh-a", "Tỉnh A"), urls={"tinh-a": "https://a.gov.vn/"})
        store.save(audit("a-1", "https://a.gov.vn/", "++-"), body_id="tinh-a")
    cli = CliRunner()
    cli.invoke(app, ["rounds", "make", "dot", "--day", "2026-11-30", "--db", db], catch_exceptions=False)
    there = tmp_path / name
    there.write_bytes(b"somebody's work")
    command = [*COMMANDS[name], "--out", str(there), "--db", db]
    with pytest.raises(UsageError, match="is there already"):
        cli.invoke(app, command, catch_exceptions=False)
    assert there.read_bytes() == b"somebody's work"
    if name != "goi.wacz":  # there is no evidence of it: the refusal above came first
        assert cli.invoke(app, [*command, "--overwrite"], catch_exceptions=False).exit_code == 0
        assert there.read_bytes() != b"somebody's work"


def test_the_pdf_beside_a_report_stays_too(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"signed")
    args = ["halfyear", "--body", "x", "--year", "2026", "--half", "1", "--out", str(tmp_path / "a.docx"), "--pdf"]
    with pytest.raises(UsageError, match=r"a\.pdf đã có"):
        CliRunner().invoke(app, [*args, "--db", "none"], catch_exceptions=False)
