"""Since when a duty is not met; audits that could not judge it say nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from core.finding import Verdict
from core.history import lacking_since, runs

LETTERS = dict(zip("+/-?.", Verdict, strict=True))


def history(letters: str) -> tuple[str, int | None]:
    """Runs as "verdict first-last audits unseen", and the month since which the duty is lacking."""
    found = runs((dt.date(2026, month, 1), LETTERS[letter]) for month, letter in enumerate(letters, 1))
    since = lacking_since(found)
    return " ".join(f"{r.verdict.value}:{r.first.month}-{r.last.month}x{r.audits}?{r.unseen}" for r in found), (
        since.month if since else None
    )


@pytest.mark.parametrize(
    ("letters", "said", "since"),
    [
        ("", "", None),
        ("+++", "pass:1-3x3?0", None),
        ("+--", "pass:1-1x1?0 fail:2-3x2?0", 2),
        ("-?-", "fail:1-3x2?1", 1),
        ("-??", "fail:1-1x1?2", 1),
        ("-?+", "fail:1-1x1?1 pass:3-3x1?0", None),
        ("-/-", "fail:1-1x1?0 partial:2-2x1?0 fail:3-3x1?0", 1),
        ("-+-", "fail:1-1x1?0 pass:2-2x1?0 fail:3-3x1?0", 3),
        ("??-", "unknown:1-2x2?0 fail:3-3x1?0", 3),
        ("-.-", "fail:1-1x1?0 not_applicable:2-2x1?0 fail:3-3x1?0", 3),
        ("??", "unknown:1-2x2?0", None),
    ],
)
def test_runs(letters: str, said: str, since: int | None) -> None:
    assert history(letters) == (said, since)
