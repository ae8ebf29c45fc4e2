"""The settings file of a command: its values stand where the command line names none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from app import settings_file
from app.say import say
from app.settings_file import Key, Takes

#: Not kept in a file: it names the file.
_NOT_KEYS = frozenset({"config", "help"})
#: Lists that the command line writes with commas.
_JOINED = frozenset({"format"})


def keys_of(command: Any) -> dict[str, Key]:
    """What a settings file may say: every option of the command, and ``folder`` beside ``url``."""
    keys = {"folder": Key(Takes.PATH)}
    for parameter in command.params:
        if parameter.name and parameter.name not in _NOT_KEYS:
            keys[parameter.name] = _key(parameter)
    return keys


def _key(parameter: Any) -> Key:
    # Typer has click's classes inside itself in newer versions: known by what they say, not by what they are.
    if parameter.name in _JOINED:
        return Key(Takes.TEXTS, joined=True)
    if getattr(parameter, "multiple", False):
        return Key(Takes.TEXTS)
    if getattr(parameter, "is_flag", False):
        return Key(Takes.FLAG)
    kind = parameter.type.name
    takes = {"integer": Takes.WHOLE, "integer range": Takes.WHOLE, "float": Takes.NUMBER, "float range": Takes.NUMBER}
    return Key(Takes.PATH if kind in ("path", "file", "directory") else takes.get(kind, Takes.TEXT))


def settings_of(context: typer.Context, path: Path | None) -> Path | None:
    """Reads the file that ``--config`` names, else ``decree43.toml`` here; called before all other options."""
    found = path or settings_file.find(Path.cwd())
    if found is None or context.resilient_parsing:
        return path
    settings = settings_file.read(found, keys_of(context.command))
    if (rules := settings.get("rules")) and (beside := found.parent / rules).is_file():
        settings["rules"] = str(beside)
    if "folder" in settings:
        settings["url"] = settings.pop("folder")
    context.default_map = {**settings, **(context.default_map or {})}
    if not settings.get("quiet"):
        shown = found.name if found.parent == Path.cwd() else str(found)
        told = say("settings_from", path=shown)
        print(f"decree43: {told.en if settings.get('lang') == 'en' else told.vi}", file=sys.stderr)
    return found
