"""Profiles are data: one of another province from scratch, and every fault named with its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from checks.profile_file import find, ids, load
from checks.profile_score import score_by
from core.bodies import BodyKind
from core.errors import CatalogueError
from core.finding import Verdict
from tests.checks.profile_samples import CATALOGUE, figures, finding

#: A province nobody has written a profile for, as the manual shows it: 60 points of content, 40 for petitions.
EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "tinh-mau-2026.yaml"


def written(folder: Path, change: Callable[[dict[str, Any]], object] = lambda data: None) -> Path:
    data = yaml.safe_load(EXAMPLE.read_text("utf-8"))
    change(data)
    path = folder / "tinh-mau.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_a_profile_from_scratch_scores(tmp_path: Path) -> None:
    profile = load(str(written(tmp_path)), CATALOGUE)
    judged = [
        finding("ND43-10.1.a.1", Verdict.PASS),
        finding("ND43-10.1.a.2", Verdict.FAIL),
        finding("ND43-10.1.b", Verdict.PARTIAL),
        finding("ND43-10.1.i.2", Verdict.FAIL),
    ]
    found = score_by(profile, judged, figures(petitions_received=20, petitions_settled=19), BodyKind.DEPARTMENT)
    assert [term.points for term in found.terms] == [29, 43]  # 10 + 20 − 1; 38 + 5
    assert (found.value, found.low, found.high, found.max, found.coverage) == (72, 72, 72, 105, 1)
    assert found.band is not None and found.band.vi == "Loại B"
    assert found.terms[1].band is not None and found.terms[1].band.vi == "Tốt"
    assert found.terms[0].lines[-1].points == -1


def test_a_deduction_that_could_not_be_judged_is_open(tmp_path: Path) -> None:
    profile = load(str(written(tmp_path)), CATALOGUE)
    judged = [finding("ND43-10.1.a.1", Verdict.PASS), finding("ND43-10.1.a.2", Verdict.PASS),
              finding("ND43-10.1.b", Verdict.PASS)]  # fmt: skip
    content = score_by(profile, judged, [], BodyKind.DEPARTMENT).terms[0]
    assert (content.low, content.high) == (59, 60)


def test_a_figure_of_its_own_may_be_missing(tmp_path: Path) -> None:
    profile = load(str(written(tmp_path)), CATALOGUE)
    petitions = score_by(profile, [], figures(petitions_received=20), BodyKind.DEPARTMENT).terms[1]
    assert (petitions.points, petitions.low, petitions.high) == (None, 0, 45)
    assert petitions.missing == ("petitions_settled",)


@pytest.mark.parametrize("name", ids())
def test_shipped_profiles_are_sound(name: str) -> None:
    assert load(name).id == name


def put(*path: str | int, value: object) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        for step in path[:-1]:
            data = data[step]  # type: ignore[index]
        data[path[-1]] = value  # type: ignore[index]

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put("id", value="Tỉnh Mẫu"), ["tinh-mau.yaml, id"]),
        (put("terms", 0, "base", value=60), ["terms.0.criteria.base", "{value: 15, from: document}"]),
        (put("terms", 0, "base", "from", value="law"), ["from", "'document', 'inferred' or 'default'"]),
        (put("terms", 0, "criteria", 0, "points", "value", value=19), ["content, criteria", "59", "base is 60"]),
        (put("terms", 0, "criteria", 0, "points", "value", value=-1), ["about, points", "more than 0"]),
        (put("terms", 0, "criteria", 0, "rules", value=["ND43-99"]), ["no duty ND43-99", "rules list"]),
        (put("terms", 0, "criteria", 0, "rules", value=[]), ["needs rules, or staff"]),
        (put("terms", 0, "criteria", 1, "id", value="about"), ["about is there twice"]),
        (put("terms", 0, "cap", "value", value=50), ["50 is below the base 60"]),
        (put("terms", 0, "cap", "value", value=70), ["content, cap", "cannot be reached"]),
        (put("terms", 1, "how", value="magic"), ["terms.1"]),
        (put("terms", 1, "share", "in", value="petitions"), ["no figure 'petitions'", "petitions_received"]),
        (put("terms", 1, "curve", 0, "share", value=0.5), ["curve", "begin at 0"]),
        (put("terms", 1, "curve", 0, "share", value=2), ["curve.0.share"]),
        (put("terms", 1, "curve", 1, "points", value=41), ["curve", "outside 0 and the base"]),
        (put("terms", 1, "bands", 0, "at_least", "value", value=46), ["bands, good", "the cap is 45"]),
        (put("terms", 1, "bonus", value=[]), ["petitions, cap", "cannot be reached"]),
        (put("terms", 1, "bonus", 0, "levels", 0, "when", value=[{"sum": ["x"]}]), ["needs one of at_least"]),
        (put("groups", 0, "terms", value=["content", "x"]), ["no term 'x'", "content, petitions"]),
        (put("groups", 0, "may_miss", value=["content", "x"]), ["no term 'x'"]),
        (put("groups", 0, "kinds", value=["so"]), ["groups.0.kinds.0"]),
        (put("groups", 0, "kinds", value=["department", "department"]), ["department is there twice"]),
        (put("groups", 0, "base", value=None), ["needs base and cap"]),
        (put("groups", 0, "cap", "value", value=106), ["106 cannot be reached"]),
        (put("unit", value="share"), ["how: findings only"]),
        (put("colour", value="red"), ["colour", "no such field"]),
        (put("figures", 0, "name", value="visits"), ["visits exists already"]),
    ],
)  # fmt: skip
def test_faults_are_named(tmp_path: Path, change: Callable[[dict[str, Any]], None], words: list[str]) -> None:
    with pytest.raises(CatalogueError) as error:
        load(str(written(tmp_path, change)), CATALOGUE)
    assert all(word in str(error.value) for word in ["tinh-mau.yaml", *words]), str(error.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [("a: [", "cannot be read"), ("- 1", "is no profile"), ("", "is no profile"), ("\x00", "cannot be read")],
)
def test_files_that_are_no_profile(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=words):
        load(str(path), CATALOGUE)


def test_a_profile_nobody_knows() -> None:
    with pytest.raises(CatalogueError, match="laocai-4526, ministry-portal-index"):
        load("hanoi-2030")


def test_the_index_must_agree_with_its_catalogue(tmp_path: Path) -> None:
    text = find("ministry-portal-index").read_text("utf-8").replace("value: 160", "value: 150")
    path = tmp_path / "index.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="add up to 160"):
        load(str(path), CATALOGUE)
