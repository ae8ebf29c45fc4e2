"""Looking for many phrases at once finds what looking for each would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checks.phrases import Phrases, area_of, spell
from checks.said import Said

_WORDS = st.lists(st.sampled_from(["hoi", "dap", "co", "quan", "hop", "thu"]), max_size=12).map(" ".join)


@given(_WORDS, st.lists(_WORDS, max_size=6).map(tuple))
def test_phrases_are_found_on_word_boundaries(text: str, phrases: tuple[str, ...]) -> None:
    standing = [p for p in phrases if p and f" {p} " in f" {text} "]
    assert sorted(Said(text).found(phrases)) == sorted(standing)
    assert Said(text).count(phrases) == len(standing)
    assert Said(text).has(phrases) == bool(standing)


def test_two_ways_to_set_a_tone_mark_are_one_word() -> None:
    assert spell("Hoà giải, khoẻ – THUÝ") == "hòa giải khỏe thúy"
    assert spell("Quý toàn") == "quý toàn"


def test_several_syllables_are_found_without_accents() -> None:
    phrases = Phrases(["cờ đỏ", "cờ", "lịch họp"])
    assert area_of(["Co do sao vang"]).shows(phrases)
    assert not area_of(["Co gi moi"]).shows(phrases)  # "có" is no "cờ"
    assert area_of(["Co gi moi"], unmarked=True).shows(phrases)
    assert area_of(["Lịch họp và cờ đỏ"]).shows(phrases, 3)
    assert not area_of(["Lịch họp"]).shows(phrases, 2)
