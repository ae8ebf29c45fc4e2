"""An audit as plain data and back: the contract ``decree43-audit/1`` (design 4.2).

Numbers are rounded half up, times are UTC to the second, keys always stand in the same order, so that
one audit has one form: writing what was read gives the same data.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from types import MappingProxyType
from typing import Any

from core.audit import Against, Audit, CrawlSummary, RulesetInfo
from core.bodies import BodyKind
from core.declared import Declared
from core.finding import Candidate, Citation, Confidence, Finding, Proof, Text, Verdict
from core.portal import Portal
from core.score import GroupScore, Score

#: Id of the form; a change that breaks readers gets a new number.
SCHEMA = "decree43-audit/1"

_AGAINST = ("new", "known", "vanished", "unseen")
_VANTAGE = ("ipv6_route", "browser", "resolver")


class NotAnAudit(ValueError):
    """The data is no audit of the form ``decree43-audit/1``; the message says where."""


def round_half_up(value: float, digits: int) -> float:
    """Rounded as people do: 0.8125 to three decimals is 0.813."""
    return float(Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def audit_to_dict(audit: Audit) -> dict[str, Any]:
    """The audit as JSON values, every key of the contract there."""
    return {
        "schema": SCHEMA,
        "audit": {
            "id": audit.id,
            "tool": audit.tool,
            "started_at": _time(audit.started_at),
            "finished_at": _time(audit.finished_at),
            "today": audit.today.isoformat(),
            "complete": audit.complete,
            "ruleset": {
                "id": audit.ruleset.id,
                "title": audit.ruleset.title.vi or audit.ruleset.title.en,
                "valid_from": _day(audit.ruleset.valid_from),
                "valid_to": _day(audit.ruleset.valid_to),
                "sha256": audit.ruleset.sha256,
                "titles": _text(audit.ruleset.title),
            },
            "vantage": {name: _plain(audit.vantage.get(name)) for name in _VANTAGE}
            | {k: _plain(v) for k, v in sorted(audit.vantage.items()) if k not in _VANTAGE},
            "notes": [_text(note) for note in audit.notes],
            "crashed": list(audit.crashed),
            "skipped": list(audit.skipped),
            "against": None
            if audit.against is None
            else {name: list(getattr(audit.against, name)) for name in _AGAINST},
            "since": {rule: day.isoformat() for rule, day in sorted(audit.since.items())},
        },
        "portal": {
            "url": audit.portal.url,
            "name": audit.portal.name or None,
            "kind": audit.portal.kind.value,
            "hosts": list(audit.portal.hosts),
            "components": list(audit.portal.components),
        },
        "score": _score(audit.score),
        "counts": {v.value: sum(f.verdict == v for f in audit.findings) for v in Verdict},
        "findings": [_finding(f) for f in audit.findings],
        "declared": [item.plain for item in audit.declared],
        "facts": {name: _plain(value) for name, value in sorted(audit.facts.items())},
        "crawl": {
            "pages": audit.crawl.pages,
            "requests": audit.crawl.requests,
            "browser_requests": audit.crawl.browser_requests,
            "bytes": audit.crawl.bytes,
            "seconds": round_half_up(audit.crawl.seconds, 2),
            "stopped_because": audit.crawl.stopped_because,
            "fetch_outcomes": {str(k): v for k, v in sorted(audit.crawl.fetch_outcomes.items())},
            "longest_burst_per_second": audit.crawl.longest_burst_per_second,
            "user_agent": audit.crawl.user_agent or None,
            "robots": audit.crawl.robots or None,
            "ledger": [
                {
                    "url": url,
                    "outcome": str(outcome),
                    "status": status,
                    "bytes": size,
                    "seconds": round_half_up(seconds, 3),
                }
                for url, outcome, status, size, seconds in audit.crawl.ledger
            ],
        },
    }


def audit_from_dict(data: Any) -> Audit:
    """The audit that ``audit_to_dict`` wrote. Keys it does not know are left aside."""
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise NotAnAudit(f"schema is {found!r}, not {SCHEMA!r}")
    try:
        return _read(data)
    except KeyError as error:
        raise NotAnAudit(f"the key {error.args[0]!r} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise NotAnAudit(str(error)) from error


def dumps(audit: Audit) -> bytes:
    """UTF-8, indented, one final newline. A half character pair from a broken page becomes "?"."""
    text = json.dumps(audit_to_dict(audit), ensure_ascii=False, indent=1, allow_nan=False)
    return (text + "\n").encode("utf-8", "replace")


def loads(data: bytes) -> Audit:
    """The audit in the bytes of a ``report.json``; NotAnAudit says what is wrong with others."""
    try:
        return audit_from_dict(json.loads(data))
    except UnicodeDecodeError as error:
        raise NotAnAudit(f"not UTF-8: {error.reason}") from error
    except json.JSONDecodeError as error:
        raise NotAnAudit(f"not JSON: line {error.lineno}, {error.msg}") from error
    except RecursionError as error:
        raise NotAnAudit("nested too deep") from error


# --- writing ---------------------------------------------------------------------------------------


def _score(score: Score) -> dict[str, Any]:
    return {
        "profile": score.profile,
        "value": _rounded(score.value, 3),
        "low": _rounded(score.low, 3),
        "high": _rounded(score.high, 3),
        "points": round_half_up(score.points, 2),
        "max_points": round_half_up(score.max_points, 2),
        "coverage": _rounded(score.coverage, 3),
        "groups": [
            {
                "id": group.id,
                "points": round_half_up(group.points, 2),
                "max_points": round_half_up(group.max_points, 2),
                # Four decimals: the contract's own example says 0.9375.
                "coverage": _rounded(group.coverage, 4),
            }
            for group in score.groups
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "group": finding.group,
        "title": _text(finding.title),
        "verdict": finding.verdict.value,
        "cause": finding.cause or None,
        "basis": finding.basis,
        "confidence": finding.confidence.value,
        "flags": list(finding.flags),
        "ratio": _ratio(finding.ratio),
        "points": _rounded(finding.points, 2),
        "max_points": _rounded(finding.max_points, 2),
        "message": _text(finding.message),
        "fix": _text(finding.fix),
        "citations": [{"text": c.text, "clause": c.clause, "confirmed": c.confirmed} for c in finding.citations],
        "evidence": [
            {
                "kind": p.kind,
                "url": p.url or None,
                "text": p.text or None,
                "value": str(p.value) if p.value not in ("", None) else None,
                "observed_at": _time(p.observed_at),
                "sha256": p.sha256 or None,
            }
            | _place(p)
            for p in finding.evidence
        ],
        "newest_date": _day(finding.newest_date),
        "candidates": [
            {"url": c.url or None, "text": c.text or None, "why_not": _text(c.why_not)} | _place(c)
            for c in finding.candidates
        ],
        "note": _text(finding.note),
    }


def _place(thing: Proof | Candidate) -> dict[str, Any]:
    """File and line, only where a folder was audited."""
    return {"file": thing.file, "line": thing.line or None} if thing.file else {}


def _text(text: Text) -> dict[str, str]:
    """Both languages; a sentence known in one only stands in for the other."""
    return {"vi": text.vi or text.en, "en": text.en or text.vi}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _time(moment: dt.datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment}")
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round_half_up(value, digits)


def _ratio(ratio: float | None) -> float | None:
    """Three decimals; what lies between 0 and 1 stays between them."""
    if ratio is None or ratio in (0, 1):
        return None if ratio is None else float(ratio)
    return min(max(round_half_up(ratio, 3), 0.001), 0.999)


def _plain(value: Any) -> Any:
    """A fact as a JSON value: days and times as text, sets sorted, what is not a number null."""
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.datetime):
        return _time(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in sorted(value.items(), key=lambda pair: str(pair[0]))}
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(v) for v in value), key=str)
    if isinstance(value, Iterable) and not isinstance(value, bytes):
        return [_plain(v) for v in value]
    return str(value)


# --- reading ---------------------------------------------------------------------------------------


def _read(data: Mapping[str, Any]) -> Audit:
    head, portal, crawl, score = data["audit"], data["portal"], data["crawl"], data["score"]
    ruleset = head["ruleset"]
    findings = tuple(_read_finding(f) for f in data["findings"])
    return Audit(
        id=head["id"],
        tool=head["tool"],
        portal=Portal(
            url=portal["url"],
            kind=BodyKind(portal["kind"]),
            name=portal["name"] or "",
            hosts=tuple(portal.get("hosts") or ()),
            components=tuple(portal.get("components") or ()),
        ),
        ruleset=RulesetInfo(
            id=ruleset["id"],
            title=_read_text(ruleset.get("titles") or {"vi": ruleset["title"], "en": ruleset["title"]}),
            valid_from=_read_day(ruleset["valid_from"]),
            valid_to=_read_day(ruleset["valid_to"]),
            sha256=ruleset["sha256"],
        ),
        started_at=_read_moment(head["started_at"]),
        finished_at=_read_time(head["finished_at"]),
        today=dt.date.fromisoformat(head["today"]),
        complete=bool(head["complete"]),
        score=Score(
            profile=score["profile"],
            value=score["value"],
            low=score["low"],
            high=score["high"],
            points=score["points"],
            max_points=score["max_points"],
            coverage=score["coverage"],
            groups=tuple(GroupScore(g["id"], g["points"], g["max_points"], g["coverage"]) for g in score["groups"]),
        ),
        findings=findings,
        facts=MappingProxyType(dict(data["facts"])),
        crawl=CrawlSummary(
            pages=crawl["pages"],
            requests=crawl["requests"],
            browser_requests=crawl.get("browser_requests", 0),
            bytes=crawl["bytes"],
            seconds=crawl["seconds"],
            stopped_because=crawl["stopped_because"],
            fetch_outcomes=MappingProxyType(dict(crawl["fetch_outcomes"])),
            longest_burst_per_second=crawl["longest_burst_per_second"],
            user_agent=crawl.get("user_agent") or "",
            robots=crawl.get("robots") or "",
            ledger=tuple(
                (row["url"], row["outcome"], row["status"], row["bytes"], row["seconds"])
                for row in crawl.get("ledger") or ()
            ),
        ),
        vantage=MappingProxyType(dict(head["vantage"])),
        notes=tuple(_read_text(note) for note in head.get("notes") or ()),
        crashed=tuple(head.get("crashed") or ()),
        skipped=tuple(head.get("skipped") or ()),
        against=Against(**{name: tuple(head["against"].get(name) or ()) for name in _AGAINST})
        if head.get("against")
        else None,
        since=MappingProxyType({r: dt.date.fromisoformat(day) for r, day in (head.get("since") or {}).items()}),
        declared=tuple(Declared.read(item, {f.rule: f for f in findings}) for item in data.get("declared") or ()),
    )


def _read_finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=data["rule"],
        group=data["group"],
        title=_read_text(data["title"]),
        verdict=Verdict(data["verdict"]),
        cause=data["cause"],
        basis=data["basis"],
        confidence=Confidence(data["confidence"]),
        flags=tuple(data["flags"]),
        ratio=data["ratio"],
        points=data["points"],
        max_points=data["max_points"],
        message=_read_text(data["message"]),
        fix=_read_text(data["fix"]),
        citations=tuple(Citation(c["text"], c["clause"], bool(c.get("confirmed", True))) for c in data["citations"]),
        evidence=tuple(
            Proof(
                kind=p["kind"],
                url=p["url"] or "",
                text=p["text"] or "",
                value=p["value"] or "",
                observed_at=_read_time(p["observed_at"]),
                sha256=p["sha256"] or "",
                file=p.get("file") or "",
                line=p.get("line") or 0,
            )
            for p in data["evidence"]
        ),
        newest_date=_read_day(data["newest_date"]),
        candidates=tuple(
            Candidate(
                c["url"] or "", c["text"] or "", _read_text(c["why_not"]), c.get("file") or "", c.get("line") or 0
            )
            for c in data["candidates"]
        ),
        note=_read_text(data.get("note") or {"vi": "", "en": ""}),
    )


def _read_text(data: Mapping[str, str]) -> Text:
    return Text(data["vi"], data["en"])


def _read_day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _read_time(text: str | None) -> dt.datetime | None:
    return _read_moment(text) if text else None


def _read_moment(text: str) -> dt.datetime:
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return moment.astimezone(dt.UTC)
