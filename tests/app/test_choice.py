"""--only, --skip, --fail-on: rules and groups by name, wrong names with a suggestion."""

import pytest

from app.catalogues import open_catalogue
from app.choice import left_out, rules_of, split
from core.errors import UsageError

CATALOGUE = open_catalogue(None)


def test_names_come_with_commas_or_one_by_one() -> None:
    assert split(["a, b", "c", "", "a"]) == ("a", "b", "c")


def test_a_group_stands_for_its_rules() -> None:
    technical = {rule.id for rule in CATALOGUE.rules if rule.group == "technical"}
    assert technical and rules_of(CATALOGUE, ["Technical"], "--only") == technical
    assert rules_of(CATALOGUE, ["nd43-15.2", "technical"], "--only") == technical | {"ND43-15.2"}


@pytest.mark.parametrize("name", ["ND43-15.22", "funtions", "nothing-like-it"])
def test_a_wrong_name_is_refused_with_a_suggestion(name: str) -> None:
    with pytest.raises(UsageError, match=name) as caught:
        rules_of(CATALOGUE, [name], "--skip")
    assert caught.value.where == "--skip"
    assert {"ND43-15.22": "ND43-15.2", "funtions": "functions"}.get(name, "information") in caught.value.hint


def test_what_is_left_out() -> None:
    every = [rule.id for rule in CATALOGUE.rules]
    assert left_out(CATALOGUE, [], []) == ()
    assert set(every) - set(left_out(CATALOGUE, ["ND43-15.2"], [])) == {"ND43-15.2"}
    assert left_out(CATALOGUE, [], ["ND43-15.2"]) == ("ND43-15.2",)
    assert set(left_out(CATALOGUE, ["functions"], ["ND43-15.2"])) >= {"ND43-15.2", "ND43-10.1.b"}
    with pytest.raises(UsageError, match="no duty is left"):
        left_out(CATALOGUE, ["ND43-15.2"], ["functions"])
