"""Commands that read a database make none: a slip of typing in its address is told, and nothing is left behind."""

import gc
import sys

import pytest

from app.cli import main
from storage.schema import VARIABLE

READING = [
    ["audits"],
    ["report", "abc"],
    ["badge", "abc"],
    ["feed", "tinh-a"],
    ["rejudge", "abc"],
    ["evidence", "export", "abc", "--out", "goi.wacz"],
    ["declared", "abc"],
    ["compare", "abc", "def"],
    ["trend", "tinh-a"],
    ["updates"],
    ["papi", "abc"],
    ["plan", "abc"],
    ["rank", "dot-1"],
    ["rounds", "list"],
    ["rounds", "make", "dot-1"],
    ["bodies", "list"],
    ["bodies", "show", "tinh-a"],
    ["bodies", "export", "--out", "ra.csv"],
    ["bodies", "merge", "ab", "--from", "a,b", "--main", "a", "--on", "2026-07-01"],
    ["profiles", "score", "abc", "--profile", "laocai-4526"],
    ["rules", "diff", "nd43-2011", "nd224-2026"],
    ["halfyear", "--body", "tinh-a", "--year", "2026", "--half", "1", "--out", "a.docx"],
    ["db", "check"],
    ["db", "prune", "--keep", "24m"],
    ["db", "export"],
]
#: Commands whose work it is to put something into a database, new or not.
MAKING = [["bodies", "load"], ["db", "upgrade"]]


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


@pytest.mark.parametrize("args", READING, ids=" ".join)
def test_a_mistyped_address_is_told_and_makes_no_database(args, command, tmp_path, capsys):
    assert command(*args, "--db", "sqlite:///khong.db") == 2
    assert "sqlite:///khong.db: không có tệp này / there is no such file" in capsys.readouterr().err
    assert not list(tmp_path.glob("*.db"))


@pytest.mark.parametrize("args", MAKING, ids=" ".join)
def test_what_puts_something_in_may_make_it(args, command, tmp_path):
    assert command(*args, "--db", "sqlite:///moi.db") == 0
    assert (tmp_path / "moi.db").is_file()


def test_the_environment_is_an_address_too(command, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv(VARIABLE, "sqlite:///khong.db")
    assert command("audits") == 2
    assert "there is no such file" in capsys.readouterr().err and not (tmp_path / "khong.db").exists()


def test_the_users_own_database_is_made_when_it_is_wanted(command, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert command("audits") == 0
    assert "No audits yet" in capsys.readouterr().out


def test_a_folder_is_called_a_folder(command, tmp_path, capsys):
    assert command("audits", "--db", f"sqlite:///{tmp_path}") == 2
    assert "đó là thư mục, không phải tệp / that is a folder, no file" in capsys.readouterr().err
