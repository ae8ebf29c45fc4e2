"""A round as a workbook: ranking, matrix of bodies and duties, and what changed against an earlier round."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.ranking import Ranking, Row
from app.ranking_words import short_change
from core.errors import UsageError
from core.finding import Text, Verdict
from core.rounds import Round
from reports import xlsx_round
from reports.files import write_whole
from reports.sheets.round_data import Duty, Ranked, RoundSheets, Switch
from storage import sheets as kept


def write_round(store: Any, rankings: Sequence[Ranking], lang: str, out: Path) -> Path:
    """Writes the workbook of a round's rankings. Raises UsageError where the file cannot be written."""
    data = xlsx_round.render(round_sheets(store, rankings, lang), lang)
    try:
        return write_whole(out, data)
    except OSError as error:
        raise UsageError(f"không ghi được / cannot write {out}: {error.strerror or error}", where="--out") from None


def round_sheets(store: Any, rankings: Sequence[Ranking], lang: str) -> RoundSheets:
    """The rankings with the duties behind them, as the workbook takes them."""
    first = rankings[0]
    now = _Verdicts(store, first.round)
    then = _Verdicts(store, first.against) if first.against is not None else None
    duties = _duties(store, now)
    notes = tuple(dict.fromkeys(note for ranking in rankings for note in ranking.notes))
    rules = [duty.rule for duty in duties]
    ranked = (_ranked(r, row, now, rules, lang) for r in rankings for row in r.rows)
    return RoundSheets(first.round, first.against, duties, ranked, _switches(rankings, now, then, rules), notes)


#: Verdict, ratio, points of one finding; most findings share theirs with many others.
_Standing = tuple[str, float | None, float | None]
_NOTHING: _Standing = ("", None, None)


class _Verdicts:
    """The findings of a round's audits, a number each."""

    def __init__(self, store: Any, round_: Round) -> None:
        self.heads = kept.heads(store, round_.id)
        #: The rules by their number.
        self.rules: dict[str, int] = {}
        self._of: dict[str, array[int]] = {}
        numbers: dict[_Standing, int] = {_NOTHING: 0}
        for audit, rule, verdict, ratio, points in kept.judged(store, round_.id):
            column = self.rules.setdefault(rule, len(self.rules))
            row = self._of.setdefault(audit, array("L"))
            row.extend([0] * (column + 1 - len(row)))
            row[column] = numbers.setdefault((verdict, ratio, points), len(numbers))
        self._standings = list(numbers)

    def of(self, audit: str, rule: str) -> _Standing:
        """How a duty stands in an audit; nothing where the audit has no such duty."""
        number, row = self.rules.get(rule), self._of.get(audit)
        if number is None or row is None or number >= len(row):
            return _NOTHING
        return self._standings[row[number]]


def _duties(store: Any, now: _Verdicts) -> tuple[Duty, ...]:
    """The duties of the round in the order of its catalogues; titles from one report of each kind and catalogue."""
    samples: dict[tuple[str, str], str] = {}
    for audit, head in sorted(now.heads.items()):
        samples.setdefault((head.ruleset_sha256, head.kind), audit)
    titles: dict[str, Text] = {}
    for audit in samples.values():
        for finding in store.load(audit).findings:
            titles.setdefault(finding.rule, finding.title)
    known = [Duty(rule, title) for rule, title in titles.items() if rule in now.rules]
    return (*known, *(Duty(rule, Text(rule, rule)) for rule in sorted(now.rules.keys() - titles.keys())))


def _ranked(ranking: Ranking, row: Row, now: _Verdicts, rules: Sequence[str], lang: str) -> Ranked:
    place, change = row.place, row.change
    was = change.before if change else None
    head = now.heads.get(place.audit or "")
    return Ranked(
        body=place.body,
        name=row.name,
        group=ranking.title,
        profile=ranking.profile,
        rank=place.rank,
        best=place.best,
        worst=place.worst,
        of=place.of,
        value=_number(place.value),
        low=_number(place.low),
        high=_number(place.high),
        band="–".join(getattr(band, lang) for band in row.bands),
        coverage=head.coverage if head else None,
        url=head.url if head else "",
        audit=place.audit or "",
        before=row.before,
        before_rank=was.rank if was else None,
        before_of=was.of if was else None,
        before_value=_number(was.value) if was else None,
        rank_change=change.ranks if change else None,
        value_change=_number(change.value) if change else None,
        change=getattr(short_change(place, change, with_value=True), lang) if ranking.against else "",
        verdicts=[now.of(place.audit or "", rule)[0] for rule in rules] if head else (),
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _switches(
    rankings: Iterable[Ranking], now: _Verdicts, then: _Verdicts | None, rules: Sequence[str]
) -> Iterator[Switch]:
    """The duties that stand differently, body by body in the order of the ranking; each body once."""
    done = set()
    for row in (row for ranking in rankings for row in ranking.rows):
        after, before = row.place.audit, row.change.before.audit if row.change else None
        if then is None or after not in now.heads or before not in then.heads or (before, after) in done:
            continue
        done.add((before, after))
        same = now.heads[after].ruleset_sha256 == then.heads[before].ruleset_sha256
        gone = [rule for rule in then.rules if rule not in now.rules]
        for rule in (*rules, *gone):
            (was, old, had), (is_, new, has) = then.of(before, rule), now.of(after, rule)
            why = _why(was, is_, old, new, same)
            if why:
                points = None if why == "not_judged" else round((has or 0.0) - (had or 0.0), 2)
                yield Switch(row.name, rule, why, was, is_, points, before, after)


def _why(was: str, is_: str, old: float | None, new: float | None, same: bool) -> str:
    """Why a duty stands differently, "" where it does not. What was not judged is never better or worse."""
    if was == is_ and old == new:
        return ""
    if Verdict.UNKNOWN.value in (was, is_):
        return "not_judged"
    if not same:
        return "rules"
    if not was or not is_ or Verdict.NOT_APPLICABLE.value in (was, is_):
        return "scope"
    return "better" if (new or 0.0) > (old or 0.0) else "worse"
