"""What an audit is of: how many rules it left out when asked to, and whether it was of a folder of static files."""

from __future__ import annotations

import json
import zlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_audits = sa.table(
    "audits",
    *(sa.column(name) for name in ("id", "report", "body_id")),
    sa.column("skipped", sa.Integer),
    sa.column("static_folder", sa.Boolean),
)


def upgrade() -> None:
    op.add_column("audits", sa.Column("skipped", sa.Integer, nullable=False, server_default="0"))
    op.add_column("audits", sa.Column("static_folder", sa.Boolean, nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    for audit_id in connection.execute(sa.select(_audits.c.id)).scalars().all():
        packed = connection.execute(sa.select(_audits.c.report).where(_audits.c.id == audit_id)).scalar_one()
        try:
            report = json.loads(zlib.decompress(packed))
        except (zlib.error, ValueError):  # a damaged report stays as it is; `decree43 db check` names it
            continue
        if values := _said(report):
            connection.execute(_audits.update().where(_audits.c.id == audit_id).values(values))


def downgrade() -> None:
    raise NotImplementedError("the way back is the copy of the database from before the step")


def _said(report: dict[str, Any]) -> dict[str, Any]:
    """What differs from the defaults. A folder is nobody's portal, also where its future address is one's."""
    values: dict[str, Any] = {}
    if skipped := (report.get("audit") or {}).get("skipped"):
        values["skipped"] = len(skipped)
    if (report.get("facts") or {}).get("portal.static_folder"):
        values |= {"static_folder": True, "body_id": None}
    return values
