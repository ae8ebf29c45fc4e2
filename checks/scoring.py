"""From findings to the score (design 4.2): bounds, groups, coverage; nothing divides by zero."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from core.bodies import INDEXED, BodyKind
from core.finding import Finding, Verdict
from core.score import GroupScore, Score

#: Groups whose rules are scored.
GROUPS = ("information", "functions")
INDEX = "ministry-portal-index"
PRODUCT = "product-portal-index"


def half_up(value: float, places: int) -> float:
    """Rounded half up, as people round."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def profile_for(kind: BodyKind) -> str:
    """Name of the scoring profile of a kind of body."""
    return INDEX if kind in INDEXED else PRODUCT


def score(findings: Iterable[Finding], kind: BodyKind) -> Score:
    """The score over rules with weight > 0 that apply.

    W: points at stake, U: those of unknown duties, P: points reached.
    value = P / (W - U), low = P / W, high = (P + U) / W, coverage = (W - U) / W.
    """
    counted = scored(findings)
    whole, unseen, reached = sums(counted)
    judged = whole - unseen
    return Score(
        profile=profile_for(kind),
        value=half_up(reached / judged, 3) if judged else None,
        low=half_up(reached / whole, 3) if whole else None,
        high=half_up((reached + unseen) / whole, 3) if whole else None,
        points=half_up(reached, 2),
        max_points=half_up(whole, 2),
        coverage=half_up(judged / whole, 3) if whole else None,
        groups=tuple(_group(name, [f for f in counted if f.group == name]) for name in GROUPS),
    )


def scored(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that count: weight above 0, and the duty applies."""
    return [f for f in findings if f.max_points and f.verdict is not Verdict.NOT_APPLICABLE]


def sums(findings: Sequence[Finding]) -> tuple[float, float, float]:
    """Points at stake, those of unknown duties, points reached."""
    whole = sum(f.max_points or 0.0 for f in findings)
    unseen = sum(f.max_points or 0.0 for f in findings if f.verdict is Verdict.UNKNOWN)
    reached = sum((f.ratio or 0.0) * (f.max_points or 0.0) for f in findings if f.verdict is not Verdict.UNKNOWN)
    return whole, unseen, reached


def _group(name: str, findings: Sequence[Finding]) -> GroupScore:
    whole, unseen, reached = sums(findings)
    coverage = half_up((whole - unseen) / whole, 4) if whole else None
    return GroupScore(name, half_up(reached, 2), half_up(whole, 2), coverage)
