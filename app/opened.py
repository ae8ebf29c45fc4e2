"""The database of a command that cannot do without one."""

from __future__ import annotations

from typing import Any

from app.keep import open_store
from core.errors import UsageError


def opened(url: str | None) -> Any:
    """The store at a database URL, the user's own when none is named. Raises UsageError for ``none``."""
    store = open_store(url)
    if store is None:
        raise UsageError(
            "không lưu gì ở 'none' / nothing is kept in 'none'",
            where="--db",
            hint="ghi địa chỉ cơ sở dữ liệu, hoặc bỏ --db / name a database URL, or leave --db out",
        )
    return store
