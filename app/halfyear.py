"""``halfyear``: gathers what the database keeps of a province's half year, and writes it as a document."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from app.halfyear_figures import half_year, joined, settings, values
from app.profiles import open_profile
from app.settings import checked_out
from app.updates import updates
from checks.figures import figures as kinds
from checks.profile_model import Profile
from checks.profile_score import TAKES_PART, score_by
from core.bodies import NAMES, BodyKind
from core.errors import UsageError
from core.figures import Figure
from core.finding import Finding, Text, Verdict
from core.profile_score import ProfileScore
from core.register import Body, Register
from core.updates import PORTAL, Month
from reports.halfyear.model import Conflict, HalfYear, Judged, Member, News, Pair, Points
from storage import figures as kept_figures
from storage import rounds as kept
from storage.register import Bodies

#: Items put up on a portal.
NEWS = "news_items"


def halfyear(store: Any, body: str, year: int, half: int, profile: str = "", tool: str = "") -> HalfYear:
    """A province's half year from the database. Raises UsageError for a body there is not, or that is no province."""
    begins, ends = half_year(year, half)
    return _Gathering(store, begins, ends, open_profile(profile) if profile else None).make(body, tool)


def render(given: HalfYear, form: str) -> bytes:
    """The report as ``docx`` or ``pdf``."""
    from reports.halfyear.report import make

    if form == "pdf":
        from reports.pdf_paper import render as pdf

        return pdf(make(given))
    from reports.docx_paper import render as docx

    return docx(make(given))


def write(given: HalfYear, forms: Iterable[str], path: Path) -> tuple[Path, ...]:
    """The report in a file for each form, whole or not at all; the folder is made only when they are ready."""
    from reports.files import write_whole

    made = {form: render(given, form) for form in forms}
    checked_out(path.parent)
    return tuple(write_whole(path.with_suffix(f".{form}"), content) for form, content in made.items())


@dataclass(frozen=True, slots=True)
class _Seen:
    """What audits counted on a portal: items of the period and of the year before; ``least``: maybe more."""

    items: Pair
    least: bool


