"""A file that a command is to write: not in the place of one that is there, unless asked for."""

from __future__ import annotations

from pathlib import Path

from core.errors import UsageError

#: What ``--overwrite`` says of itself.
HELP = "Ghi đè tệp đã có / overwrite a file that is there"


def new_file(path: Path, overwrite: bool, where: str = "--out") -> Path:
    """The path, when nothing stands there or a file may be overwritten. Raises UsageError, before any work is done."""
    if path.is_dir():
        raise UsageError(
            f"{path} là thư mục / is a folder", where=where, hint="nêu tên tệp trong đó / name a file in it"
        )
    if (path.exists() or path.is_symlink()) and not overwrite:
        raise UsageError(
            f"{path} đã có, không ghi đè / is there already",
            where=where,
            hint="chọn tên khác, hoặc thêm --overwrite / choose another name, or add --overwrite",
        )
    return path
