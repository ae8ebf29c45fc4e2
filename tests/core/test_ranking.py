"""Ranks, possible ranks and change, checked against every outcome that small groups can have."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranking import Lineage, Place, change, exact, places
from core.register import Succession
from core.rounds import Entry

DAY = dt.date(2025, 7, 1)


def entry(body: str, value: float | None, low: float | None = None, high: float | None = None, **more: object) -> Entry:
    return Entry("r", body, value=value, low=low, high=high, **more)  # type: ignore[arg-type]


def ranked(*entries: Entry, published: bool = False) -> dict[str, Place]:
    return {place.body: place for place in places(entries, published=published)}


def test_equal_values_share_a_rank_and_the_next_is_left_out() -> None:
    found = ranked(entry("a", 0.9), entry("b", 0.8), entry("c", 0.8), entry("d", 0.7))
    assert [(p.body, p.rank, p.of) for p in found.values()] == [("a", 1, 4), ("b", 2, 4), ("c", 2, 4), ("d", 4, 4)]


def test_values_are_compared_as_printed_not_as_binary_fractions() -> None:
    found = ranked(entry("a", 0.1 + 0.2), entry("b", 0.3))
    assert found["a"].value != found["b"].value, "0.30000000000000004 is what was stored, and it is printed so"
    assert exact(0.3) == Decimal("0.3")


def test_a_range_says_what_was_not_judged() -> None:
    found = ranked(entry("a", 0.90, 0.70, 0.95), entry("b", 0.80, 0.80, 0.80), entry("c", 0.60, 0.55, 0.69))
    assert [(p.rank, p.best, p.worst) for p in found.values()] == [(1, 1, 2), (2, 1, 2), (3, 3, 3)]


def test_bounds_that_only_touch_may_tie() -> None:
    """low of a equals high of b: b can at best tie with a, so neither is pushed below the other for sure."""
    found = ranked(entry("a", 0.8, 0.7, 0.9), entry("b", 0.6, 0.5, 0.7))
    assert (found["a"].best, found["a"].worst) == (1, 1)
    assert (found["b"].best, found["b"].worst) == (1, 2)


def test_a_body_without_a_value_has_no_rank_and_may_be_anywhere() -> None:
    found = ranked(entry("a", 0.9), entry("b", 0.5), entry("lost", None, 0.0, 1.0), entry("nothing", None))
    assert [(p.rank, p.best, p.worst, p.of) for p in found.values()] == [
        (1, 1, 3, 4), (2, 2, 4, 4), (None, 1, 4, 4), (None, 1, 4, 4),
    ]  # fmt: skip


def test_one_body_and_none() -> None:
    assert places([]) == ()
    (alone,) = places([entry("a", 0.4, 0.1, 0.9)])
    assert (alone.rank, alone.best, alone.worst, alone.of) == (1, 1, 1, 1)


_GRID = st.integers(0, 4)
_BODY = st.tuples(_GRID, _GRID, _GRID).map(sorted)


@given(st.lists(_BODY, min_size=1, max_size=5))
def test_the_range_is_what_every_outcome_gives(bodies: list[list[int]]) -> None:
    """Every body takes every value between its bounds: the best and worst rank seen are the ones that are said."""
    entries = [entry(f"b{n}", v / 4, low / 4, high / 4) for n, (low, v, high) in enumerate(bodies)]
    seen: dict[str, set[int]] = {e.body: set() for e in entries}
    for outcome in itertools.product(*(range(low, high + 1) for low, _, high in bodies)):
        for n, mine in enumerate(outcome):
            seen[f"b{n}"].add(1 + sum(other > mine for other in outcome))
    for place in places(entries):
        assert (place.best, place.worst) == (min(seen[place.body]), max(seen[place.body]))
        assert place.rank is not None and place.best is not None and place.worst is not None
        assert place.best <= place.rank <= place.worst


@given(st.lists(_BODY, min_size=1, max_size=40))
def test_the_spreadsheet_formulas_of_the_docstring_give_the_same(bodies: list[list[int]]) -> None:
    entries = [entry(f"b{n:02}", v / 4, low / 4, high / 4) for n, (low, v, high) in enumerate(bodies)]
    lows, values, highs = (list(column) for column in zip(*bodies, strict=True))
    found = {p.body: p for p in places(entries)}
    for n, (low, value, high) in enumerate(bodies):
        rank = sum(v > value for v in values) + 1
        best = sum(x > high for x in lows) + 1
        worst = sum(x > low for x in highs) + 1 - (high > low)
        place = found[f"b{n:02}"]
        assert (place.rank, place.best, place.worst) == (rank, best, worst)


def test_published_ranks_stay_as_they_were_printed() -> None:
    found = ranked(entry("a", None, rank=26, of=63), entry("b", 0.865, rank=1, of=63), published=True)
    assert [(p.body, p.rank, p.best, p.of) for p in found.values()] == [("b", 1, None, 63), ("a", 26, None, 63)]


def test_a_published_table_of_values_alone_is_ranked() -> None:
    assert [p.rank for p in places([entry("a", 0.5), entry("b", 0.7)], published=True)] == [1, 2]


MERGERS = (
    Succession("old-laocai", "laocai", DAY, main=True),
    Succession("yenbai", "laocai", DAY),
    Succession("older", "old-laocai", dt.date(2004, 1, 1), main=True),
    Succession("one", "joint", DAY),
    Succession("two", "joint", DAY),
    Succession("was", "renamed", DAY),
)


@pytest.mark.parametrize(
    ("body", "standing", "found"),
    [
        ("laocai", {"old-laocai", "yenbai"}, ("old-laocai", "yenbai")),
        ("laocai", {"older", "yenbai"}, ("older", "yenbai")),
        ("laocai", {"laocai", "yenbai"}, ("laocai", "yenbai")),
        ("laocai", {"yenbai"}, ()),
        ("joint", {"one", "two"}, ()),
        ("renamed", {"was"}, ("was",)),
        ("new", {"was"}, ()),
    ],
)
def test_the_right_predecessor(body: str, standing: set[str], found: tuple[str, ...]) -> None:
    assert Lineage(MERGERS).predecessors(body, standing) == found


def test_successions_in_a_circle_end() -> None:
    circle = (Succession("a", "b", DAY, main=True), Succession("b", "a", DAY, main=True))
    assert Lineage(circle).predecessors("a", {"nobody"}) == ()


def test_change_against_the_main_predecessor_with_the_others_beside() -> None:
    earlier = ranked(entry("old-laocai", None, rank=24, of=63), entry("yenbai", None, rank=40, of=63), published=True)
    now = ranked(entry("laocai", 0.7, profile="index"))["laocai"]
    found = change(now, earlier, Lineage(MERGERS))
    assert found is not None
    assert (found.before.body, found.ranks, [p.body for p in found.beside]) == ("old-laocai", None, ["yenbai"]), (
        "24 of 63 against 1 of 1 is no rise"
    )
    assert found.value is None and found.certain is None and found.merged


def test_change_in_value_is_exact_and_certain_only_where_ranges_do_not_meet() -> None:
    earlier = ranked(entry("a", 0.7), entry("b", 0.8), entry("c", 0.6, 0.55, 0.85))
    now = ranked(entry("a", 0.9), entry("b", 0.8), entry("c", 0.7, 0.5, 0.75))
    lineage = Lineage(())
    of = {body: change(place, earlier, lineage) for body, place in now.items()}
    assert of["a"] is not None and of["a"].value == Decimal("0.2")
    assert (of["a"].ranks, of["a"].certain) == (1, True), "2 or 3 before, 1 for sure now"
    assert of["c"] is not None and (of["c"].ranks, of["c"].certain) == (0, False)
    assert change(ranked(entry("new", 0.5))["new"], earlier, lineage) is None


def moved(before: tuple[Entry, ...], now: tuple[Entry, ...]) -> dict[str, tuple[int | None, bool | None, bool | None]]:
    """By body: change of rank, whether it is sure, whether the change of value is."""
    earlier = ranked(*before)
    found = {body: change(place, earlier, Lineage(())) for body, place in ranked(*now).items()}
    return {body: (c.ranks, c.certain, c.value_certain) for body, c in found.items() if c is not None}


def test_rank_and_value_are_sure_each_by_its_own_range() -> None:
    rest = entry("b", 0.5)
    fell = moved((entry("a", 0.96, 0.908, 0.963), rest), (entry("a", 0.87, 0.823, 0.878), rest))
    assert fell == {"a": (0, True, True), "b": (0, True, True)}, "first for sure in both rounds, and fell for sure"
    wide = moved((entry("a", 0.96, 0.4, 0.97), rest), (entry("a", 0.3, 0.2, 0.35), rest))
    assert wide["a"] == (-1, False, True), "may have been second before; the values are apart"
    meet = moved((entry("a", 0.9, 0.8, 0.95), rest), (entry("a", 0.85, 0.7, 0.9), rest))
    assert meet["a"] == (0, True, False)
    same = moved((entry("a", 0.9, 0.8, 0.95), rest), (entry("a", 0.9, 0.8, 0.95), rest))
    assert same["a"] == (0, True, False), "what was not judged may have changed"


def test_one_audit_in_both_rounds_has_the_same_value_for_sure() -> None:
    one = dataclasses.replace(entry("a", 0.9, 0.8, 0.95), audit="a-1")
    assert moved((one,), (one,))["a"] == (0, True, True)


def test_nothing_is_said_of_a_change_of_rank_among_others() -> None:
    assert moved((entry("a", 0.9),), (entry("a", 0.9), entry("b", 0.5)))["a"] == (None, None, True)
