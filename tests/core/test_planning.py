"""Steps in the order of points for a day of work, and the index after each, to the last digit."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from checks.scoring import score
from core.bodies import BodyKind
from core.finding import Finding
from core.planning import Effort, Index, index, steps, unseen
from tests.ranking.audits import findings

DAYS = {"ND43-10.1.b": "1", "ND43-10.1.dd": "2", "ND43-12": "1", "ND43-15.1.a": "4"}


def effort(finding: Finding) -> Effort:
    return Effort("content", Decimal(DAYS.get(finding.rule, "1")))


def test_most_points_for_a_day_come_first_then_the_greater_gain() -> None:
    found = steps(findings("+-+--/-+++"), effort)
    assert [s.finding.rule for s in found] == [
        "ND43-10.1.b", "ND43-10.1.dd", "ND43-12", "ND43-10.1.e.3", "ND43-15.1.a",
    ]  # fmt: skip
    assert [s.gain for s in found] == [12, 12, 5, 4, 8]
    assert [s.days for s in found] == [1, 3, 4, 5, 9]
    assert found[-1].gained == 41


def test_after_the_last_step_everything_judged_is_met() -> None:
    found = steps(findings("-/-?-/-?+-"), effort)
    last = found[-1].index
    assert last.value == 1
    assert last.low == Decimal("0.769") and last.high == 1, "50 of 65 points, 15 of them unknown"


def test_unknown_duties_are_no_gain_and_stand_apart() -> None:
    given_ = findings("?+++++++??")
    assert steps(given_, effort) == ()
    assert [f.rule for f in unseen(given_)] == ["TT32-17.1", "TT32-18.1", "ND43-10.1.a.1"]


def test_nothing_judged_and_nothing_at_stake() -> None:
    assert index(findings("??????????")) == Index(None, Decimal("0.000"), Decimal("1.000"))
    assert index(findings("..........")) == Index(None, None, None)
    assert index(()) == Index(None, None, None)


def test_exactly_half_a_thousandth_goes_up() -> None:
    """26.5 of 200 points is 0.1325, which is 0.133; as a binary fraction it would lie just below."""
    one = findings("/")[0]
    of_200 = dataclasses.replace(one, points=26.5, max_points=200.0)
    assert index([of_200]).value == Decimal("0.133")


@given(st.text("+/-?.", min_size=10, max_size=10))
def test_the_index_is_the_score_of_the_contract(letters: str) -> None:
    found = findings(letters)
    said, mine = score(found, BodyKind.PROVINCE), index(found)
    as_floats = [None if v is None else float(v) for v in (mine.value, mine.low, mine.high)]
    assert as_floats == [said.value, said.low, said.high]


@given(st.text("+/-?.", min_size=10, max_size=10))
def test_every_step_is_what_a_spreadsheet_adds_up(letters: str) -> None:
    found = findings(letters)
    whole = sum(Fraction(str(f.max_points)) for f in found if f.max_points)
    unknown = sum(Fraction(str(f.max_points)) for f in found if f.max_points and f.verdict == "unknown")
    reached = sum(Fraction(str(f.points)) for f in found if f.points)
    for step in steps(found, effort):
        reached += Fraction(str(step.gain))
        for part, of, said in (
            (reached, whole - unknown, step.index.value),
            (reached, whole, step.index.low),
            (reached + unknown, whole, step.index.high),
        ):
            assert said == Decimal(int(part * 1000 / of + Fraction(1, 2))) / 1000
