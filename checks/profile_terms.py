"""The terms of a profile of points: what each gives, between which bounds, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.profile_amounts import Amounts
from checks.profile_model import Band, Bonus, CriteriaTerm, Criterion, CurvePoint, FiguresTerm
from checks.say import say
from core.finding import Finding, Text, Verdict
from core.numbers import exact, show_number
from core.profile_score import Line

#: Name of the figure with which staff mark a criterion.
STAFF = "criterion"
#: A share marked by staff is a fraction with a denominator up to this: 2/3 stays 2/3.
_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """Points before rounding. ``judged`` of ``max`` could be judged, and in that ``points`` were reached."""

    points: Fraction
    judged: Fraction
    low: Fraction
    high: Fraction
    max: Fraction
    reachable: Fraction
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Marked:
    """How much of a criterion is there: ``share`` of the ``seen`` part of it; None for one that does not apply."""

    share: Fraction
    seen: Fraction
    why: Text
    missing: tuple[str, ...] = ()


def by_criteria(term: CriteriaTerm, findings: Mapping[str, Finding], amounts: Amounts, factor: Fraction) -> Part:
    """Criteria by duties and marks; those that do not apply leave their points to the others."""
    base, over = term.base.exact * factor, term.cap.exact - term.base.exact
    marked = [(criterion, _mark(criterion, findings, amounts)) for criterion in term.criteria]
    applies = [(criterion, mark) for criterion, mark in marked if mark is not None]
    listed = sum((criterion.points.exact for criterion, _ in applies), Fraction(0))
    scale = base / listed if listed else Fraction(0)
    lines, missing = _lines(marked, scale)
    points, judged, high = _add(applies, scale)
    low = points
    for criterion in term.deductions:
        mark = _mark(criterion, findings, amounts)
        if mark is None:
            continue
        worth = criterion.points.exact * factor
        lost = worth * mark.seen * (1 - mark.share)
        points, high, low = points - lost, high - lost, low - lost - worth * (1 - mark.seen)
        lines.append(Line(criterion.id, criterion.title.text, -float(lost), 0.0, say("profile_deducted", why=mark.why)))
        missing += mark.missing
    more = [(criterion, _mark(criterion, findings, amounts)) for criterion in term.bonus]
    more_lines, more_missing = _lines(more, Fraction(1))
    extra = [(criterion, mark) for criterion, mark in more if mark is not None]
    gained, of, most = _add(extra, Fraction(1))
    total = sum((criterion.points.exact for criterion, _ in extra), Fraction(0))
    nothing = Fraction(0)
    return Part(
        points=max(nothing, min(points, base)) + min(gained, over),
        judged=judged + (over * of / total if total else over),
        low=max(nothing, min(low, base)) + min(gained, over),
        high=max(nothing, min(high, base)) + min(most, over),
        max=base + over,
        reachable=base + over,
        lines=(*lines, *more_lines),
        missing=tuple(dict.fromkeys((*missing, *more_missing))),
    )


def _add(marked: Iterable[tuple[Criterion, _Marked]], scale: Fraction) -> tuple[Fraction, Fraction, Fraction]:
    points = judged = high = Fraction(0)
    for criterion, mark in marked:
        worth = criterion.points.exact * scale
        points += worth * mark.seen * mark.share
        judged += worth * mark.seen
        high += worth * (mark.seen * mark.share + 1 - mark.seen)
    return points, judged, high


def _lines(marked: Sequence[tuple[Criterion, _Marked | None]], scale: Fraction) -> tuple[list[Line], list[str]]:
    lines: list[Line] = []
    missing: list[str] = []
    for criterion, mark in marked:
        if mark is None:
            lines.append(Line(criterion.id, criterion.title.text, None, 0.0, say("profile_not_applicable")))
            continue
        worth = criterion.points.exact * scale
        points = float(worth * mark.seen * mark.share) if mark.seen else None
        lines.append(Line(criterion.id, criterion.title.text, points, float(worth), mark.why))
        missing += mark.missing
    return lines, missing


def _mark(criterion: Criterion, findings: Mapping[str, Finding], amounts: Amounts) -> _Marked | None:
    given = amounts.part(STAFF, criterion.id) if criterion.staff else None
    judged = _judge(criterion.rules, findings) if criterion.rules else None
    if given is not None:
        share = min(given.limit_denominator(_PARTS), Fraction(1))
        told = {"share": _percent(share)}
        why = say("profile_staff_and_audit", audit=judged.why, **told) if judged else say("profile_staff", **told)
        return _Marked(share, Fraction(1), why)
    if criterion.rules:
        return judged
    return _Marked(Fraction(0), Fraction(0), say("profile_no_mark"), (f"{STAFF}:{criterion.id}",))


def _judge(rules: Sequence[str], findings: Mapping[str, Finding]) -> _Marked | None:
    """The mean of the duties' ratios; a duty the audit does not know is one that could not be judged."""
    found = [(rule, findings.get(rule)) for rule in rules]
    applies = [(rule, f) for rule, f in found if f is None or f.verdict is not Verdict.NOT_APPLICABLE]
    if not applies:
        return None
    seen = [f for _, f in applies if f is not None and f.verdict is not Verdict.UNKNOWN]
    unseen = tuple(rule for rule, f in applies if f is None or f.verdict is Verdict.UNKNOWN)
    shown = ", ".join(f.rule for f in seen)
    if not seen:
        return _Marked(Fraction(0), Fraction(0), say("profile_unseen", unseen=", ".join(unseen)), unseen)
    share = sum((exact(f.ratio or 0.0) for f in seen), Fraction(0)) / len(seen)
    told = {"share": _percent(share), "rules": shown}
    why = say("profile_judged_part", unseen=", ".join(unseen), **told) if unseen else say("profile_judged", **told)
    return _Marked(share, Fraction(len(seen), len(applies)), why, unseen)


