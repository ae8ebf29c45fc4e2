"""What the READMEs promise is what the command line takes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OPTION = r"(?<![\w-])--[a-z][a-z-]+"


def help_of(*command: str) -> str:
    code = "import sys; from app.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, *command, "--help"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "300", "TERM": "dumb", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_table_of_options_is_that_of_audit(readme: str) -> None:
    promised = set(re.findall(rf"^\| `({OPTION})", (ROOT / readme).read_text("utf-8"), re.MULTILINE))
    taken = set(re.findall(OPTION, help_of("audit"))) - {"--help"}
    assert promised == taken


def test_the_commands_named_are_there() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for line in re.findall(r"^\.venv/bin/decree43 ([a-z]+(?: [a-z]+(?= ))?)", text, re.MULTILINE):
        help_of(*line.split())
