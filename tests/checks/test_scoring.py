"""The score's arithmetic, with the example of the contract and the corners."""

from hypothesis import given
from hypothesis import strategies as st

from checks.scoring import score
from core.audit_json import round_half_up
from core.bodies import BodyKind
from core.finding import Confidence, Finding, Text, Verdict


def finding(verdict: Verdict, weight: float, ratio: float | None = None, group: str = "information") -> Finding:
    applies = verdict is not Verdict.NOT_APPLICABLE
    return Finding(
        "X-1", group, Text("x", "x"), verdict, None, "law", Confidence.HIGH, (), ratio,
        None if ratio is None else ratio * weight, weight if applies else None,
        Text("m", "m"), Text("f", "f"), (), (), None, (),
    )  # fmt: skip


def test_the_example_of_the_contract() -> None:
    findings = [
        finding(Verdict.PASS, 120, 1.0),
        finding(Verdict.PARTIAL, 40, 0.5),
        finding(Verdict.UNKNOWN, 10),
        finding(Verdict.FAIL, 0, 0.0),
        finding(Verdict.PASS, 30, 1.0, "functions"),
    ]
    findings[1] = finding(Verdict.PARTIAL, 30, 23 / 30)
    result = score([*findings, finding(Verdict.FAIL, 10, 0.0)], BodyKind.PROVINCE)
    assert (result.max_points, result.points) == (200.0, 173.0)
    assert (result.value, result.low, result.high, result.coverage) == (0.911, 0.865, 0.915, 0.95)
    assert result.profile == "ministry-portal-index"


def test_nothing_judged_has_no_value() -> None:
    result = score([finding(Verdict.UNKNOWN, 12), finding(Verdict.NOT_APPLICABLE, 3)], BodyKind.DEPARTMENT)
    assert result.value is None
    assert (result.low, result.high, result.coverage) == (0.0, 1.0, 0.0)
    assert result.profile == "product-portal-index"


def test_no_rules_at_all() -> None:
    result = score([], BodyKind.COMMUNE)
    assert (result.value, result.low, result.high, result.coverage) == (None, None, None, None)
    assert (result.points, result.max_points) == (0.0, 0.0)


def test_advisories_and_other_bodies_duties_do_not_count() -> None:
    result = score([finding(Verdict.PASS, 4, 1.0), finding(Verdict.FAIL, 0, 0.0, "technical")], BodyKind.MINISTRY)
    assert (result.value, result.max_points) == (1.0, 4.0)
    assert [g.id for g in result.groups] == ["information", "functions"]


def test_rounding_is_half_up() -> None:
    assert round_half_up(0.0625, 3) == 0.063
    assert score([finding(Verdict.PASS, 1, 1.0), finding(Verdict.FAIL, 15, 0.0)], BodyKind.PROVINCE).value == 0.063


@given(st.lists(st.tuples(st.sampled_from(list(Verdict)), st.integers(0, 20), st.floats(0.01, 0.99)), max_size=30))
def test_bounds_always_hold(rows: list[tuple[Verdict, int, float]]) -> None:
    ratios = {Verdict.PASS: 1.0, Verdict.FAIL: 0.0}
    findings = [finding(v, w, r if v is Verdict.PARTIAL else ratios.get(v)) for v, w, r in rows]
    result = score(findings, BodyKind.PROVINCE)
    if result.value is not None:
        assert result.low is not None and result.high is not None
        assert result.low - 1e-9 <= result.value <= result.high + 1e-9
    if result.coverage is not None:
        assert 0 <= result.coverage <= 1


def test_unknown_never_counts_as_failed() -> None:
    judged = [finding(Verdict.PASS, 10, 1.0)]
    seen = score(judged, BodyKind.PROVINCE)
    more = score([*judged, finding(Verdict.UNKNOWN, 90)], BodyKind.PROVINCE)
    assert seen.value == more.value == 1.0
    assert (more.low, more.coverage) == (0.1, 0.1)
