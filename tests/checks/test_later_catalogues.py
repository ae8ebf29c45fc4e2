"""The catalogues of Decrees 42/2022 and 224/2026: complete, honest about their sources, and right on their days."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from checks import runner
from checks.catalogue import build, load, plan
from checks.crosswalk import crosswalk, duties_named
from core.bodies import INDEXED, BodyKind
from core.evidence import Evidence
from core.finding import Finding, Verdict
from core.plan import Budget
from core.rule import Catalogue, Rule
from tests.checks.test_catalogue_data import CLAUSE

LATER = ("nd42-2022", "nd224-2026")
#: Duties the later decrees do not name and no other law of the table demands on the portal.
ADVICE = (
    "ND43-10.1.b ND43-10.1.c.1 ND43-10.1.c.2 ND43-10.1.c.3 ND43-10.1.c.4 ND43-10.1.g ND43-10.1.h.2 ND43-10.1.i.4 "
    "ND43-15.2 ND43-17.1.dd"
).split()
SWITCH = dt.date(2024, 4, 5)


@cache
def catalogue(name: str) -> Catalogue:
    return load(name)


each_catalogue = pytest.mark.parametrize("name", LATER)
each_rule = pytest.mark.parametrize(
    ("name", "rule"), [pytest.param(n, r, id=f"{n}-{r.id}") for n in LATER for r in catalogue(n).rules]
)


def one(name: str, rule: str) -> Rule:
    found = catalogue(name).rule(rule)
    assert found is not None, rule
    return found


def judged(name: str, rule: str, evidence: Evidence) -> Finding:
    only = dataclasses.replace(catalogue(name), rules=(one(name, rule),))
    return next(iter(runner.run(only, evidence)))


@each_catalogue
@pytest.mark.parametrize("kind", sorted(INDEXED))
@pytest.mark.parametrize(("group", "total"), [("information", 160), ("functions", 40), ("technical", 0)])
def test_weights_add_up_on_every_day(name: str, kind: BodyKind, group: str, total: float) -> None:
    found = catalogue(name)
    for day in (found.valid_from, SWITCH, found.valid_to or dt.date(2030, 1, 1)):
        assert day is not None
        held = (r for r in found.rules if r.group == group and found.holds(r, kind, day))
        assert sum(r.weight_for(kind) for r in held) == total


@each_rule
def test_every_rule_speaks_both_languages_and_has_its_basis(name: str, rule: Rule) -> None:
    assert all(t.vi.strip() and t.en.strip() for t in (rule.title, rule.fix, rule.note))
    if rule.basis == "law":
        assert rule.citations
    for cited in rule.citations:
        assert not cited.confirmed or CLAUSE.match(cited.clause), cited


@each_rule
def test_what_is_advice_is_told_as_the_products(name: str, rule: Rule) -> None:
    numbers = {"fresh", "full_share", "half_share", "share", "min_share", "full_parts", "full_fields", "dead_share"}
    if rule.basis == "product" or any(rule.params.get(n) for n in numbers) or any(rule.weight.values()):
        assert re.search("phần mềm|khuyến nghị", rule.note.vi), rule.note.vi
        assert re.search("product|advice", rule.note.en), rule.note.en


@each_rule
def test_no_text_is_cited_that_was_not_in_force(name: str, rule: Rule) -> None:
    texts = " | ".join(c.text for c in rule.citations)
    assert "NĐ 43/2011" not in texts
    if name == "nd224-2026":
        assert not re.search(r"NĐ 42/2022|NĐ 64/2007|NĐ 09/2017|TT 32/2017|67/2006", texts)


@each_rule
def test_what_was_not_read_is_not_confirmed(name: str, rule: Rule) -> None:
    for cited in rule.citations:
        if re.search(r"NĐ 42/2022|TT 22/2023|91/2025|64/2025|80/2015|QĐ 38", cited.text):
            assert not cited.confirmed, cited


@each_rule
def test_no_deadline_of_article_17_is_left_as_law(name: str, rule: Rule) -> None:
    """The days of Điều 17 NĐ 43/2011: neither in the law's own words nor in the advice."""
    fresh: dict[str, Any] = dict(rule.params.get("fresh") or {})
    words = str((fresh.get("law") or {}).get("vi", "")) + rule.fix.vi
    if rule.id.startswith("ND43-1") and rule.id not in ("ND43-17.1.dd",):
        assert not re.search(r"\b(?:02|10|15|20)\s*(?:\(|ngày làm việc)", words), words


@each_rule
def test_the_advice_and_notes_speak_of_the_law_of_the_time(name: str, rule: Rule) -> None:
    assert "Nghị định 43" not in rule.fix.vi + rule.note.vi
    if name == "nd224-2026":  # its text was read
        assert "của thời kỳ này" not in rule.note.vi
    if rule.basis == "product":
        assert not re.search(r"(?<!còn )là của luật", rule.note.vi), rule.note.vi


@each_catalogue
def test_advice_is_no_law(name: str) -> None:
    assert {one(name, r).basis for r in ADVICE} == {"product"}


def test_ids_of_the_later_catalogues() -> None:
    nd42, nd224 = ({r.id for r in catalogue(n).rules} for n in LATER)
    assert {"ND13-11", "ND64-16", "ND09-3.4", "TT22-EMC", "TT22-HF", "DC10-13.1"} <= nd42
    assert {"ND13-11", "ND224-13", "ND244-3.3", "ND224-10.3.b", "ND224-11.1", "TT22-EMC", "DC10-13.1"} <= nd224
    assert not {"ND64-16", "ND09-3.4", "TCTT-19.1.g"} & nd224
    assert "MOST25-PERF" in nd42 & nd224


