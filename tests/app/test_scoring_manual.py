"""The manual of scoring promises what the commands take, in both languages alike."""

import json
import re
from pathlib import Path

import pytest
import typer.main

from app.cli import app
from checks.profile_file import ids

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = {"vi": DOCS / "vi" / "cham-diem.md", "en": DOCS / "en" / "scoring.md"}


def options() -> set[str]:
    """Every option of the commands about scores, figures and claims."""
    root = typer.main.get_command(app)
    commands = [
        root.commands["audit"],
        root.commands["import"],
        root.commands["declared"],
        *root.commands["profiles"].commands.values(),
    ]  # type: ignore[attr-defined]
    return {name for command in commands for parameter in command.params for name in parameter.opts}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_options_commands_and_files_named_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= options()
    assert set(re.findall(r"^decree43 (\w+)", text, re.MULTILINE)) == {"audit", "profiles", "import", "declared"}
    assert set(re.findall(r"^\| `([\w-]+)`", text, re.MULTILINE)) == set(ids())
    for link in re.findall(r"\]\(([^)]+)\)", text):
        assert (page.parent / link).is_file()
    (example,) = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    assert len(json.loads(example)) == 2


def test_both_languages_show_the_same_commands() -> None:
    shown = [
        re.findall(r"^decree43 [a-z]+(?: [a-z]+)?|--[a-z-]+", page.read_text("utf-8"), re.MULTILINE)
        for page in PAGES.values()
    ]
    assert sorted(shown[0]) == sorted(shown[1])
