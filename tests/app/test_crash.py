"""A check that crashes costs its own duty and nothing else (exit status 4)."""

from pathlib import Path

import pytest

from app.audit import run
from app.settings import AuditRequest
from app.status import exit_status
from checks.kinds.feed import FeedKind
from core.bodies import BodyKind
from core.finding import Verdict


def test_a_crashed_check_makes_its_duty_unknown(
    tiny_portal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: FeedKind, evidence: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(FeedKind, "judge", broken)
    outcome = run(AuditRequest(tiny_portal, BodyKind.DEPARTMENT, allow_private=True))
    finding = next(f for f in outcome.audit.findings if f.rule == "PROD-RSS")
    assert (finding.verdict, finding.cause) == (Verdict.UNKNOWN, "crashed")
    assert outcome.audit.crashed == ("PROD-RSS",)
    assert exit_status(outcome.audit) == 4
    assert any(f.verdict is Verdict.PASS for f in outcome.audit.findings)
