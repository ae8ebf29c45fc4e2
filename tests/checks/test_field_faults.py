"""Faults of YAML fields are told in Vietnamese and English."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checks.catalogue import load
from checks.field_faults import fault
from core.errors import CatalogueError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sample(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=2, max_length=5, pattern="^[a-z]+$")] = "ab"
    count: Annotated[int, Field(ge=0, lt=10)] = 1
    share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 1
    yes: bool = True
    day: dt.date | None = None
    many: tuple[str, ...] = ()
    map: dict[str, int] = {}
    way: Literal["up", "down"] = "up"
    colour: Colour = Colour.RED


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        ({"odd": 1}, "không có trường này", "Extra inputs are not permitted"),
        ({"name": 5}, "phải là chữ", "valid string"),
        ({"name": "a"}, "ngắn hơn 2 ký tự", "at least 2"),
        ({"name": "abcdef"}, "dài quá 5 ký tự", "at most 5"),
        ({"name": "A1"}, "không đúng dạng ^[a-z]+$", "match pattern"),
        ({"count": "x"}, "không phải số nguyên", "valid integer"),
        ({"count": 1.5}, "phải là số nguyên", "valid integer"),
        ({"count": -1}, "không được nhỏ hơn 0", "greater than or equal to 0"),
        ({"count": 10}, "phải nhỏ hơn 10", "less than 10"),
        ({"share": "x"}, "không phải số", "valid number"),
        ({"share": 0}, "phải lớn hơn 0", "greater than 0"),
        ({"share": 2}, "không được lớn hơn 1", "less than or equal to 1"),
        ({"share": float("inf")}, "", "finite number"),
        ({"yes": "maybe"}, "phải là true hoặc false", "valid boolean"),
        ({"day": "31/02/2026"}, "không phải ngày; viết như 2026-11-22", "valid date"),
        ({"many": "x"}, "phải là danh sách, viết như [a, b]", "valid tuple"),
        ({"map": []}, "phải là các cặp tên và giá trị", "valid dictionary"),
        ({"way": "left"}, "phải là một trong: 'up' hoặc 'down'", "'up' or 'down'"),
        ({"colour": "green"}, "phải là một trong: 'red' hoặc 'blue'", "'red' or 'blue'"),
    ],
)
def test_each_fault_has_vietnamese_words_before_pydantics_own(given: dict[str, Any], vi: str, en: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(given)
    said = fault(caught.value)
    assert said.startswith(vi) and en in said and " / " in said
    assert not said.startswith("không hợp lệ /")


def test_more_faults_are_counted() -> None:
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate({"odd": 1, "count": -1})
    assert fault(caught.value).endswith("(và 1 chỗ nữa) / (and 1 more)")


def test_a_catalogue_is_refused_in_both_languages(tmp_path: Any) -> None:
    path = tmp_path / "tu-no.yaml"
    path.write_text("id: a\ntitle: {vi: a, en: a}\nextends: nd224-2026\nrules: []\nodd: 1\n", "utf-8")
    with pytest.raises(CatalogueError) as caught:
        load(str(path))
    assert caught.value.message == "không có trường này / Extra inputs are not permitted"
    assert "hint: không có trường này; xem `decree43 rules show" in str(caught.value)


def test_a_file_that_extends_its_own_id_extends_itself(tmp_path: Any) -> None:
    path = tmp_path / "bo-cua-toi.yaml"
    path.write_text("id: tu-no\ntitle: {vi: a, en: a}\nextends: tu-no\nrules: []\n", "utf-8")
    with pytest.raises(CatalogueError, match="kế thừa chính nó / extends itself") as caught:
        load(str(path))
    assert caught.value.where == "bo-cua-toi.yaml, extends"
