"""The tables. Times are aware and kept in UTC; SQLite, which knows no zones, gets them without."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UTC(sa.types.TypeDecorator[dt.datetime]):
    """An aware time, given and taken in UTC; one without a zone is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value}")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


rulesets = sa.Table(
    "rulesets",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
)

audits = sa.Table(
    "audits",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("started_at", UTC, nullable=False, index=True),
    # Null until the audit is committed as a whole.
    sa.Column("finished_at", UTC),
    sa.Column("tool", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("ruleset_id", sa.Text, nullable=False),
    sa.Column("ruleset_sha256", sa.String(64), sa.ForeignKey("rulesets.sha256"), nullable=False, index=True),
    sa.Column("today", sa.Date, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("value", sa.Float),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("coverage", sa.Float),
    # The whole report.json, zlib.
    sa.Column("report", sa.LargeBinary, nullable=False),
)

findings = sa.Table(
    "findings",
    metadata,
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("rule", sa.String(200), primary_key=True),
    sa.Column("verdict", sa.String(20), nullable=False),
    sa.Column("ratio", sa.Float),
    sa.Column("points", sa.Float),
    sa.Column("max_points", sa.Float),
    sa.Column("cause", sa.Text),
    sa.Column("newest_date", sa.Date),
)
