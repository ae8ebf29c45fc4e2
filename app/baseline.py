"""Baselines: what was not met before, so that only what is new breaks a build."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.say import say
from core.audit import Against, Audit
from core.errors import UsageError
from core.finding import Text, Verdict
from core.rule import Catalogue

SCHEMA = "decree43-baseline/1"
#: Rules named in one sentence.
_NAMED = 8


@dataclass(frozen=True, slots=True)
class Baseline:
    """Rules that failed earlier, and of what; "" where the file does not say."""

    fails: frozenset[str]
    url: str = ""
    kind: str = ""
    ruleset: str = ""


def read_baseline(path: Path) -> Baseline:
    """What an earlier ``report.json`` or a baseline file says. Raises UsageError."""
    hint = "report.json cũ, hoặc tệp do --write-baseline ghi / an earlier report.json, or a file --write-baseline wrote"
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data.get("schema") == SCHEMA:
            fails, of = data["fails"], data
        else:
            fails = [f["rule"] for f in data["findings"] if f["verdict"] == "fail"]
            of = {**data.get("portal", {}), "ruleset": data.get("audit", {}).get("ruleset", {}).get("id")}
        if not isinstance(fails, list) or not all(isinstance(rule, str) for rule in fails):
            raise TypeError("fails is no list of rule ids")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{path} không phải mốc so sánh / is no baseline ({type(error).__name__})", hint=hint
        ) from None
    return Baseline(frozenset(fails), *(_word(of, name) for name in ("url", "kind", "ruleset")))


def _word(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""


def renamed(baseline: Baseline, catalogue: Catalogue) -> Baseline:
    """The baseline with the present ids of rules that had another one when it was written."""
    present = ((rule, catalogue.rule(rule)) for rule in baseline.fails)
    return replace(baseline, fails=frozenset(now.id if now is not None else rule for rule, now in present))


def doubts(baseline: Baseline, audit: Audit, catalogue: Catalogue) -> tuple[Text, ...]:
    """Why the two may not be comparable: another kind of body, catalogue or address; rules that nobody knows."""
    told = [
        say(name, was=was, now=now)
        for name, was, now in (
            ("baseline_kind", baseline.kind, audit.portal.kind.value),
            ("baseline_ruleset", baseline.ruleset, audit.ruleset.id),
            ("baseline_url", baseline.url.rstrip("/"), audit.portal.url.rstrip("/")),
        )
        if was and was != now
    ]
    unknown = sorted(rule for rule in baseline.fails if catalogue.rule(rule) is None)
    if unknown:
        rules = ", ".join(unknown[:_NAMED]) + (" …" if len(unknown) > _NAMED else "")
        told.append(say("baseline_rules", count=len(unknown), rules=rules, ruleset=audit.ruleset.id))
    return tuple(told)


def scored_fails(audit: Audit) -> tuple[str, ...]:
    """Scored duties that are not met, in the order of the catalogue. Advice and partly met duties never count."""
    return tuple(f.rule for f in audit.findings if f.verdict is Verdict.FAIL and f.max_points)


def compare(audit: Audit, baseline: frozenset[str]) -> Against:
    """The audit beside a baseline.

    A duty that was left out this time, no longer applies, or is of another catalogue, is not told of: it is not mended.
    """
    fails = scored_fails(audit)
    verdicts = {f.rule: f.verdict for f in audit.findings if f.rule in baseline and f.max_points != 0}
    gone = [rule for rule, verdict in verdicts.items() if verdict in (Verdict.PASS, Verdict.PARTIAL)]
    return Against(
        new=tuple(rule for rule in fails if rule not in baseline),
        known=tuple(rule for rule in fails if rule in baseline),
        vanished=tuple(gone),
        unseen=tuple(rule for rule, verdict in verdicts.items() if verdict is Verdict.UNKNOWN),
    )


def written(audit: Audit, baseline: frozenset[str] = frozenset()) -> bytes:
    """The audit as a baseline file: sorted, one rule a line, so that its changes read well in a diff.

    What the earlier ``baseline`` knew and could not be judged now, was left out or does not apply, stays in it.
    """
    unseen = {f.rule for f in audit.findings if f.verdict in (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE)}
    kept = baseline & (unseen | set(audit.skipped))
    data = {
        "schema": SCHEMA,
        "url": audit.portal.url,
        "kind": audit.portal.kind.value,
        "ruleset": audit.ruleset.id,
        "today": audit.today.isoformat(),
        "fails": sorted({*scored_fails(audit), *kept}),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
