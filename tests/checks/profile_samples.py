"""Findings and figures for the tests of scoring profiles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from checks.catalogue import load as load_catalogue
from checks.profile_model import Profile
from core.figures import Figure
from core.finding import Confidence, Finding, Text, Verdict

HALF_YEAR = dt.date(2021, 1, 1), dt.date(2021, 6, 30)
CATALOGUE = load_catalogue()
RATIOS = {Verdict.PASS: 1.0, Verdict.PARTIAL: 0.5, Verdict.FAIL: 0.0}


def finding(
    rule: str, verdict: Verdict, weight: float = 1.0, ratio: float | None = None, group: str = "information"
) -> Finding:
    ratio = RATIOS.get(verdict) if ratio is None else ratio
    applies = verdict is not Verdict.NOT_APPLICABLE
    return Finding(
        rule, group, Text(rule, rule), verdict, None, "law", Confidence.HIGH, (), ratio,
        None if ratio is None else ratio * weight, weight if applies else None,
        Text("Trang trống.", "Empty page."), Text("f", "f"), (), (), None, (),
    )  # fmt: skip


def findings(profile: Profile, verdict: Verdict, **others: Verdict) -> list[Finding]:
    """Every duty the profile names with one verdict; ``others`` by rule, dots and dashes as underscores."""
    rules = dict.fromkeys(rule for criterion in profile.criteria() for rule in criterion.rules)
    named = {rule: others.get(rule.replace("-", "_").replace(".", "_"), verdict) for rule in rules}
    return [finding(rule, each) for rule, each in named.items()]


def figures(**values: float) -> list[Figure]:
    """Figures of one body for half a year; ``criterion__info_news=1`` is the part ``info.news``."""
    found = []
    for name, value in values.items():
        name, _, part = name.partition("__")
        found.append(
            Figure("co-quan", name, *HALF_YEAR, value, part.replace("_", ".", 1) if name == "criterion" else part)
        )
    return found


def staff(profile: Profile, share: float) -> list[Figure]:
    """Every criterion the staff may mark, marked."""
    ids: Iterable[str] = dict.fromkeys(criterion.id for criterion in profile.criteria() if criterion.staff)
    return [Figure("co-quan", "criterion", *HALF_YEAR, share, id) for id in ids]
