"""Reading what the sheets of a round need, in a few queries however many bodies there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from storage.store import Store
from storage.tables import audits, findings, round_entries


@dataclass(frozen=True, slots=True)
class AuditHead:
    """An audit of a round: where, how much was seen, by which rules."""

    url: str
    kind: str
    coverage: float | None
    ruleset_id: str
    ruleset_sha256: str


#: One finding of an audit: audit, rule, verdict, ratio, points.
Judged = tuple[str, str, str, float | None, float | None]


def heads(store: Store, round_id: str) -> dict[str, AuditHead]:
    """The audits of a round by id."""
    columns = (audits.c[name] for name in ("id", *AuditHead.__dataclass_fields__))
    query = sa.select(*columns).where(audits.c.id.in_(_of(round_id)))
    with store.transaction() as connection:
        return {row[0]: AuditHead(*row[1:]) for row in connection.execute(query)}


def judged(store: Store, round_id: str) -> Iterator[Judged]:
    """Every finding of a round's audits, audit by audit; read in parts, not at once."""
    columns = [findings.c[name] for name in ("audit_id", "rule", "verdict", "ratio", "points")]
    query = sa.select(*columns).where(findings.c.audit_id.in_(_of(round_id))).order_by(findings.c.audit_id)
    with store.transaction() as connection:
        for row in connection.execution_options(yield_per=5_000).execute(query):
            audit, rule, verdict, ratio, points = row
            yield audit, rule, verdict, ratio, points


def _of(round_id: str) -> sa.Select[tuple[str]]:
    entry = round_entries.c
    return sa.select(entry.audit_id).where(entry.round_id == round_id, entry.audit_id.is_not(None))
