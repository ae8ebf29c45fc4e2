"""Exit statuses, in the order of the contract."""

import dataclasses
import json
from pathlib import Path

import pytest

from app.baseline import read_baseline
from app.status import exit_status, new_fails, reasons
from core.audit import Audit
from core.errors import UsageError
from core.finding import Verdict
from tests import samples


@pytest.fixture
def audit() -> Audit:
    return samples.province()


def test_a_finished_audit_is_0(audit: Audit) -> None:
    assert exit_status(audit) == 0


def test_interruption_comes_first(audit: Audit) -> None:
    crawl = dataclasses.replace(audit.crawl, stopped_because="interrupted")
    assert exit_status(dataclasses.replace(audit, crawl=crawl, crashed=("X",)), fail_under=1.0) == 130


def test_nothing_judged_is_3(audit: Audit) -> None:
    blank = tuple(dataclasses.replace(f, verdict=Verdict.UNKNOWN, ratio=None, points=None) for f in audit.findings)
    score = dataclasses.replace(audit.score, value=None, coverage=0.0)
    assert exit_status(dataclasses.replace(audit, findings=blank, score=score), fail_under=0.1) == 3


def test_a_crash_is_4_even_under_the_bar(audit: Audit) -> None:
    assert exit_status(dataclasses.replace(audit, crashed=("ND43-10.1.b",)), fail_under=1.0) == 4
    assert exit_status(audit, crashed=True, fail_under=1.0) == 4


@pytest.mark.parametrize(("value", "bar", "status"), [(0.8, 0.8, 0), (0.799, 0.8, 1), (None, 0.0, 1)])
def test_fail_under(audit: Audit, value: float | None, bar: float, status: int) -> None:
    score = dataclasses.replace(audit.score, value=value, coverage=0.9)
    assert exit_status(dataclasses.replace(audit, score=score), fail_under=bar) == status


def test_too_little_coverage_does_not_pass(audit: Audit) -> None:
    thin = dataclasses.replace(audit, score=dataclasses.replace(audit.score, value=1.0, coverage=0.79))
    assert exit_status(thin) == 0
    assert exit_status(thin, fail_under=0.5) == 1
    assert exit_status(thin, fail_under=0.5, min_coverage=0.7) == 0
    assert exit_status(thin, min_coverage=0.8) == 1


def test_only_new_scored_fails_break_a_build(audit: Audit, tmp_path: Path) -> None:
    failed = [f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points]
    assert failed
    old = tmp_path / "report.json"
    old.write_text(json.dumps({"findings": [{"rule": r, "verdict": "fail"} for r in failed]}), "utf-8")
    assert exit_status(audit, baseline=read_baseline(old).fails) == 0
    assert exit_status(audit, baseline=frozenset(failed[1:])) == 1
    assert new_fails(audit, frozenset(failed[1:])) == (failed[0],)


def test_a_status_of_1_says_why(audit: Audit) -> None:
    failed = next(f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points)
    said = reasons(audit, "vi", 0.9, None, frozenset())
    assert said[0] == "điểm 0,686 thấp hơn mức 0,900" and "0,783 thấp hơn mức 0,800" in said[1] and failed in said[2]
    assert reasons(audit, "en", 0.9, 0.1, None) == ("score 0.686 is under 0.900",)
    assert reasons(audit, "vi", 0.1, 0.1, None) == ()


@pytest.mark.parametrize("text", ["", "[]", '{"findings": 3}', "<html>"])
def test_a_file_that_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(text, "utf-8")
    with pytest.raises(UsageError, match="is no baseline"):
        read_baseline(path)
