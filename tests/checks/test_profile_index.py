"""The index in the Ministry's way: by the profile as by the audit itself, to the last digit."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.profile_file import load
from checks.profile_score import score_by
from checks.scoring import profile_for, score
from core.bodies import BodyKind
from core.finding import Verdict
from tests.checks.profile_samples import CATALOGUE, finding

PROFILES = {name: load(name, CATALOGUE) for name in ("ministry-portal-index", "product-portal-index")}
ROWS = st.tuples(
    st.sampled_from(list(Verdict)),
    st.sampled_from([0, 1, 2.5, 3, 4, 5, 6, 8, 10, 12, 14]),
    st.floats(0.01, 0.99),
    st.sampled_from(["information", "functions", "technical"]),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of ours
@given(st.lists(ROWS, max_size=60), st.sampled_from(list(BodyKind)))
def test_both_ways_of_reckoning_agree(rows: list[tuple[Verdict, float, float, str]], kind: BodyKind) -> None:
    findings = [
        finding(f"X-{i}", verdict, weight, ratio if verdict is Verdict.PARTIAL else None, group)
        for i, (verdict, weight, ratio, group) in enumerate(rows)
    ]
    ours, theirs = score(findings, kind), score_by(PROFILES[profile_for(kind)], findings, [], kind)
    assert (theirs.profile, theirs.value, theirs.low, theirs.high) == (ours.profile, ours.value, ours.low, ours.high)
    assert (theirs.points, theirs.max, theirs.coverage) == (ours.points, ours.max_points, ours.coverage)
    for group, term in zip(ours.groups, theirs.terms, strict=True):
        assert (term.id, term.low, term.max, term.coverage) == (
            group.id, group.points, group.max_points, group.coverage or 0.0)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "group"),
    [(BodyKind.MINISTRY, "ministries"), (BodyKind.GOVERNMENT_AGENCY, "agencies"), (BodyKind.PROVINCE, "provinces")],
)
def test_three_groups_are_ranked_apart(kind: BodyKind, group: str) -> None:
    found = PROFILES["ministry-portal-index"].group_of(kind)
    assert found is not None and found.id == group


def test_every_kind_of_body_is_scored_by_one_of_the_two() -> None:
    for kind in BodyKind:
        assert PROFILES[profile_for(kind)].group_of(kind) is not None


@pytest.mark.parametrize(("ratio", "band"), [(0.8, "Tốt"), (0.799, "Khá"), (0.65, "Khá"), (0.649, "Trung bình")])
def test_grades(ratio: float, band: str) -> None:
    found = score_by(
        PROFILES["ministry-portal-index"], [finding("X-1", Verdict.PARTIAL, 10, ratio)], [], BodyKind.PROVINCE
    )
    assert found.band is not None and found.band.vi == band


def test_it_is_said_that_this_is_no_result_of_the_ministry() -> None:
    found = score_by(PROFILES["ministry-portal-index"], [], [], BodyKind.PROVINCE)
    assert found.value is None and "không phải kết quả của Bộ" in found.notes[0].vi
