"""What got better or worse, and what only looks so."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from core.audit import Audit
from core.comparison import Why, compare
from core.finding import Proof
from tests.ranking.audits import audit as make

DEPENDS = {"ipv6_route": frozenset({"TT32-15.4"}), "browser": frozenset({"TT32-17.1"}), "proxy": frozenset({"any"})}
OTHER = "6d" * 32


def audit(letters: str, **more: Any) -> Audit:
    return make("a", "https://a.gov.vn/", letters, vantage=more.pop("vantage", {"browser": "chromium 156"}), **more)


def ruled(made: Audit, sha: str = OTHER) -> Audit:
    return dataclasses.replace(made, ruleset=dataclasses.replace(made.ruleset, sha256=sha))


def whys(*audits: Audit, rejudged: Audit | None = None) -> dict[str, str]:
    found = compare(*audits, DEPENDS, rejudged)
    return {d.rule: d.why.value for d in found.differences}


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("-", "+", "better"),
        ("-", "/", "better"),
        ("+", "/", "worse"),
        ("+", "-", "worse"),
        ("?", "+", "not_judged"),
        ("-", "?", "not_judged"),
        ("+", "?", "not_judged"),
        (".", "-", "scope"),
        ("+", ".", "scope"),
        ("?", ".", "not_judged"),
        ("+", "+", None),
        ("?", "?", None),
        (".", ".", None),
    ],
)
def test_one_duty_under_one_catalogue(before: str, after: str, why: str | None) -> None:
    assert whys(audit(before), audit(after)).get("ND43-10.1.a.1") == why


@pytest.mark.parametrize(("before", "after"), [("-", "+"), ("+", "-"), (".", "+"), ("+", ".")])
def test_under_other_rules_nothing_is_better_or_worse(before: str, after: str) -> None:
    assert whys(audit(before), ruled(audit(after))) == {"ND43-10.1.a.1": "rules"}


def test_what_could_not_be_judged_stays_so_under_other_rules() -> None:
    assert whys(audit("?"), ruled(audit("+"))) == {"ND43-10.1.a.1": "not_judged"}


def test_what_the_other_rules_no_longer_ask_is_their_doing() -> None:
    assert whys(audit("?"), ruled(audit("."))) == {"ND43-10.1.a.1": "rules"}
    assert whys(audit("."), ruled(audit("?"))) == {"ND43-10.1.a.1": "rules"}


def test_what_could_not_be_judged_without_a_browser_is_the_vantages_doing() -> None:
    seen, blind = audit("+++++++++"), audit("?+++++++?", vantage={"browser": None})
    assert whys(seen, blind) == {"ND43-10.1.a.1": "not_judged", "TT32-17.1": "vantage"} == whys(blind, seen)
    assert whys(seen, audit("++++++++?")) == {"TT32-17.1": "not_judged"}


def test_a_rejudged_first_audit_tells_the_rules_from_the_portal() -> None:
    before, after = audit("-+-+"), ruled(audit("++++"))
    between = ruled(audit("+++-"))
    found = compare(before, after, DEPENDS, between)
    assert {d.rule: (d.why, d.because) for d in found.differences} == {
        "ND43-10.1.a.1": (Why.RULES, ()),  # the new rules alone make it pass
        "ND43-10.1.c.4": (Why.RULES, ()),
    }
    found = compare(audit("--"), ruled(audit("+/")), DEPENDS, ruled(audit("-+")))
    assert {d.rule: (d.why, d.because) for d in found.differences} == {
        "ND43-10.1.a.1": (Why.BETTER, ()),
        "ND43-10.1.b": (Why.WORSE, ("rules",)),  # the rules would have passed it, the portal then got worse
    }


def test_duties_that_come_and_go_with_the_rules_and_new_weights() -> None:
    heavier = dataclasses.replace(audit("+").findings[0], max_points=6.0, points=6.0)
    after = ruled(dataclasses.replace(audit("+"), findings=(heavier, audit("++").findings[1])))
    assert whys(audit("+"), after) == {"ND43-10.1.a.1": "rules", "ND43-10.1.b": "rules"}
    assert whys(after, audit("+")) == {"ND43-10.1.a.1": "rules", "ND43-10.1.b": "rules"}


def test_what_one_of_the_two_left_out_is_no_change_of_the_rules() -> None:
    part = audit("+", skipped=("ND43-10.1.b", "ND43-10.1.c.4"))
    assert whys(audit("-+-"), part) == {
        "ND43-10.1.a.1": "better", "ND43-10.1.b": "left_out", "ND43-10.1.c.4": "left_out"
    }  # fmt: skip
    assert whys(part, ruled(audit("++"))) == {"ND43-10.1.b": "left_out"}


def test_another_vantage_settles_nothing_for_what_depends_on_it() -> None:
    before = audit("--+++++--", vantage={"ipv6_route": False, "browser": None})
    after = audit("-++++++++", vantage={"ipv6_route": True, "browser": "chromium 156"})
    found = compare(before, after, DEPENDS)
    assert set(found.vantage) == {"ipv6_route", "browser"}
    assert {d.rule: (d.why.value, d.because) for d in found.differences} == {
        "ND43-10.1.b": ("better", ()),
        "TT32-15.4": ("vantage", ("ipv6_route",)),
        "TT32-17.1": ("vantage", ("browser",)),
    }


def test_another_version_of_the_browser_is_the_same_vantage() -> None:
    found = compare(audit("+"), audit("+", vantage={"browser": "chromium 157"}), DEPENDS)
    assert not found.vantage


def test_a_proxy_touches_every_duty() -> None:
    after = audit("+", vantage={"browser": "chromium 156", "proxy": "http://proxy:3128"})
    assert whys(audit("-"), after) == {"ND43-10.1.a.1": "vantage"}


def test_the_points_of_all_differences_are_the_difference_of_the_points() -> None:
    before, after = audit("-+/?+-.+/+"), audit("+-??/+++-+")
    found = compare(before, after, DEPENDS)
    whole = sum((found.points(why) for why in Why), Decimal(0))
    assert whole == Decimal(repr(after.score.points)) - Decimal(repr(before.score.points))
    assert len(found.differences) + found.alike + found.unseen == len(before.findings)
    assert found.unseen == 1


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        ("http://a.gov.vn/tin", "https://www.a.gov.vn/tin/", False),
        ("https://a.gov.vn/tin", "https://a.gov.vn/tin-tuc", True),
        ("", "https://a.gov.vn/tin-tuc", False),
    ],
)
def test_a_section_at_another_address(was: str, now: str, moved: bool) -> None:
    def at(url: str) -> Audit:
        one = audit("+")
        proofs = (Proof("link", "https://a.gov.vn/"), Proof("page", url)) if url else ()
        return dataclasses.replace(one, findings=(dataclasses.replace(one.findings[0], evidence=proofs),))

    found = compare(at(was), at(now), DEPENDS)
    assert bool(found.moved) is moved
