"""Catalogues that start from another: what is merged, what is replaced, and every way to get it wrong."""

from __future__ import annotations

import datetime as dt
import textwrap
from pathlib import Path

import pytest

from checks.catalogue import in_force, load
from core.bodies import BodyKind
from core.errors import CatalogueError
from core.rule import Rule

BASE = """
id: goc
title: {vi: Gốc, en: Base}
valid_from: 2020-01-01
valid_to: 2024-12-31
sets: {all: [province, commune], few: [province]}
data: {service_prefixes: [dvc], more: {a: 1, b: 2}}
rules:
  - id: ND-1
    group: information
    title: {vi: Tin, en: News}
    basis: law
    citations: [{text: NĐ 1, clause: Điều 1}]
    applies_to: [all]
    weight: {province: 3, ministry: 4}
    check: section
    with: {names: [Tin tức, Tin], slugs: [tin], fresh: {full_days: 7, half_days: 30}}
    fix: {vi: Làm., en: Do.}
  - id: ND-2
    aliases: [ND-0]
    group: functions
    title: {vi: Liên kết, en: Link}
    basis: product
    applies_to: [few]
    weight: 1
    check: link_to
    with: {hosts: [a.gov.vn]}
    fix: {vi: Làm., en: Do.}
"""
HEAD = "id: con\nextends: goc.yaml\ntitle: {vi: Con, en: Child}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "goc.yaml").write_text(BASE, "utf-8")
    return tmp_path


def child(folder: Path, text: str = "", name: str = "con.yaml", head: str = HEAD) -> Path:
    path = folder / name
    path.write_text(head + textwrap.dedent(text), "utf-8")
    return path


def rule(folder: Path, text: str, name: str) -> Rule:
    found = load(str(child(folder, text))).rule(name)
    assert found is not None
    return found


def test_nothing_but_the_head_is_the_base_under_another_id(folder: Path) -> None:
    loaded = load(str(child(folder)))
    assert (loaded.id, loaded.title.en, loaded.extends) == ("con", "Child", ("goc",))
    assert [r.id for r in loaded.rules] == ["ND-1", "ND-2"]
    assert loaded.valid_from == dt.date(2020, 1, 1)


def test_fields_are_merged_and_lists_replaced(folder: Path) -> None:
    text = """
    rules:
      - id: ND-1
        basis: product
        citations: []
        applies_to: [few]
        weight: {province: 5}
        with: {names: [Bản tin], fresh: {full_days: 3}}
    """
    found = rule(folder, text, "ND-1")
    assert found.basis == "product" and found.citations == ()
    assert found.applies_to == {BodyKind.PROVINCE}
    assert found.weight == {BodyKind.PROVINCE: 5, BodyKind.MINISTRY: 4}
    assert found.params == {"names": ["Bản tin"], "slugs": ["tin"], "fresh": {"full_days": 3, "half_days": 30}}


def test_lists_can_be_added_to_and_taken_from(folder: Path) -> None:
    text = """
    rules:
      - id: ND-1
        add_citations: [{text: NĐ 2, clause: Điều 9}]
        with: {add_names: [Bản tin, Tin], remove_slugs: [tin]}
    """
    found = rule(folder, text, "ND-1")
    assert found.params["names"] == ["Tin tức", "Tin", "Bản tin"]
    assert found.params["slugs"] == []
    assert [c.text for c in found.citations] == ["NĐ 1", "NĐ 2"]


def test_one_entry_of_a_list_with_ids_can_be_changed(folder: Path) -> None:
    parts = "[{id: a, title: {vi: Một, en: One}, names: [x]}, {id: b, title: {vi: Hai, en: Two}, names: [y]}]"
    base = BASE.replace("slugs: [tin],", f"slugs: [tin], parts: {parts},")
    (folder / "goc.yaml").write_text(base, "utf-8")
    found = rule(folder, "rules: [{id: ND-1, with: {parts: {b: {title: {en: Second}, add_names: [z]}}}}]", "ND-1")
    assert [p["id"] for p in found.params["parts"]] == ["a", "b"]
    assert found.params["parts"][1] == {"id": "b", "title": {"vi": "Hai", "en": "Second"}, "names": ["y", "z"]}
    with pytest.raises(CatalogueError, match="'c' is no entry") as caught:
        rule(folder, "rules: [{id: ND-1, with: {parts: {c: {names: [z]}}}}]", "ND-1")
    assert caught.value.hint == "một trong / one of: a, b"


def test_null_empties_a_field(folder: Path) -> None:
    found = rule(folder, "rules: [{id: ND-1, with: {fresh: null}}]", "ND-1")
    assert found.params["fresh"] is None


