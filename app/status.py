"""The exit status of an audit (design 4.1): the first that holds, in this order."""

from __future__ import annotations

import json
from pathlib import Path

from core.audit import Audit
from core.errors import UsageError
from core.finding import Verdict

INTERRUPTED = 130
WRONG_USAGE = 2
UNREACHABLE = 3
CRASHED = 4
BELOW = 1

#: Least coverage when --fail-under is given without --min-coverage.
DEFAULT_COVERAGE = 0.8


def read_baseline(path: Path) -> frozenset[str]:
    """Rules that failed in an earlier ``report.json`` or in a baseline file. Raises UsageError."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data.get("schema") == "decree43-baseline/1":
            return frozenset(data["fails"])
        return frozenset(f["rule"] for f in data["findings"] if f["verdict"] == "fail")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        hint = "give an earlier report.json"
        raise UsageError(f"{path} is no baseline ({type(error).__name__})", hint=hint) from None


def new_fails(audit: Audit, baseline: frozenset[str]) -> tuple[str, ...]:
    """Scored duties that failed and did not fail in the baseline."""
    return tuple(
        f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points and f.rule not in baseline
    )


def exit_status(
    audit: Audit,
    *,
    fail_under: float | None = None,
    min_coverage: float | None = None,
    baseline: frozenset[str] | None = None,
    crashed: bool = False,
) -> int:
    """The status of a finished audit; wrong usage never gets here."""
    if audit.crawl.stopped_because == "interrupted":
        return INTERRUPTED
    if audit.score.value is None and all(
        f.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE) for f in audit.findings
    ):
        return UNREACHABLE
    if crashed or audit.crashed:
        return CRASHED
    if fail_under is not None and min_coverage is None:
        min_coverage = DEFAULT_COVERAGE
    if fail_under is not None and (audit.score.value is None or audit.score.value < fail_under):
        return BELOW
    if min_coverage is not None and (audit.score.coverage is None or audit.score.coverage < min_coverage):
        return BELOW
    if baseline is not None and new_fails(audit, baseline):
        return BELOW
    return 0
