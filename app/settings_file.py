"""``decree43.toml``: the options of ``decree43 audit``, kept beside the portal's own source.

The keys are the long options with ``_`` or ``-`` (``fail_under = 0.8``), at the top or in a table ``[audit]``, and
``url`` or ``folder``. Files and folders are meant from where the settings file stands. The command line wins.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from core.errors import UsageError

NAME = "decree43.toml"


class Takes(Enum):
    """What an option takes; the value tells people."""

    FLAG = "true hoặc false / true or false"
    WHOLE = "một số nguyên / a whole number"
    NUMBER = "một số / a number"
    TEXT = "một chuỗi / a string"
    PATH = "một đường dẫn / a path"
    TEXTS = "một chuỗi hoặc một danh sách chuỗi / a string or a list of strings"


@dataclass(frozen=True, slots=True)
class Key:
    """A setting: what it takes, and whether a list stands for one text with commas."""

    takes: Takes
    joined: bool = False


def find(folder: Path) -> Path | None:
    """The settings file of a folder, where there is one; what else has that name is an error of ``read``."""
    path = folder / NAME
    return path if path.exists() else None


def read(path: Path, keys: Mapping[str, Key]) -> dict[str, Any]:
    """The settings by the names of the options. Raises UsageError with the key and what it takes."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"không đọc được / cannot be read: {error}", where=str(path)) from None
    except tomllib.TOMLDecodeError as error:
        hint = 'kind = "department"'
        raise UsageError(f"không phải TOML / is no TOML: {error}", where=str(path), hint=hint) from None
    table = data.pop("audit", {})
    if not isinstance(table, dict):
        raise UsageError("[audit] phải là một bảng / must be a table", where=str(path), hint="[audit]")
    found: dict[str, Any] = {}
    for key, value in [*data.items(), *table.items()]:
        name = str(key).replace("-", "_")
        known = keys.get(name)
        if known is None:
            near = difflib.get_close_matches(name, keys, 1, 0.5)
            hint = f"có phải / did you mean: {near[0]}?" if near else f"một trong / one of: {', '.join(sorted(keys))}"
            raise UsageError(f"không có thiết lập / there is no setting {key!r}", where=str(path), hint=hint)
        if name in found:
            raise UsageError(f"{key}: nêu hai lần / is given twice", where=str(path))
        found[name] = _value(path, str(key), value, known)
    if "url" in found and "folder" in found:
        raise UsageError("chỉ nêu một trong hai / give only one of: url, folder", where=str(path))
    return found


def _value(path: Path, key: str, value: Any, known: Key) -> Any:
    texts = isinstance(value, list) and all(isinstance(v, str) for v in value)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    good = {
        Takes.FLAG: isinstance(value, bool),
        Takes.WHOLE: isinstance(value, int) and not isinstance(value, bool),
        Takes.NUMBER: number,
        Takes.TEXT: isinstance(value, str),
        Takes.PATH: isinstance(value, str),
        Takes.TEXTS: isinstance(value, str) or texts,
    }[known.takes]
    if not good:
        # The value is not shown: it may be a secret in the wrong place.
        raise UsageError(f"{key} phải là / must be: {known.takes.value}", where=str(path))
    if known.takes is Takes.PATH:
        return _beside(path, value)
    if known.takes is Takes.TEXTS:
        every = [value] if isinstance(value, str) else value
        return ",".join(every) if known.joined else every
    return value


def _beside(path: Path, value: str) -> str:
    """A path as seen from the settings file; one that stands for itself, as a catalogue's id does, stays."""
    beside = path.parent / Path(value).expanduser()
    return str(beside)
