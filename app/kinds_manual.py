"""The manual of the kinds of check, generated from their own docstrings and fields.

``python -m app.kinds_manual`` writes ``docs/kinds.md``; a test compares it with the code.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from checks.kind import Kind
from checks.kinds import BUILT_IN
from checks.kinds.section import SectionKind

TARGET = Path(__file__).resolve().parent.parent / "docs" / "kinds.md"

_HEAD = """# Kinds of check · Các loại phép kiểm tra

This page is generated from the code (`python -m app.kinds_manual`). A rule of the catalogue names its kind in `check:`
and gives the kind's fields in `with:`. Every kind is pure: it reads the evidence and answers pass, partial, fail,
unknown or not applicable.

Trang này được tạo tự động từ mã nguồn, phần mô tả bằng tiếng Anh. Trong bộ tiêu chí, mỗi nghĩa vụ ghi loại phép kiểm
tra ở `check:` và các tham số của phép kiểm tra đó ở `with:`.
"""


def manual() -> str:
    """The whole manual as Markdown."""
    shared = list(SectionKind.model_fields)
    parts = [_HEAD, "## Fields of every kind that looks for a section\n", _fields(SectionKind, [])]
    for kind in sorted(BUILT_IN, key=lambda k: k.key):
        parts.append(f"## `{kind.key}`\n\n{inspect.getdoc(kind) or ''}\n")
        known = shared if issubclass(kind, SectionKind) else []
        fields = _fields(kind, known)
        if known:
            fields = "Fields of a section" + (", and:\n\n" + fields if fields else ".\n")
        parts.append(fields)
    return "\n".join(p for p in parts if p)


def _fields(kind: type[Kind], known: list[str]) -> str:
    rows = []
    for name, field in kind.model_fields.items():
        if name in known:
            continue
        default = "required" if field.is_required() else f"`{field.get_default(call_default_factory=True)!r}`"
        shown = str(field.annotation).replace("typing.", "").replace("<class '", "").replace("'>", "")
        shown = shown.replace("checks.kinds.section.", "").replace("checks.parts.", "").replace("checks.kinds.", "")
        rows.append(f"- `{name}` ({shown.replace('|', 'or')}), {default}")
    return "\n".join(rows) + "\n" if rows else ""


if __name__ == "__main__":
    TARGET.write_text(manual(), encoding="utf-8")
