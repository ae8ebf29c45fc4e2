"""Keeping audits, and getting them back."""

from __future__ import annotations

from typing import Any

from core.audit import Audit


def open_store(url: str | None) -> Any:
    """The store at a database URL; the user's own when none is named; None for ``none``."""
    if url == "none":
        return None
    from storage.store import default_url
    from storage.store import open_store as opened

    return opened(url or default_url())


def keep(store: Any, audit: Audit) -> str | None:
    """Save an audit as a whole; its id, or None when nothing is kept."""
    return None if store is None else str(store.save(audit))
