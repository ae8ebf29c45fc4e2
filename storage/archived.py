"""Which audit's evidence stands in which archive."""

from __future__ import annotations

import sqlalchemy as sa

from core.errors import StorageError
from storage.say import both
from storage.store import Store
from storage.tables import audits


def archive_of(store: Store, audit_id: str) -> str:
    """Where the evidence of a kept audit stands. Raises StorageError when none was kept."""
    with store.transaction() as connection:
        found = connection.execute(sa.select(audits.c.archive).where(audits.c.id == audit_id)).scalar_one_or_none()
    if not found:
        raise StorageError(
            both("no_archive", id=audit_id),
            where=store.where,
            hint=both("no_archive_hint"),
        )
    return str(found)


def judged_from(store: Store, address: str, sha256: str) -> tuple[str, ...]:
    """Ids of the kept audits of the evidence in that archive by the catalogue with that content, oldest first."""
    query = (
        sa.select(audits.c.id)
        .where(audits.c.archive == address, audits.c.ruleset_sha256 == sha256, audits.c.finished_at.is_not(None))
        .order_by(audits.c.finished_at, audits.c.id)
    )
    with store.transaction() as connection:
        return tuple(connection.execute(query).scalars())
