"""The settings file of ``decree43 audit``: its values stand where the command line names none."""

from __future__ import annotations

import sys
import typing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from app import settings_file
from app.say import say
from app.settings_file import Key, Takes

#: Lists that the command line writes with commas.
_JOINED = frozenset({"format"})
_TAKES = {bool: Takes.FLAG, int: Takes.WHOLE, float: Takes.NUMBER, str: Takes.TEXT, Path: Takes.PATH}


def keys_of(command: Callable[..., Any]) -> dict[str, Key]:
    """What a settings file may say: every option of the command by its type, and ``folder`` beside ``url``."""
    keys = {"folder": Key(Takes.PATH)}
    for name, hint in typing.get_type_hints(command).items():
        if name not in ("config", "return"):
            kinds = [kind for kind in (typing.get_args(hint) or (hint,)) if kind is not type(None)]
            keys[name] = Key(Takes.TEXTS, joined=name in _JOINED)
            if name not in _JOINED and kinds[0] in _TAKES:
                keys[name] = Key(_TAKES[kinds[0]])
    return keys


def settings_of(context: typer.Context, path: Path | None) -> Path | None:
    """Reads the file that ``--config`` names, else ``decree43.toml`` here; called before all other options."""
    from app.cli.audit import audit

    found = path or settings_file.find(Path())
    if found is None or context.resilient_parsing:
        return path
    settings = settings_file.read(found, keys_of(audit))
    if (rules := settings.get("rules")) and (beside := found.parent / rules).is_file():
        settings["rules"] = str(beside)  # else the id of a catalogue
    if "folder" in settings:
        folder = settings.pop("folder")
        settings["url"] = folder if Path(folder).is_absolute() else f"./{folder}"  # never taken for an address
    context.default_map = {**settings, **(context.default_map or {})}
    if not settings.get("quiet"):
        told = say("settings_from", path=str(found))
        print(f"decree43: {told.en if settings.get('lang') == 'en' else told.vi}", file=sys.stderr)
    return found
