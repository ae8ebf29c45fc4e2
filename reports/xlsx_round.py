"""A round's workbook: summary, ranking, matrix of bodies and duties, changes, charts.

Rows are written as they come, so 5,000 bodies by 70 duties need little memory.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from core.finding import Text, Verdict
from reports import words
from reports.charts import distribution, heatmap
from reports.sheets.book import Book, Column, Plain
from reports.sheets.cells import Cell, Jump, Link, Mark
from reports.sheets.charts import put_picture
from reports.sheets.round_data import Duty, Ranked, RoundSheets, Switch
from reports.sheets.words import say

_RANKING = (
    ("rank", 8, "whole"),
    ("body", 44, "text"),
    ("index", 9, "index"),
    ("low", 9, "index"),
    ("high", 9, "index"),
    ("best", 12, "whole"),
    ("worst", 12, "whole"),
    ("of", 12, "whole"),
    ("band", 14, "text"),
    ("coverage", 10, "share"),
    ("rank_change", 12, "signed_whole"),
    ("value_change", 12, "signed_index"),
    ("change_words", 30, "text"),
    ("before_rank", 9, "whole"),
    ("before_of", 12, "whole"),
    ("before_value", 9, "index"),
    ("predecessor", 34, "text"),
    ("body_group", 26, "text"),
    ("profile", 24, "text"),
    ("portal", 34, "text"),
    ("body_id", 22, "text"),
    ("audit", 30, "text"),
)
_CHANGES = (
    ("body", 44, "text"),
    ("rule", 16, "text"),
    ("title", 50, "wrap"),
    ("why", 26, "text"),
    ("before", 18, "text"),
    ("after", 18, "text"),
    ("points_change", 13, "signed"),
    ("audit", 30, "text"),
)
#: What not every round has: bands, an earlier round, audits of its own.
_OPTIONAL = frozenset(
    {
        "band", "coverage", "rank_change", "value_change", "change_words", "before_rank", "before_of", "before_value",
        "predecessor", "portal", "body_id", "audit", "points_change",
    }
)  # fmt: skip
#: Columns before the duties in the matrix.
_FIRST = (("body", 36, "text"), ("body_group", 24, "text"), ("index", 9, "index"))


def render(data: RoundSheets, lang: str = "vi") -> bytes:
    """The workbook; the same round gives the same bytes."""
    title = words.pick(say("round.title", title=words.seen(data.round.title, 200)), lang)
    book = Book(lang, title, words.pick(say("book.subject"), lang), data.round.day)
    summary = book.plain_sheet(say("sheet.summary"), [44, 18, 18, 18, 18])
    tally = _Tally()
    ranking = book.table(say("sheet.ranking"), _columns(_RANKING), frozen=2, printed=13)
    matrix = book.table(say("sheet.matrix"), _matrix_columns(data, book.lang), frozen=3, upright=True, ruled=False)
    for one in data.ranked:
        row = ranking.row(_ranking_row(book, one))
        if tally.add(one):
            back = Jump(ranking.name, row, one.name)
            cells = [Mark(v, short=True) if v else None for v in one.verdicts]
            matrix.row([back, book.pick(one.group), one.value, *cells])
    ranking.close()
    matrix.close()
    _changes(book, data)
    _summary(summary, data, tally, title)
    _charts(book, data, tally)
    return book.done()


class _Tally:
    """What the summary and the pictures need of the rows that went by."""

    def __init__(self) -> None:
        self.values: dict[str, list[float | None]] = {}
        self.groups: dict[str, Text] = {}
        self.verdicts: Counter[str] = Counter()
        self.lines: list[heatmap.Line] = []
        self.bodies = 0
        self._seen: set[tuple[str, str]] = set()

    def add(self, one: Ranked) -> bool:
        """Counts a row; whether its body comes for the first time."""
        key = f"{one.group.vi}|{one.profile}"
        self.groups.setdefault(key, one.group)
        self.values.setdefault(key, []).append(one.value)
        if (one.body, one.audit) in self._seen:
            return False
        self._seen.add((one.body, one.audit))
        self.bodies += 1
        self.verdicts.update(v for v in one.verdicts if v)
        if len(self.lines) <= heatmap.MOST_ROWS and one.verdicts:
            self.lines.append(heatmap.Line(one.name, one.verdicts))
        return True


def _columns(spec: Iterable[tuple[str, float, str]]) -> list[Column]:
    return [Column(say(f"head.{name}"), width, form, optional=name in _OPTIONAL) for name, width, form in spec]


def _matrix_columns(data: RoundSheets, lang: str) -> list[Column]:
    def head(duty: Duty) -> Text:
        words_of_it = words.seen(words.pick(duty.title, lang), 52)
        return Text(f"{duty.rule}\n{words_of_it}", f"{duty.rule}\n{words_of_it}")

    return [*_columns(_FIRST), *(Column(head(duty), 6.2, "centre") for duty in data.duties)]


def _ranking_row(book: Book, one: Ranked) -> list[Cell]:
    return [
        one.rank, one.name, one.value, one.low, one.high, one.best, one.worst, one.of, one.band, one.coverage,
        one.rank_change, one.value_change, one.change, one.before_rank, one.before_of, one.before_value, one.before,
        book.pick(one.group), one.profile, Link(one.url) if one.url else None, one.body, one.audit,
    ]  # fmt: skip


def _changes(book: Book, data: RoundSheets) -> None:
    sheet = book.table(say("sheet.changes"), _columns(_CHANGES), frozen=2)
    titles = {duty.rule: book.pick(duty.title) for duty in data.duties}
    for one in data.switches:
        if sheet.full:
            break
        sheet.row(_switch_row(book, one, titles))
    if sheet.next == 1:
        sheet.row([book.pick(say("round.same" if data.against else "round.alone")), *[None for _ in _CHANGES[1:]]])
    sheet.close()


def _switch_row(book: Book, one: Switch, titles: dict[str, str]) -> list[Cell]:
    marks = [Mark(v) if v else None for v in (one.before, one.after)]
    kind = book.pick(say(f"why.{one.why}"))
    return [one.name, one.rule, titles.get(one.rule, ""), kind, *marks, one.points, one.audit_after]


def _summary(sheet: Plain, data: RoundSheets, tally: _Tally, title: str) -> None:
    book = sheet.book
    sheet.title(title)
    against = data.against
    day = "" if against is None else book.pick(words.day(against.day))
    said = say("round.alone") if against is None else say("round.against", title=against.title, day=day)
    sheet.line([book.pick(said)])
    sheet.line([book.pick(say("head.day")), data.round.day], align="left")
    sheet.skip()
    heads = ("body_group", "of", "index", "low", "high")
    sheet.line([book.pick(say(f"summary.{name}")) for name in heads], bold=True)
    for key, values in tally.values.items():
        known = sorted(v for v in values if v is not None)
        row = sheet.line([book.pick(tally.groups[key]), len(values)], align="left")
        for column, number in enumerate((_middle(known), known[0], known[-1]) if known else (), 2):
            sheet.put(row, column, number, "index", align="left")
    sheet.skip()
    sheet.line(
        [book.pick(say("round.legend")), book.pick(say("summary.letter")), book.pick(say("summary.count"))], bold=True
    )
    for verdict in Verdict:
        count = tally.verdicts[verdict.value]
        sheet.line([(Mark(verdict.value), ""), (Mark(verdict.value, short=True), ""), (count, "whole")])
    sheet.skip()
    for note in (*data.notes, *([say("round.vantage")] if against is not None else [])):
        sheet.sentence(book.pick(note), 5)


def _charts(book: Book, data: RoundSheets, tally: _Tally) -> None:
    sheet = book.plain_sheet(say("sheet.charts"), [44, *[13.0] * 8])
    sheet.line([book.pick(say("round.chart_lead"))], font_size=9)
    sheet.skip()
    for key, values in tally.values.items():
        known = [v for v in values if v is not None]
        if len(known) > 1:
            scale = 1.0 if max(known) <= 1 else float(-(-max(known) // 10) * 10)
            group = book.pick(tally.groups[key])
            put_picture(sheet, distribution.draw(values, book.lang, scale=scale, group=group))
    if 0 < len(tally.lines) <= heatmap.MOST_ROWS:  # of more bodies the matrix itself is the picture
        titles = [words.seen(book.pick(duty.title), 200) for duty in data.duties]
        picture = heatmap.draw([duty.rule for duty in data.duties], tally.lines, book.lang, titles=titles)
        if picture.height > picture.width:
            sheet.portrait()
        put_picture(sheet, picture, Jump(book.pick(say("sheet.matrix")), 0, book.pick(say("round.table"))))


def _middle(values: list[float]) -> float:
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
