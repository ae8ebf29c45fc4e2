"""The badge: what it says, its colours, and that it is a lone, safe file."""

import dataclasses

import pytest
from lxml import etree

from core.score import Score
from reports import badge
from tests import samples

SVG = "{http://www.w3.org/2000/svg}"


def province(**score):
    audit = samples.province()
    return dataclasses.replace(audit, score=dataclasses.replace(audit.score, **{"coverage": 0.95, **score}))


def read(audit, lang="vi"):
    return etree.fromstring(badge.render(audit, lang))


def texts(audit, lang="vi"):
    return [node.text for node in read(audit, lang).iter(f"{SVG}text")]


def test_value_coverage_and_day():
    assert texts(province(value=0.911)) == ["Cổng TTĐT", "0,911", "bao phủ 95% · 21/11/2026"]
    assert texts(province(value=0.911), "en") == ["Portal", "0.911", "coverage 95% · 21 Nov 2026"]


@pytest.mark.parametrize(("lang", "words"), [("vi", "chỉ số 0,911 trên 1"), ("en", "index 0.911 of 1")])
def test_its_title_says_it_all_to_a_screen_reader(lang, words):
    root = read(province(value=0.911), lang)
    title = root.find(f"{SVG}title")
    assert root.get("role") == "img" and root.get("aria-labelledby") == title.get("id")
    assert "tỉnh Mẫu" in title.text and words in title.text and "nd43-2011" in title.text
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == lang


def test_no_score_and_an_incomplete_audit():
    nothing = dataclasses.replace(
        samples.province(), score=Score("p", None, None, None, 0.0, 10.0, None, ()), complete=False
    )
    assert texts(nothing) == ["Cổng TTĐT", "chưa đủ căn cứ", "bao phủ – · 21/11/2026 · chưa đầy đủ"]


@pytest.mark.parametrize(
    ("limit", "vi", "en"),
    [
        ({"skipped": ("TT32-15.4",)}, "chỉ một phần tiêu chí", "only some rules"),
        ({"facts": {"portal.static_folder": True}}, "thư mục tệp tĩnh", "static folder"),
    ],
)
def test_an_audit_of_some_rules_or_of_a_folder_says_so_and_has_no_colour_of_its_own(limit, vi, en):
    audit = dataclasses.replace(province(value=0.911), **limit)
    assert texts(audit)[2].endswith(f" · {vi}") and texts(audit, "en")[2].endswith(f" · {en}")
    assert read(audit).find(f"{SVG}title").text.endswith(f"({vi})")
    assert badge.colour(audit) == badge.colour(province(value=0.9, coverage=0.1))


@pytest.mark.parametrize(
    ("score", "same_as"),
    [({"value": 0.8}, {"value": 1.0}), ({"value": 0.799}, {"value": 0.5}), ({"value": 0.499}, {"value": 0.0})],
)
def test_three_colours_by_value(score, same_as):
    assert badge.colour(province(**score)) == badge.colour(province(**same_as))


def test_colours_differ_and_too_little_seen_has_its_own():
    found = {badge.colour(province(value=value)) for value in (0.9, 0.6, 0.1)}
    unsure = badge.colour(province(value=0.9, coverage=0.79))
    assert len(found | {unsure}) == 4
    assert unsure == badge.colour(dataclasses.replace(province(value=0.9), complete=False))


def _light(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_white_letters_can_be_read_on_every_colour():
    look = badge._look()
    colours = [look["label"], look["detail"], look["unsure"]["colour"], *(v["colour"] for v in look["values"])]
    assert all(1.05 / (_light(colour) + 0.05) >= 4.5 for colour in colours)


def test_the_fields_stand_side_by_side_and_hold_their_letters():
    root = read(province(value=0.911))
    x = 0.0
    for rect, text in zip(root.findall(f"{SVG}g[1]/{SVG}rect"), root.iter(f"{SVG}text"), strict=True):
        assert float(rect.get("x")) == x and float(text.get("textLength")) < float(rect.get("width"))
        x += float(rect.get("width"))
    assert x == float(root.get("width"))


def test_marks_over_letters_take_no_room():
    assert badge.width_of("Cổng") == badge.width_of("Cong")


def test_hostile_names_stay_text_and_nothing_is_loaded():
    root = read(samples.hostile())
    assert {node.tag.removeprefix(SVG) for node in root.iter()} == {"svg", "title", "clipPath", "rect", "g", "text"}
    names = {name for node in root.iter() for name in node.attrib}
    assert not [name for name in names if name.startswith("on") or "href" in name]
