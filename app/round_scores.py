"""Scoring the audits of a round by further profiles, with the figures their bodies reported."""

from __future__ import annotations

from typing import Any

from app.profiles import open_profile, score_by_profile, shipped_ids
from app.rounds import Scored, Scorer
from core.errors import UsageError


def scorers(store: Any, profiles: list[str]) -> list[Scorer]:
    """One scorer for each profile. Raises UsageError for one there is not."""
    unknown = sorted(set(profiles) - set(shipped_ids()))
    if unknown:
        raise UsageError(
            f"không có bộ điểm / no profile: {', '.join(unknown)}",
            where="--profile",
            hint=f"một trong / one of: {', '.join(shipped_ids())}",
        )
    return [_scorer(store, name) for name in profiles]


def _scorer(store: Any, name: str) -> Scorer:
    profile = open_profile(name)

    def score(audit_id: str, body: str) -> Scored | None:
        _, scored, _ = score_by_profile(store, audit_id, profile, body)
        return Scored(scored.profile, scored.value, scored.low, scored.high) if scored.group else None

    return score
