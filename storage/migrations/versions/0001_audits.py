"""Audits, their findings and the catalogues that judged them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rulesets",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_rulesets"),
    )
    op.create_table(
        "audits",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("tool", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("ruleset_id", sa.Text, nullable=False),
        sa.Column("ruleset_sha256", sa.String(64), nullable=False),
        sa.Column("today", sa.Date, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        sa.Column("coverage", sa.Float),
        sa.Column("report", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audits"),
        sa.ForeignKeyConstraint(["ruleset_sha256"], ["rulesets.sha256"], name="fk_audits_ruleset_sha256_rulesets"),
    )
    for column in ("started_at", "url", "ruleset_sha256"):
        op.create_index(f"ix_audits_{column}", "audits", [column])
    op.create_table(
        "findings",
        sa.Column("audit_id", sa.String(200), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("ratio", sa.Float),
        sa.Column("points", sa.Float),
        sa.Column("max_points", sa.Float),
        sa.Column("cause", sa.Text),
        sa.Column("newest_date", sa.Date),
        sa.PrimaryKeyConstraint("audit_id", "rule", name="pk_findings"),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_findings_audit_id_audits", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("findings")
    op.drop_table("audits")
    op.drop_table("rulesets")
