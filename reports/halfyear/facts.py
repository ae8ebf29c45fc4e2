"""From figures to the words that sentences are chosen and filled by: numbers, shares, changes, lists of names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from core.bodies import BodyKind
from core.numbers import exact, show_number
from reports import words
from reports.halfyear.model import HalfYear, Member, News, Pair, Same
from reports.paper import clean

#: Names listed in one sentence.
_NAMED = 8
_LATE, _RECEIVED, _ANSWERED = "questions_late", "questions_received", "questions_answered"
_PARTY = frozenset({BodyKind.PARTY})


@dataclass(frozen=True, slots=True)
class Value:
    """A value that sentences name: its number for conditions, where it is one, and its text."""

    text: str
    number: Fraction | None = None


def facts(given: HalfYear, late_limit: Fraction) -> dict[str, Value]:
    """Everything known, by name; what is not known has no name.

    ``late_limit``: the share of late dossiers above which a body is named.
    """
    found = {name: value for name, value in _facts(given) if value is not None}
    behind = [m for m in given.members if (share(m, "dossiers_late", "dossiers_received") or 0) > late_limit]
    found["dv_behind"], found["dv_behind_names"] = bodies(len(behind)), Value(named(behind))
    found["dv_behind_limit"] = Value(show_number(late_limit * 100, 1).vi + "%")
    return found


def within(name: str) -> str:
    """A province's name inside a sentence: tỉnh Cao Bằng."""
    return name[:1].lower() + name[1:] if name.startswith(("Tỉnh ", "Thành phố ")) else name


def number(value: Fraction | int) -> Value:
    return Value(show_number(Fraction(value)).vi, Fraction(value))


def bodies(count: int) -> Value:
    """A count of bodies with at least two digits, as official texts write it: 04."""
    return Value(f"{count:02}" if count < 1000 else show_number(Fraction(count)).vi, Fraction(count))


def percent(part: Fraction, whole: Fraction) -> Value | None:
    return Value(show_number(part * 100 / whole, 1).vi + "%", part / whole) if whole else None


def change(pair: Pair, unit: str, year: int, places: int = 2) -> Value:
    """, tăng 31 câu so với cùng kỳ năm 2025: begins with a comma; a gap where last year's figure is missing."""
    if pair.change is None:
        return Value(f", [… điền so sánh với cùng kỳ năm {year} …]")
    over = f" (tính trên {bodies(pair.same.bodies).text} cơ quan có số liệu của cả hai kỳ)" if pair.same else ""
    amount = f"{show_number(abs(pair.change), places).vi} {unit}".strip()
    if not pair.change:
        return Value(f", bằng cùng kỳ năm {year}{over}", pair.change)
    verb = "tăng" if pair.change > 0 else "giảm"
    return Value(f", {verb} {amount} so với cùng kỳ năm {year}{over}", pair.change)


def named(members: Iterable[Member]) -> str:
    """The first names, and how many more there are."""
    names = [clean(m.name, 120) for m in members]
    more = f" và {len(names) - _NAMED} cơ quan khác" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def value(member: Member, name: str) -> Fraction | None:
    pair = member.figures.get(name)
    return pair.now if pair else None


def share(member: Member, part: str, whole: str) -> Fraction | None:
    top, bottom = value(member, part), value(member, whole)
    return None if top is None or not bottom else top / bottom


def on_time(figures: Mapping[str, Pair]) -> Pair:
    """Dossiers settled in time; those settled early are counted with them where they were reported apart."""

    def of(which: str) -> Fraction | None:
        early, punctual = (getattr(figures.get(n, Pair()), which) for n in ("dossiers_early", "dossiers_on_time"))
        return None if punctual is None else punctual + (early or 0)

    same = any(figures.get(n, Pair()).same for n in ("dossiers_early", "dossiers_on_time"))
    return Pair(of("now"), None if same else of("before"))


def came_in(figures: Mapping[str, Pair]) -> Fraction | None:
    """Dossiers received in the period itself, without those carried over; None where that is not known."""
    online, desk, carried, received = (
        figures.get(f"dossiers_{name}", Pair()).now for name in ("online", "at_desk", "carried_over", "received")
    )
    if online is not None and desk is not None:
        return online + desk
    if received == 0:
        return received
    return None if received is None or carried is None else received - carried


def _online(given: HalfYear) -> tuple[Fraction, Fraction] | None:
    """Dossiers received online, and all received in the period; None where a body's part in either is not known.

    The total of the province speaks where no body reported any.
    """
    told = [m.figures for m in given.members if any(name.startswith("dossiers") for name in m.figures)]
    online, new = Fraction(0), Fraction(0)
    for figures in told or [given.totals]:
        mine, all_of_them = figures.get("dossiers_online", Pair()).now, came_in(figures)
        if all_of_them is None or (mine is None and all_of_them):
            return None
        online, new = online + (mine or 0), new + all_of_them
    return (online, new) if new and online <= new else None


