"""Keeping audits, and getting them back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from core.audit import Audit
from core.page import Page
from core.score import Score


def open_store(url: str | None, *, make: bool = True) -> Any:
    """The store at a database URL; the user's own when none is named; None for ``none``.

    Without ``make`` a SQLite file that is named and not there is a StorageError; the user's own is made all the same.
    """
    if url == "none":
        return None
    from storage.schema import VARIABLE, default_url, must_be_there
    from storage.store import open_store as opened

    if not make and (url or os.environ.get(VARIABLE)):
        must_be_there(url or default_url())
    return opened(url or default_url())


def keep(
    store: Any,
    audit: Audit,
    *,
    pages: Sequence[Page] = (),
    scores: Iterable[Score] = (),
    body_id: str | None = None,
    archive: str | None = None,
) -> str | None:
    """Save an audit as a whole; its id, or None when nothing is kept.

    ``pages`` are the evidence's, ``scores`` those under more profiles than the report's own; ``body_id`` is the body of
    the register whose portal it is, ``archive`` where the answers are kept.
    """
    if store is None:
        return None
    return str(store.save(audit, pages=pages, scores=scores, body_id=body_id, archive=archive))
