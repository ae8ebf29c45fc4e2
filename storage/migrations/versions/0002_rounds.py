"""Bodies and portals over time; pages, facts, evidence and scores of audits; rounds, figures, claims, decisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bodies",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.String(length=200)),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.ForeignKeyConstraint(["parent_id"], ["bodies.id"], name="fk_bodies_parent_id_bodies"),
        sa.PrimaryKeyConstraint("id", name="pk_bodies"),
    )
    op.create_index("ix_bodies_kind", "bodies", ["kind"])
    op.create_index("ix_bodies_parent_id", "bodies", ["parent_id"])

    op.create_table(
        "rounds",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    op.create_index("ix_rounds_day", "rounds", ["day"])

    op.create_table(
        "body_names",
        sa.Column("body_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_body_names_body_id_bodies", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("body_id", "number", name="pk_body_names"),
    )
    op.create_index("ix_body_names_name", "body_names", ["name"])

    op.create_table(
        "claims",
        sa.Column("body_id", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("points", sa.Float(), nullable=False),
        sa.Column("max_points", sa.Float(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_claims_body_id_bodies"),
        sa.PrimaryKeyConstraint("body_id", "rule", "begins", "ends", name="pk_claims"),
    )
    op.create_table(
        "figures",
        sa.Column("body_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("part", sa.String(length=200), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_figures_body_id_bodies"),
        sa.PrimaryKeyConstraint("body_id", "name", "part", "begins", "ends", name="pk_figures"),
    )
    op.create_table(
        "portals",
        sa.Column("body_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_portals_body_id_bodies", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("body_id", "number", name="pk_portals"),
    )
    op.create_index("ix_portals_url", "portals", ["url"])

    op.create_table(
        "successions",
        sa.Column("old_id", sa.String(length=200), nullable=False),
        sa.Column("new_id", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["new_id"], ["bodies.id"], name="fk_successions_new_id_bodies", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["old_id"], ["bodies.id"], name="fk_successions_old_id_bodies", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("old_id", "new_id", name="pk_successions"),
    )
    op.create_index("ix_successions_new_id", "successions", ["new_id"])

    op.create_table(
        "decisions",
        sa.Column("audit_id", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_decisions_audit_id_audits", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "rule", "decided_at", name="pk_decisions"),
    )
    op.create_table(
        "evidence",
        sa.Column("audit_id", sa.String(length=200), nullable=False),
        sa.Column("rule", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("observed_at", sa.DateTime(timezone=True)),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_evidence_audit_id_audits", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "rule", "number", name="pk_evidence"),
    )
    op.create_table(
        "facts",
        sa.Column("audit_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_facts_audit_id_audits", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "name", name="pk_facts"),
    )
    op.create_table(
        "pages",
        sa.Column("audit_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("newest_date", sa.Date()),
        sa.Column("fetched_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_pages_audit_id_audits", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "number", name="pk_pages"),
    )
    op.create_table(
        "round_entries",
        sa.Column("round_id", sa.String(length=200), nullable=False),
        sa.Column("body_id", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=100), nullable=False),
        sa.Column("profile", sa.String(length=200), nullable=False),
        sa.Column("audit_id", sa.String(length=200)),
        sa.Column("rank", sa.Integer()),
        sa.Column("value", sa.Float()),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("of", sa.Integer()),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_round_entries_audit_id_audits"),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_round_entries_body_id_bodies"),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name="fk_round_entries_round_id_rounds", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("round_id", "body_id", "category", "profile", name="pk_round_entries"),
    )
    op.create_index("ix_round_entries_audit_id", "round_entries", ["audit_id"])
    op.create_index("ix_round_entries_body_id", "round_entries", ["body_id"])

    op.create_table(
        "scores",
        sa.Column("audit_id", sa.String(length=200), nullable=False),
        sa.Column("profile", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Float()),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("points", sa.Float()),
        sa.Column("max_points", sa.Float()),
        sa.Column("coverage", sa.Float()),
        sa.Column("band", sa.Text()),
        sa.ForeignKeyConstraint(["audit_id"], ["audits.id"], name="fk_scores_audit_id_audits", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("audit_id", "profile", name="pk_scores"),
    )
    # In one step, as both databases allow it: SQLite would else make the table anew, and dropping the old one with its
    # foreign keys on would take the findings with it.
    op.execute(
        "ALTER TABLE audits ADD COLUMN body_id VARCHAR(200) CONSTRAINT fk_audits_body_id_bodies REFERENCES bodies (id)"
    )
    op.add_column("audits", sa.Column("archive", sa.Text))
    op.create_index("ix_audits_body_id", "audits", ["body_id"])
    op.add_column("findings", sa.Column("first_seen", sa.Date))
    op.add_column("findings", sa.Column("last_seen", sa.Date))


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy of the database from before the step")
