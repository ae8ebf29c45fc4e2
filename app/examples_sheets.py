"""Examples of a round's workbook and of every picture. The bodies, ranks and changes are invented, and named so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from core.audit import Audit
from core.finding import Finding, Text, Verdict
from core.rounds import Round
from reports import xlsx_round
from reports.charts import ages, bump, distribution, heatmap, shares, trend
from reports.sheets.round_data import Duty, Ranked, RoundSheets, Switch

BODIES = 12
NOW = Round("vi-du-2026", "Ví dụ: đợt 2 năm 2026", dt.date(2026, 12, 15))
BEFORE = Round("vi-du-2025", "Ví dụ: đợt 2 năm 2025", dt.date(2025, 12, 15))
_GROUP = Text("UBND cấp huyện (ví dụ)", "Districts (example)")
_BETTER = {Verdict.FAIL: Verdict.PARTIAL, Verdict.PARTIAL: Verdict.PASS}
_RATIOS = {Verdict.PASS: 1.0, Verdict.PARTIAL: 0.5, Verdict.FAIL: 0.0}


def files(audit: Audit) -> dict[str, bytes]:
    """The workbook and the pictures by file name, from the duties of one audit."""
    found = {"round.xlsx": xlsx_round.render(_round(audit))}
    return found | {f"picture-{name}.svg": (svg + "\n").encode() for name, svg in _pictures(audit)}


def _verdicts(audit: Audit, body: int, year: int) -> list[Verdict]:
    """Those of the audit, some of them raised: more by each year, and by another step for each body."""
    step = 2 + (body * 5 + (year - 2026) * 3) % 7
    return [_BETTER.get(f.verdict, f.verdict) if n % step == 0 else f.verdict for n, f in enumerate(audit.findings)]


def _bounds(audit: Audit, verdicts: list[Verdict]) -> tuple[float, float, float]:
    """Value, low and high as a score has them."""
    rows = [(f.max_points or 0.0, v) for f, v in zip(audit.findings, verdicts, strict=True) if f.max_points]
    whole, unseen = sum(w for w, _ in rows), sum(w for w, v in rows if v is Verdict.UNKNOWN)
    points = sum(w * _RATIOS.get(v, 0.0) for w, v in rows)
    return round(points / (whole - unseen), 3), round(points / whole, 3), round((points + unseen) / whole, 3)


def _places(audit: Audit, year: int) -> dict[int, tuple[int, tuple[float, float, float]]]:
    """Rank and bounds of each body, the best first."""
    bounds = {body: _bounds(audit, _verdicts(audit, body, year)) for body in range(1, BODIES + 1)}
    values = [value for value, _, _ in bounds.values()]
    ranks = {body: 1 + sum(v > own[0] for v in values) for body, own in bounds.items()}
    return {body: (ranks[body], bounds[body]) for body in sorted(ranks, key=lambda b: (ranks[b], b))}


def _round(audit: Audit) -> RoundSheets:
    now, then = _places(audit, 2026), _places(audit, 2025)

    def rows() -> Iterator[Ranked]:
        for body, (rank, (value, low, high)) in now.items():
            was, (before, _, _) = then[body]
            yield Ranked(
                body=f"mau-{body:02}",
                name=_name(body),
                group=_GROUP,
                profile=audit.score.profile,
                rank=rank,
                best=1 + sum(other[1] > high for _, other in now.values()),
                worst=1 + sum(other[2] > low for one, (_, other) in now.items() if one != body),
                of=BODIES,
                value=value,
                low=low,
                high=high,
                coverage=audit.score.coverage,
                before=_name(body),
                before_rank=was,
                before_of=BODIES,
                before_value=before,
                rank_change=was - rank,
                value_change=round(value - before, 3),
                verdicts=[verdict.value for verdict in _verdicts(audit, body, 2026)],
            )

    duties = [Duty(f.rule, f.title) for f in audit.findings]
    note = Text("Các cơ quan và số liệu trong ví dụ này là giả định.", "The bodies and numbers here are invented.")
    return RoundSheets(NOW, BEFORE, duties, rows(), _switches(audit, list(now)), (note,))


def _switches(audit: Audit, bodies: list[int]) -> Iterator[Switch]:
    for body in bodies:
        pairs = zip(audit.findings, _verdicts(audit, body, 2025), _verdicts(audit, body, 2026), strict=True)
        for finding, was, now in pairs:
            if was is not now:
                points = (finding.max_points or 0.0) * (_RATIOS[now] - _RATIOS[was])
                why = "better" if points >= 0 else "worse"
                yield Switch(_name(body), finding.rule, why, was.value, now.value, points, "", "")


def _pictures(audit: Audit) -> Iterator[tuple[str, str]]:
    years = range(2022, 2027)
    places = {year: _places(audit, year) for year in years}
    names = [_name(body) for body in range(1, BODIES + 1)]
    yield "ages", ages.draw(ages.of_audit(audit), audit.today).svg()
    lines = [bump.Line(_name(b), [places[year][b][0] for year in years]) for b in range(1, BODIES + 1)]
    periods = [bump.Period(str(year), BODIES) for year in years]
    yield "bump", bump.draw(periods, lines, names[:2]).svg()
    rank, (value, low, high) = places[2026][1]
    own = distribution.Own(names[0], value, low, high, rank, BODIES)
    values = [bounds[0] for _, bounds in places[2026].values()]
    yield "distribution", distribution.draw(values, own=own, group=_GROUP.vi).svg()
    rows = [heatmap.Line(_name(b), [v.value for v in _verdicts(audit, b, 2026)]) for b in places[2026]]
    titles = [f.title.vi for f in audit.findings]
    yield "heatmap", heatmap.draw([f.rule for f in audit.findings], rows, titles=titles).svg()
    days = [dt.date(year, 12, 15) for year in years]
    first = [_trend(audit, n, f) for n, f in enumerate(audit.findings[:20])]
    yield "trend", trend.draw(days, first, of=len(audit.findings)).svg()
    counts = [[_counts(audit, year, n) for year in years] for n in range(len(audit.findings))]
    most = max(range(len(counts)), key=lambda n: (_different(counts[n]), -n))
    standings = [shares.Standing(str(year), of_year) for year, of_year in zip(years, counts[most], strict=True)]
    yield "shares", shares.draw(audit.findings[most].title.vi, standings).svg()


def _different(counts: list[dict[str, int]]) -> int:
    """How much a duty shows of the picture: its results over the years, and how they differ."""
    return sum(sum(n > 0 for n in each.values()) for each in counts) + len({tuple(each.values()) for each in counts})


def _trend(audit: Audit, number: int, finding: Finding) -> trend.Duty:
    verdicts = [_verdicts(audit, 1, year)[number].value for year in range(2022, 2027)]
    return trend.Duty(finding.rule, finding.title.vi, verdicts)


def _counts(audit: Audit, year: int, number: int) -> dict[str, int]:
    found = [_verdicts(audit, body, year)[number].value for body in range(1, BODIES + 1)]
    return {verdict.value: found.count(verdict.value) for verdict in Verdict}


def _name(body: int) -> str:
    return f"Huyện Mẫu {body}"