def by_figures(term: FiguresTerm, amounts: Amounts, factor: Fraction) -> Part:
    """Points by the share the body reports. Without any demand a fixed number and no bonus."""
    base, over = term.base.exact * factor, term.cap.exact - term.base.exact
    whole = amounts.range(term.share.in_)
    if whole.high == 0:
        points = term.none.exact * factor
        why = say("profile_no_demand", points=show_number(points))
        line = Line(term.id, term.share.title.text, float(points), float(base), why)
        return Part(points, base + over, points, points, base + over, points, (line,))
    share = amounts.share(term.share.sum, (term.share.in_,))
    lines, missing = [], list[str]()
    points = judged = high = Fraction(0)
    if whole.settled and share is not None and share.settled:
        points = high = min(base, max(Fraction(0), curve_at(term.curve, share.low) * factor))
        judged = base
        told = {
            "part": show_number(amounts.sum(term.share.sum).low),
            "whole": show_number(whole.low),
            "percent": show_number(share.low * 100, 1),
            "lost": show_number(base - points),
        }
        why = say("profile_share" if points == base else "profile_share_less", **told)
        lines.append(Line(term.id, term.share.title.text, float(points), float(base), why))
    else:
        high = base
        missing += share.missing if share is not None else whole.missing
        why = say("profile_missing", figures=_titles(amounts, missing))
        lines.append(Line(term.id, term.share.title.text, None, float(base), why))
    low = points
    total = sum((bonus.most for bonus in term.bonus), Fraction(0))
    for bonus in term.bonus:
        least, most, open_ = _bonus(bonus, amounts)
        settled = not open_
        points, low, high = points + (least if settled else 0), low + least, high + most
        judged += bonus.most * over / total if settled and total else 0
        lines.append(_bonus_line(bonus, least, open_, amounts))
        missing += open_
    most_of_all = base + over
    return Part(
        points=min(points, most_of_all), judged=judged, low=min(low, most_of_all), high=min(high, most_of_all),
        max=most_of_all, reachable=most_of_all, lines=tuple(lines), missing=tuple(dict.fromkeys(missing)),
    )  # fmt: skip


def curve_at(curve: Sequence[CurvePoint], share: Fraction) -> Fraction:
    """The points at a share: straight lines between the points; beyond the last one the last line goes on."""
    points = [(exact(point.share), exact(point.points)) for point in curve]
    before = [point for point in points if point[0] <= share]
    first = before[-1] if before else points[0]
    if first[0] >= share:
        return first[1]
    after = next((point for point in points if point[0] > share), None)
    if after is None:
        after = first
        first = next((point for point in reversed(points) if point[0] < after[0]), after)
    if after[0] == first[0]:
        return first[1]
    return first[1] + (after[1] - first[1]) * (share - first[0]) / (after[0] - first[0])


def _bonus(bonus: Bonus, amounts: Amounts) -> tuple[Fraction, Fraction, tuple[str, ...]]:
    """Least and most the bonus can be, and the figures that would settle it."""
    possible: list[Fraction] = []
    missing: list[str] = []
    for level in bonus.levels:
        answers = [amounts.holds(condition) for condition in level.when]
        if any(answer is False for answer, _ in answers):
            continue
        possible.append(level.points.exact)
        if all(answer is True for answer, _ in answers):
            break
        missing += [name for _, names in answers for name in names]
    else:
        possible.append(Fraction(0))
    least, most = min(possible), max(possible)
    return least, most, tuple(dict.fromkeys(missing)) if least != most else ()


def _bonus_line(bonus: Bonus, least: Fraction, open_: Sequence[str], amounts: Amounts) -> Line:
    if open_:
        why = say("profile_bonus_open", figures=_titles(amounts, open_))
        return Line(bonus.id, bonus.title.text, None, float(bonus.most), why)
    why = say("profile_bonus_yes", points=show_number(least)) if least else say("profile_bonus_no")
    return Line(bonus.id, bonus.title.text, float(least), float(bonus.most), why)


def band(bands: Sequence[Band], points: Fraction, factor: Fraction = Fraction(1)) -> Text | None:
    """The best grade that is reached."""
    reached = [band for band in bands if points >= band.at_least.exact * factor]
    return max(reached, key=lambda band: band.at_least.exact).title.text if reached else None


def _titles(amounts: Amounts, names: Iterable[str]) -> Text:
    titles = {kind.name: kind.title for kind in amounts.kinds}
    known = [titles[name] for name in dict.fromkeys(names) if name in titles]
    return Text("; ".join(title.vi for title in known), "; ".join(title.en for title in known))


def _percent(share: Fraction) -> Text:
    shown = show_number(share * 100, 1)
    return Text(f"{shown.vi}%", f"{shown.en}%")
