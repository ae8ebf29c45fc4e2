"""The badge of an audit: kept, or in a ``report.json``."""

from __future__ import annotations

from pathlib import Path

from app.opened import opened
from core import audit_json
from core.audit import Audit
from core.errors import UsageError


def badge(what: str, db: str | None, lang: str) -> bytes:
    """The SVG of an audit's id, or of a ``report.json``. Raises UsageError, AuditNotFound."""
    from reports.badge import render

    return render(audit_of(what, db), lang)


def audit_of(what: str, db: str | None) -> Audit:
    """The audit kept under an id, or read from a ``report.json``."""
    file = Path(what)
    if file.suffix.lower() != ".json" and not file.is_file():
        with opened(db) as store:
            kept: Audit = store.load(what)
            return kept
    try:
        return audit_json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"không đọc được / cannot be read: {error.strerror}", where=what) from error
    except audit_json.NotAnAudit as error:
        raise UsageError(
            f"không phải báo cáo / is no report: {error}", where=what, hint="report.json: --format json"
        ) from error


def put(out: Path, data: bytes) -> Path:
    """Writes a file whole, its folder made where it is not there. Raises UsageError."""
    from reports.files import write_whole

    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return write_whole(out, data)
    except OSError as error:
        raise UsageError(f"không ghi được / cannot be written: {error.strerror}", where=f"--out {out}") from error
