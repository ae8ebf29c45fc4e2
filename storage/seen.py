"""Since when a verdict has stood: first and last day of the audits in a row that gave it."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from core.audit import Audit
from storage.tables import audits, findings


def same_portal(url: str, body_id: str | None, *, folder: bool = False) -> sa.ColumnElement[bool]:
    """Audits of the same portal: of the same body where it is known, else at the same address.

    http and https, with and without a slash at the end, are one address. A ``folder`` of static files is not the portal
    whose address it will have.
    """
    return sa.and_(audits.c.static_folder == folder, _same_place(url, body_id))


def _same_place(url: str, body_id: str | None) -> sa.ColumnElement[bool]:
    bare = url.partition("://")[2].rstrip("/") or url
    at_address = audits.c.url.in_(
        [f"{scheme}://{bare}{end}" for scheme in ("http", "https") for end in ("", "/")] + [url]
    )
    if body_id is None:
        return at_address
    return sa.or_(audits.c.body_id == body_id, sa.and_(audits.c.body_id.is_(None), at_address))


def mark(connection: sa.Connection, url: str, body_id: str | None, ruleset_id: str, *, folder: bool = False) -> None:
    """Writes ``first_seen`` and ``last_seen`` of every finding of the portal under the catalogue, in whatever order
    its audits came.

    The first day of a row whose beginning was pruned stays what it was.
    """
    order = (audits.c.today, audits.c.started_at, audits.c.id)
    row_number = sa.func.row_number()
    listed = (
        sa.select(
            *(findings.c[name] for name in ("audit_id", "rule", "verdict", "first_seen")),
            audits.c.today,
            row_number.over(partition_by=findings.c.rule, order_by=order).label("place"),
            row_number.over(partition_by=(findings.c.rule, findings.c.verdict), order_by=order).label("of_verdict"),
        )
        .join(audits, audits.c.id == findings.c.audit_id)
        .where(same_portal(url, body_id, folder=folder), audits.c.ruleset_id == ruleset_id)
        .subquery()
    )
    row = (listed.c.rule, listed.c.verdict, listed.c.place - listed.c.of_verdict)
    known = sa.and_(listed.c.place == 1, listed.c.first_seen < listed.c.today)
    begins = sa.case((known, listed.c.first_seen), else_=listed.c.today)
    seen = sa.select(
        listed.c.audit_id,
        listed.c.rule,
        sa.func.first_value(begins).over(partition_by=row, order_by=listed.c.place).label("first"),
        sa.func.max(listed.c.today).over(partition_by=row).label("last"),
    ).subquery()
    connection.execute(
        findings.update()
        .values(first_seen=seen.c.first, last_seen=seen.c.last)
        .where(
            findings.c.audit_id == seen.c.audit_id,
            findings.c.rule == seen.c.rule,
            sa.or_(
                findings.c.first_seen.is_distinct_from(seen.c.first),
                findings.c.last_seen.is_distinct_from(seen.c.last),
            ),
        )
    )


def since(connection: sa.Connection, audit: Audit, body_id: str | None) -> dict[str, dt.date]:
    """Since which day each rule has had the verdict it has in the audit, kept or not; only days before the audit's."""
    before = sa.or_(
        audits.c.id == audit.id,
        audits.c.today < audit.today,
        sa.and_(audits.c.today == audit.today, audits.c.started_at < audit.started_at),
    )
    same = same_portal(audit.portal.url, body_id, folder=audit.of_folder)
    of_portal = (same, audits.c.ruleset_id == audit.ruleset.id, before)
    newest = (
        sa.select(audits.c.id)
        .where(*of_portal)
        .order_by(sa.desc(audits.c.id == audit.id), audits.c.today.desc(), audits.c.started_at.desc())
        .limit(1)
    )
    query = sa.select(findings.c.rule, findings.c.verdict, findings.c.first_seen).where(
        findings.c.audit_id == newest.scalar_subquery()
    )
    kept = {(row.rule, row.verdict): row.first_seen for row in connection.execute(query)}
    found = ((f.rule, kept.get((f.rule, f.verdict.value))) for f in audit.findings)
    return {rule: day for rule, day in found if day is not None and day < audit.today}
