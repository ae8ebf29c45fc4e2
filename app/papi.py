"""``papi``: what the portal gives people for the two e-governance indicators of PAPI that speak of portals."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.compare import standing
from app.numbers_text import csv_text, day_text, shown
from app.ranking_data import data, text
from app.say import say
from core.audit import Audit
from core.finding import Finding, Text, Verdict
from core.planning import Index, index

_OPEN = (Verdict.FAIL, Verdict.PARTIAL)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: the duties that feed it, and what share of their points is reached."""

    id: str
    title: Text
    why: Text
    index: Index
    findings: tuple[Finding, ...]


def papi(store: Any, audit_id: str) -> tuple[Audit, tuple[Indicator, ...]]:
    """The indicators over a kept audit. Raises AuditNotFound."""
    audit: Audit = store.load(audit_id)
    return audit, tuple(_indicator(entry, audit) for entry in data("papi")["indicators"])


def _indicator(entry: dict[str, Any], audit: Audit) -> Indicator:
    by_rule = {f.rule: f for f in audit.findings}
    findings = tuple(
        by_rule[r] for r in entry["rules"] if r in by_rule and by_rule[r].verdict is not Verdict.NOT_APPLICABLE
    )
    return Indicator(entry["id"], text(entry["title"]), text(entry["why"]), index(findings), findings)


def as_text(audit: Audit, indicators: tuple[Indicator, ...], lang: str) -> str:
    """Each indicator with its duties, and what to do for those that are not met."""
    name = audit.portal.name or audit.portal.url
    dimension = getattr(text(data("papi")["dimension"]), lang)
    lines = [getattr(say("papi_title", name=name, dimension=dimension, day=day_text(audit.today)), lang)]
    for number, indicator in enumerate(indicators, 1):
        at = indicator.index
        value, low, high = (shown(v, 3, lang) for v in (at.value, at.low, at.high))
        head = say("papi_indicator", n=number, title=indicator.title, value=value, low=low, high=high)
        lines += ["", getattr(head, lang), getattr(indicator.why, lang)]
        for finding in indicator.findings:
            lines.append(f"- {finding.rule} {getattr(finding.title, lang)}: {getattr(standing(finding), lang)}")
            if finding.verdict in _OPEN and getattr(finding.fix, lang):
                lines.append(f"    → {getattr(finding.fix, lang)}")
    lines += ["", f"* {getattr(text(data('papi')['note']), lang)}"]
    lines.append(f"* {getattr(say('papi_source', source=text(data('papi')['source']['text'])), lang)}")
    return "\n".join(lines)


def as_json(audit: Audit, indicators: tuple[Indicator, ...], lang: str) -> str:
    """Schema ``decree43-papi/1``."""
    value = {
        "schema": "decree43-papi/1",
        "audit": audit.id,
        "note": data("papi")["note"],
        "source": data("papi")["source"]["text"],
        "indicators": [
            {
                "id": indicator.id,
                "title": {"vi": indicator.title.vi, "en": indicator.title.en},
                **{n: None if (v := getattr(indicator.index, n)) is None else float(v) for n in _NUMBERS},
                "duties": [
                    {"rule": f.rule, "verdict": f.verdict.value, "points": f.points, "max_points": f.max_points}
                    for f in indicator.findings
                ],
            }
            for indicator in indicators
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


_NUMBERS = ("value", "low", "high")


def as_csv(audit: Audit, indicators: tuple[Indicator, ...], lang: str) -> str:
    """One row for each duty of each indicator."""
    heads = "indicator rule title verdict points max_points".split()
    rows = [
        [i.id, f.rule, getattr(f.title, lang), f.verdict.value, f.points, f.max_points]
        for i in indicators
        for f in i.findings
    ]
    return csv_text(heads, rows, lang)


FORMATS: dict[str, Callable[[Audit, tuple[Indicator, ...], str], str]] = {
    "text": as_text,
    "json": as_json,
    "csv": as_csv,
}
