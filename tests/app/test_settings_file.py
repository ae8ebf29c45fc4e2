"""decree43.toml: every option of the command, one clear error for what is wrong, the command line wins."""

from pathlib import Path

import pytest

from app.cli.audit import audit
from app.cli.settings import keys_of
from app.settings_file import Takes, find, read
from core.errors import UsageError

KEYS = keys_of(audit)


def settings(folder: Path, text: str) -> dict[str, object]:
    path = folder / "decree43.toml"
    path.write_text(text, "utf-8")
    return read(path, KEYS)


def test_every_option_of_the_command_is_a_key() -> None:
    assert {"url", "folder", "kind", "fail_under", "header", "only", "baseline", "exhaustive"} <= KEYS.keys()
    assert "config" not in KEYS
    assert (KEYS["exhaustive"].takes, KEYS["max_pages"].takes) == (Takes.FLAG, Takes.WHOLE)
    assert (KEYS["fail_under"].takes, KEYS["baseline"].takes) == (Takes.NUMBER, Takes.PATH)
    assert (KEYS["allow_host"].takes, KEYS["format"].joined) == (Takes.TEXTS, True)


def test_keys_at_the_top_or_in_a_table_with_either_dash(tmp_path: Path) -> None:
    text = 'kind = "department"\n[audit]\nfail-under = 1\nfail_on = "functions"\nformat = ["html", "junit"]\n'
    found = settings(tmp_path, text)
    assert found == {"kind": "department", "fail_under": 1, "fail_on": ["functions"], "format": "html,junit"}


def test_paths_are_meant_from_the_file(tmp_path: Path) -> None:
    found = settings(tmp_path, 'folder = "dist"\nbaseline = "ci/base.json"\nout = "/srv/report"\n')
    assert found == {
        "folder": str(tmp_path / "dist"),
        "baseline": str(tmp_path / "ci/base.json"),
        "out": "/srv/report",
    }


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        ("fial_on = 'x'", "no setting 'fial_on'", "fail_on"),
        ("[audit]\nmax_page = 3", "no setting 'max_page'", "max_pages"),
        ("[report]\nformat = 'md'", "no setting 'report'", ""),
        ("config = 'x'", "no setting 'config'", ""),
        ("zzzz = 1", "no setting", "allow_host"),
        ("kind = 3", "kind phải là .* a string", ""),
        ("max_pages = 'ten'", "a whole number", ""),
        ("max_pages = true", "a whole number", ""),
        ("fail_under = '0.8'", "a number", ""),
        ("quiet = 'yes'", "true or false", ""),
        ("only = [1]", "a list of strings", ""),
        ("kind = 'a'\n[audit]\nkind = 'b'", "given twice", ""),
        ("url = 'http://a/'\nfolder = 'dist'", "only one of", ""),
        ("audit = 3", "must be a table", ""),
        ("kind = [", "is no TOML", ""),
    ],
)
def test_what_is_wrong_is_one_clear_error(text: str, words: str, hint: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=words) as caught:
        settings(tmp_path, text)
    assert caught.value.where == str(tmp_path / "decree43.toml")
    assert hint in caught.value.hint


def test_a_secret_in_the_wrong_place_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        settings(tmp_path, "header = {X-Token = 'bi-mat-9'}")
    assert "bi-mat" not in str(caught.value)


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "decree43.toml").write_bytes(b"kind = '\xff'")
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "decree43.toml", KEYS)
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "none.toml", KEYS)


def test_it_is_found_in_the_folder_only(tmp_path: Path) -> None:
    assert find(tmp_path) is None
    (tmp_path / "decree43.toml").write_text("", "utf-8")
    assert find(tmp_path) == tmp_path / "decree43.toml"
