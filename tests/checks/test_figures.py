"""The figures that exist, and the sums that must hold: those of a real report do."""

from fractions import Fraction

import pytest

from checks.figures import Check, Figures, figures
from core.text import fold


def broken(**values: int) -> list[str]:
    return [why.vi for _, why in figures().broken({name: Fraction(value) for name, value in values.items()})]


def test_the_sums_of_the_report_of_lao_cai_hold() -> None:
    """Half-year report 2021: 260 of 292 questions answered; 109.103 dossiers."""
    assert not broken(questions_received=292, questions_answered=260, questions_waiting=32, questions_deleted=71)
    assert not broken(dossiers_received=109103, dossiers_on_time=93853, dossiers_late=9274, dossiers_pending=5976)
    assert not broken(
        dossiers_received=109103, dossiers_at_desk=70464, dossiers_online=32815, dossiers_carried_over=5824
    )
    assert not broken(visits=2_600_000, visits_total=50_769_872)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"questions_received": 10, "questions_late": 11}, "nhiều hơn"),
        ({"questions_received": 10, "questions_answered": 8, "questions_waiting": 1}, "= 9, không bằng"),
        ({"questions_answered": 8, "answers_right_person": 9}, "nhiều hơn"),
        ({"dossiers_received": 1000, "dossiers_on_time": 900, "dossiers_late": 50, "dossiers_pending": 51}, "= 1.001"),
        ({"dossiers_received": 10, "dossiers_on_time": 8, "dossiers_late": 3}, "nhiều hơn"),
        ({"visits": 11, "visits_total": 10}, "nhiều hơn"),
    ],
)
def test_sums_that_do_not_hold_are_said(values: dict[str, int], words: str) -> None:
    assert any(words in why for why in broken(**values))


def test_gaps_are_no_breach() -> None:
    assert not broken(dossiers_received=10, dossiers_on_time=8)
    assert not broken(dossiers_on_time=8, dossiers_late=1, dossiers_pending=1)


def test_no_two_figures_share_a_head() -> None:
    heads = [spelling for kind in figures().figures for spelling in kind.spellings]
    assert len(heads) == len(set(heads))


@pytest.mark.parametrize(
    ("text", "part"), [("Mức độ 3", "3"), ("4", "4"), ("DVC toàn trình", "toan_trinh"), ("lạ", None)]
)
def test_levels_by_every_name(text: str, part: str | None) -> None:
    kind = figures().kind("dossiers_received")
    assert kind is not None and figures().part(kind, text) == part


def test_definitions_that_contradict_themselves_are_refused() -> None:
    good = figures().model_dump()
    with pytest.raises(ValueError, match="a check names nothing_such"):
        Figures.model_validate(good | {"checks": [{"sum": ["visits"], "at_most": "nothing_such"}]})
    with pytest.raises(ValueError, match="one of equals, at_most"):
        Check(sum=("visits",))
    kind = good["figures"][0] | {"topic": "weather"}
    with pytest.raises(ValueError, match="no such topic"):
        Figures.model_validate(good | {"figures": [kind], "checks": []})


def test_every_figure_has_both_titles() -> None:
    assert all(fold(kind.title.vi) and fold(kind.title.en) for kind in figures().figures)
