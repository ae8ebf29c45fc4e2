"""Audits for the tests of rounds: a few duties, judged as a line of letters says."""

from __future__ import annotations

import dataclasses
import datetime as dt

from checks.scoring import score
from core.audit import Audit
from core.bodies import BodyKind
from core.finding import Finding, Verdict
from core.portal import Portal
from tests import samples

#: Rule and points, as the default catalogue has them.
DUTIES = (
    ("ND43-10.1.a.1", 3.0),
    ("ND43-10.1.b", 12.0),
    ("ND43-10.1.c.4", 5.0),
    ("ND43-10.1.dd", 12.0),
    ("ND43-10.1.e.3", 4.0),
    ("ND43-12", 10.0),
    ("ND43-15.1.a", 8.0),
    ("TT32-15.4", 3.0),
    ("TT32-17.1", 4.0),
    ("TT32-18.1", 4.0),
)
_VERDICTS = {
    "+": Verdict.PASS,
    "/": Verdict.PARTIAL,
    "-": Verdict.FAIL,
    "?": Verdict.UNKNOWN,
    ".": Verdict.NOT_APPLICABLE,
}


def findings(letters: str, ratio: float = 0.5) -> tuple[Finding, ...]:
    """One finding for each letter: + pass, / partial, - fail, ? unknown, . not applicable."""
    return tuple(
        samples.finding(
            rule,
            _VERDICTS[letter],
            f"Nghĩa vụ {rule}",
            "khoản 1 Điều 10",
            weight,
            cause="needs_browser" if letter == "?" else None,
            **({"ratio": ratio} if letter == "/" else {}),
        )
        for letter, (rule, weight) in zip(letters, DUTIES, strict=False)
    )


def audit(id: str, url: str, letters: str, today: dt.date = dt.date(2026, 11, 1), **more: object) -> Audit:
    """A province's audit with these verdicts."""
    found = findings(letters)
    kind = BodyKind(more.pop("kind", "province"))  # type: ignore[arg-type]
    at = dt.datetime.combine(today, dt.time(3), dt.UTC)
    more = {"complete": True, "facts": {}, "notes": ()} | more
    return dataclasses.replace(
        samples.province(),
        id=id,
        portal=Portal(url, kind, f"Cổng {id}"),
        started_at=at,
        finished_at=at,
        today=today,
        findings=found,
        score=score(found, kind),
        **more,  # type: ignore[arg-type]
    )
