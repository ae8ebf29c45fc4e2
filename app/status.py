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


def judged_nothing(audit: Audit) -> bool:
    """Whether the portal could not be audited at all: no duty was judged."""
    open_ = (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)
    return audit.score.value is None and all(f.verdict in open_ for f in audit.findings)


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
    if judged_nothing(audit):
        return UNREACHABLE
    if crashed or audit.crashed:
        return CRASHED
    min_coverage = _least_coverage(fail_under, min_coverage)
    if fail_under is not None and (audit.score.value is None or audit.score.value < fail_under):
        return BELOW
    if min_coverage is not None and (audit.score.coverage is None or audit.score.coverage < min_coverage):
        return BELOW
    if baseline is not None and new_fails(audit, baseline):
        return BELOW
    return 0


def reasons(
    audit: Audit,
    lang: str,
    fail_under: float | None,
    min_coverage: float | None,
    baseline: frozenset[str] | None,
) -> tuple[str, ...]:
    """One sentence for each thing that makes the status BELOW."""
    min_coverage = _least_coverage(fail_under, min_coverage)
    value, coverage, english = audit.score.value, audit.score.coverage, lang == "en"
    found = []
    if fail_under is not None and (value is None or value < fail_under):
        shown = _shown(value, lang)
        limit = _shown(fail_under, lang)
        found.append(f"score {shown} is under {limit}" if english else f"điểm {shown} thấp hơn mức {limit}")
    if min_coverage is not None and (coverage is None or coverage < min_coverage):
        shown, limit = _shown(coverage, lang), _shown(min_coverage, lang)
        found.append(f"coverage {shown} is under {limit}" if english else f"độ bao phủ {shown} thấp hơn mức {limit}")
    if baseline is not None and (new := new_fails(audit, baseline)):
        start = "newly not met" if english else "không đạt mà lần trước chưa có"
        found.append(f"{start}: {', '.join(new)}")
    return tuple(found)


def _least_coverage(fail_under: float | None, min_coverage: float | None) -> float | None:
    return DEFAULT_COVERAGE if min_coverage is None and fail_under is not None else min_coverage


def _shown(value: float | None, lang: str) -> str:
    if value is None:
        return "none" if lang == "en" else "chưa có"
    return f"{value:.3f}" if lang == "en" else f"{value:.3f}".replace(".", ",")