_UNITS = {
    "questions_received": "câu",
    "dossiers_received": "hồ sơ",
    "news_office": "tin, bài",
    "news_members": "tin, bài",
    "news_all": "tin, bài",
    "visits": "lượt",
    "documents_published": "văn bản",
    "fanpage_posts": "bài",
    "fanpage_followers": "người",
}


def _facts(given: HalfYear) -> Iterator[tuple[str, Value | None]]:
    other = 3 - given.half
    yield "province", Value(within(clean(given.office.name, 200)))
    yield "period", Value(f"6 tháng {'đầu' if given.half == 1 else 'cuối'} năm {given.year}")
    coming = given.year if given.half == 1 else given.year + 1
    yield "next_period", Value(f"6 tháng {'đầu' if other == 1 else 'cuối'} năm {coming}")
    yield "year", Value(str(given.year))
    yield "begins", Value(words.day(given.begins).vi)
    yield "ends", Value(words.day(given.ends).vi)
    punctual, late = on_time(given.totals), given.totals.get("dossiers_late", Pair())
    pairs = dict(given.totals) | {"dossiers_in_time": punctual}
    if punctual.now is not None and late.now is not None:
        pairs["dossiers_settled"] = Pair(punctual.now + late.now)
    pairs |= {n: p for n, p in given.office.figures.items() if n.startswith(("visits", "documents", "fanpage", "proc"))}
    pairs |= _news(given)
    seen = _counted(given)
    for name, pair in pairs.items():
        if pair.now is not None:
            yield name, seen[name](number(pair.now)) if name in seen else number(pair.now)
            yield f"{name}_change", change(pair, _UNITS.get(name, ""), given.year - 1)
    for name, part, whole in _SHARES:
        top, bottom = pairs.get(part, Pair()).now, pairs.get(whole, Pair()).now
        if top is not None and bottom:
            yield name, percent(top, bottom)
    if (both := _online(given)) is not None:
        online, new = both
        yield "dossiers_new", number(new)
        yield "dossiers_new_online", number(online)
        yield "online_share", percent(online, new)
    yield from _questions(given)
    yield from _dossiers(given)
    yield from _portals(given)


_SHARES = (
    ("answered_share", "questions_answered", "questions_received"),
    ("waiting_share", "questions_waiting", "questions_received"),
    ("settled_share", "dossiers_settled", "dossiers_received"),
    ("in_time_share", "dossiers_in_time", "dossiers_received"),
    ("late_share", "dossiers_late", "dossiers_received"),
    ("pending_share", "dossiers_pending", "dossiers_received"),
    ("offered_share", "services_offered", "procedures"),
)


def of_audits(value: Value, *news: News | None) -> Value:
    """A number of items that says it is what audits saw on the portals, where not all of it was reported."""
    counted = [n for n in news if n is not None and n.counted]
    if not counted:
        return value
    least = "ít nhất " if any(n.least for n in counted) else ""
    whole = "" if len(counted) == len([n for n in news if n is not None]) else " một phần"
    return Value(f"{least}{value.text} (đếm{whole} trên cổng)", value.number)


def _counted(given: HalfYear) -> dict[str, Callable[[Value], Value]]:
    office, members = given.office.news, [m.news for m in given.members]
    return {
        "news_office": lambda value: of_audits(value, office),
        "news_members": lambda value: of_audits(value, *members),
        "news_all": lambda value: of_audits(value, office, *members),
    }


def _news(given: HalfYear) -> dict[str, Pair]:
    office = given.office.news.items if given.office.news else Pair()
    members = given.news_members

    def both(a: Fraction | None, b: Fraction | None) -> Fraction | None:
        return None if a is None or b is None else a + b

    same = members.same
    if same and office.now is not None and office.before is not None:
        same = Same(office.now + same.now, office.before + same.before, same.bodies + 1)
    whole = Pair(both(office.now, members.now), both(office.before, members.before), same)
    return {"news_office": office, "news_members": members, "news_all": whole}


