"""What of the points was reached, told beside what could be judged: the index is the share of that."""

from __future__ import annotations

from core.audit import Audit
from core.finding import Text, Verdict
from reports import words


def reached(audit: Audit) -> Text:
    """28,25 trên 150 điểm đã kiểm tra được (tổng 164 điểm)"""
    whole = audit.score.max_points
    judged = sum(f.max_points for f in audit.findings if f.max_points and f.verdict is not Verdict.UNKNOWN)
    points, most = words.points(audit.score.points), words.points(whole)
    if not judged or judged >= whole:
        return words.say("score.points", points=points, max=most)
    return words.say("score.points_judged", points=points, judged=words.points(judged), max=most)