@pytest.mark.parametrize(
    ("old", "new"), [("ND64-16", "ND224-13"), ("ND09-3.4", "ND244-3.3"), ("TCTT-19.1.g", "ND13-11")]
)
def test_former_ids_still_find_the_duty(old: str, new: str) -> None:
    assert one("nd224-2026", old).id == new


@each_catalogue
def test_communes_are_bound_and_party_bodies_are_not(name: str) -> None:
    assert BodyKind.COMMUNE not in catalogue(name).voluntary
    assert BodyKind.PARTY in catalogue(name).voluntary
    assert BodyKind.COMMUNE in catalogue("nd43-2011").voluntary


def test_a_communes_duty_is_law_now(seen: Callable[..., Evidence]) -> None:
    evidence = seen(pages={"/": "<p>Chào mừng</p>"}, kind="commune", today=dt.date(2026, 11, 20))
    bases = [judged(name, "ND43-10.1.a.1", evidence).basis for name in ("nd43-2011", *LATER)]
    assert bases == ["voluntary", "law", "law"]
    party = dataclasses.replace(evidence, portal=dataclasses.replace(evidence.portal, kind=BodyKind.PARTY))
    assert judged("nd224-2026", "ND43-10.1.a.1", party).basis == "voluntary"


@pytest.mark.parametrize(
    ("day", "texts"),
    [
        (dt.date(2022, 8, 15), {"TT 32/2017/TT-BTTTT"}),
        (dt.date(2024, 4, 4), {"TT 32/2017/TT-BTTTT"}),
        (dt.date(2024, 4, 5), {"TT 22/2023/TT-BTTTT"}),
        (dt.date(2021, 1, 1), {"TT 32/2017/TT-BTTTT"}),  # before the catalogue: its first day
        (dt.date(2026, 11, 20), {"TT 22/2023/TT-BTTTT"}),  # after it: its last
    ],
)
def test_one_circular_gives_way_to_the_other(seen: Callable[..., Evidence], day: dt.date, texts: set[str]) -> None:
    found = judged("nd42-2022", "TT32-17.1", seen(pages={"/": "<p>Chào mừng</p>"}, today=day))
    assert {c.text for c in found.citations} == texts
    assert all(c.valid_from is None and c.valid_to is None for c in found.citations)


@pytest.mark.parametrize(("day", "holds"), [(dt.date(2024, 4, 4), False), (dt.date(2024, 4, 5), True)])
def test_a_duty_holds_from_its_day_on(seen: Callable[..., Evidence], day: dt.date, holds: bool) -> None:
    evidence = seen(pages={"/": "<p>Chào mừng</p>"}, today=day)
    found = judged("nd42-2022", "TT22-EMC", evidence)
    assert (found.verdict is not Verdict.NOT_APPLICABLE) is holds
    if not holds:
        assert "04/04/2024" in found.message.vi and found.max_points is None


def test_the_default_catalogue_is_judged_whatever_the_day(seen: Callable[..., Evidence]) -> None:
    early = seen(pages={"/": "<p>Chào mừng</p>"}, today=dt.date(2012, 1, 1))
    assert judged("nd43-2011", "TT32-16.2", early).verdict is not Verdict.NOT_APPLICABLE


def test_metadata_are_the_duty_of_ministries_and_provinces() -> None:
    assert one("nd224-2026", "ND43-14").applies_to == {
        BodyKind.MINISTRY, BodyKind.GOVERNMENT_AGENCY, BodyKind.PROVINCE,
    }  # fmt: skip


def test_only_the_checks_that_will_judge_are_in_the_plan() -> None:
    made = plan(catalogue("nd224-2026"), BodyKind.COMMUNE, Budget())
    assert {"component", "satisfaction", "topics"} <= made.checks
    assert "component" not in plan(catalogue("nd224-2026"), BodyKind.PROVINCE, Budget()).checks
    assert not {"component", "parent_frame"} & plan(catalogue("nd43-2011"), BodyKind.COMMUNE, Budget()).checks


@each_rule
def test_labels_do_not_contradict(name: str, rule: Rule) -> None:
    build(rule)
    names, weak, negatives = (set(map(str, rule.params.get(k) or ())) for k in ("names", "weak", "negatives"))
    assert not names & negatives and not names & weak and not weak & negatives


def test_the_crosswalk_holds_every_rule_once() -> None:
    every = tuple(catalogue(n) for n in ("nd43-2011", *LATER))
    found = crosswalk(every)
    for place, each in enumerate(every):
        assert sorted(d.rules[place].id for d in found if d.rules[place]) == sorted(r.id for r in each.rules)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("ND64-16", ["ND64-16", "ND64-16", "ND224-13"]),
        ("ND224-13", ["ND64-16", "ND64-16", "ND224-13"]),
        ("TCTT-19.1.g", ["TCTT-19.1.g", "ND13-11", "ND13-11"]),
        ("ND43-10.1.b", ["ND43-10.1.b"] * 3),
        ("ND224-11.1", [None, None, "ND224-11.1"]),
        ("TT22-EMC", [None, "TT22-EMC", "TT22-EMC"]),
    ],
)
def test_the_same_duty_under_each_law(asked: str, ids: list[str | None]) -> None:
    every = tuple(catalogue(n) for n in ("nd43-2011", *LATER))
    (duty,) = duties_named(crosswalk(every), asked)
    assert [r.id if r else None for r in duty.rules] == ids


def test_a_part_of_an_id_names_all_that_hold_it_and_nonsense_none() -> None:
    found = crosswalk((catalogue("nd224-2026"),))
    assert len(duties_named(found, "nd43-10.1.c")) == 4
    assert duties_named(found, "XX-1") == ()
