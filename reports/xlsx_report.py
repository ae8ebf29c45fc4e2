"""``report.xlsx``: one portal for those who work in spreadsheets: summary, duties, evidence, fix list, charts."""

from __future__ import annotations

from collections.abc import Iterator

from core.audit import Audit
from core.audit_json import round_half_up
from core.finding import Finding, Text, Verdict
from reports import claims, ranking, scores, words
from reports.addresses import leads
from reports.charts import ages
from reports.csv_report import citations, label, section
from reports.sheets.book import Book, Column, Plain
from reports.sheets.cells import Cell, Jump, Link, Mark, address
from reports.sheets.charts import put_picture
from reports.sheets.words import say

_DUTIES = (
    ("rule", 15, "text"),
    ("group", 28, "wrap"),
    ("title", 42, "wrap"),
    ("verdict", 17, "text"),
    ("points", 10, "points"),
    ("max_points", 10, "points"),
    ("ratio", 10, "share"),
    ("newest", 12, "day"),
    ("message", 55, "wrap"),
    ("cause", 28, "wrap"),
    ("address", 42, "wrap"),
    ("proofs", 12, "text"),
    ("fix", 50, "wrap"),
    ("citations", 34, "wrap"),
    ("basis", 16, "text"),
    ("confidence", 13, "text"),
    ("flags", 24, "wrap"),
    ("note", 34, "wrap"),
)
_EVIDENCE = (
    ("rule", 15, "text"),
    ("title", 36, "wrap"),
    ("counted", 9, "text"),
    ("proof_kind", 14, "text"),
    ("url", 48, "wrap"),
    ("text", 50, "wrap"),
    ("value", 26, "wrap"),
    ("why_not", 40, "wrap"),
    ("observed", 18, "moment"),
    ("sha256", 20, "text"),
)
_FIXES = (
    ("number", 5, "whole"),
    ("rule", 15, "text"),
    ("title", 42, "wrap"),
    ("verdict", 15, "text"),
    ("scored", 9, "text"),
    ("gain", 10, "points"),
    ("value_gain", 11, "index"),
    ("message", 52, "wrap"),
    ("fix", 56, "wrap"),
    ("address_mend", 42, "wrap"),
    ("citations", 34, "wrap"),
)
_CLAIMS = (
    ("rule", 15, "text"),
    ("title", 42, "wrap"),
    ("claimed", 10, "points"),
    ("claimed_max", 10, "points"),
    ("verdict", 17, "text"),
    ("message", 55, "wrap"),
    ("agreement", 20, "text"),
    ("gap", 11, "points"),
    ("claim_link", 42, "wrap"),
    ("claim_note", 34, "wrap"),
)


def render(audit: Audit, lang: str = "vi") -> bytes:
    """The workbook; the same audit gives the same bytes. ``lang`` is the language of words and of the first head."""
    name = words.seen(audit.portal.name or audit.portal.url, 200)
    title = words.pick(say("book.portal", name=name), lang)
    book = Book(lang, title, words.pick(say("book.subject"), lang), audit.today)
    rows = _evidence_rows(audit)
    _summary(book, audit, title)
    _duties(book, audit, rows)
    _evidence(book, audit)
    _fixes(book, audit, {f.rule: n for n, f in enumerate(audit.findings, 1)})
    if audit.declared:
        _claims(book, audit)
    charts = book.plain_sheet(say("sheet.charts"), [16, 80, 16, 12, 20])
    charts.line([book.pick(say("round.chart_lead"))], font_size=9)
    charts.skip()
    put_picture(charts, ages.draw(ages.of_audit(audit), audit.today, book.lang))
    return book.done()


def _columns(spec: tuple[tuple[str, float, str], ...]) -> list[Column]:
    return [Column(say(f"head.{name}"), width, form) for name, width, form in spec]


