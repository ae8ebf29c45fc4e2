"""Baselines: what was not met before, so that only what is new breaks a build."""

from __future__ import annotations

import json
from pathlib import Path

from core.audit import Against, Audit
from core.errors import UsageError
from core.finding import Verdict

SCHEMA = "decree43-baseline/1"


def read_baseline(path: Path) -> frozenset[str]:
    """Rules that failed in an earlier ``report.json`` or stand in a baseline file. Raises UsageError."""
    hint = "give an earlier report.json, or a file written by --write-baseline"
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data.get("schema") == SCHEMA:
            fails = data["fails"]
        else:
            fails = [f["rule"] for f in data["findings"] if f["verdict"] == "fail"]
        if not isinstance(fails, list) or not all(isinstance(rule, str) for rule in fails):
            raise TypeError("fails is no list of rule ids")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path} không phải mốc so sánh / is no baseline ({type(error).__name__})", hint=hint
        ) from None
    return frozenset(fails)


def scored_fails(audit: Audit) -> tuple[str, ...]:
    """Scored duties that are not met, in the order of the catalogue. Advice and partly met duties never count."""
    return tuple(f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points)


def compare(audit: Audit, baseline: frozenset[str]) -> Against:
    """The audit beside a baseline. A duty that was left out this time, or is of another catalogue, is not told of."""
    fails = scored_fails(audit)
    verdicts = {f.rule: f.verdict for f in audit.findings if f.rule in baseline and f.max_points != 0}
    gone = [rule for rule, verdict in verdicts.items() if verdict not in (Verdict.FAIL, Verdict.UNKNOWN)]
    return Against(
        new=tuple(rule for rule in fails if rule not in baseline),
        known=tuple(rule for rule in fails if rule in baseline),
        vanished=tuple(gone),
        unseen=tuple(rule for rule, verdict in verdicts.items() if verdict is Verdict.UNKNOWN),
    )


def written(audit: Audit, baseline: frozenset[str] = frozenset()) -> bytes:
    """The audit as a baseline file: sorted, one rule a line, so that its changes read well in a diff.

    What the earlier ``baseline`` knew and could not be judged now, or was left out, stays in it.
    """
    unseen = {f.rule for f in audit.findings if f.verdict is Verdict.UNKNOWN}
    kept = baseline & (unseen | set(audit.skipped))
    data = {
        "schema": SCHEMA,
        "url": audit.portal.url,
        "kind": audit.portal.kind.value,
        "ruleset": audit.ruleset.id,
        "today": audit.today.isoformat(),
        "fails": sorted({*scored_fails(audit), *kept}),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
