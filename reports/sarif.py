"""``report.sarif``: SARIF 2.1.0, one result for every duty that is not met or only partly met.

Scored duties that are not met are errors, partly met ones warnings, advice of weight 0 notes. What could not be
judged is no result: it stands among the notifications of the invocation, with its cause. Every rule is described
with help in both languages. A result points to the page's address or, when a folder was audited, to file and line.

The fingerprints depend on the rule and on the portal's path alone, so that one duty stays one alert while dates,
wordings, lines and the host of a preview change.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import quote, urlsplit

from core.audit import Audit
from core.finding import Candidate, Finding, Proof, Text, Verdict
from reports import words
from reports.places import Place, place_of
from reports.words import pick, seen

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SHOWN = (Verdict.FAIL, Verdict.PARTIAL)
#: Where names of files begin, by what the log calls it.
_BASES = {
    "SRCROOT": "The root of the repository, else the folder the audit was started in.",
    "OUTSIDE": "What holds the audited folder, outside of the repository.",
}
_PRECISION = {"high": "very-high", "medium": "high", "low": "medium"}
#: How far GitHub's code scanning takes a result for serious.
_SEVERITY = {"error": "error", "warning": "warning", "note": "recommendation"}


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The report as UTF-8 JSON; the same audit gives the same bytes."""
    index = {finding.rule: number for number, finding in enumerate(audit.findings)}
    tool, _, version = audit.tool.partition(" ")
    driver = {
        "name": tool or "decree43",
        "version": version or "0",
        "language": "en-US" if lang == "en" else "vi-VN",
        "shortDescription": _both(words.say("page.title")),
        "rules": [_rule(finding, lang) for finding in audit.findings],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": f"decree43/{_slug(audit)}/"},
        "language": "en-US" if lang == "en" else "vi-VN",
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(audit, index, lang)],
        "results": [_result(audit, f, index[f.rule], lang) for f in audit.findings if f.verdict in _SHOWN],
        "properties": {
            "url": audit.portal.url,
            "kind": audit.portal.kind.value,
            "ruleset": audit.ruleset.id,
            "today": audit.today.isoformat(),
            "score": audit.score.value,
            "coverage": audit.score.coverage,
            "skipped": list(audit.skipped),
            "vanished": list(audit.against.vanished) if audit.against is not None else [],
        },
    }
    if audit.vantage.get("folder_home"):
        run["originalUriBaseIds"] = {_base(audit): {"description": {"text": _BASES[_base(audit)]}}}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return (json.dumps(log, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8", "replace")


def _both(text: Text) -> dict[str, str]:
    vi, en = seen(pick(text, "vi")), seen(pick(text, "en"))
    return {"text": vi if vi == en else f"{vi} / {en}"}


def _level(finding: Finding) -> str:
    if not finding.max_points and finding.verdict in _SHOWN:
        return "note"
    return "error" if finding.verdict is Verdict.FAIL else "warning"


def _rule(finding: Finding, lang: str) -> dict[str, Any]:
    level = "error" if finding.max_points else "note"
    grounds = "; ".join(
        words.cite(c) + ("" if c.confirmed else f" ({pick(words.say('duties.unconfirmed'), 'vi')})")
        for c in finding.citations
    )
    markdown, plain = [], []
    for code, name in (("vi", "Tiếng Việt"), ("en", "English")):
        rows = [
            (words.say("duties.citation"), grounds or pick(words.say("duties.no_citation"), code)),
            (words.say("duties.basis"), pick(words.word("basis", finding.basis) or finding.basis, code)),
            (words.say("ci.fix"), pick(finding.fix, code)),
            (words.say("duties.note"), pick(finding.note, code)),
        ]
        kept = [(pick(head, code), seen(text)) for head, text in rows if text]
        title = seen(pick(finding.title, code), 300)
        markdown.append("\n".join([f"**{name}: {title}**", "", *(f"- {head}: {text}" for head, text in kept)]))
        plain.append("\n".join([f"{name}: {title}", *(f"{head}: {text}" for head, text in kept)]))
    return {
        "id": finding.rule,
        "name": "".join(part.capitalize() for part in finding.rule.replace(".", "-").split("-")),
        "shortDescription": {"text": seen(pick(finding.title, lang), 300)},
        "fullDescription": _both(finding.title),
        "help": {"text": "\n\n".join(plain), "markdown": "\n\n".join(markdown)},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": list(dict.fromkeys(["decree43", finding.group, finding.basis])),
            "problem.severity": _SEVERITY[level],
            "precision": _PRECISION[finding.confidence.value],
            "maxPoints": finding.max_points,
        },
    }


def _result(audit: Audit, finding: Finding, number: int, lang: str) -> dict[str, Any]:
    place = place_of(audit, finding)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "kind": "fail",
        "level": _level(finding),
        "message": {"text": seen(pick(finding.message, lang)) or seen(pick(finding.title, lang))},
        "locations": [_location(place, audit)],
        "partialFingerprints": _fingerprints(audit, finding),
        "properties": {
            "verdict": finding.verdict.value,
            "ratio": finding.ratio,
            "points": finding.points,
            "maxPoints": finding.max_points,
            "confidence": finding.confidence.value,
            "fix": {"vi": finding.fix.vi, "en": finding.fix.en},
            "message": {"vi": finding.message.vi, "en": finding.message.en},
        },
    }
    if audit.against is not None and finding.verdict is Verdict.FAIL and finding.max_points:
        result["baselineState"] = "new" if finding.rule in audit.against.new else "unchanged"
    seen_at: list[Proof | Candidate] = [*finding.evidence, *finding.candidates]
    others = [Place(thing.url, thing.file, thing.line) for thing in seen_at]
    related = [o for o in dict.fromkeys(others) if _points_somewhere(o) and o != place][:5]
    if related:
        result["relatedLocations"] = [{"id": n, **_location(other, audit)} for n, other in enumerate(related, start=1)]
    return result


