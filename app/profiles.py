"""Scoring profiles for the doors: what there is, what one says, and a kept audit scored by it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from app.declared import whose
from app.say import say
from checks import profile_file
from checks.figures import figures
from checks.profile_model import Band, Bonus, Condition, Constant, CriteriaTerm, FiguresTerm, Group, Profile, Term
from checks.profile_score import score_by
from core.audit import Audit
from core.errors import UsageError
from core.figures import Figure
from core.numbers import exact, show_number
from core.profile_score import ProfileScore

#: Where a constant comes from, in words.
MARKS = {
    "document": "theo văn bản / document",
    "inferred": "suy ra từ số liệu / inferred",
    "default": "mặc định của phần mềm / our default",
}


def open_profile(name: str) -> Profile:
    """The profile of an id or file. Raises CatalogueError."""
    return profile_file.load(name)


def shipped() -> list[Profile]:
    """The profiles that come with the program."""
    return [profile_file.read(name) for name in profile_file.ids()]


def shipped_ids() -> tuple[str, ...]:
    """Their ids."""
    return profile_file.ids()


def marks(profile: Profile) -> Counter[str]:
    """How many constants there are of each mark."""
    return Counter(mark for mark in _marks(profile.model_dump(by_alias=True)))


def _marks(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("from") in MARKS:
            yield value["from"]
        value = value.values()
    elif not isinstance(value, list | tuple):
        return
    for part in value:
        yield from _marks(part)


def counted(profile: Profile) -> str:
    """The constants by mark, in words."""
    return "; ".join(f"{count} {MARKS[mark]}" for mark, count in sorted(marks(profile).items()))


def describe(profile: Profile) -> str:
    """Everything a profile says, for people."""
    lines = [f"{profile.id}  {profile.title.vi}", profile.title.en, "", profile.source.vi, profile.source.en, ""]
    unit = "điểm / points" if profile.unit == "points" else "chỉ số từ 0 đến 1 / a share from 0 to 1"
    lines += [f"kết quả / result: {unit}; làm tròn / rounded to {_constant(profile.rounding.step)}"]
    lines += [f"nghĩa vụ lấy từ / duties from: {profile.catalogue}", ""]
    for group in profile.groups:
        lines += _group(group)
    for term in profile.terms:
        lines += ["", *_term(term)]
    lines += [""] if profile.bands else []
    lines += [_band(band) for band in profile.bands]
    if profile.open_questions:
        lines += ["", "Chưa rõ / not known:", *(f"  - {text.vi}" for text in profile.open_questions)]
    return "\n".join([*lines, "", counted(profile)])


def _constant(constant: Constant) -> str:
    note = f"; {constant.note}" if constant.note else ""
    return f"{show_number(constant.exact, 4).vi} [{MARKS[constant.mark].split(' / ')[0]}{note}]"


def _group(group: Group) -> Iterator[str]:
    yield f"{group.title.vi} ({', '.join(group.kinds)}): {' + '.join(group.terms)}"
    if group.base and group.cap:
        yield f"  cơ bản / base {_constant(group.base)}, tối đa / at most {_constant(group.cap)}"
    if group.note:
        yield f"  {group.note.vi}"


def _term(term: Term) -> Iterator[str]:
    if not isinstance(term, CriteriaTerm | FiguresTerm):
        yield f"{term.title.vi} ({term.id}): tối đa / at most {_constant(term.max)}"
        return
    yield f"{term.title.vi} ({term.id}): cơ bản / base {_constant(term.base)}, tối đa / at most {_constant(term.cap)}"
    if isinstance(term, CriteriaTerm):
        for word, criteria in (("", term.criteria), ("trừ / less ", term.deductions), ("cộng / bonus ", term.bonus)):
            for one in criteria:
                told = ", ".join([*one.rules, *(["cán bộ chấm / staff"] if one.staff else [])])
                yield f"  {word}{one.id:<18} {_constant(one.points)}  {one.title.vi}  ({told})"
    else:
        yield f"  theo tỷ lệ / by the share: {term.share.title.vi} = {_sum(term.share.sum)} / {_sum((term.share.in_,))}"
        yield f"  không phát sinh / without demand: {_constant(term.none)}"
        for point in term.curve:
            share, points = show_number(exact(point.share) * 100, 1).vi, show_number(point.points).vi
            note = f"; {point.note}" if point.note else ""
            yield f"  {share:>5}% → {points} điểm [{MARKS[point.mark].split(' / ')[0]}{note}]"
        for bonus in term.bonus:
            yield from _bonus(bonus)
    yield from (_band(band) for band in term.bands)


def _bonus(bonus: Bonus) -> Iterator[str]:
    for level in bonus.levels:
        when = "; ".join(_condition(condition) for condition in level.when)
        yield f"  cộng / bonus {_constant(level.points)}  {bonus.title.vi}: {when}"


def _condition(condition: Condition) -> str:
    left = _sum(condition.sum)
    left += f" / {_sum(condition.in_)}" if condition.in_ else " bình quân tháng" if condition.per else ""
    sign = "≥" if condition.at_least else ">" if condition.more_than else "≤" if condition.at_most else "<"
    return f"{left} {sign} {show_number(condition.limits[0].exact, 4).vi}"


def _sum(names: Iterable[str]) -> str:
    titles = [kind.title.vi if (kind := figures().kind(name)) else name for name in names]
    return titles[0] if len(titles) == 1 else f"({' + '.join(titles)})"


def _band(band: Band) -> str:
    return f"  mức / grade “{band.title.vi}”: từ / from {_constant(band.at_least)}"


def score_audit(
    store: Any, audit_id: str, name: str, body: str = "", period: tuple[dt.date, dt.date] | None = None
) -> tuple[Audit, ProfileScore, tuple[dt.date, dt.date] | None]:
    """A kept audit scored by a profile, with the body's figures of a period.

    Without a period those of the newest one that had begun by the day of the audit are taken. An index of shares needs
    no figures and no body.
    """
    return score_by_profile(store, audit_id, open_profile(name), body, period)


def score_by_profile(
    store: Any, audit_id: str, profile: Profile, body: str = "", period: tuple[dt.date, dt.date] | None = None
) -> tuple[Audit, ProfileScore, tuple[dt.date, dt.date] | None]:
    """The same by a profile that was opened once for many audits."""
    from storage.figures import figures_of

    audit = store.load(audit_id)
    given: tuple[Figure, ...] = ()
    if profile.unit == "points":
        try:
            given = figures_of(store, whose(store, audit, body).id)
        except UsageError:
            if body or period:
                raise
        begun = {(f.begins, f.ends) for f in given if f.begins <= audit.today}
        period = period or max(begun, key=lambda days: (days[1], days[0]), default=None)
        given = tuple(f for f in given if (f.begins, f.ends) == period)
    return audit, score_by(profile, audit.findings, given, audit.portal.kind), period if given else None


def _estimated(score: ProfileScore) -> str:
    """What the value is converted from, where not everything could be judged."""
    if score.value is None or score.coverage is None or score.judged == 0 or score.coverage >= 1:
        return ""
    if score.unit == "share":
        return say("score_estimated").vi
    reached, judged = show_number(score.reached).vi, show_number(score.judged).vi
    return say("score_converted", reached=reached, judged=judged).vi


def shown_score(score: ProfileScore) -> str:
    """A score with all its lines, in Vietnamese."""
    places = 3 if score.unit == "share" else 2
    if score.value is None and not score.group:
        return "\n".join(note.vi for note in score.notes)
    of = "" if score.unit == "share" else f"/{show_number(score.max).vi}"
    value = "chưa có" if score.value is None else show_number(score.value, places).vi
    head = f"{value}{of}{_estimated(score)}"
    if score.low != score.high and score.low is not None and score.high is not None:
        head += f" (từ {show_number(score.low, places).vi} đến {show_number(score.high, places).vi})"
    head += f", mức {score.band.vi}" if score.band else ""
    covered = "–" if score.coverage is None else f"{show_number(score.coverage * 100, 1).vi}%"
    lines = [f"{score.profile}: {head}; đã kiểm tra được {covered}"]
    for term in score.terms:
        points = "chưa có" if term.points is None else show_number(term.points).vi
        bounds = "" if term.low == term.high else f" (từ {show_number(term.low).vi} đến {show_number(term.high).vi})"
        grade = f", mức {term.band.vi}" if term.band else ""
        lines.append(f"  {term.title.vi}: {points}/{show_number(term.max).vi}{bounds}{grade}")
        for line in term.lines:
            given = "–" if line.points is None else show_number(line.points).vi
            lines.append(f"    {given:>5} /{show_number(line.max).vi:>4}  {line.title.vi}: {line.message.vi}")
    return "\n".join([*lines, *(f"  * {note.vi}" for note in score.notes)])
