"""The exit status of an audit (design 4.1): the first that holds, in this order."""

from __future__ import annotations

from app.baseline import scored_fails
from core.audit import Audit
from core.finding import Verdict

INTERRUPTED = 130
WRONG_USAGE = 2
UNREACHABLE = 3
CRASHED = 4
BELOW = 1

#: Least coverage when --fail-under is given without --min-coverage.
DEFAULT_COVERAGE = 0.8


def new_fails(audit: Audit, baseline: frozenset[str], fail_on: frozenset[str] | None = None) -> tuple[str, ...]:
    """Scored duties that are not met and were not so in the baseline; with ``fail_on`` those of them it names."""
    return tuple(rule for rule in scored_fails(audit) if rule not in baseline and (fail_on is None or rule in fail_on))


def breaking(audit: Audit, baseline: frozenset[str] | None, fail_on: frozenset[str] | None = None) -> tuple[str, ...]:
    """Duties that break a build: those of ``new_fails``; none where neither a baseline nor ``fail_on`` was given."""
    if baseline is None and fail_on is None:
        return ()
    return new_fails(audit, baseline or frozenset(), fail_on)


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
    fail_on: frozenset[str] | None = None,
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
    if breaking(audit, baseline, fail_on):
        return BELOW
    return 0


def reasons(
    audit: Audit,
    lang: str,
    fail_under: float | None,
    min_coverage: float | None,
    baseline: frozenset[str] | None,
    fail_on: frozenset[str] | None = None,
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
    if new := breaking(audit, baseline, fail_on):
        start = "newly not met" if english else "không đạt mà lần trước chưa có"
        if baseline is None:
            start = "not met" if english else "không đạt"
        found.append(f"{start}: {', '.join(new)}")
    return tuple(found)


def _least_coverage(fail_under: float | None, min_coverage: float | None) -> float | None:
    return DEFAULT_COVERAGE if min_coverage is None and fail_under is not None else min_coverage


def _shown(value: float | None, lang: str) -> str:
    if value is None:
        return "none" if lang == "en" else "chưa có"
    return f"{value:.3f}" if lang == "en" else f"{value:.3f}".replace(".", ",")
