"""What ``--out`` names is not written in the place of a file that is there, unless asked for."""

import gc
import sys

import pytest

from app.cli import main
from app.new_file import new_file
from core.errors import UsageError

#: Commands that write one file; the last word is the file.
COMMANDS = [
    ["import", "--template", "xlsx", "--out", "mau.xlsx"],
    ["import", "--template", "csv", "--out", "mau.csv"],
    ["bodies", "export", "--db", "sqlite:///audits.db", "--out", "danh-ba.csv"],
    ["evidence", "export", "abc", "--db", "sqlite:///audits.db", "--out", "goi.wacz"],
    ["halfyear", "--body", "tinh-a", "--year", "2026", "--half", "1", "--db", "sqlite:///audits.db", "--out", "a.docx"],
    ["rank", "dot-1", "--format", "xlsx", "--db", "sqlite:///audits.db", "--out", "dot-1.xlsx"],
    ["rules", "copy", "nd224-2026", "bo.yaml"],
]


@pytest.fixture
def command(tmp_path, monkeypatch):
    """``decree43 …`` in this process: its exit status."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gc, "freeze", lambda: None)  # this process goes on
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["decree43", *args])
        try:
            main()
        except SystemExit as end:
            return end.code or 0
        return 0

    return call


@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: " ".join(args[:2]))
def test_a_file_that_is_there_stays_as_it_is(args, command, tmp_path, capsys):
    target = tmp_path / args[-1]
    target.write_bytes(b"filled in by hand")
    assert command(*args) == 2
    said = capsys.readouterr().err
    assert "đã có, không ghi đè / is there already" in said and "--overwrite" in said
    assert target.read_bytes() == b"filled in by hand"
    assert not (tmp_path / "audits.db").exists(), "refused before anything is done"


@pytest.mark.parametrize("args", [COMMANDS[0], COMMANDS[1], COMMANDS[-1]], ids=lambda args: " ".join(args[:2]))
def test_overwrite_writes_it_all_the_same(args, command, tmp_path):
    target = tmp_path / args[-1]
    target.write_bytes(b"old")
    assert command(*args, "--overwrite") == 0
    assert target.read_bytes() != b"old"


def test_the_pdf_beside_a_halfyear_report_stays_too(command, tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"signed")
    assert command(*COMMANDS[4], "--pdf") == 2
    assert "a.pdf" in capsys.readouterr().err
    assert (tmp_path / "a.pdf").read_bytes() == b"signed"


def test_a_folder_is_no_file_even_with_overwrite(tmp_path):
    with pytest.raises(UsageError, match="là thư mục / is a folder"):
        new_file(tmp_path, overwrite=True)


def test_a_link_to_nowhere_is_there_too(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone.csv")
    with pytest.raises(UsageError, match="is there already"):
        new_file(tmp_path / "a.csv", overwrite=False)
    assert new_file(tmp_path / "a.csv", overwrite=True) == tmp_path / "a.csv"
