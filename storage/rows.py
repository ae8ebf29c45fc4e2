"""An audit as rows: what each table says of it. Numbers are those of its report, so that rows and report agree."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from core import audit_json
from core.audit import Audit
from core.page import DateRole, Page
from core.score import Score
from storage.tables import evidence, facts, findings, scores

Rows = list[dict[str, Any]]

#: Dates that say when something was put up.
_FRESH = (DateRole.PUBLISHED, DateRole.UPDATED)
_SCORE = ("value", "low", "high", "points", "max_points", "coverage")


def audit_row(audit: Audit) -> dict[str, Any]:
    """The row of ``audits``, not finished yet."""
    score = audit_json.audit_to_dict(audit)["score"]
    return {
        "id": audit.id,
        "started_at": audit.started_at,
        "finished_at": None,
        "tool": text(audit.tool),
        "url": text(audit.portal.url),
        "name": text(audit.portal.name),
        "kind": audit.portal.kind.value,
        "ruleset_id": text(audit.ruleset.id),
        "ruleset_sha256": audit.ruleset.sha256,
        "today": audit.today,
        "complete": audit.complete,
        "skipped": len(audit.skipped),
        "static_folder": audit.of_folder,
        "report": zlib.compress(audit_json.dumps(audit), 6),
    } | {key: score[key] for key in ("value", "low", "high", "coverage")}


def rows_of_report(audit: Audit) -> dict[sa.Table, Rows]:
    """The rows that follow from the report alone, by table; the days a finding was seen are not among them."""
    data = audit_json.audit_to_dict(audit)
    return {
        findings: [_finding(audit, f, shown) for f, shown in zip(audit.findings, data["findings"], strict=True)],
        evidence: list(_evidence(audit)),
        facts: _facts(audit, data["facts"]),
        scores: [score_row(audit.id, audit.score)],
    }


def score_row(audit_id: str, score: Score) -> dict[str, Any]:
    """One row of ``scores``, rounded as in reports."""
    rounded = {key: _rounded(getattr(score, key), 2 if "points" in key else 3) for key in _SCORE}
    row = {"audit_id": audit_id, "profile": text(score.profile), "band": text(score.band) or None}
    return row | rounded


def page_rows(audit_id: str, today: dt.date, seen: Sequence[Page]) -> Rows:
    """One row for each page, in the order they were read."""
    return [
        {
            "audit_id": audit_id,
            "number": number,
            "url": text(page.url),
            "title": text(page.title),
            "depth": page.depth,
            "status": page.status,
            "sha256": page.sha256[:64],
            "newest_date": newest_date(page, today),
            "fetched_at": page.fetched_at,
        }
        for number, page in enumerate(seen, 1)
    ]


def newest_date(page: Page, today: dt.date) -> dt.date | None:
    """The newest day on which the page, or an entry of its lists, was put up or changed; no day after ``today``."""
    dates = [*page.dates, *(date for item in page.items for date in item.dates)]
    return max((d.day for d in dates if d.role in _FRESH and d.day <= today), default=None)


def text(words: str) -> str:
    """As the report writes it: no half character pairs; and no NUL, which PostgreSQL refuses."""
    return words.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _finding(audit: Audit, finding: Any, shown: dict[str, Any]) -> dict[str, Any]:
    return {
        "audit_id": audit.id,
        "rule": text(finding.rule),
        "newest_date": finding.newest_date,
        "cause": text(finding.cause) if finding.cause else None,
    } | {key: shown[key] for key in ("verdict", "ratio", "points", "max_points")}


def _evidence(audit: Audit) -> Iterator[dict[str, Any]]:
    for finding in audit.findings:
        for number, proof in enumerate(finding.evidence, 1):
            yield {
                "audit_id": audit.id,
                "rule": text(finding.rule),
                "number": number,
                "kind": text(proof.kind)[:20],
                "url": text(proof.url),
                "text": text(proof.text),
                "value": text("" if proof.value is None else str(proof.value)),
                "observed_at": proof.observed_at,
                "sha256": proof.sha256[:64],
            }


def _facts(audit: Audit, shown: dict[str, Any]) -> Rows:
    values = {text(name)[:200]: value for name, value in shown.items()}
    return [
        {"audit_id": audit.id, "name": name, "value": text(json.dumps(value, ensure_ascii=False, allow_nan=False))}
        for name, value in values.items()
    ]


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else audit_json.round_half_up(value, digits)
