"""Reports are written whole, and one of a visit that saw nothing does not take the place of the last good one."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from app.demo import portals
from app.write import write
from core.audit import Audit
from core.finding import Verdict
from tests import samples

FORMATS = ("html", "json")


@pytest.fixture
def good() -> Audit:
    return samples.province()


@pytest.fixture
def blank(good: Audit) -> Audit:
    """A visit that judged nothing."""
    unseen = tuple(
        dataclasses.replace(f, verdict=Verdict.UNKNOWN, ratio=None, points=None, cause="refused") for f in good.findings
    )
    return dataclasses.replace(good, findings=unseen, score=dataclasses.replace(good.score, value=None))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_failed_visit_keeps_the_last_good_report(good: Audit, blank: Audit, tmp_path: Path) -> None:
    write(good, FORMATS, tmp_path, "vi")
    before = {name: (tmp_path / name).read_bytes() for name in ("report.html", "report.json")}
    for _ in range(2):  # failing twice must not lose it either
        write(blank, FORMATS, tmp_path, "vi")
        assert (tmp_path / "report.previous.html").read_bytes() == before["report.html"]
        assert (tmp_path / "report.previous.json").read_bytes() == before["report.json"]
        assert (tmp_path / "report.json").read_bytes() != before["report.json"]
    write(good, FORMATS, tmp_path, "vi")
    assert names(tmp_path) == {"report.html", "report.json"}
    assert (tmp_path / "report.json").read_bytes() == before["report.json"]


def test_a_first_visit_that_fails_has_nothing_to_keep(blank: Audit, tmp_path: Path) -> None:
    write(blank, FORMATS, tmp_path, "vi")
    assert names(tmp_path) == {"report.html", "report.json"}


def test_the_demo_names_kind_and_state_of_every_portal() -> None:
    found = portals()
    assert {p.folder for p in found} >= {"so-khcn-liferay", "xa-thu-cong"}
    for portal in found:
        assert all((portal.title, portal.kind.vi, portal.kind.en, portal.state.vi, portal.state.en))
        assert portal.state.vi != portal.state.en
