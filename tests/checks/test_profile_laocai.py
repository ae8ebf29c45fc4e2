"""Decision 4526 of Lào Cai: what its report says for certain, the bounds, and what is ours."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checks.profile_file import load
from checks.profile_score import score_by
from core.bodies import BodyKind
from core.figures import Figure
from core.finding import Verdict
from core.profile_score import ProfileScore, TermScore
from tests.checks.profile_samples import HALF_YEAR, figures, finding, findings, staff

PROFILE = load("laocai-4526")
ALL_MET = findings(PROFILE, Verdict.PASS)
GOVERNMENT = BodyKind.DEPARTMENT

NO_QUESTIONS = {"questions_received": 0.0}
RIGHT = {"questions_late": 0.0, "questions_answered": 30.0, "answers_right_person": 30.0, "questions_received": 30.0}
NO_FILES = {"dossiers_received": 0.0}


def score(given: dict[str, float], kind: BodyKind = GOVERNMENT, judged: list = ALL_MET) -> ProfileScore:
    return score_by(PROFILE, judged, figures(**given), kind)


def term(given: dict[str, float], id: str) -> TermScore:
    return next(term for term in score(given).terms if term.id == id)


def late(share: int, of: int = 100, right: bool = False) -> dict[str, float]:
    given = {"questions_received": of, "questions_late": share, "questions_answered": of}
    return given | {"answers_right_person": of if right else 0, "questions_busiest_month": of // 6 + 1}


# What the report of the first half of 2021 says for certain.


def test_no_questions_are_15_points_and_good() -> None:
    qa = term(NO_QUESTIONS, "qa")
    assert (qa.points, qa.low, qa.high, qa.reachable) == (15, 15, 15, 15)
    assert qa.band is not None and qa.band.vi == "Tốt"


def test_all_in_time_by_the_right_person_are_17() -> None:
    qa = term(RIGHT | {"questions_busiest_month": 8}, "qa")
    assert (qa.points, qa.low, qa.high) == (17, 17, 17)


def test_and_more_than_ten_a_month_are_18() -> None:
    assert term(RIGHT | {"questions_busiest_month": 11}, "qa").points == 18
    many = {"questions_received": 66, "questions_late": 0, "questions_answered": 66, "answers_right_person": 66}
    assert term(many, "qa").points == 18  # eleven a month on average: some month had more than ten


def test_exactly_ten_a_month_are_not_more_than_ten() -> None:
    assert term(RIGHT | {"questions_busiest_month": 10}, "qa").points == 17


def test_no_files_are_25_points() -> None:
    services = term(NO_FILES, "services")
    assert (services.points, services.low, services.high, services.reachable) == (25, 25, 25, 25)


@pytest.mark.parametrize(("on_time", "points"), [(93, 27), (100, 27), (61, 17)])
def test_services_by_the_share_in_time(on_time: int, points: float) -> None:
    services = term({"dossiers_received": 100, "dossiers_on_time": on_time}, "services")
    assert (services.points, services.low, services.high) == (points, points, points)


def test_early_and_in_time_count_together_and_pending_ones_are_in_the_whole() -> None:
    given = {
        "dossiers_received": 1000,
        "dossiers_early": 500,
        "dossiers_on_time": 430,
        "dossiers_late": 0,
        "dossiers_pending": 70,
    }
    assert term(given, "services").points == 27
    assert term(given | {"dossiers_on_time": 429}, "services").points == 25  # 92,9 %: half a point below 25 is 24,975


def test_caps() -> None:
    best = RIGHT | {"questions_busiest_month": 11, "dossiers_received": 10, "dossiers_on_time": 10}
    government = score_by(PROFILE, ALL_MET, [*figures(**best), *staff(PROFILE, 1)], GOVERNMENT)
    assert [term.max for term in government.terms] == [55, 18, 27]
    assert (government.value, government.low, government.high, government.max) == (100, 100, 100, 100)
    assert government.coverage == 1
    for kind in (BodyKind.PARTY, BodyKind.OTHER):
        other = score_by(PROFILE, ALL_MET, staff(PROFILE, 1), kind)
        assert (other.value, other.max, other.coverage) == (95, 95, 1)


def test_without_questions_and_files_95_at_most_and_it_is_said() -> None:
    idle = score_by(PROFILE, ALL_MET, [*figures(**NO_QUESTIONS, **NO_FILES), *staff(PROFILE, 1)], GOVERNMENT)
    assert (idle.value, idle.high, idle.max, idle.reachable) == (95, 95, 100, 95)
    assert any("95/100" in note.vi for note in idle.notes)


def test_half_points() -> None:
    half = score_by(
        PROFILE, findings(PROFILE, Verdict.PASS, ND43_10_1_c_3=Verdict.PARTIAL), staff_but("info.rewards"), GOVERNMENT
    )
    assert half.terms[0].points == 54.5


def staff_but(id: str) -> list[Figure]:
    return [figure for figure in staff(PROFILE, 1) if figure.part != id]


# What is deduced or ours.


@pytest.mark.parametrize(
    ("share", "points"), [(0, 15), (10, 15), (23, 15), (24, 14), (37, 13.5), (50, 13), (76, 12), (100, 11)]
)
def test_late_answers_take_points_off(share: int, points: float) -> None:
    assert term(late(share), "qa").points == points


def test_a_little_late_but_by_the_right_person() -> None:
    assert term(late(10, right=True), "qa").points == 16
    assert term(late(24, right=True), "qa").points == 14


def test_a_quarter_late_is_explained_in_vietnamese() -> None:
    line = term(late(3, 12), "qa").lines[0]
    assert line.message.vi == "3/12 (25%), trừ 1,04 điểm"


# Bounds.


def test_nothing_known_is_anything() -> None:
    empty = score_by(PROFILE, [], [], GOVERNMENT)
    assert (empty.value, empty.low, empty.high, empty.coverage) == (None, 0, 100, 0)


def test_missing_figures_widen_the_range_only() -> None:
    found = score_by(PROFILE, ALL_MET, staff(PROFILE, 1), GOVERNMENT)
    assert (found.low, found.high) == (55, 100)
    assert found.coverage == 0.55
    assert {"questions_received", "dossiers_received"} <= {name for term in found.terms for name in term.missing}


def test_an_open_bonus_is_between() -> None:
    qa = term({"questions_received": 30, "questions_late": 0}, "qa")
    assert (qa.low, qa.high) == (15, 18)
    few = term({"questions_received": 9, "questions_late": 0}, "qa")
    assert few.high == 17  # no month can have had more than ten


def test_unknown_duties_are_between() -> None:
    judged = findings(PROFILE, Verdict.PASS, ND43_10_1_b=Verdict.UNKNOWN)
    info = score_by(PROFILE, judged, figures(criterion__bonus_amount=1), GOVERNMENT).terms[0]
    assert (info.low, info.high, info.max) == (47, 55, 55)
    assert info.missing == ("ND43-10.1.b",)


def test_duties_the_audit_does_not_know_are_unknown() -> None:
    info = score_by(PROFILE, [], figures(criterion__info_news=0.5), GOVERNMENT).terms[0]
    assert (info.points, info.low, info.high) == (4, 4, 51)


def test_a_duty_that_does_not_apply_leaves_its_points_to_the_others() -> None:
    judged = findings(PROFILE, Verdict.PASS, ND43_10_1_b=Verdict.NOT_APPLICABLE)
    info = score_by(PROFILE, judged, figures(criterion__bonus_amount=1), GOVERNMENT).terms[0]
    assert (info.points, info.max) == (55, 55)
    fails = findings(PROFILE, Verdict.PASS, ND43_10_1_b=Verdict.NOT_APPLICABLE, ND43_10_1_dd=Verdict.FAIL)
    info = score_by(PROFILE, fails, figures(criterion__bonus_amount=1), GOVERNMENT).terms[0]
    assert info.points == 50  # 4 of 42 points are lost: 50 × 38/42 + 5 = 50,24


def test_the_mark_of_the_staff_counts_and_the_audit_stands_beside_it() -> None:
    judged = findings(PROFILE, Verdict.FAIL)
    line = next(
        line for line in score_by(PROFILE, judged, figures(criterion__info_news=0.75), GOVERNMENT).terms[0].lines
        if line.id == "info.news"
    )  # fmt: skip
    assert line.points == 6
    assert line.message.vi == "cán bộ chấm: 75%; kiểm tra: 0% (ND43-10.1.b)"


# Bodies outside Q&A or services.


def test_outside_both_is_the_scale_of_party_bodies() -> None:
    outside = figures(takes_part__qa=0, takes_part__services=0)
    found = score_by(PROFILE, ALL_MET, [*outside, *staff(PROFILE, 1)], GOVERNMENT)
    assert (found.value, found.max, found.terms[0].max) == (95, 95, 95)
    assert any("Hỏi - Đáp, Dịch vụ công trực tuyến" in note.vi and "1,8" in note.vi for note in found.notes)


def test_outside_services_only_is_drawn_out_and_said() -> None:
    given = figures(takes_part__services=0, **NO_QUESTIONS)
    found = score_by(PROFILE, ALL_MET, [*given, *staff(PROFILE, 1)], GOVERNMENT)
    # (50 + 15) × 90/65 and the bonuses of 5 and 3 as they are: 98; without questions 15 × 90/65 = 20,77 and no bonus.
    assert (found.max, found.value) == (98, 95)
    assert any("mặc định của phần mềm" in note.vi for note in found.notes)


def test_taking_part_is_the_rule() -> None:
    assert score({"takes_part__qa": 1}).terms[1].id == "qa"


def test_communes_are_not_scored_by_the_council() -> None:
    found = score_by(PROFILE, ALL_MET, [], BodyKind.COMMUNE)
    assert (found.group, found.value, found.low, found.terms) == ("", None, None, ())
    assert found.notes[0].vi.startswith("UBND cấp xã không thuộc đối tượng chấm điểm")


def test_figures_of_two_periods_are_refused() -> None:
    other = Figure("co-quan", "questions_received", HALF_YEAR[1], HALF_YEAR[1], 3)
    with pytest.raises(ValueError, match="2 bodies or periods"):
        score_by(PROFILE, [], [*figures(**NO_QUESTIONS), other], GOVERNMENT)


def test_parts_add_up_where_no_whole_is_given() -> None:
    given = figures(dossiers_received__3=60, dossiers_received__4=40, dossiers_on_time__3=50, dossiers_on_time__4=11)
    found = score_by(PROFILE, ALL_MET, given, GOVERNMENT)
    assert found.terms[2].points == 17


_AMOUNTS = st.integers(0, 200)


_HIDDEN = ["questions_received", "questions_late", "questions_answered", "answers_right_person", "dossiers_received",
           "dossiers_on_time"]  # fmt: skip


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault of ours
@given(
    amounts=st.tuples(_AMOUNTS, _AMOUNTS, _AMOUNTS, _AMOUNTS, _AMOUNTS),
    hidden=st.sets(st.sampled_from(_HIDDEN)),
    verdicts=st.lists(st.sampled_from(list(Verdict)), min_size=40, max_size=40),
)
def test_the_truth_lies_within_the_bounds(
    amounts: tuple[int, int, int, int, int], hidden: set[str], verdicts: list[Verdict]
) -> None:
    """Whatever is hidden, the score with everything known lies between low and high."""
    received, late, right, files, on_time = amounts
    whole = {
        "questions_received": received,
        "questions_late": min(late, received),
        "questions_answered": received,
        "answers_right_person": min(right, received),
        "questions_busiest_month": received,
        "dossiers_received": files,
        "dossiers_on_time": min(on_time, files),
    }
    judged = [finding(met.rule, verdict) for met, verdict in zip(ALL_MET, verdicts, strict=False)]
    full = score_by(PROFILE, judged, figures(**whole), GOVERNMENT)
    part = score_by(PROFILE, judged, figures(**{k: v for k, v in whole.items() if k not in hidden}), GOVERNMENT)
    assert part.low is not None and part.high is not None and full.low is not None and full.high is not None
    assert 0 <= part.low <= full.low <= full.high <= part.high <= 100
    for found in (full, part):
        assert found.value is None or found.low <= found.value <= found.high  # type: ignore[operator]
        assert all(Fraction(term.low) * 2 % 1 == 0 for term in found.terms)