def _questions(given: HalfYear) -> Iterator[tuple[str, Value | None]]:
    told = [m for m in given.members if value(m, _RECEIVED) is not None]
    if not told:
        return
    yield "qa_bodies", bodies(len(told))
    asked = [m for m in told if value(m, _RECEIVED)]
    yield "qa_asked", bodies(len(asked))
    yield "qa_not_asked", bodies(len(told) - len(asked))
    late = sorted((m for m in asked if value(m, _LATE)), key=lambda m: -(share(m, _LATE, _RECEIVED) or 0))
    yield "qa_late", bodies(len(late))
    yield "qa_late_names", Value(named(late))
    unanswered = [m for m in asked if (value(m, _ANSWERED) or 0) < (value(m, _RECEIVED) or 0)]
    unanswered = [m for m in unanswered if value(m, _ANSWERED) is not None]
    yield "qa_unanswered", bodies(len(unanswered))
    yield "qa_unanswered_names", Value(named(unanswered))
    most = sorted(asked, key=lambda m: -(value(m, _RECEIVED) or 0))[:2]
    yield (
        "qa_most_names",
        Value(", ".join(f"{clean(m.name, 120)} ({number(value(m, _RECEIVED) or 0).text} câu)" for m in most)),
    )
    scored = [m for m in told if (p := m.points.get("qa")) and p.points is not None]
    if scored:
        good = [m for m in scored if m.points["qa"].band]
        points = [m.points["qa"].points or 0.0 for m in scored]
        yield "qa_scored", bodies(len(scored))
        yield "qa_good", bodies(len(good))
        yield "qa_good_idle", bodies(sum(not value(m, _RECEIVED) for m in good))
        yield "qa_good_name", Value(good[0].points["qa"].band if good else "")
        yield "qa_least", Value(words.points(min(points)).vi, exact(min(points)))
        yield "qa_most", Value(words.points(max(points)).vi, exact(max(points)))


def _dossiers(given: HalfYear) -> Iterator[tuple[str, Value | None]]:
    told = [m for m in given.members if value(m, "dossiers_received") is not None]
    if not told:
        return
    yield "dv_bodies", bodies(len(told))
    idle = [m for m in told if not value(m, "dossiers_received")]
    yield "dv_idle", bodies(len(idle))
    yield "dv_idle_names", Value(named(idle))
    scored = [m for m in told if (p := m.points.get("services")) and p.points is not None]
    if scored:
        top = max(m.points["services"].points or 0.0 for m in scored)
        best = [m for m in scored if m.points["services"].points == top]
        yield "dv_scored", bodies(len(scored))
        yield "dv_best", bodies(len(best))
        yield "dv_top", Value(words.points(top).vi, exact(top))


def _portals(given: HalfYear) -> Iterator[tuple[str, Value | None]]:
    members = given.members
    yield "members", bodies(len(members))
    known = [m for m in members if m.news is not None and m.news.items.now is not None]
    if known:
        yield "news_known", bodies(len(known))
        silent = [m for m in known if m.news and not m.news.items.now and not m.news.least]
        yield "silent", bodies(len(silent))
        yield "silent_names", Value(named(silent))
        best = sorted(
            (m for m in known if m.news and m.news.items.now), key=lambda m: -((m.news and m.news.items.now) or 0)
        )[:5]
        told = (
            f"{clean(m.name, 120)} ({of_audits(number((m.news and m.news.items.now) or 0), m.news).text} tin, bài)"
            for m in best
        )
        yield "busiest_names", Value(", ".join(told))
        party = [m for m in known if m.kind in _PARTY]
        if party:
            items = sum(((m.news and m.news.items.now) or Fraction(0) for m in party), Fraction(0))
            yield "party_portals", bodies(len(party))
            yield "party_news", of_audits(number(items), *(m.news for m in party))
    judged = [m for m in members if m.judged and m.judged.value is not None]
    yield "judged_members", bodies(len(judged))
    if judged:
        values = [exact(m.judged.value) for m in judged if m.judged and m.judged.value is not None]
        yield "judged_mean", Value(show_number(sum(values, Fraction(0)) / len(values), 3).vi)
    scored = [m for m in members if m.total and m.total.points is not None]
    if scored:
        points = [m.total.points for m in scored if m.total and m.total.points is not None]
        yield "scored", bodies(len(scored))
        yield "scored_least", Value(words.points(min(points)).vi)
        yield "scored_most", Value(words.points(max(points)).vi)
    if given.common:
        told = (f"{clean(t.vi, 200)} ({failed}/{of} cổng)" for t, failed, of in given.common)
        yield "common", Value("; ".join(told))
    if given.office.judged:
        yield from _office(given)
    if given.rank is not None:
        yield "rank", number(given.rank)
        yield "rank_of", number(given.rank_of) if given.rank_of else None
        yield "rank_title", Value(clean(given.rank_title, 200))
    if given.profile:
        yield "profile", Value(clean(given.profile, 400))


def _office(given: HalfYear) -> Iterator[tuple[str, Value | None]]:
    judged = given.office.judged
    if judged is None:
        return
    yield "judged_day", Value(words.day(judged.day).vi)
    if judged.value is not None:
        yield "index", Value(words.index(judged.value).vi, exact(judged.value))
        before = given.judged_before
        yield (
            "index_change",
            change(Pair(exact(judged.value), None if before is None else exact(before)), "", given.year - 1, 3),
        )
    yield "weak_count", number(len(judged.weak))
    yield "weak", Value("; ".join(clean(t.vi, 200) for t in judged.weak[:_NAMED]))
