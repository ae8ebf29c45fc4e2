"""``report.csv``: one row for each duty, in the form a spreadsheet of the report's language opens by itself.

UTF-8 with a byte order mark and CRLF. Vietnamese: semicolons between cells and the decimal comma, as Excel with
Vietnamese settings writes it; English: commas and the decimal point. Dates are ISO (2026-11-20), which spreadsheets
read under any setting. Every text is quoted, none can begin a formula.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from core.audit import Audit
from core.audit_json import round_half_up
from core.finding import Finding, Verdict
from reports import words
from reports.sheets.cells import csv_safe
from reports.sheets.words import say

Value = str | float | dt.date | None

#: By language: between cells, and before decimals.
FORM = {"vi": (";", ","), "en": (",", ".")}
HEADS = (
    "rule group title verdict cause basis confidence ratio points max_points newest "
    "message fix citations address flags note portal name day ruleset"
).split()


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The duties as CSV; the same audit gives the same bytes."""
    lang = "en" if lang == "en" else "vi"
    heads = [words.pick(say(f"head.{name}"), lang) for name in HEADS]
    return csv_bytes([heads, *(_row(audit, finding, lang) for finding in audit.findings)], lang)


def csv_bytes(rows: Iterable[Sequence[Value]], lang: str) -> bytes:
    """Rows as CSV; numbers and dates stay bare, texts are quoted and made harmless."""
    separator, _ = FORM[lang]
    lines = (separator.join(_cell(cell, lang) for cell in row) + "\r\n" for row in rows)
    return b"\xef\xbb\xbf" + "".join(lines).encode("utf-8", "replace")


def _cell(value: Value, lang: str) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return '"' + csv_safe(value).replace('"', '""') + '"'
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value:.12g}".replace(".", FORM[lang][1])


def _row(audit: Audit, finding: Finding, lang: str) -> list[Value]:
    def number(value: float | None, digits: int) -> float | None:
        return None if value is None else round_half_up(value, digits)

    return [
        finding.rule,
        label("group", finding.group, lang),
        words.pick(finding.title, lang),
        label("verdict", finding.verdict.value, lang),
        label("cause", finding.cause, lang) if finding.cause else None,
        label("basis", finding.basis, lang),
        None if finding.verdict is Verdict.UNKNOWN else label("confidence", finding.confidence.value, lang),
        number(finding.ratio, 3),
        number(finding.points, 2),
        number(finding.max_points, 2),
        finding.newest_date,
        words.pick(finding.message, lang),
        words.pick(finding.fix, lang),
        citations(finding, lang),
        section(finding),
        ", ".join(label("flag", flag, lang) for flag in finding.flags),
        words.pick(finding.note, lang),
        audit.portal.url,
        audit.portal.name,
        audit.today,
        audit.ruleset.id,
    ]


def label(section: str, key: str, lang: str) -> str:
    """The word for a code; the code itself where there is none."""
    found = words.word(section, key)
    return words.pick(found, lang) if found else words.seen(key, 80)


def citations(finding: Finding, lang: str) -> str:
    """Where the duty is written; what was not seen in a source says so."""
    unsure = words.pick(words.say("duties.unconfirmed"), lang)
    return "; ".join(
        words.pick(words.cite(c), lang) + ("" if c.confirmed else f" ({unsure})") for c in finding.citations
    )


def section(finding: Finding) -> str:
    """The address of the section that serves the duty, else of the first proof; "" where there is none."""
    pages = [p.url for p in finding.evidence if p.url]
    return next((p.url for p in finding.evidence if p.kind == "page" and p.url), pages[0] if pages else "")
