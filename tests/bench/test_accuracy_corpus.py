"""The labelled corpus is whole, the recordings belong to it, and the gate holds on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from bench.accuracy import dates, heldout, recording, repeat
from bench.accuracy.__main__ import hold
from bench.accuracy.cases import Judged, live, recorded
from bench.accuracy.check import FAMILIES, STATES, problems
from bench.accuracy.check import main as look_over
from bench.accuracy.corpus import Example, examples
from core.bodies import BodyKind

ALL = list(examples())
NAMES = [example.name for example in ALL]


@cache
def judged() -> tuple[Judged, ...]:
    return tuple(recorded(ALL))


def test_the_corpus_is_wide_enough() -> None:
    assert len(ALL) >= 40
    assert len(list(examples("test"))) >= 15
    assert len({e.family for e in ALL}) >= 8
    assert {e.family for e in ALL} <= FAMILIES
    assert {BodyKind(e.site.kind) for e in ALL} >= set(BodyKind) - {BodyKind.OTHER}
    assert {t.state for e in examples("test") for t in e.truth.values()} >= STATES - {"unseen"}


@pytest.mark.parametrize("example", ALL, ids=NAMES)
def test_every_portal_is_sound(example: Example) -> None:
    assert list(problems(example.site)) == []


@pytest.mark.parametrize("example", ALL, ids=NAMES)
def test_every_recording_belongs_to_its_portal(example: Example) -> None:
    assert recording.read(example.recorded).fingerprint == example.fingerprint


def test_no_recording_is_left_over() -> None:
    kept = {path.name for path in ALL[0].recorded.parent.glob("*.json.xz")}
    assert kept == {example.recorded.name for example in ALL}


def test_the_gate_holds() -> None:
    assert hold(list(judged())) == []


def test_held_out_wordings_are_not_copied_into_the_catalogue() -> None:
    assert sum(map(len, heldout.listed().values())) > 100
    assert list(heldout.copied()) == []


def test_six_portals_visited_now_are_judged_as_recorded() -> None:
    """A page that is slow today may leave a duty unjudged; it turns no verdict into another."""
    sample = repeat.one_of_each_family(examples("test"))
    assert len(sample) == 6
    before = {j.example.name: {f.rule: f.verdict.value for f in j.findings} for j in judged()}
    found = [
        difference
        for now in live(sample)
        for difference in repeat.differences(
            now.example.name, before[now.example.name], {f.rule: f.verdict.value for f in now.findings}
        )
    ]
    assert [d for d in found if not d.is_unknown] == []
    assert len(found) <= 3


@pytest.mark.parametrize("example", ALL, ids=NAMES)
def test_three_rounds_with_lost_pages_flip_no_verdict(example: Example) -> None:
    found = list(repeat.again(example, 3))
    assert [d for d in found if d.is_flip] == []
    assert [d for d in found if "same evidence" in d.portal] == []


def test_the_date_reader_is_as_right_as_it_was() -> None:
    assert len(list(dates.samples())) >= 150
    figures = dates.figures("test")
    assert (figures["all"].value or 0) >= 0.9
    assert (figures["traps"].value or 0) >= 0.9


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_a_portal_is_named_in_one_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setattr("sys.argv", ["check", str(tmp_path / name)])
    with pytest.raises(SystemExit) as ended:
        look_over()
    assert ended.value.code == 2
    assert f"{tmp_path / name} is no portal of the corpus" in capsys.readouterr().err
