"""The register written to a CSV file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.register_csv import write
from core.errors import UsageError
from core.register import Body
from reports.files import write_whole
from storage.register import Bodies


def export_file(kept: Bodies, chosen: Sequence[Body], out: Path, lang: str = "vi", delimiter: str = ",") -> None:
    """Writes the bodies, the file whole or not at all. Raises UsageError."""
    data = write(chosen, kept.register(), lang, delimiter)
    try:
        write_whole(out, data)
    except OSError as error:
        raise UsageError(
            f"không ghi được / cannot write {out}: {error.strerror}",
            where="--out",
            hint="chọn tệp trong thư mục ghi được / name a file in a folder that can be written to",
        ) from None
