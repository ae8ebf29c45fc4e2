"""The catalogue laocai-4526: its weights are the points of the profile of that id, its cases are judged right."""

from collections import defaultdict
from pathlib import Path

import pytest

from app import cases
from checks.catalogue import load
from checks.profile_file import load as load_profile
from checks.profile_model import CriteriaTerm
from core.bodies import BodyKind
from core.rule import Catalogue

CASES = Path(__file__).resolve().parents[1] / "rules_laocai"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load("laocai-4526")


@pytest.mark.parametrize(
    ("kind", "term", "total"),
    [
        (BodyKind.DEPARTMENT, "information", 50),
        (BodyKind.DISTRICT, "information", 50),
        (BodyKind.PARTY, "information_party", 90),
    ],
)
def test_weights_are_the_points_of_the_profile(catalogue: Catalogue, kind: BodyKind, term: str, total: float) -> None:
    found = load_profile("laocai-4526").term(term)
    assert isinstance(found, CriteriaTerm)
    points: dict[str, float] = defaultdict(float)
    for criterion in found.criteria:
        for rule in criterion.rules:
            points[rule] += criterion.points.value / len(criterion.rules)
    weights = {rule.id: rule.weight_for(kind) for rule in catalogue.rules if kind in rule.applies_to}
    assert {rule: weight for rule, weight in weights.items() if weight} == points
    assert sum(points.values()) == total


def test_the_decision_is_cited_as_not_confirmed_and_its_duties_are_ours(catalogue: Catalogue) -> None:
    own = [rule for rule in catalogue.rules if rule.id.startswith("LC4526-")]
    assert len(own) == 2
    for rule in own:
        assert rule.basis == "product" and rule.applies_to == {BodyKind.PARTY}
        assert [citation.confirmed for citation in rule.citations] == [False]
        assert "mặc định của phần mềm" in rule.note.vi


def test_its_own_cases_are_judged_right(catalogue: Catalogue) -> None:
    results = list(cases.run(catalogue, list(cases.read(CASES))))
    assert len(results) == 12
    assert not [(result.case.name, result.wrong) for result in results if result.wrong]
