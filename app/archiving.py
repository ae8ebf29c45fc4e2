"""The archive of an audit under way: opened before the first request, closed with how its evidence was put together."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from pathlib import Path
from typing import Any

from app.made_with import made_with
from core import evidence_json
from core.capture import Capture, Kind, Sources, Visit
from core.evidence import Evidence
from core.rule import Catalogue


def archive_place(named: str | None, db: str | None) -> str | None:
    """Where audits are archived: as named, else beside the database; None for ``none`` and where no audit is kept."""
    from storage.archive.places import VARIABLE, default_place
    from storage.schema import default_url

    named = named or os.environ.get(VARIABLE) or None
    if named is not None:
        return None if named == "none" else named
    return None if db == "none" else default_place(db or default_url())


def open_archive(place: str | None, audit_id: str, tool: str) -> Any:
    """The archive of one audit; None where none is kept. Raises StorageError where it cannot be written."""
    if place is None:
        return None
    from storage.archive.writer import Writer

    return Writer(place, audit_id, tool)


def close_archive(writer: Any, evidence: Evidence, sources: Sources, catalogue: Catalogue, tool: str) -> str:
    """Adds the catalogue and how the evidence was put together; the address. Raises StorageError."""
    from crawler.rebuild import stripped
    from crawler.recorder import pictures

    now = dt.datetime.now(dt.UTC)
    for name, text in catalogue_files(catalogue).items():
        writer.keep(Capture(Kind.CATALOGUE, name, now, text, "application/yaml"))
    visit = Visit(
        evidence=stripped(evidence),
        sources=sources,
        tool=tool,
        made_with=made_with(),
        ruleset=catalogue.sha256,
        screenshots=tuple(hashlib.sha256(picture).hexdigest() for _, picture in pictures(evidence.facts)),
    )
    writer.keep(Capture(Kind.VISIT, "", now, evidence_json.dumps(visit), "application/json"))
    return str(writer.close())


def catalogue_files(catalogue: Catalogue) -> dict[str, bytes]:
    """The catalogue's file by its name, and those it extends."""
    from checks.catalogue import find
    from core.data_files import parse_yaml

    path = Path(catalogue.path)
    found: dict[str, bytes] = {}
    while path.name not in found:
        found[path.name] = path.read_bytes()
        data = parse_yaml(found[path.name])
        parent = data.get("extends") if isinstance(data, dict) else None
        if not isinstance(parent, str):
            break
        beside = path.parent / parent
        path = beside if beside.is_file() else find(parent)
    return found