class _Gathering:
    def __init__(self, store: Any, begins: dt.date, ends: dt.date, profile: Profile | None) -> None:
        self.store, self.begins, self.ends, self.profile = store, begins, ends, profile
        self.before = half_year(begins.year - 1, 1 if begins.month == 1 else 2)
        self.register: Register = Bodies(store).register()
        self.audits = [a for a in kept.judged(store) if not a.folder and not a.skipped]
        self.counted = self._counted()

    def make(self, text: str, tool: str) -> HalfYear:
        office = self._office(text)
        below = self._below(office.id, self.ends)
        members = tuple(self._member(body) for body in below)
        then = {f.body.id for f in self.register.predecessors(office.id, self.before[1])} or {office.id}
        below_then = {b.id: b for name in sorted(then) for b in self._below(name, self.before[1])}
        before = self._sums(below_then.values(), *self.before)
        now = self._sums(below, self.begins, self.ends)
        own = self._member(office)
        for name in self._not_comparable(below, members, below_then.keys()):
            before.pop(name, None)
        totals, conflicts = self._totals(now, before, own.figures)
        newest = max((r for r in self._ranks(office.id)), key=lambda r: r[0].day, default=None)
        earlier = self._audit(office.id, *self.before)
        return HalfYear(
            begins=self.begins,
            ends=self.ends,
            office=own,
            members=members,
            totals=totals,
            news_members=Pair(now.get(NEWS), before.get(NEWS)),
            judged_before=earlier.value if earlier else None,
            rank=newest[1].rank if newest else None,
            rank_of=newest[1].of if newest else None,
            rank_title=newest[0].title if newest else "",
            common=self._common(below),
            conflicts=conflicts,
            profile=self.profile.source.text.vi if self.profile else "",
            tool=tool,
        )

    def _office(self, text: str) -> Body:
        found = Bodies(self.store).find(text, self.ends)
        if len(found) == 1 and found[0].kind is BodyKind.PROVINCE:
            return found[0]
        if len(found) == 1:
            raise self._no_province(found[0])
        reason = "có nhiều cơ quan / is ambiguous" if found else "không có trong danh bạ / is not in the register"
        shown = ", ".join(f"{b.id} ({b.name})" for b in found[:6])
        hint = "decree43 bodies list --kind province"
        if not self.register.bodies:
            hint = "danh bạ trống, nạp bằng / the register is empty, fill it by: decree43 bodies load"
        raise UsageError(f"{text!r} {reason}{': ' + shown if shown else ''}", where="--body", hint=hint)

    def _no_province(self, body: Body) -> UsageError:
        """Why there is no report on a body; names the province it is under."""
        above, seen = body, {body.id}
        while above.kind is not BodyKind.PROVINCE and above.parent and above.parent not in seen:
            seen.add(above.parent)
            above = self.register.bodies.get(above.parent, above)
        mine = above.kind is BodyKind.PROVINCE
        vi, en = NAMES[body.kind]
        return UsageError(
            f"{body.name_on(self.ends)} là {vi}: báo cáo 6 tháng chỉ lập cho tỉnh, thành phố / is a {en.lower()}: the "
            "half-year report is of a province or city",
            where="--body",
            hint=f"--body {above.id} ({above.name_on(self.ends)})" if mine else "decree43 bodies list --kind province",
        )

    def _below(self, name: str, day: dt.date) -> list[Body]:
        """Every body under a body on a day, however deep; by kind and name."""
        found, queue, seen = [], [name], {name}
        while queue:
            above = queue.pop()
            for body in self.register.at(day, parent=above):
                if body.id not in seen:
                    seen.add(body.id)
                    found.append(body)
                    queue.append(body.id)
        order = list(BodyKind)
        return sorted(found, key=lambda b: (order.index(b.kind), b.name_on(day), b.id))

    def _figures(self, body: str, begins: dt.date, ends: dt.date) -> tuple[Figure, ...]:
        return joined(kept_figures.figures_of(self.store, body), begins, ends)

    def _member(self, body: Body) -> Member:
        given = self._figures(body.id, self.begins, self.ends)
        now = values(given)
        forebears = [f.body for f in self.register.predecessors(body.id, self.before[1])] or [body]
        earlier = [values(self._figures(f.id, *self.before)) for f in forebears]
        names = dict.fromkeys([*now, *(n for one in earlier for n in one)])
        pairs = {n: Pair(now.get(n), _whole(one.get(n) for one in earlier)) for n in names}
        audit = self._audit(body.id, self.begins, self.ends)
        findings = self.store.load(audit.id).findings if audit else ()
        score = score_by(self.profile, findings, given, body.kind) if self.profile and (given or findings) else None
        return Member(
            name=body.name_on(self.ends),
            kind=body.kind,
            figures=pairs,
            points={t.id: _points(t.points, t.max, t.band) for t in score.terms} if score else {},
            total=_total(score),
            news=self._news(body.id, pairs),
            judged=Judged(audit.day, audit.value, None, _weak(findings)) if audit else None,
            merged={f.id for f in forebears} != {body.id},
            outside=frozenset(f.part for f in given if f.name == TAKES_PART and not f.value),
        )

    def _audit(self, body: str, begins: dt.date, ends: dt.date) -> kept.Judged | None:
        """The newest audit that speaks of a period."""
        last = ends + dt.timedelta(days=settings()["grace_days"])
        return next((a for a in self.audits if a.body == body and begins <= a.day <= last), None)

    def _counted(self) -> dict[str, _Seen]:
        """Items that audits counted, by body."""
        whose = {a.id: a.body for a in self.audits if a.body}
        found = {}
        for portal in updates(self.store, Month.of(self.begins), Month.of(self.ends)).portals:
            section = next((s for s in portal.sections if s.rule == PORTAL), None)
            body = whose.get(portal.audit)
            if body and section and section.now and (section.now.items or section.now.deep):
                before = Fraction(section.before.items) if section.before and section.before.whole else None
                found[body] = _Seen(Pair(Fraction(section.now.items), before), not section.now.whole)
        return found

    def _news(self, body: str, pairs: Mapping[str, Pair]) -> News | None:
        reported = pairs.get("news_items")
        if reported is not None and reported.now is not None:
            return News(reported)
        counted = self.counted.get(body)
        return News(counted.items, counted=True, least=counted.least) if counted else None

    def _sums(self, bodies: Iterable[Body], begins: dt.date, ends: dt.date) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for body in bodies:
            for name, value in self._values(body.id, begins, ends).items():
                sums[name] = sums.get(name, Fraction(0)) + value
        return sums

    def _values(self, body: str, begins: dt.date, ends: dt.date) -> dict[str, Fraction]:
        """A body's figures of a period by name; items counted by audits where none were reported."""
        found = values(self._figures(body, begins, ends))
        if NEWS not in found and body in self.counted:
            items = self.counted[body].items
            counted = items.now if begins == self.begins else items.before
            if counted is not None:
                found[NEWS] = counted
        return found

    def _not_comparable(self, bodies: Iterable[Body], members: Iterable[Member], then: Collection[str]) -> set[str]:
        """Figures that a body which was there last year gave now and not then: their sums compare unlike things."""
        found = set()
        for body, member in zip(bodies, members, strict=True):
            if body.id in then or member.merged:
                found |= {n for n, p in member.figures.items() if p.now is not None and p.before is None}
                if member.news and member.news.items.now is not None and member.news.items.before is None:
                    found.add(NEWS)
        return found

    def _totals(
        self, now: Mapping[str, Any], before: Mapping[str, Any], office: Mapping[str, Pair]
    ) -> tuple[dict[str, Pair], tuple[Conflict, ...]]:
        """Sums over all bodies; what only the province reported stands as it is. Where both differ, it is told."""
        totals: dict[str, Pair] = {}
        conflicts = []
        for name in dict.fromkeys([*now, *before, *office]):
            kind = kinds().kind(name)
            if kind is None or kind.topic not in ("questions", "dossiers"):
                continue
            own = office.get(name, Pair())
            totals[name] = Pair(now.get(name, own.now), before.get(name, own.before))
            if name in now and own.now is not None and own.now != now[name]:
                conflicts.append(Conflict(kind.title.vi, own.now, now[name]))
        return totals, tuple(conflicts)

    def _ranks(self, body: str) -> list[tuple[Any, Any]]:
        last = self.ends + dt.timedelta(days=settings()["grace_days"])
        return [
            (round_, entry)
            for round_, entry in kept.history(self.store, [body])
            if entry.rank is not None and self.begins <= round_.day <= last
        ]

    def _common(self, bodies: Iterable[Body]) -> tuple[tuple[Text, int, int], ...]:
        """The scored duties that most of the audited portals fail, with how many of those judged."""
        audits = [a for b in bodies if (a := self._audit(b.id, self.begins, self.ends))]
        failed: Counter[str] = Counter()
        judged: Counter[str] = Counter()
        titles: dict[str, Text] = {}
        for audit in audits:
            for finding in self.store.load(audit.id).findings:
                if finding.max_points and finding.verdict in (Verdict.PASS, Verdict.PARTIAL, Verdict.FAIL):
                    titles.setdefault(finding.rule, finding.title)
                    judged[finding.rule] += 1
                    failed[finding.rule] += finding.verdict is Verdict.FAIL
        worst = sorted((r for r in failed if failed[r]), key=lambda r: (-failed[r], r))[: settings()["common"]]
        return tuple((titles[r], failed[r], judged[r]) for r in worst)


def _whole(given: Iterable[Fraction | None]) -> Fraction | None:
    """The sum, None where a part of it is not known."""
    known = list(given)
    return None if not known or any(v is None for v in known) else sum((v for v in known if v is not None), Fraction(0))


def _points(points: float | None, most: float, band: Text | None) -> Points:
    return Points(points, most, band.vi if band else "")


def _total(score: ProfileScore | None) -> Points | None:
    """The total where everything in it could be judged: an estimate is no result."""
    if score is None or not score.group or score.low is None or score.low != score.high:
        return None
    return _points(score.value, score.max, score.band)


def _weak(findings: Iterable[Finding]) -> tuple[Text, ...]:
    """Scored duties not met or met in part, most points to gain first."""
    found = [f for f in findings if f.verdict in (Verdict.FAIL, Verdict.PARTIAL) and f.max_points]
    return tuple(f.title for f in sorted(found, key=lambda f: -(f.max_points or 0) * (1 - (f.ratio or 0))))
