"""A catalogue of one's own: a copy with its comments, or a short file that notes only what differs."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from app.new_file import new_file
from app.say import say
from checks.catalogue import find, load
from core.errors import CatalogueError, UsageError
from core.rule import Catalogue

_ID = re.compile(r"^id:[^\n]*$", re.M)
_SHORT = """# {vi}
# {en}
id: {id}
extends: {base}
title:
  vi: "{title_vi}"
  en: "{title_en}"

# drop: [PROD-SHARE]

rules: []
# rules:
#   - id: ND43-10.1.b
#     weight: {{province: 10, ministry: 10}}
#     with:
#       add_names: [Bản tin nội bộ]
#       fresh: {{full_days: 2}}
"""


def copy(name: str, target: Path, *, short: bool = False, overwrite: bool = False) -> Catalogue:
    """Writes the copy and gives it as it was read back; nothing is left behind where it would not be valid.

    The copy's id is the name of its file, so that its audits are told from those of the original.
    Raises UsageError when the file is there already or cannot be written, CatalogueError for the catalogue.
    """
    original = load(name)
    path = target if target.suffix in (".yaml", ".yml") else target.with_name(f"{target.name}.yaml")
    own = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    if not own or own == original.id:
        raise UsageError(
            f"{path.name} sẽ trùng mã với bộ gốc / would have the id of the original",
            hint="chọn tên tệp khác / choose another file name",
        )
    new_file(path, overwrite, where="rules copy")
    text = _short(original, own) if short else _ID.sub(f"id: {own}", find(name).read_text("utf-8"), count=1)
    try:
        handle, draft = tempfile.mkstemp(".yaml", f".{path.stem}-", path.parent)
    except OSError as error:
        raise UsageError(
            f"không ghi được vào / cannot write to {path.parent}: {error.strerror}",
            hint="chọn thư mục khác / choose another folder",
        ) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            loaded = load(draft)
        except CatalogueError as error:
            raise CatalogueError(error.message, where=error.where.replace(Path(draft).name, path.name)) from None
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    finally:
        Path(draft).unlink(missing_ok=True)
    return loaded


def _short(original: Catalogue, own: str) -> str:
    head = say("copy_short", base=original.id)
    return _SHORT.format(
        vi=head.vi, en=head.en, id=own, base=original.id, title_vi=original.title.vi, title_en=original.title.en
    )