def test_a_plain_weight_stands_for_every_column(folder: Path) -> None:
    found = rule(folder, "rules: [{id: ND-1, weight: 0}]", "ND-1")
    assert {found.weight_for(kind) for kind in BodyKind} == {0.0}


def test_another_check_begins_with_fields_of_its_own(folder: Path) -> None:
    found = rule(folder, "rules: [{id: ND-1, check: feed}]", "ND-1")
    assert (found.check, dict(found.params)) == ("feed", {})


def test_a_rule_under_a_new_id_keeps_its_fields_its_place_and_its_former_ids(folder: Path) -> None:
    text = """
    rules:
      - {id: ND-3, title: {vi: Thêm, en: More}, group: technical, basis: product, applies_to: [all], weight: 0,
         check: feed, fix: {vi: Làm., en: Do.}}
      - {id: ND-9, replaces: ND-2, with: {hosts: [b.gov.vn]}}
    """
    loaded = load(str(child(folder, text)))
    assert [r.id for r in loaded.rules] == ["ND-1", "ND-9", "ND-3"]
    found = loaded.rule("ND-2")
    assert found is not None and found is loaded.rule("ND-0")
    assert (found.id, found.replaces, found.aliases) == ("ND-9", "ND-2", ("ND-0", "ND-2"))
    assert found.title.en == "Link" and found.params == {"hosts": ["b.gov.vn"]}


def test_dropped_rules_are_gone(folder: Path) -> None:
    assert [r.id for r in load(str(child(folder, "drop: [ND-2]\n"))).rules] == ["ND-1"]


def test_the_head_is_merged_too(folder: Path) -> None:
    text = "valid_to: null\nsets: {few: [commune]}\ndata: {more: {b: 3}, add_service_prefixes: [motcua]}\n"
    loaded = load(str(child(folder, text)))
    assert (loaded.valid_from, loaded.valid_to) == (dt.date(2020, 1, 1), None)
    assert loaded.data["more"] == {"a": 1, "b": 3} and loaded.data["service_prefixes"] == ["dvc", "motcua"]
    found = loaded.rule("ND-2")
    assert found is not None and found.applies_to == {BodyKind.COMMUNE}


def test_a_chain_of_three(folder: Path) -> None:
    child(folder, "rules: [{id: ND-1, weight: {province: 5}}]")
    head = "id: chau\nextends: con.yaml\ntitle: {vi: Cháu, en: Grandchild}\n"
    path = child(folder, "rules: [{id: ND-1, weight: {ministry: 6}}]", "chau.yaml", head)
    loaded = load(str(path))
    assert loaded.extends == ("goc", "con")
    assert loaded.rules[0].weight == {BodyKind.PROVINCE: 5, BodyKind.MINISTRY: 6}


def test_the_hash_covers_the_whole_chain(folder: Path) -> None:
    path = child(folder)
    before = load(str(path)).sha256
    assert before == load(str(path)).sha256
    (folder / "goc.yaml").write_text(BASE + "# một chú thích\n", "utf-8")
    assert load(str(path)).sha256 != before