def _points_somewhere(place: Place) -> bool:
    return bool(place.file) or place.url.startswith(("http://", "https://"))


def _base(audit: Audit) -> str:
    """Where the names of files begin."""
    return "OUTSIDE" if audit.vantage.get("folder_outside") else "SRCROOT"


def _location(place: Place, audit: Audit) -> dict[str, Any]:
    if place.file:
        artifact = {"uri": quote(place.file, safe="/~.-_"), "uriBaseId": _base(audit)}
        region = {"startLine": max(1, place.line)}
        return {"physicalLocation": {"artifactLocation": artifact, "region": region}}
    uri = quote(place.url, safe="!#$&'()*+,/:;=?@[]~%.-_")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}}}


def _fingerprints(audit: Audit, finding: Finding) -> dict[str, str]:
    path = urlsplit(audit.portal.url).path or "/"
    stable = hashlib.sha256(f"{finding.rule}\n{path}".encode()).hexdigest()
    # GitHub looks at primaryLocationLineHash only; ours says what it is made of.
    return {"primaryLocationLineHash": f"{stable[:16]}:1", "decree43Duty/v1": stable}


def _slug(audit: Audit) -> str:
    """The category of the run: what was audited, in letters that any CI system takes."""
    host = str(audit.vantage.get("folder") or urlsplit(audit.portal.url).hostname or "portal")
    return "".join(c if c.isascii() and (c.isalnum() or c in ".-_") else "-" for c in host).strip("-.") or "portal"


def _invocation(audit: Audit, index: dict[str, int], lang: str) -> dict[str, Any]:
    told: list[dict[str, Any]] = []
    for finding in audit.findings:
        if finding.verdict is Verdict.UNKNOWN:
            told.append(
                {
                    "level": "note",
                    "message": {"text": seen(f"{finding.rule}: {pick(finding.message, lang)}")},
                    "associatedRule": {"id": finding.rule, "index": index[finding.rule]},
                    "properties": {"cause": finding.cause},
                }
            )
    told += [{"level": "note", "message": {"text": seen(pick(note, lang))}} for note in audit.notes]
    invocation: dict[str, Any] = {
        "executionSuccessful": audit.complete and not audit.crashed,
        "startTimeUtc": f"{audit.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "toolExecutionNotifications": told,
    }
    if audit.finished_at is not None:
        invocation["endTimeUtc"] = f"{audit.finished_at:%Y-%m-%dT%H:%M:%SZ}"
    return invocation
