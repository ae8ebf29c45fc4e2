"""From findings and reported figures to the score by a profile: exact, with bounds and every line explained."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from checks.profile_amounts import Amounts, amounts
from checks.profile_model import CriteriaTerm, FiguresTerm, FindingsTerm, Group, Profile
from checks.profile_terms import Part, band, by_criteria, by_figures
from checks.say import say
from checks.scoring import half_up as half_up_float
from checks.scoring import scored, sums
from core.bodies import NAMES, BodyKind
from core.figures import Figure
from core.finding import Finding, Text
from core.numbers import half_up, show_number
from core.profile_score import Line, ProfileScore, TermScore

#: The figure that says a body is outside of a term: 0 for the part with the term's id.
TAKES_PART = "takes_part"


def score_by(profile: Profile, findings: Iterable[Finding], figures: Iterable[Figure], kind: BodyKind) -> ProfileScore:
    """The score of a body of that kind.

    ``findings`` are those of one audit (none: nothing was judged), ``figures`` those of one body and one period.
    Duties that could not be judged and figures that are missing never count as failed: they widen the range from
    ``low`` (all of it 0) to ``high`` (all of it met) and lower ``coverage``.
    """
    group = profile.group_of(kind)
    if group is None:
        vi, en = NAMES[kind]
        note = say("profile_not_scored", kind=Text(vi, en))
        return ProfileScore(profile.id, "", profile.unit, None, None, None, 0.0, 0.0, 0.0, None, None, (), (note,))
    if profile.unit == "share":
        return _share(profile, group, tuple(findings))
    return _points(profile, group, {f.rule: f for f in findings}, amounts(profile, figures))


def _share(profile: Profile, group: Group, findings: Sequence[Finding]) -> ProfileScore:
    """Points reached over points at stake, as ``checks.scoring`` reckons it (design 4.2)."""
    counted = scored(findings)
    whole, unseen, reached = sums(counted)
    judged = whole - unseen
    places = _places(profile)
    value = half_up_float(reached / judged, places) if judged else None
    terms = tuple(_findings_term(profile, id, counted) for id in group.terms)
    return ProfileScore(
        profile=profile.id,
        group=group.id,
        unit=profile.unit,
        value=value,
        low=half_up_float(reached / whole, places) if whole else None,
        high=half_up_float((reached + unseen) / whole, places) if whole else None,
        points=half_up_float(reached, 2),
        max=half_up_float(whole, 2),
        reachable=half_up_float(whole, 2),
        coverage=half_up_float(judged / whole, 3) if whole else None,
        band=None if value is None else band(profile.bands, Fraction(repr(value))),
        terms=terms,
        reached=half_up_float(reached, 2),
        judged=half_up_float(judged, 2),
        notes=(profile.source.text,),
    )


def _places(profile: Profile) -> int:
    step, places = profile.rounding.step.exact, 0
    while (step * 10**places).denominator != 1:
        places += 1
    return places


def _findings_term(profile: Profile, id: str, counted: Sequence[Finding]) -> TermScore:
    term = profile.term(id)
    assert isinstance(term, FindingsTerm)  # said by the profile's own check
    own = [finding for finding in counted if finding.group == id]
    whole, unseen, reached = sums(own)
    missing = tuple(f.rule for f in own if f.ratio is None)
    message = say("profile_findings", points=show_number(reached), max=show_number(whole), unseen=len(missing))
    lines = (Line(id, term.title.text, half_up_float(reached, 2), half_up_float(whole, 2), message),)
    points = half_up_float(reached, 2)
    return TermScore(
        id, term.title.text, points if whole > unseen else None, points, half_up_float(reached + unseen, 2),
        half_up_float(whole, 2), half_up_float(whole, 2), half_up_float((whole - unseen) / whole, 4) if whole else 0.0,
        None, lines, missing,
    )  # fmt: skip


def _points(profile: Profile, group: Group, findings: dict[str, Finding], given: Amounts) -> ProfileScore:
    assert group.base is not None and group.cap is not None  # said by the profile's own check
    terms = [term for id in group.terms if (term := profile.term(id)) and not isinstance(term, FindingsTerm)]
    outside = [t for t in terms if t.id in group.may_miss and given.part(TAKES_PART, t.id) == 0]
    inside = [term for term in terms if term not in outside]
    listed = sum((term.base.exact for term in inside), Fraction(0))
    factor = group.base.exact / listed if listed else Fraction(1)
    parts = [_part(term, findings, given, factor) for term in inside]
    step = profile.rounding.step.exact
    scores = tuple(_term_score(term, part, step, factor) for term, part in zip(inside, parts, strict=True))
    most = min(group.cap.exact, sum((part.max for part in parts), Fraction(0)))
    judged = sum((part.judged for part in parts), Fraction(0))
    whole = sum((part.max for part in parts), Fraction(0))
    low = min(most, sum((half_up(part.low, step) for part in parts), Fraction(0)))
    high = min(most, sum((half_up(part.high, step) for part in parts), Fraction(0)))
    value = None
    reached = sum((half_up(part.points, step) for part in parts if part.judged), Fraction(0))
    if judged:
        value = min(high, max(low, half_up(reached * whole / judged, step)))
    return ProfileScore(
        profile=profile.id,
        group=group.id,
        unit=profile.unit,
        value=None if value is None else float(value),
        low=float(low),
        high=float(high),
        points=float(low),
        max=float(most),
        reachable=float(min(most, sum((half_up(part.reachable, step) for part in parts), Fraction(0)))),
        coverage=float(half_up(judged / whole, Fraction(1, 1000))) if whole else None,
        band=None if value is None else band(profile.bands, value),
        terms=scores,
        reached=float(reached),
        judged=float(judged),
        notes=tuple(_notes(group, inside, outside, parts, most, factor, judged < whole)),
    )


def _part(term: CriteriaTerm | FiguresTerm, findings: dict[str, Finding], given: Amounts, factor: Fraction) -> Part:
    if isinstance(term, CriteriaTerm):
        return by_criteria(term, findings, given, factor)
    return by_figures(term, given, factor)


def _term_score(term: CriteriaTerm | FiguresTerm, part: Part, step: Fraction, factor: Fraction) -> TermScore:
    points = half_up(part.points, step)
    settled = part.judged == part.max
    return TermScore(
        id=term.id,
        title=term.title.text,
        points=float(points) if part.judged else None,
        low=float(half_up(part.low, step)),
        high=float(half_up(part.high, step)),
        max=float(part.max),
        reachable=float(half_up(part.reachable, step)),
        coverage=float(half_up(part.judged / part.max, Fraction(1, 1000))) if part.max else 0.0,
        band=band(term.bands, points, factor) if settled or points else None,
        lines=part.lines,
        missing=part.missing,
    )


def _notes(
    group: Group,
    inside: Sequence[CriteriaTerm | FiguresTerm],
    outside: Sequence[CriteriaTerm | FiguresTerm],
    parts: Sequence[Part],
    most: Fraction,
    factor: Fraction,
    estimated: bool,
) -> Iterable[Text]:
    if outside and group.base is not None:
        yield say("profile_outside", terms=_names(outside), factor=show_number(factor, 3),
                  base=show_number(group.base.exact))  # fmt: skip
    if (outside or factor != 1) and group.note is not None:
        yield group.note.text
    idle = [term for term, part in zip(inside, parts, strict=True) if part.reachable < part.max]
    if idle:
        reach = sum((part.reachable for part in parts), Fraction(0))
        yield say("profile_reachable", terms=_names(idle), reach=show_number(reach), max=show_number(most))
    if estimated:
        yield say("profile_estimate")


def _names(terms: Iterable[CriteriaTerm | FiguresTerm]) -> Text:
    found = [term.title for term in terms]
    return Text(", ".join(t.vi for t in found), ", ".join(t.en for t in found))