def test_a_catalogue_alone_is_hashed_by_its_own_bytes(folder: Path) -> None:
    import hashlib

    assert load(str(folder / "goc.yaml")).sha256 == hashlib.sha256(BASE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("drop: [ND-7]", "con.yaml, drop", "no rule ND-7"),
        ("rules: [{id: ND-9, replaces: ND-7}]", "con.yaml, replaces", "no rule ND-7"),
        ("rules: [{id: ND-8, replaces: ND-2}, {id: ND-9, replaces: ND-2}]", "rule ND-9, replaces", "replaced twice"),
        ("drop: [ND-1]\nrules: [{id: ND-1, weight: 0}]", "con.yaml, rule ND-1, drop", "both dropped and changed"),
        ("rules: [{id: ND-1, weight: 0}, {id: ND-1, weight: 1}]", "con.yaml", "used twice"),
        ("rules: [{id: ND-1, with: {names: [a], add_names: [b]}}]", "rule ND-1, with, add_names", "both names and"),
        ("rules: [{id: ND-1, with: {add_names: b}}]", "rule ND-1, with, add_names", "is no list"),
        ("rules: [{id: ND-1, with: {remove_names: [b]}}]", "rule ND-1, with, remove_names", "not in the inherited"),
        ("rules: [{id: ND-1, with: {add_nams: [b]}}]", "con.yaml, rule ND-1, with.add_nams", "Extra inputs"),
        ("rules: [{id: ND-1, weight: {province: -1}}]", "con.yaml, rule ND-1, weight", "negative"),
        ("rules: [{id: ND-12, weight: 0}]", "con.yaml, rule ND-12", "Field required"),
        ("rules: [{id: ND-1, check: sectoin}]", "con.yaml, rule ND-1, check", "no kind"),
        ("rules: ND-1", "con.yaml, rules", "valid"),
        ("sets: {all: [tinh]}", "con.yaml", "Input should be"),
        ("valid_to: 2019-12-31", "con.yaml, valid_to", "ends before"),
        (
            "timeline: [{title: {vi: a, en: a}, valid_from: 2020-01-01, valid_to: 2019-01-01}]",
            "con.yaml, timeline",
            "ends before",
        ),
        (
            "timeline: [{title: {vi: a, en: a}, valid_from: 2020-01-01, valid_to: 2021-01-01},"
            " {title: {vi: b, en: b}, valid_from: 2021-01-01}]",
            "con.yaml, timeline",
            "two texts are in force on 01/01/2021",
        ),
        ("rules: [{id: ND-1, valid_from: 2022-01-02, valid_to: 2022-01-01}]", "rule ND-1, valid_to", "ends before"),
        (
            "rules: [{id: ND-1, citations: [{text: NĐ 2, valid_from: 2022-01-02, valid_to: 2022-01-01}]}]",
            "rule ND-1, citations",
            "ends before",
        ),
    ],
)
def test_every_fault_names_file_rule_and_field(folder: Path, text: str, where: str, words: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(str(child(folder, text)))
    assert where in caught.value.where
    assert words in caught.value.message


def test_a_fault_in_the_base_names_the_base(folder: Path) -> None:
    (folder / "goc.yaml").write_text(BASE.replace("group: functions", "group: nowhere"), "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(str(child(folder, "rules: [{id: ND-1, weight: 0}]")))
    assert caught.value.where == "goc.yaml, rule ND-2, group"


def test_an_id_mistyped_is_told_from_a_new_duty(folder: Path) -> None:
    with pytest.raises(CatalogueError) as caught:
        load(str(child(folder, "rules: [{id: ND-11, weight: 0}]")))
    assert "there is no rule ND-11 to change" in caught.value.hint and "ND-1" in caught.value.hint


def test_a_catalogue_that_extends_itself(folder: Path) -> None:
    path = child(folder, head="id: con\nextends: con.yaml\ntitle: {vi: Con, en: Child}\n")
    with pytest.raises(CatalogueError, match="extends itself") as caught:
        load(str(path))
    assert caught.value.where == "con.yaml, extends"


def test_a_circle_is_one_clear_error(folder: Path) -> None:
    for name, parent in (("a", "b"), ("b", "c"), ("c", "a")):
        child(folder, "", f"{name}.yaml", f"id: {name}\nextends: {parent}.yaml\ntitle: {{vi: x, en: y}}\n")
    with pytest.raises(CatalogueError, match=r"circle: a\.yaml -> b\.yaml -> c\.yaml -> a\.yaml"):
        load(str(folder / "a.yaml"))


def test_a_base_that_is_not_there(folder: Path) -> None:
    path = child(folder, head="id: con\nextends: khong-co\ntitle: {vi: Con, en: Child}\n")
    with pytest.raises(CatalogueError, match="no catalogue 'khong-co'") as caught:
        load(str(path))
    assert caught.value.where == "con.yaml, extends" and "nd224-2026" in caught.value.hint


def test_a_base_that_cannot_be_read(folder: Path) -> None:
    (folder / "goc.yaml").write_text("a: [", "utf-8")
    with pytest.raises(CatalogueError, match="cannot be read") as caught:
        load(str(child(folder)))
    assert caught.value.where == "goc.yaml"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2011, 10, 1), "nd43-2011"),
        (dt.date(2022, 8, 14), "nd43-2011"),
        (dt.date(2022, 8, 15), "nd42-2022"),
        (dt.date(2026, 6, 30), "nd42-2022"),
        (dt.date(2026, 7, 1), "nd224-2026"),
        (dt.date(2030, 1, 1), "nd224-2026"),
    ],
)
def test_auto_is_the_law_in_force_on_the_day(day: dt.date, name: str) -> None:
    assert in_force(day) == name == load("auto", day).id


def test_auto_before_the_first_law_and_without_a_day() -> None:
    with pytest.raises(CatalogueError, match="no catalogue was in force on 30/09/2011"):
        load("auto", dt.date(2011, 9, 30))
    with pytest.raises(CatalogueError, match="without a day"):
        load("auto")


def test_without_a_name_it_stays_the_default() -> None:
    assert load(None, dt.date(2026, 11, 22)).id == "nd43-2011"
