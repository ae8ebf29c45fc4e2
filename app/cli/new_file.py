"""Files that a command is told to write: what stands there already is somebody's, and stays unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from core.errors import UsageError

#: The option of every command that writes one file.
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Ghi đè tệp đã có / overwrite a file that is there")]


def checked_new(path: Path, overwrite: bool, where: str = "--out") -> Path:
    """The path, where nothing stands there or it may be overwritten. Raises UsageError."""
    if not overwrite and (path.exists() or path.is_symlink()):
        raise UsageError(
            f"{path} đã có / is there already",
            where=where,
            hint="chọn tên khác, hoặc thêm --overwrite / choose another name, or add --overwrite",
        )
    return path