def _evidence_rows(audit: Audit) -> dict[str, int]:
    """The row of each duty's first evidence, from 0; the head is row 0."""
    found, row = {}, 1
    for finding in audit.findings:
        count = len(finding.evidence) + len(finding.candidates)
        if count:
            found[finding.rule] = row
        row += count
    return found


def _duties(book: Book, audit: Audit, evidence: dict[str, int]) -> None:
    sheet = book.table(say("sheet.duties"), _columns(_DUTIES), frozen=3, printed=9)
    target = book.pick(say("sheet.evidence"))
    for f in audit.findings:
        count = len(f.evidence) + len(f.candidates)
        url = section(f)
        sheet.row(
            [
                f.rule,
                label("group", f.group, book.lang),
                book.pick(f.title),
                Mark(f.verdict.value),
                _rounded(f.points, 2),
                _rounded(f.max_points, 2),
                _rounded(f.ratio, 3),
                f.newest_date,
                book.pick(f.message),
                label("cause", f.cause, book.lang) if f.cause else None,
                address(url, audit.portal.url, 38) if url else None,
                Jump(target, evidence[f.rule], str(count)) if f.rule in evidence else None,
                book.pick(f.fix),
                citations(f, book.lang),
                label("basis", f.basis, book.lang),
                None if f.verdict is Verdict.UNKNOWN else label("confidence", f.confidence.value, book.lang),
                ", ".join(label("flag", flag, book.lang) for flag in f.flags),
                book.pick(f.note),
            ]
        )
    sheet.close()


def _evidence(book: Book, audit: Audit) -> None:
    sheet = book.table(say("sheet.evidence"), _columns(_EVIDENCE), frozen=1, printed=7)
    duties = book.pick(say("sheet.duties"))
    yes, no = book.pick(say("answer.yes")), book.pick(say("answer.no"))
    for number, finding in enumerate(audit.findings, 1):
        back = Jump(duties, number, finding.rule)
        for cells in _proofs(book, finding, audit.portal.url, yes, no):
            if not sheet.full:
                sheet.row([back, book.pick(finding.title), *cells])
    sheet.close()


def _proofs(book: Book, finding: Finding, home: str, yes: str, no: str) -> Iterator[list[Cell]]:
    for p in finding.evidence:
        kind, url = label("proof", p.kind, book.lang), _at(p.url, home)
        told, value = book.pick(words.proof_text(p)), book.pick(words.proof_value(p))
        yield [yes, kind, url, told, value or None, None, p.observed_at, p.sha256]
    for c in finding.candidates:
        yield [no, None, _at(c.url, home), c.text, None, book.pick(c.why_not), None, None]


def _at(url: str, home: str) -> Link | None:
    """The address of a proof, where it leads anywhere."""
    return address(url, home) if leads(url) else None


def _fixes(book: Book, audit: Audit, rows: dict[str, int]) -> None:
    sheet = book.table(say("sheet.fixes"), _columns(_FIXES), frozen=3, printed=9)
    duties = book.pick(say("sheet.duties"))
    scored = [(fix.finding, fix.gain, fix.value_gain) for fix in ranking.fixes(audit)]
    others = [(finding, None, None) for finding in ranking.advice(audit)]
    for number, (f, gain, value_gain) in enumerate([*scored, *others], 1):
        url = section(f)
        sheet.row(
            [
                number,
                Jump(duties, rows[f.rule], f.rule),
                book.pick(f.title),
                Mark(f.verdict.value),
                book.pick(say("answer.yes" if gain is not None else "answer.no")),
                _rounded(gain, 2),
                _rounded(value_gain, 3),
                book.pick(f.message),
                book.pick(f.fix),
                address(url, audit.portal.url, 38) if url else None,
                citations(f, book.lang),
            ]
        )
    sheet.close()


