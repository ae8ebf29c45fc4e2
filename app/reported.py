"""What the database knows beside an audit, for its reports: the body's own claims, and since when a verdict stands."""

from __future__ import annotations

import dataclasses
from types import MappingProxyType
from typing import Any

from app.declared import compared
from core.audit import Audit


def as_reported(store: Any, audit: Audit, body_id: str | None = None) -> Audit:
    """The audit as it is reported. ``body_id`` is the body of an audit that is not kept yet."""
    from storage.figures import body_of_audit, claims_of
    from storage.seen import since

    owner = body_id or body_of_audit(store, audit.id)
    claims = compared(audit, claims_of(store, owner)) if owner else ()
    with store.transaction() as connection:
        days = since(connection, audit, owner)
    return dataclasses.replace(audit, declared=claims, since=MappingProxyType(days))
