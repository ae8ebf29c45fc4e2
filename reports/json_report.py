"""``report.json``: the audit for machines, form ``decree43-audit/1`` (schema in ``reports/schema``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from core import audit_json
from core.audit import Audit
from core.errors import UsageError


def render(audit: Audit) -> bytes:
    """The report as UTF-8 JSON; the same audit gives the same bytes."""
    return audit_json.dumps(audit)


def read_audit(data: bytes, where: str = "report.json") -> Audit:
    """The audit in a ``report.json``; UsageError when the file is something else."""
    try:
        return audit_json.loads(data)
    except audit_json.NotAnAudit as error:
        hint = "nêu report.json do decree43 ghi / give a report.json written by decree43"
        raise UsageError(
            f"không phải báo cáo kiểm tra / not an audit report: {error}", where=where, hint=hint
        ) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of ``report.json``."""
    path = Path(__file__).parent / "schema" / "decree43-audit-1.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema
