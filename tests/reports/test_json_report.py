"""report.json keeps the contract ``decree43-audit/1``."""

import dataclasses
import datetime as dt
import json

import jsonschema
import pytest

from core import audit_json
from core.errors import UsageError
from core.finding import Text, Verdict
from reports import json_report
from tests import samples

SCHEMA = jsonschema.Draft202012Validator(json_report.json_schema())


def data(audit):
    return json.loads(json_report.render(audit))


def test_schema_is_itself_valid():
    jsonschema.Draft202012Validator.check_schema(json_report.json_schema())


def test_a_province_keeps_the_schema():
    SCHEMA.validate(data(samples.province()))


def test_nothing_judged_keeps_the_schema():
    found = data(samples.province(findings=()))
    SCHEMA.validate(found)
    assert found["score"]["value"] is None and found["findings"] == []


def test_hostile_text_keeps_the_form():
    found = data(samples.hostile())
    found["findings"][0]["basis"] = "law"
    SCHEMA.validate(found)
    assert found["facts"]["nan"] is None and found["facts"]["set"] == ["a", "b"]
    assert found["facts"]["when"] == "2026-11-21T02:03:04Z"


def without(*path):
    found = data(samples.province())
    place = found
    for step in path[:-1]:
        place = place[step]
    del place[path[-1]]
    return found


@pytest.mark.parametrize(
    "path",
    [
        ("schema",),
        ("audit", "ruleset", "sha256"),
        ("audit", "vantage", "browser"),
        ("portal", "name"),
        ("score", "groups", 0, "coverage"),
        ("findings", 0, "newest_date"),
        ("findings", 0, "evidence", 0, "sha256"),
        ("findings", 4, "candidates", 0, "why_not"),
        ("crawl", "fetch_outcomes"),
    ],
    ids=lambda path: ".".join(map(str, path)),
)
def test_a_missing_key_breaks_the_schema(path):
    assert not SCHEMA.is_valid(without(*path))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("verdict", "maybe"),
        ("basis", "custom"),
        ("ratio", 2),
        ("newest_date", "20/11/2026"),
        ("cause", "blocked"),
    ],
)
def test_a_wrong_value_breaks_the_schema(key, value):
    found = data(samples.province())
    found["findings"][0][key] = value
    assert not SCHEMA.is_valid(found)


def test_an_unknown_needs_its_cause():
    found = data(samples.province())
    unseen = next(f for f in found["findings"] if f["verdict"] == "unknown")
    unseen["cause"] = None
    assert not SCHEMA.is_valid(found)


@pytest.mark.parametrize("build", [samples.province, samples.hostile])
def test_reading_and_writing_again_gives_the_same_bytes(build):
    first = json_report.render(build())
    assert json_report.render(json_report.read_audit(first)) == first


def test_bytes_are_utf8_and_the_same_every_time():
    first = json_report.render(samples.province())
    assert first == json_report.render(samples.province())
    assert "Tin tức, sự kiện" in first.decode("utf-8") and b"\\u" not in first


def test_times_are_utc_whatever_the_zone():
    audit = samples.province(
        started_at=dt.datetime(2026, 11, 21, 9, 3, 4, 999999, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    )
    assert data(audit)["audit"]["started_at"] == "2026-11-21T02:03:04Z"


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        json_report.render(samples.province(started_at=dt.datetime(2026, 11, 21)))


def test_the_example_of_the_contract():
    score = dataclasses.replace(
        samples.province().score,
        value=173 / 190,
        low=173 / 200,
        high=183 / 200,
        points=173,
        coverage=190 / 200,
    )
    found = data(samples.province(score=score))["score"]
    assert (found["value"], found["low"], found["high"], found["coverage"]) == (0.911, 0.865, 0.915, 0.95)
    assert isinstance(found["points"], float)


@pytest.mark.parametrize(
    ("value", "digits", "expected"), [(0.8125, 3, 0.813), (1.005, 2, 1.01), (0.0005, 3, 0.001), (2, 2, 2.0)]
)
def test_rounding_is_half_up(value, digits, expected):
    assert audit_json.round_half_up(value, digits) == expected


def test_a_partial_ratio_never_becomes_whole():
    nearly = samples.finding("ND43-12", Verdict.PARTIAL, "Thống kê", "Điều 12", 10, ratio=0.9999)
    assert data(samples.province(findings=(nearly,)))["findings"][0]["ratio"] == 0.999


def test_a_sentence_in_one_language_stands_in_for_the_other():
    note = samples.province(notes=(Text("Chỉ có tiếng Việt."),))
    assert data(note)["audit"]["notes"] == [{"vi": "Chỉ có tiếng Việt.", "en": "Chỉ có tiếng Việt."}]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"{}", "schema"),
        (b"[]", "schema"),
        (b"not json", "not JSON"),
        (b'{"\xff"}', "not UTF-8"),
        (b'{"schema": "decree43-audit/2"}', "decree43-audit/2"),
        (b'{"schema": "decree43-audit/1"}', "'audit' is missing"),
        (b"[" * 100000, "nested"),
    ],
)
def test_another_file_is_refused_with_a_hint(raw, words):
    with pytest.raises(UsageError, match=words) as caught:
        json_report.read_audit(raw, "old.json")
    assert caught.value.where == "old.json" and caught.value.hint
