"""The two texts about ranking name only commands and options that exist, the same ones in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from app.cli import app

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXTS = {name: (DOCS / name).read_text("utf-8") for name in ("vi/xep-hang.md", "en/ranking.md")}


def commands() -> dict[str, set[str]]:
    """Every command with its options: "rounds make" -> {"--title", …}."""
    found: dict[str, set[str]] = {}

    def walk(command: object, name: str) -> None:
        options = {o for p in getattr(command, "params", ()) for o in getattr(p, "opts", ())}
        found[name] = options
        for word, child in getattr(command, "commands", {}).items():
            walk(child, f"{name} {word}".strip())

    walk(typer.main.get_command(app), "")
    return found


@pytest.mark.parametrize("name", TEXTS)
def test_every_line_of_a_command_can_be_typed(name: str) -> None:
    known = commands()
    lines = re.findall(r"^decree43 (.+?)(?:\s+#.*|\s+>.*)?$", TEXTS[name], re.MULTILINE)
    assert len(lines) > 10
    for line in lines:
        words = line.split()
        command = " ".join(words[:2]) if " ".join(words[:2]) in known else words[0]
        assert command in known, line
        assert set(re.findall(r"--[a-z-]+", line)) <= known[command], line


def test_both_languages_show_the_same_commands_and_options() -> None:
    for pattern in (r"--[a-z]+(?:-[a-z]+)*", r"decree43 [a-z]+", r"^(#+) ", r"rulesets/ranking/\w+\.yaml"):
        vietnamese, english = (re.findall(pattern, text, re.MULTILINE) for text in TEXTS.values())
        assert sorted(vietnamese) == sorted(english), pattern
