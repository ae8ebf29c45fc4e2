"""Since when a verdict has stood: first and last day of the audits in a row that gave it."""

from __future__ import annotations

import sqlalchemy as sa

from storage.tables import audits, findings


def same_portal(url: str, body_id: str | None) -> sa.ColumnElement[bool]:
    """Audits of the same portal: of the same body where it is known, else at the same address.

    http and https, with and without a slash at the end, are one address.
    """
    bare = url.partition("://")[2].rstrip("/") or url
    at_address = audits.c.url.in_(
        [f"{scheme}://{bare}{end}" for scheme in ("http", "https") for end in ("", "/")] + [url]
    )
    if body_id is None:
        return at_address
    return sa.or_(audits.c.body_id == body_id, sa.and_(audits.c.body_id.is_(None), at_address))


def mark(connection: sa.Connection, url: str, body_id: str | None, ruleset_id: str) -> None:
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
        .where(same_portal(url, body_id), audits.c.ruleset_id == ruleset_id)
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