def _claims(book: Book, audit: Audit) -> None:
    sheet = book.table(say("sheet.claims"), _columns(_CLAIMS), frozen=2, printed=8)
    for item in audit.declared:
        claim, finding = item.claim, item.finding
        sheet.row(
            [
                claim.rule,
                book.pick(claims.duty(item)),
                claim.points,
                claim.max_points,
                Mark(finding.verdict.value) if finding else None,
                book.pick(claims.found(item)),
                book.pick(say(f"agreement.{item.agreement.value}")),
                item.gap if item.disagrees else None,
                address(claim.link, audit.portal.url, 38) if claim.link else None,
                claim.note or None,
            ]
        )
    sheet.close()


def _summary(book: Book, audit: Audit, title: str) -> None:
    sheet = book.plain_sheet(say("sheet.summary"), [34, 30, 16, 16, 16])
    sheet.title(title)
    sheet.skip()
    if not audit.complete:
        sheet.line([book.pick(words.say("page.incomplete"))], bold=True)
    _pairs(sheet, audit)
    sheet.skip()
    _score(sheet, audit)
    sheet.skip()
    sheet.line([book.pick(words.say("score.verdict")), book.pick(say("head.count"))], bold=True)
    for verdict in Verdict:
        sheet.line([Mark(verdict.value)])
        sheet.put(sheet.next - 1, 1, sum(f.verdict is verdict for f in audit.findings), "whole", align="left")
    sheet.skip()
    counts = {"n": str(len(ranking.fixes(audit))), "advice": str(len(ranking.advice(audit)))}
    sheet.sentence(book.pick(words.say("fixes.counts", **counts)), 5)
    for note in audit.notes:
        sheet.sentence(book.pick(note), 5)
    sheet.sentence(book.pick(words.say("score.estimate")), 5, italic=True)


def _pairs(sheet: Plain, audit: Audit) -> None:
    book, portal, ruleset = sheet.book, audit.portal, audit.ruleset
    catalogue = f"{book.pick(ruleset.title)} ({ruleset.id})"
    rows: list[tuple[Text, Cell]] = [
        (say("head.name"), portal.name),
        (words.say("page.address"), Link(portal.url, portal.url)),
        (words.say("page.kind"), label("kind", portal.kind.value, book.lang)),
        (words.say("page.day"), audit.today),
        (words.say("page.taken"), audit.started_at),
        (words.say("page.ruleset"), catalogue),
        (words.say("page.id"), audit.id),
        (words.say("ledger.pages"), audit.crawl.pages),
    ]
    for name, value in rows:
        row = sheet.next
        sheet.put(row, 0, book.pick(name), bold=True)
        sheet.put(row, 1, value, align="left")
        sheet.next += 1


def _score(sheet: Plain, audit: Audit) -> None:
    book, score = sheet.book, audit.score
    sheet.line([label("profile", score.profile, book.lang)], bold=True)
    if score.value is None:
        sheet.line([book.pick(words.say("score.none"))])
    names = ("index", "low", "high", "coverage")
    sheet.line([book.pick(say(f"head.{name}")) for name in names], bold=True)
    shares = [_rounded(v, 3) for v in (score.value, score.low, score.high)]
    sheet.line([*((v, "index") for v in shares), (_rounded(score.coverage, 3), "share")], align="left")
    sheet.sentence(book.pick(scores.reached(audit)), 5)
    sheet.skip()
    heads = ("group", "points", "max_points", "coverage")
    sheet.line([book.pick(say(f"head.{name}")) for name in heads], bold=True)
    parts = [(label("group", g.id, book.lang), g.points, g.max_points, g.coverage) for g in score.groups]
    whole = (book.pick(words.say("score.total")), score.points, score.max_points, score.coverage)
    for name, points, most, coverage in [*parts, whole]:
        cells = (_rounded(points, 2), "points"), (_rounded(most, 2), "points"), (_rounded(coverage, 3), "share")
        sheet.line([(name, "text"), *cells], align="left")


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round_half_up(value, digits)
