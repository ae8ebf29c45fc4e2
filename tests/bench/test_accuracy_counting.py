"""Counting of the accuracy bench: what is a hit, a miss, a false pass; intervals; the gate."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from app.site_truth import Expected
from bench.accuracy import gate
from bench.accuracy.corpus import Example
from bench.accuracy.references import exact, substring, tokens
from bench.accuracy.score import Case, Figures, Share, grouped

HERE = Example(Path("bench/corpus/test/none"))


def case(truth: str, got: str, **more: object) -> Case:
    sections, newest = more.get("sections", ()), more.get("truth_newest")
    expected = Expected(tuple(truth.split("/")), sections, newest, "why")  # type: ignore[arg-type]
    return Case(
        HERE, str(more.get("rule", "R")), "information", expected, got,
        section=str(more.get("section", "")), newest=more.get("newest"),  # type: ignore[arg-type]
    )  # fmt: skip


def test_unknown_is_a_miss_where_the_truth_can_be_judged() -> None:
    figures = Figures((case("pass", "unknown"), case("pass", "pass"), case("partial", "pass"), case("fail", "fail")))
    assert (figures.recall.hits, figures.recall.of) == (2, 3)
    assert (figures.unknown.hits, figures.unknown.of) == (1, 4)


def test_what_cannot_be_judged_is_no_miss_but_a_pass_there_is_false() -> None:
    figures = Figures((case("unknown", "unknown"), case("unknown", "pass")))
    assert figures.recall.of == 0
    assert (figures.unknown.hits, figures.unknown.of) == (0, 0)
    assert (figures.precision.hits, figures.precision.of) == (0, 1)


def test_where_both_may_be_said_the_case_counts_for_neither() -> None:
    figures = Figures((case("partial/fail", "partial"), case("partial/fail", "fail")))
    assert figures.recall.of == figures.precision.of == 0
    assert figures.exact.value == 1.0


def test_partial_where_there_is_nothing_is_a_false_pass() -> None:
    assert case("fail", "partial").false_pass
    assert not case("fail/partial", "partial").false_pass
    assert case("partial", "fail").false_fail
    assert not case("partial", "unknown").false_fail


def test_the_address_may_be_any_that_carries_the_duty() -> None:
    found = case("pass", "pass", section="/tin/", sections=("/thong-bao", "/tin"))
    other = case("pass", "pass", section="/khac", sections=("/tin",))
    panel = case("pass", "pass", section="/tin#tab-2", sections=("/tin",))
    assert (Figures((found, other, panel)).section.hits, Figures((found, other, panel)).section.of) == (2, 3)


def test_the_newest_date_counts_to_the_day() -> None:
    right = case("pass", "pass", newest=date(2026, 11, 2), truth_newest=date(2026, 11, 2))
    wrong = case("pass", "pass", newest=date(2026, 11, 3), truth_newest=date(2026, 11, 2))
    assert Figures((right, wrong)).newest.value == 0.5


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"), [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 263, 0.255, 0.366)]
)
def test_intervals_are_wilsons(hits: int, of: int, low: float, high: float) -> None:
    """The last row is the example of Newcombe, Statistics in Medicine 17 (1998), method 3."""
    found = Share(hits, of).interval
    assert found == pytest.approx((low, high), abs=0.001)


def test_a_share_of_nothing_is_none() -> None:
    assert Share(0, 0).value is None
    assert str(Share(0, 0)) == "–"


def test_simple_matchers() -> None:
    assert exact("Hỏi đáp", "hỏi  ĐÁP")
    assert not exact("Mục Hỏi đáp", "Hỏi đáp")
    assert substring("Mục hỏi đáp mới", "Hỏi đáp")
    assert not substring("hoi dap", "Hỏi đáp")
    assert tokens("Đáp và hỏi", "Hỏi đáp")
    assert not tokens("Hỏi nhanh", "Hỏi đáp")


def test_the_gate_names_every_bound_that_breaks(tmp_path: Path) -> None:
    before = tmp_path / "figures.json"
    before.write_text(json.dumps({"A": {"recall": [20, 20], "precision": [20, 20], "exact": [20, 20]}, "B": {
        "recall": [1, 1], "precision": [1, 1], "exact": [1, 1]}}), "utf-8")  # fmt: skip
    cases = [case("pass", "fail", rule="A")] * 8 + [case("pass", "pass", rule="A")] * 12
    cases += [case("fail", "pass", rule="A")] * 3 + [case("pass", "unknown", rule="A")] * 3
    easy = Figures(tuple([case("pass", "pass")] * 7 + [case("pass", "fail")] * 3))
    faults = list(gate.broken(Figures(tuple(cases)), easy, grouped(cases, lambda c: c.rule), before))
    for word in ("recall", "precision", "unknown share", "too easy", "A: recall", "B: no cases any more"):
        assert any(word in fault for fault in faults), word


def test_the_gate_is_silent_where_all_holds(tmp_path: Path) -> None:
    before = tmp_path / "figures.json"
    cases = [case("pass", "pass", rule="A")] * 30 + [case("fail", "fail", rule="A")] * 30
    rules = grouped(cases, lambda c: c.rule)
    gate.write(rules, before)
    hard = Figures(tuple([case("pass", "fail")] * 7 + [case("pass", "pass")] * 3))
    assert not list(gate.broken(Figures(tuple(cases)), hard, rules, before))
