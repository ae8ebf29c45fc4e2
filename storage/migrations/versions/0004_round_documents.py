"""Entries of a round say in which document they stand, and how sure that is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("round_entries", sa.Column("document", sa.Text(), nullable=False, server_default=""))
    op.add_column("round_entries", sa.Column("mark", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy of the database from before the step")
