"""The register: seats, other names, and what names and addresses are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from core.register_names import key, place

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bodies", sa.Column("seat", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_bodies_code", "bodies", ["code"])
    op.add_column("body_names", sa.Column("key", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_body_names_key", "body_names", ["key"])
    op.add_column("portals", sa.Column("place", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_portals_place", "portals", ["place"])
    op.create_table(
        "body_aliases",
        sa.Column("body_id", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name="fk_body_aliases_body_id_bodies", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("body_id", "number", name="pk_body_aliases"),
    )
    op.create_index("ix_body_aliases_key", "body_aliases", ["key"])

    for table, column, made in (("body_names", "name", key), ("portals", "url", place)):
        rows = sa.table(table, *(sa.column(c) for c in ("body_id", "number", column, "key", "place")))
        target = "key" if made is key else "place"
        connection = op.get_bind()
        for body, number, text in connection.execute(sa.select(rows.c.body_id, rows.c.number, rows.c[column])).all():
            one = rows.update().where(rows.c.body_id == body, rows.c.number == number)
            connection.execute(one.values({target: made(text)}))


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy of the database from before the step")
