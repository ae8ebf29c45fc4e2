"""The first fault pydantic finds in a file of ours, in one line of both languages, with what to do."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from checks.say import both
from core.data_files import read_yaml
from core.finding import Text

#: Before the words of our own validators.
_OURS = "Value error, "


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    found: dict[str, str] = read_yaml(Path(__file__).with_name("field_faults.yaml"))
    return found


def fault(error: ValidationError) -> str:
    """The first fault, and how many more there are."""
    first = error.errors()[0]
    said = Text(_vietnamese(first), first["msg"].removeprefix(_OURS)).both
    return f"{said} {both('field_more', count=error.error_count() - 1)}" if error.error_count() > 1 else said


def _vietnamese(first: Any) -> str:
    context = {key: str(value).replace(" or ", " hoặc ") for key, value in first.get("ctx", {}).items()}
    words = _words().get(first["type"], _words()["other"])
    try:
        return words.format(**context)
    except KeyError:
        return _words()["other"]
