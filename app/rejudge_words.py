"""How a judgement of the same evidence differs from the one before, in words."""

from __future__ import annotations

from app.declared import other_ids
from app.rejudge import Rejudged
from app.say import say
from core import audit_json
from core.audit import Audit
from core.finding import Finding, Text


def lines(before: Audit, done: Rejudged) -> list[Text]:
    """What changed: verdicts and points by name, duties of only one catalogue by name, the rest by their number."""
    if done.same:
        return [say("rejudged_same", id=before.id)]
    # As they are kept: what was just judged has more digits and finer times than what was read back.
    was, now = ({f.rule: f for f in audit_json.loads(audit_json.dumps(a)).findings} for a in (before, done.audit))
    known, same = {*was, *now}, other_ids(now, was)
    was = {same.get(rule, rule): f for rule, f in was.items()}
    both = [rule for rule in was if rule in now]
    verdicts = [rule for rule in both if _verdict(was[rule]) != _verdict(now[rule])]
    points = [rule for rule in both if rule not in verdicts and _points(was[rule]) != _points(now[rule])]
    words = [rule for rule in both if rule not in (*verdicts, *points) and was[rule] != now[rule]]
    said: list[Text | None] = [
        _named("verdicts", verdicts) or say("rejudged_no_verdicts", id=before.id, count=len(both))
    ]
    said += [_named("points", points), _named("only_before", [r for r in was if r not in now])]
    said += [_named("only_after", [r for r in now if r not in was])]
    said += [say("rejudged_words", count=len(words))] if words else []
    said += [say("rejudged_parts", parts=", ".join(done.changed))] if {*done.changed} - known else []
    said += [say("rejudged_version")] if done.other_version else []
    said += [say("rejudged_kept", id=done.audit.id)] if done.kept_before else []
    return [line for line in said if line]


def _named(key: str, rules: list[str]) -> Text | None:
    return say(f"rejudged_{key}", count=len(rules), rules=", ".join(rules)) if rules else None


def _verdict(finding: Finding) -> tuple[object, ...]:
    return finding.verdict, finding.cause, finding.ratio


def _points(finding: Finding) -> tuple[object, ...]:
    return finding.points, finding.max_points
