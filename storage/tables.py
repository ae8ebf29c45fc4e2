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
    # Whose portal it was, where the register knows.
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id"), index=True),
    # Where the answers are kept, as fsspec writes addresses; null when none were.
    sa.Column("archive", sa.Text),
    sa.Column("value", sa.Float),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("coverage", sa.Float),
    # How many rules were left out when it was asked for; whether it was of a folder of static files and of no portal.
    sa.Column("skipped", sa.Integer, nullable=False, server_default="0"),
    sa.Column("static_folder", sa.Boolean, nullable=False, server_default=sa.false()),
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
    # Day of the first and of the last audit in a row, of one portal under one catalogue id, with this verdict.
    sa.Column("first_seen", sa.Date),
    sa.Column("last_seen", sa.Date),
)

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("rule", sa.String(200), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("observed_at", UTC),
    sa.Column("sha256", sa.String(64), nullable=False),
)

pages = sa.Table(
    "pages",
    metadata,
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("depth", sa.Integer, nullable=False),
    sa.Column("status", sa.Integer),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("newest_date", sa.Date),
    sa.Column("fetched_at", UTC),
)

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.String(200), primary_key=True),
    # JSON.
    sa.Column("value", sa.Text, nullable=False),
)

scores = sa.Table(
    "scores",
    metadata,
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("profile", sa.String(200), primary_key=True),
    sa.Column("value", sa.Float),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("points", sa.Float),
    sa.Column("max_points", sa.Float),
    sa.Column("coverage", sa.Float),
    sa.Column("band", sa.Text),
)

bodies = sa.Table(
    "bodies",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("kind", sa.String(40), nullable=False, index=True),
    sa.Column("parent_id", sa.String(200), sa.ForeignKey("bodies.id"), index=True),
    sa.Column("code", sa.Text, nullable=False, index=True),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    sa.Column("seat", sa.Text, nullable=False, server_default=""),
)

body_names = sa.Table(
    "body_names",
    metadata,
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    # What is the same for every way of writing the name (core.register_names.key).
    sa.Column("key", sa.Text, nullable=False, server_default="", index=True),
)

body_aliases = sa.Table(
    "body_aliases",
    metadata,
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    # Folded.
    sa.Column("key", sa.Text, nullable=False, index=True),
)

portals = sa.Table(
    "portals",
    metadata,
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("url", sa.Text, nullable=False, index=True),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    # Host without "www.", with the port where the host alone does not tell one portal from another.
    sa.Column("place", sa.Text, nullable=False, server_default="", index=True),
)

successions = sa.Table(
    "successions",
    metadata,
    sa.Column("old_id", sa.String(200), sa.ForeignKey("bodies.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("new_id", sa.String(200), sa.ForeignKey("bodies.id", ondelete="CASCADE"), primary_key=True, index=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("main", sa.Boolean, nullable=False),
)

rounds = sa.Table(
    "rounds",
    metadata,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False, index=True),
    sa.Column("source", sa.String(20), nullable=False),
)

round_entries = sa.Table(
    "round_entries",
    metadata,
    sa.Column("round_id", sa.String(200), sa.ForeignKey("rounds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id"), primary_key=True, index=True),
    sa.Column("category", sa.String(100), primary_key=True),
    sa.Column("profile", sa.String(200), primary_key=True),
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id"), index=True),
    sa.Column("rank", sa.Integer),
    sa.Column("value", sa.Float),
    sa.Column("low", sa.Float),
    sa.Column("high", sa.Float),
    sa.Column("of", sa.Integer),
    # The document a published number stands in, and "inferred" or "unconfirmed" where it does not say it itself.
    sa.Column("document", sa.Text, nullable=False, server_default=""),
    sa.Column("mark", sa.String(20), nullable=False, server_default=""),
)

figures = sa.Table(
    "figures",
    metadata,
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id"), primary_key=True),
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("part", sa.String(200), primary_key=True),
    sa.Column("begins", sa.Date, primary_key=True),
    sa.Column("ends", sa.Date, primary_key=True),
    sa.Column("value", sa.Float, nullable=False),
)

claims = sa.Table(
    "claims",
    metadata,
    sa.Column("body_id", sa.String(200), sa.ForeignKey("bodies.id"), primary_key=True),
    sa.Column("rule", sa.String(200), primary_key=True),
    sa.Column("begins", sa.Date, primary_key=True),
    sa.Column("ends", sa.Date, primary_key=True),
    sa.Column("points", sa.Float, nullable=False),
    sa.Column("max_points", sa.Float, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("audit_id", sa.String(200), sa.ForeignKey("audits.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("rule", sa.String(200), primary_key=True),
    sa.Column("decided_at", UTC, primary_key=True),
    sa.Column("verdict", sa.String(20), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("decided_by", sa.Text, nullable=False),
)
