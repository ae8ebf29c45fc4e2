"""Which audit's evidence stands in which archive."""

from __future__ import annotations

import sqlalchemy as sa

from core.errors import StorageError
from storage.store import Store
from storage.tables import audits


def archive_of(store: Store, audit_id: str) -> str:
    """Where the evidence of a kept audit stands. Raises StorageError when none was kept."""
    with store.transaction() as connection:
        found = connection.execute(sa.select(audits.c.archive).where(audits.c.id == audit_id)).scalar_one_or_none()
    if not found:
        raise StorageError(
            f"no evidence was archived for {audit_id}",
            where=store.where,
            hint="audits are archived unless --db none or --archive none was given; audit the portal again",
        )
    return str(found)
