"""The known truth of a demo portal: what an audit of it must find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import yaml

from app.sites import Site


@dataclass(frozen=True)
class Expected:
    """What a fair judge finds for one rule."""

    #: Any of these verdicts is right.
    verdicts: tuple[str, ...]
    #: The page, or pages, that carry the duty; empty where no single page does.
    sections: tuple[str, ...]
    #: The newest date in the section, where that decides.
    newest: date | None
    why: str
    #: How it is there or not there: named, renamed, stale, dead … (bench/corpus/README.md).
    state: str = ""
    #: The words, or the picture's name, it is reached by.
    label: str = ""


def load_truth(site: Site) -> dict[str, Expected]:
    """Read ``truth.yaml`` of a portal, by rule id; its dates are counted from the portal's today."""
    rows = yaml.safe_load((site.folder / "truth.yaml").read_text(encoding="utf-8"))
    return {str(rule): _expected(site, row) for rule, row in rows.items()}


def _expected(site: Site, row: dict[str, object]) -> Expected:
    newest = row.get("newest")
    day = site.environment.compile_expression(str(newest))() if newest else None
    state, label = str(row.get("state", "")), str(row.get("label") or "")
    return Expected(_several(row["verdict"]), _several(row.get("section")), day, str(row["why"]), state, label)


def _several(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(part) for part in value) if isinstance(value, list) else (str(value),)
