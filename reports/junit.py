"""``report.junit.xml``: the portal is the suite, every rule a case.

A case fails for a scored duty that is not met; one that the baseline knew is skipped. What could not be judged,
does not apply or was left out is skipped with the cause. Partly met duties and advice pass: their text stands in the
suite's output. Valid against the schema of Jenkins (``tests/schemas``) and free of what Ant's stricter one forbids.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from lxml import etree

from core.audit import Audit
from core.finding import Finding, Text, Verdict
from reports import words
from reports.places import place_of
from reports.words import pick, seen

_NO_XML = re.compile("[\ufffe\uffff]")


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The report as UTF-8 XML."""
    cases = [(finding, _outcome(audit, finding, lang)) for finding in audit.findings]
    states = [state for _, (state, _, _) in cases]
    root = etree.Element("testsuites")
    suite = etree.SubElement(
        root,
        "testsuite",
        name=_clean(audit.portal.name or audit.portal.url, 200),
        package="decree43",
        id="0",
        hostname=_clean(urlsplit(audit.portal.url).hostname or "localhost", 200),
        timestamp=f"{audit.started_at.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}",
        time=f"{audit.crawl.seconds:.3f}",
        tests=str(len(cases) + len(audit.skipped)),
        failures=str(states.count("failure")),
        errors=str(states.count("error")),
        skipped=str(states.count("skipped") + len(audit.skipped)),
    )
    properties = etree.SubElement(suite, "properties")
    for name, value in _properties(audit):
        etree.SubElement(properties, "property", name=name, value=_clean(value, 300))
    remarks: list[str] = []
    for finding, (state, kind, message) in cases:
        case = _case(suite, finding.group, f"{finding.rule} {pick(finding.title, lang)}")
        if state:
            element = etree.SubElement(case, state, type=kind, message=_clean(message, 2000))
            if state != "skipped":
                element.text = _detail(audit, finding, lang)
        elif message:
            remarks.append(f"{_clean(finding.rule, 60)}: {_clean(message, 2000)}")
    for rule in audit.skipped:
        element = etree.SubElement(_case(suite, "skipped", rule), "skipped", type="asked")
        element.set("message", pick(words.say("ci.skipped"), lang))
    etree.SubElement(suite, "system-out").text = "\n".join(remarks)
    etree.SubElement(suite, "system-err").text = "\n".join(_clean(pick(note, lang), 2000) for note in audit.notes)
    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return data


def _case(suite: etree._Element, group: str, name: str) -> etree._Element:
    return etree.SubElement(
        suite, "testcase", classname=_clean(f"decree43.{group}", 100), name=_clean(name, 300), time="0"
    )


def _properties(audit: Audit) -> list[tuple[str, str]]:
    score = audit.score
    figures = {"score": score.value, "score.low": score.low, "score.high": score.high, "coverage": score.coverage}
    return [
        ("url", audit.portal.url),
        ("kind", audit.portal.kind.value),
        ("ruleset", audit.ruleset.id),
        ("today", audit.today.isoformat()),
        ("tool", audit.tool),
        ("complete", str(audit.complete).lower()),
        *((name, f"{value:.3f}") for name, value in figures.items() if value is not None),
    ]


def _outcome(audit: Audit, finding: Finding, lang: str) -> tuple[str, str, str]:
    """The element of the case ("" when it passes), its type, and the words."""
    message = pick(finding.message, lang)
    if finding.rule in audit.crashed:
        return "error", finding.cause or "crashed", pick(words.say("ci.crashed"), lang)
    match finding.verdict:
        case Verdict.UNKNOWN:
            cause = finding.cause or "other"
            short = words.word("cause", cause)
            return "skipped", cause, message or pick(short or Text(cause, cause), lang)
        case Verdict.NOT_APPLICABLE:
            return "skipped", "not_applicable", message
        case Verdict.FAIL if not finding.max_points:
            return "", "", f"{pick(words.say('ci.advice'), lang)}: {message}"
        case Verdict.FAIL if audit.against is not None and finding.rule in audit.against.known:
            return "skipped", "baseline", f"{pick(words.say('ci.known'), lang)}: {message}"
        case Verdict.FAIL:
            return "failure", "fail", message
        case Verdict.PARTIAL:
            return "", "", f"{pick(words.say('verdict.partial'), lang)}: {message}"
    return "", "", ""


def _detail(audit: Audit, finding: Finding, lang: str) -> str:
    rows = [
        ("ci.wrong", pick(finding.message, lang)),
        ("ci.fix", pick(finding.fix, lang)),
        ("duties.citation", "; ".join(pick(words.cite(c), lang) for c in finding.citations)),
        ("ci.place", str(place_of(audit, finding))),
    ]
    if finding.max_points:
        rows.append(("ci.gain", pick(words.points(finding.max_points), lang)))
    return "\n".join(f"{pick(words.say(name), lang)}: {_clean(text, 2000)}" for name, text in rows if text)


def _clean(text: str, limit: int) -> str:
    return _NO_XML.sub(" ", seen(text, limit)) or "–"
