"""Formats by name, from here and from elsewhere; files whole or not at all; the summary."""

import os
import types
from importlib.metadata import EntryPoint

import pytest

from core.errors import UsageError
from reports import registry, summary_text
from reports.files import write_whole
from tests import samples


def points(monkeypatch, **things):
    """Entry points whose modules are the given things."""
    monkeypatch.setattr(EntryPoint, "load", lambda self: things[self.name]())
    return [EntryPoint(name, f"outside.{name}", registry.GROUP) for name in things]


def plug_in(render=lambda audit: audit.id.encode(), **more):
    return lambda: types.SimpleNamespace(render=render, **more)


def broken():
    raise ImportError("no module named 'wings'")


@pytest.mark.parametrize(("name", "file"), [("html", "report.html"), ("json", "report.json")])
def test_built_in_formats(name, file):
    file_name, data = registry.render(samples.province(), name)
    assert file_name == file and "Tin tức, sự kiện".encode() in data


def test_the_language_reaches_the_report():
    assert b'<html lang="en"' in registry.render(samples.province(), "html", "en")[1]


def test_an_unknown_format_is_refused_with_the_list():
    with pytest.raises(UsageError, match="docz") as caught:
        registry.render(samples.province(), "docz")
    assert "html, json" in caught.value.hint


def test_a_format_from_elsewhere(monkeypatch):
    formats = registry.load_formats(points(monkeypatch, txt=plug_in(), own=plug_in(file_name="own.bin")))
    assert {"html", "json", "own", "txt"} <= set(formats.names) and not formats.problems
    assert registry.render(samples.province(), "txt", formats=formats) == (
        "report.txt",
        b"20261121-020304-tinhmau-7f3a",
    )
    assert registry.render(samples.province(), "own", formats=formats)[0] == "own.bin"


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        (broken, "wings"),
        (lambda: types.SimpleNamespace(), "no render"),
        (plug_in(file_name="../../etc/passwd"), "plain file name"),
        (plug_in(file_name=7), "plain file name"),
    ],
)
def test_one_that_will_not_load_is_named_and_the_others_stay(monkeypatch, thing, words):
    formats = registry.load_formats(points(monkeypatch, bad=thing, good=plug_in()))
    assert "good" in formats.names and "bad" not in formats.names
    (problem,) = formats.problems
    assert problem.name == "bad" and words in problem.message and "outside.bad" in problem.message
    with pytest.raises(UsageError, match="cannot be used"):
        formats.get("bad")


def test_a_built_in_name_cannot_be_taken(monkeypatch):
    formats = registry.load_formats(points(monkeypatch, html=plug_in()))
    assert formats.get("html") is registry.BUILT_IN[0] and formats.problems[0].name == "html"


def test_a_format_that_gives_no_bytes_is_named(monkeypatch):
    formats = registry.load_formats(points(monkeypatch, txt=plug_in(lambda audit: "text")))
    with pytest.raises(TypeError, match="'txt' gave str"):
        registry.render(samples.province(), "txt", formats=formats)


def test_a_file_is_replaced_whole(tmp_path):
    path = tmp_path / "report.json"
    assert write_whole(path, b"one") == path
    write_whole(path, b"two")
    assert path.read_bytes() == b"two" and [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_a_failed_write_leaves_the_older_file(tmp_path, monkeypatch):
    path = tmp_path / "report.json"
    write_whole(path, b"one")
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one" and [p.name for p in tmp_path.iterdir()] == ["report.json"]


def test_a_new_file_may_be_read_by_others_as_usual(tmp_path):
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert write_whole(tmp_path / "whole", b"").stat().st_mode == plain.stat().st_mode


def test_the_summary_in_vietnamese():
    text = summary_text.render(samples.province(), files=["out/report.html"])
    for words in (
        "0,686 trên 1 (khoảng 0,537 – 0,754)",
        "78,3%",
        "9 đạt, 5 đạt một phần, 4 không đạt, 5 chưa đánh giá được",
        "thêm 6 điểm: Dự án",
        "out/report.html",
        "không phải kết quả của Bộ",
    ):
        assert words in text
    assert text.count("ND43-") == 5


def test_the_summary_in_english():
    text = summary_text.render(samples.province(), "en")
    assert "0.686 of 1 (range 0.537 – 0.754)" in text and "+6 points: Projects" in text


def test_the_summary_of_nothing_and_of_a_hostile_portal():
    assert "Chưa đủ căn cứ" in summary_text.render(samples.province(findings=()))
    text = summary_text.render(samples.hostile())
    assert "chưa đầy đủ" in text and "\x1b" not in text and "\u202e" not in text
    text.encode("utf-8")
