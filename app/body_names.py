"""What portals are called where several stand side by side: the body's name in the register, else the page's title."""

from __future__ import annotations

import datetime as dt
from typing import Any

from storage.find_body import BodyFinder
from storage.rounds import Judged, judged


class PortalNames:
    """Names of audited portals, the register read once."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self._finder = BodyFinder(store)

    def body(self, body: str | None, url: str, day: dt.date) -> str | None:
        """What the body was called on the day; None where the register knows none."""
        found = body or self._finder.whose(url, day)
        known = self._finder.body(found) if found else None
        return known.name_on(day) if known else None

    def of(self, audit: Judged) -> str:
        """The body's name on the day of the audit, else the portal's own name, else its address."""
        named = None if audit.folder else self.body(audit.body, audit.url, audit.day)
        return named or audit.name or audit.url

    def of_kept(self, audit_id: str) -> str:
        """The same of a kept audit; "" where there is none of that id."""
        return next((self.of(audit) for audit in judged(self._store, [audit_id])), "")
