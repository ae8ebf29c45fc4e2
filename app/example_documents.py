"""Golden examples of the documents: ``python -m app.example_documents`` writes them to ``docs/examples/``.

The findings are those of the demo portal of ``app.examples``; the half-year report is of a province of our own making,
whose register and figures lie beside it as the CSV files that the commands import.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from app.examples import TARGET, example
from app.figures import import_file as import_figures
from app.halfyear import halfyear, render
from app.register_import import import_file as import_register
from core.audit import Audit
from reports.registry import render as report
from storage.store import open_store

FORMS = ("docx", "pdf")
PROVINCE, YEAR, HALF, PROFILE = "tinh-mau", 2026, 1, "laocai-4526"


def files() -> dict[str, bytes]:
    """The examples by file name."""
    audit = _at_one_time(example())
    made = dict(report(audit, form, "vi") for form in FORMS)
    with TemporaryDirectory() as folder, open_store(f"sqlite:///{Path(folder) / 'a.db'}") as store:
        import_register(store, TARGET / "tinh-mau-danh-ba.csv", dt.date(YEAR, 7, 1))
        import_figures(store, TARGET / "tinh-mau-so-lieu.csv")
        given = halfyear(store, PROVINCE, YEAR, HALF, PROFILE, audit.tool)
    return made | {f"bao-cao-6-thang.{form}": render(given, form) for form in FORMS}


def _at_one_time(audit: Audit) -> Audit:
    """The audit with all its evidence seen at the moment it began."""
    findings = tuple(
        dataclasses.replace(
            f,
            evidence=tuple(dataclasses.replace(p, observed_at=p.observed_at and audit.started_at) for p in f.evidence),
        )
        for f in audit.findings
    )
    return dataclasses.replace(audit, findings=findings)


if __name__ == "__main__":
    for name, content in files().items():
        (TARGET / name).write_bytes(content)
        print(TARGET / name)
