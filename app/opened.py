"""The database of a command that cannot do without one."""

from __future__ import annotations

from typing import Any

from app.keep import open_store
from core.errors import UsageError


def opened(url: str | None, *, make: bool = False) -> Any:
    """The store at a database URL, the user's own when none is named; one that is there, unless it may be made.

    Raises UsageError for ``none``, StorageError for a SQLite file that is not there: a slip of typing makes none.
    """
    store = open_store(url, make=make)
    if store is None:
        raise nothing_kept()
    return store


def nothing_kept() -> UsageError:
    """``--db none`` where a database is needed."""
    return UsageError(
        "không lưu gì ở 'none' / nothing is kept in 'none'",
        where="--db",
        hint="ghi địa chỉ cơ sở dữ liệu, hoặc bỏ --db / name a database URL, or leave --db out",
    )
