"""A kept audit beside what the body claimed for the same time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from app.figures import shipped_catalogues
from app.register import bodies_of
from core.audit import Audit
from core.declared import Declared
from core.errors import UsageError
from core.figures import Claim
from core.register import Body


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claims of one body for one period beside an audit's findings."""

    audit: Audit
    body: Body
    begins: dt.date
    ends: dt.date
    items: tuple[Declared, ...]


def declared(store: Any, audit_id: str, body: str = "") -> Comparison:
    """The comparison for a kept audit.

    ``body`` names it where neither the audit nor the register says whose portal it was. Of the claims those of the
    newest period that had begun by the day of the audit are taken. UsageError where there are none.
    """
    from storage.figures import claims_of

    audit = store.load(audit_id)
    owner = whose(store, audit, body)
    claims = claims_of(store, owner.id)
    items = compared(audit, claims)
    if not items:
        when = f" trước / before {audit.today:%d/%m/%Y}" if claims else ""
        raise UsageError(
            f"{owner.name} chưa có điểm tự chấm{when} / has claimed nothing",
            hint="decree43 import --template xlsx --out mau.xlsx, trang / sheet “Tự chấm”",
        )
    return Comparison(audit, owner, items[0].claim.begins, items[0].claim.ends, items)


def compared(audit: Audit, claims: Iterable[Claim]) -> tuple[Declared, ...]:
    """The claims of the newest period that had begun by the day of the audit, compared; empty where there are none."""
    from checks.declared import compare

    begun = [claim for claim in claims if claim.begins <= audit.today]
    if not begun:
        return ()
    period = newest(begun)
    of_period = [claim for claim in begun if (claim.begins, claim.ends) == period]
    return compare(of_period, audit.findings, other_ids({finding.rule for finding in audit.findings}))


def other_ids(judged: Collection[str], before: Collection[str] = ()) -> dict[str, str]:
    """Other ids of the duties that were judged: the same duty goes by another id under another law.

    Not of those that ``before`` has by the id it is judged by.
    """
    own = set(judged)
    return {
        name: mine
        for loaded in shipped_catalogues()
        for rule in loaded.rules
        for mine in {rule.id, *rule.aliases} & own - set(before)
        for name in {rule.id, *rule.aliases} - own
    }


def newest(claims: Iterable[Claim]) -> tuple[dt.date, dt.date]:
    """The newest period: the last to end, the shortest of those."""
    return max(((c.begins, c.ends) for c in claims), key=lambda period: (period[1], period[0]))


def whose(store: Any, audit: Audit, body: str = "") -> Body:
    """The body an audit is of: as named, else as kept. UsageError where nobody can tell."""
    from storage.figures import body_of_audit

    if body:
        found = bodies_of(store).find(body)
        if len(found) == 1:
            return found[0]
        shown = ", ".join(f"{one.id} ({one.name})" for one in found[:6])
        reason = (
            f"có nhiều cơ quan / is ambiguous: {shown}" if found else "không có trong danh bạ / not in the register"
        )
        raise UsageError(f"{body!r} {reason}", where="--body")
    owner = body_of_audit(store, audit.id)
    if owner is None:
        raise UsageError(
            f"không rõ cổng {audit.portal.url} của cơ quan nào / it is not known whose portal this is",
            hint="nêu cơ quan bằng --body, hoặc ghi địa chỉ cổng vào danh bạ / name it by --body",
        )
    return bodies_of(store).find(owner)[0]
