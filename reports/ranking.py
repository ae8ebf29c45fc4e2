"""Which duties to mend first, and what each would gain."""

from __future__ import annotations

from dataclasses import dataclass

from core.audit import Audit
from core.finding import Finding, Verdict

_WORST_FIRST = (Verdict.FAIL, Verdict.PARTIAL, Verdict.UNKNOWN, Verdict.PASS, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Fix:
    """A duty to mend: points gained when it is met, and how much the index grows (None: no index)."""

    finding: Finding
    gain: float
    value_gain: float | None


def fixes(audit: Audit) -> tuple[Fix, ...]:
    """Scored duties that are not met or partly met, most points first."""
    known = sum(f.max_points for f in audit.findings if f.max_points and f.verdict != Verdict.UNKNOWN)
    found = [
        Fix(f, gain, gain / known if audit.score.value is not None and known else None)
        for f in audit.findings
        if f.verdict in (Verdict.FAIL, Verdict.PARTIAL) and (gain := (f.max_points or 0.0) * (1 - (f.ratio or 0.0))) > 0
    ]
    return tuple(sorted(found, key=lambda fix: -fix.gain))


def advice(audit: Audit) -> tuple[Finding, ...]:
    """Duties of weight 0 that are not met or partly met, the worst first."""
    found = [f for f in audit.findings if f.verdict in (Verdict.FAIL, Verdict.PARTIAL) and not f.max_points]
    return tuple(sorted(found, key=lambda f: _WORST_FIRST.index(f.verdict)))


def unseen(audit: Audit) -> tuple[Finding, ...]:
    """Duties that could not be judged, most points at stake first."""
    found = [f for f in audit.findings if f.verdict == Verdict.UNKNOWN]
    return tuple(sorted(found, key=lambda f: -(f.max_points or 0.0)))
