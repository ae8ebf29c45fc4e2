"""Claims beside findings: disagreements in words, unknown is never one."""

import datetime as dt

import pytest

from checks.declared import compare
from core.declared import Agreement
from core.figures import Claim
from core.finding import Verdict
from tests.checks.profile_samples import finding

PERIOD = dt.date(2021, 1, 1), dt.date(2021, 6, 30)


def claim(points: float, of: float = 3, rule: str = "X-1") -> Claim:
    return Claim("so-y-te", rule, *PERIOD, points, of, "https://syt.example.gov.vn/x")


@pytest.mark.parametrize(
    ("points", "verdict", "agreement", "words"),
    [
        (3, Verdict.FAIL, Agreement.OVER, "tự chấm 3/3, kiểm tra: trang trống"),
        (2.5, Verdict.FAIL, Agreement.OVER, "tự chấm 2,5/3, kiểm tra: trang trống"),
        (3, Verdict.PARTIAL, Agreement.OVER, "tự chấm 3/3, kiểm tra: trang trống"),
        (0, Verdict.PASS, Agreement.UNDER, "tự chấm 0/3, kiểm tra: trang trống"),
        (3, Verdict.PASS, Agreement.AGREES, "tự chấm 3/3, kiểm tra khớp: trang trống"),
        (0, Verdict.FAIL, Agreement.AGREES, "tự chấm 0/3, kiểm tra khớp: trang trống"),
        (1.5, Verdict.PARTIAL, Agreement.AGREES, "tự chấm 1,5/3, kiểm tra khớp: trang trống"),
        (3, Verdict.UNKNOWN, Agreement.UNKNOWN, "tự chấm 3/3, chưa kiểm tra được (trang trống)"),
        (3, Verdict.NOT_APPLICABLE, Agreement.NOT_APPLICABLE, "tự chấm 3/3, nghĩa vụ không áp dụng cho cơ quan này"),
    ],
)
def test_claim_and_finding(points: float, verdict: Verdict, agreement: Agreement, words: str) -> None:
    (found,) = compare([claim(points)], [finding("X-1", verdict, 12)])
    assert (found.agreement, found.text.vi) == (agreement, words)
    assert found.disagrees == (agreement in (Agreement.OVER, Agreement.UNDER))


def test_a_duty_the_audit_does_not_know() -> None:
    (found,) = compare([claim(3)], [])
    assert found.agreement is Agreement.ABSENT and not found.disagrees
    assert "không có nghĩa vụ X-1" in found.text.vi


def test_a_duty_that_goes_by_another_id_under_a_later_law() -> None:
    (found,) = compare([claim(3, rule="ND64-16")], [finding("ND224-13", Verdict.FAIL)], {"ND64-16": "ND224-13"})
    assert found.agreement is Agreement.OVER


def test_scales_differ_and_thirds_are_no_disagreement() -> None:
    (found,) = compare([claim(1, 3)], [finding("X-1", Verdict.PARTIAL, 12, 0.333)])
    assert found.agreement is Agreement.AGREES


def test_the_largest_gaps_come_first_and_are_on_the_scale_of_the_claim() -> None:
    claims = [claim(1, rule="A-1"), claim(3, rule="B-1"), claim(12, 12, rule="C-1"), claim(3, rule="D-1")]
    findings = [finding(rule, Verdict.FAIL) for rule in ("A-1", "B-1", "C-1")] + [finding("D-1", Verdict.UNKNOWN)]
    found = compare(claims, findings)
    assert [(d.claim.rule, d.gap) for d in found] == [("C-1", 12), ("B-1", 3), ("A-1", 1), ("D-1", 0)]
