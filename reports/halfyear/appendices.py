"""The three tables of a half-year report: questions, services, information; a gap where a figure is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from core.numbers import show_number
from reports import words
from reports.charts import distribution
from reports.halfyear.facts import on_time
from reports.halfyear.model import HalfYear, Member, Pair, Points
from reports.paper import Align, Appendix, Block, Para, Picture, Table, clean

GAP = "[… …]"
_RIGHT: tuple[Align, ...] = ("right",)
#: Fewer portals with an index are no picture.
_DRAWN_FROM = 5
_QA = ("questions_answered", "questions_late", "answers_right_person", "questions_waiting")
_TOTAL = {"questions": "questions_received", "services": "dossiers_received"}
#: Appendices whose points come from what came in, and their parts of a profile.
_TERMS = {"questions": "qa", "services": "services"}
_TABLES = {term: name for name, term in _TERMS.items()}
#: How the names of an appendix's figures begin.
_FIGURES = {"questions": ("questions", "answers"), "services": ("dossiers",)}
_DOSSIERS = ("dossiers_online", "dossiers_at_desk", "dossiers_carried_over")


def appendices(given: HalfYear, data: Mapping[str, Any]) -> Iterator[Block]:
    """Each appendix with its table and what must be known to read it."""
    heads = data["heads"]
    for number, (name, table) in enumerate(
        (("questions", _questions), ("services", _services), ("information", _information)), 1
    ):
        yield Appendix(f"Phụ lục {number:02}", data["appendices"][name]["title"], wide=True)
        yield table(given, heads, data)
        if total := _compared_total(given, name):
            yield Para(data["notes"]["same"].format(**total), "note")
        if (term := _TERMS.get(name, "")) and any(_is_idle(given, term, m) for m in given.members):
            yield Para(data["notes"]["idle"].format(note=clean(given.idle[term], 300)), "note")
        if given.profile:
            yield Para(data["notes"]["points"].format(profile=clean(given.profile, 400)), "note")
        else:
            yield Para(data["notes"]["no_points"], "note")
        yield from _partial(given, data, name)
        if name == "information":
            yield from _spread(given)
            yield Para(data["notes"]["index"], "note")
        half = "đầu" if given.half == 1 else "cuối"
        yield Para(data["notes"]["gap"].format(half_word=half, year_before=given.year - 1), "note")


def _questions(given: HalfYear, heads: Mapping[str, str], data: Mapping[str, Any]) -> Table:
    columns = ("number", "body", "questions_received", "before", "change", "questions_answered", "answered",
               "questions_late", "answers_right_person", "questions_waiting", "points", "grade")  # fmt: skip

    def row(number: str, name: str, figures: Mapping[str, Pair], points: Points | str | None) -> tuple[str, ...]:
        received = figures.get("questions_received", Pair())
        answered, late, right, waiting = (_told(figures.get(n, Pair()).now) for n in _QA)
        share = _share(figures.get("questions_answered", Pair()).now, received.now)
        grade = points if isinstance(points, str) else GAP if points is None or points.points is None else points.band
        return (
            number,
            name,
            *_compared(received),
            answered,
            share,
            late,
            right,
            waiting,
            _points(points) + _idle_mark(given, "qa", received, points),
            grade or "–",
        )

    members = _listed(given, data, "questions")
    rows = [row(str(n), clean(m.name, 200), m.figures, m.points.get("qa")) for n, m in enumerate(members, 1)]
    return _table(columns, heads, rows, row("", heads["total"], given.totals, "–"), (5, 21, *[7.5] * 10))


def _services(given: HalfYear, heads: Mapping[str, str], data: Mapping[str, Any]) -> Table:
    columns = ("number", "body", "dossiers_received", "before", "change", *_DOSSIERS, "dossiers_in_time", "in_time",
               "dossiers_late", "dossiers_pending", "points")  # fmt: skip

    def row(number: str, name: str, figures: Mapping[str, Pair], points: Points | str | None) -> tuple[str, ...]:
        received, punctual = figures.get("dossiers_received", Pair()), on_time(figures).now
        parts = (_told(figures.get(n, Pair()).now) for n in _DOSSIERS)
        late, pending = (_told(figures.get(n, Pair()).now) for n in ("dossiers_late", "dossiers_pending"))
        share = _share(punctual, received.now)
        told = _points(points) + _idle_mark(given, "services", received, points)
        return (number, name, *_compared(received), *parts, _told(punctual), share, late, pending, told)

    members = _listed(given, data, "services")
    rows = [row(str(n), clean(m.name, 200), m.figures, m.points.get("services")) for n, m in enumerate(members, 1)]
    return _table(columns, heads, rows, row("", heads["total"], given.totals, "–"), (5, 20, *[7.5] * 11))


def _listed(given: HalfYear, data: Mapping[str, Any], name: str) -> list[Member]:
    """The bodies with a row: those that reported figures, and those that should have. Who takes no part has none."""
    entry = data["appendices"][name]

    def awaited(member: Member) -> bool:
        return member.kind.value in entry["kinds"] and entry["part"] not in member.outside

    return [m for m in given.members if _reported(m, name) or awaited(m)]


def _reported(member: Member, name: str) -> bool:
    return any(figure.startswith(_FIGURES[name]) for figure in member.figures)


def _partial(given: HalfYear, data: Mapping[str, Any], name: str) -> Iterator[Block]:
    """How many bodies a total is of, where it is not of all."""
    if name == "information":
        members = list(given.members)
        known = sum(m.news is not None and m.news.items.now is not None for m in members)
    else:
        members = _listed(given, data, name)
        known = sum(_reported(m, name) for m in members)
    if 0 < known < len(members):
        yield Para(data["notes"]["sum"].format(known=known, all=len(members)), "note")


def _information(given: HalfYear, heads: Mapping[str, str], data: Mapping[str, Any]) -> Table:
    columns = ("number", "portal", "news", "before", "change", "index", "information_points", "total_points", "remark")
    rows: list[tuple[str, ...]] = []
    strong = set()
    number = 0
    for block in data["blocks"].values():
        members = [m for m in given.members if m.kind.value in block["kinds"]]
        if members:
            strong.add(len(rows))
            rows.append(("", f"{block['title']} ({len(members)})", *[""] * 7))
        for member in members:
            number += 1
            news = member.news.items if member.news else Pair()
            index = GAP
            if member.judged and member.judged.value is not None:
                index = words.index(member.judged.value).vi
            rows.append(
                (
                    str(number),
                    clean(member.name, 200),
                    *_compared(news),
                    index,
                    _points(_of_information(member)),
                    _points(member.total),
                    "; ".join(_remarks(member, data["remarks"])),
                )
            )
    strong.add(len(rows))
    rows.append(("", heads["total"], *_compared(given.news_members), "", "", "", ""))
    align: tuple[Align, ...] = ("center", "left", *_RIGHT * 6, "left")
    return Table(tuple(heads[c] for c in columns), tuple(rows), (5, 30, 9, 9, 9, 9, 9, 9, 18), align, frozenset(strong))


def _spread(given: HalfYear) -> Iterator[Block]:
    """How the indices of the portals spread; the table above gives them one by one."""
    values = [m.judged.value if m.judged else None for m in given.members]
    if sum(v is not None for v in values) >= _DRAWN_FROM:
        drawn = distribution.draw(values)
        yield Picture(drawn.png(), clean(f"{drawn.title}. {drawn.text}"))


def _of_information(member: Member) -> Points | None:
    return next((p for name, p in member.points.items() if name.startswith("information")), None)


def _remarks(member: Member, texts: Mapping[str, str]) -> Iterator[str]:
    news = member.news
    if news is None or news.items.now is None:
        yield texts["none"]
    elif not news.items.now and not news.least:
        yield texts["silent"]
    if news and news.counted and news.items.now is not None:
        yield texts["least" if news.least else "counted"]
    if member.merged:
        yield texts["merged"]


def _table(
    columns: tuple[str, ...],
    heads: Mapping[str, str],
    rows: list[tuple[str, ...]],
    total: tuple[str, ...],
    widths: tuple[float, ...],
) -> Table:
    align: tuple[Align, ...] = ("center", "left", *_RIGHT * (len(columns) - 2))
    return Table(tuple(heads[c] for c in columns), (*rows, total), widths, align, frozenset({len(rows)}))


def _compared(pair: Pair) -> tuple[str, str, str]:
    """This period, the same period last year, and the change with its sign."""
    if pair.change is None:
        return _told(pair.now), _told(pair.before), "–"
    sign = "+" if pair.change > 0 else "-" if pair.change < 0 else ""
    mark = " (*)" if pair.same else ""
    return _told(pair.now), _told(pair.before), sign + show_number(abs(pair.change)).vi + mark


def _compared_total(given: HalfYear, name: str) -> dict[str, str] | None:
    """What the change of an appendix's total was reckoned from, where that is not the whole total."""
    pair = given.news_members if name == "information" else given.totals.get(_TOTAL[name], Pair())
    if pair.same is None or pair.change is None:
        return None
    same = pair.same
    return {"bodies": f"{same.bodies:02}", "now": show_number(same.now).vi, "before": show_number(same.before).vi}


def _is_idle(given: HalfYear, term: str, member: Member) -> bool:
    received = member.figures.get(_TOTAL[_TABLES[term]], Pair())
    return bool(_idle_mark(given, term, received, member.points.get(term)))


def _idle_mark(given: HalfYear, term: str, received: Pair, points: Points | str | None) -> str:
    """The mark at points that a body has though nothing came in."""
    counted = isinstance(points, Points) and points.points is not None
    return " (**)" if counted and received.now == 0 and given.idle.get(term) else ""


def _told(number: Fraction | None) -> str:
    return GAP if number is None else show_number(number).vi


def _share(part: Fraction | None, whole: Fraction | None) -> str:
    if part is None or whole is None:
        return GAP
    return show_number(part * 100 / whole, 1).vi + "%" if whole else "–"


def _points(points: Points | str | None) -> str:
    """Points, a gap where they are not known, or the word given in their place."""
    if isinstance(points, str):
        return points
    return GAP if points is None or points.points is None else words.points(points.points).vi
