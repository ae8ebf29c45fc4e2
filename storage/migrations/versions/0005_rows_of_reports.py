"""Evidence, facts, scores and days of audits kept before there were tables for them, taken from their reports."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_audits = sa.table(
    "audits",
    *(sa.column(name) for name in ("id", "url", "ruleset_id", "report")),
    sa.column("today", sa.Date),
    sa.column("started_at", sa.DateTime(timezone=True)),
    sa.column("finished_at", sa.DateTime(timezone=True)),
)
_findings = sa.table(
    "findings",
    *(sa.column(name) for name in ("audit_id", "rule", "verdict")),
    *(sa.column(name, sa.Date) for name in ("first_seen", "last_seen")),
)
_evidence = sa.table(
    "evidence",
    *(sa.column(name) for name in ("audit_id", "rule", "number", "kind", "url", "text", "value", "sha256")),
    sa.column("observed_at", sa.DateTime(timezone=True)),
)
_facts = sa.table("facts", *(sa.column(name) for name in ("audit_id", "name", "value")))
_SCORE = ("value", "low", "high", "points", "max_points", "coverage")
_scores = sa.table("scores", *(sa.column(name) for name in ("audit_id", "profile", *_SCORE, "band")))


def upgrade() -> None:
    connection = op.get_bind()
    without = _audits.c.id.not_in(sa.select(_scores.c.audit_id))
    for audit_id in connection.execute(sa.select(_audits.c.id).where(without)).scalars().all():
        packed = connection.execute(sa.select(_audits.c.report).where(_audits.c.id == audit_id)).scalar_one()
        try:
            report = json.loads(zlib.decompress(packed))
        except (zlib.error, ValueError):  # a damaged report stays as it is; `decree43 db check` names it
            continue
        _fill(connection, audit_id, report)
    _mark(connection)


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy of the database from before the step")


def _fill(connection: sa.Connection, audit_id: str, report: dict[str, Any]) -> None:
    score = report["score"]
    values = {key: score[key] for key in _SCORE}
    connection.execute(_scores.insert(), {"audit_id": audit_id, "profile": score["profile"], "band": None} | values)
    facts = {_text(name)[:200]: value for name, value in report["facts"].items()}
    if facts:
        rows = [
            {"audit_id": audit_id, "name": name, "value": _text(json.dumps(value, ensure_ascii=False))}
            for name, value in facts.items()
        ]
        connection.execute(_facts.insert(), rows)
    proofs = [
        {
            "audit_id": audit_id,
            "rule": _text(finding["rule"]),
            "number": number,
            "kind": _text(proof["kind"])[:20],
            "url": _text(proof["url"] or ""),
            "text": _text(proof["text"] or ""),
            "value": _text(proof["value"] or ""),
            "observed_at": dt.datetime.fromisoformat(proof["observed_at"]) if proof["observed_at"] else None,
            "sha256": (proof["sha256"] or "")[:64],
        }
        for finding in report["findings"]
        for number, proof in enumerate(finding["evidence"], 1)
    ]
    if proofs:
        connection.execute(_evidence.insert(), proofs)


def _mark(connection: sa.Connection) -> None:
    """First and last day of the audits in a row with one verdict, for each portal, catalogue and rule."""
    query = (
        sa.select(
            _audits.c.url, _audits.c.ruleset_id, _findings.c.rule, _findings.c.verdict, _audits.c.today, _audits.c.id
        )
        .join(_findings, _findings.c.audit_id == _audits.c.id)
        .order_by(_audits.c.today, _audits.c.started_at, _audits.c.id)
    )
    open_rows: dict[tuple[str, str, str], tuple[str, list[tuple[str, str, dt.date]]]] = {}
    updates: list[dict[str, Any]] = []

    def close(row: list[tuple[str, str, dt.date]]) -> None:
        days = [day for _, _, day in row]
        updates.extend({"a": a, "r": rule, "first": min(days), "last": max(days)} for a, rule, _ in row)

    for url, ruleset, rule, verdict, today, audit_id in connection.execute(query):
        key = (url, ruleset, rule)
        before = open_rows.get(key)
        if before is None or before[0] != verdict:
            if before is not None:
                close(before[1])
            open_rows[key] = (verdict, [])
        open_rows[key][1].append((audit_id, rule, today))
    for _, row in open_rows.values():
        close(row)
    if updates:
        statement = (
            _findings.update()
            .where(_findings.c.audit_id == sa.bindparam("a"), _findings.c.rule == sa.bindparam("r"))
            .values(first_seen=sa.bindparam("first"), last_seen=sa.bindparam("last"))
        )
        connection.execute(statement, updates)


def _text(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
