"""Trends as text, JSON (``decree43-trend/1``) and CSV."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from app.numbers_text import csv_text, day_text, places_of, shown, table
from app.ranking_data import category_title
from app.say import say
from app.trend import Duty, Stand, Trend
from core.finding import Verdict
from core.history import Run
from core.ranking import exact


def as_text(found: Trend, lang: str) -> str:
    """Audits, rounds, and duties that are not met or changed."""

    def word(key: str, **values: object) -> str:
        return str(getattr(say(key, **values), lang))

    lines = [word("trend_title", name=found.name)]
    if found.points:
        heads = [word(f"head_{n}") for n in ("day", "value", "bounds", "coverage", "audit")]
        rows = []
        for p in found.points:
            value, low, high = (shown(exact(v), 3, lang) for v in (p.value, p.low, p.high))
            covered = "–" if p.coverage is None else f"{shown(exact(p.coverage), 3, lang)}"
            marks = [] if p.complete else [word("trend_incomplete")]
            marks += [word("trend_part", n=p.skipped)] if p.skipped else []
            mark = f" ({'; '.join(marks)})" if marks else ""
            rows.append([_day(p.day, lang), value, f"{low}–{high}", covered, p.audit + mark])
        lines += ["", word("trend_audits", ruleset=found.ruleset), table(heads, rows)]
    if found.others:
        lines.append(f"* {word('trend_others', n=found.others)}")
    if found.stands:
        heads = [word(f"head_{n}") for n in ("day", "round", "category", "rank", "range", "value", "body")]
        lines += ["", word("trend_rounds"), table(heads, [_stand(s, lang) for s in found.stands])]
    lacking = [d for d in found.duties if d.since is not None]
    if lacking:
        lines += ["", word("trend_lacking", n=len(lacking))]
        lines += [f"- {_lacking(d, lang)}" for d in sorted(lacking, key=lambda d: (d.since or dt.date.max, d.rule))]
    changed = [d for d in found.duties if len(d.runs) > 1 and d.since is None]
    if changed:
        lines += ["", word("trend_changed", n=len(changed))]
        lines += [f"- {d.rule} {getattr(d.title, lang)}: {_runs(d.runs, lang)}" for d in changed]
    return "\n".join(lines)


def _day(day: dt.date, lang: str) -> str:
    return str(getattr(day_text(day), lang))


def _stand(stand: Stand, lang: str) -> list[str]:
    place = stand.place
    rank = (
        "–" if place.rank is None else f"{place.rank}{getattr(say('place_of', of=place.of), lang) if place.of else ''}"
    )
    sure = place.best is None or place.best == place.worst
    value = shown(place.value, places_of([place.value]), lang)
    category = getattr(category_title(stand.category), lang)
    between = "" if sure else f"{place.best}–{place.worst}"
    return [_day(stand.round.day, lang), stand.round.title, category, rank, between, value, stand.name]


def _lacking(duty: Duty, lang: str) -> str:
    last = duty.runs[-1]
    now = last if last.verdict is not Verdict.UNKNOWN else duty.runs[-2]
    word = getattr(say(f"verdict_{now.verdict.value}"), lang)
    since = getattr(say("trend_since", verdict=word, day=day_text(duty.since or now.first)), lang)
    unseen = sum(run.unseen for run in duty.runs if run.first >= (duty.since or run.first))
    note = getattr(say("trend_unseen", n=unseen), lang) if unseen else ""
    history = f" ({_runs(duty.runs, lang)})" if len(duty.runs) > 1 else ""
    return f"{duty.rule} {getattr(duty.title, lang)}: {since}{note}{history}"


def _runs(found: tuple[Run, ...], lang: str) -> str:
    parts = []
    for run in found:
        verdict = getattr(say(f"verdict_{run.verdict.value}"), lang)
        days = _day(run.first, lang) if run.first == run.last else f"{_day(run.first, lang)}–{_day(run.last, lang)}"
        parts.append(f"{verdict} {days}")
    return " → ".join(parts)


def as_json(found: Trend, lang: str) -> str:
    """The trend as data."""
    value = {
        "schema": "decree43-trend/1",
        "name": found.name,
        "ruleset": found.ruleset or None,
        "audits_by_other_rules": found.others,
        "audits": [
            {
                "audit": p.audit,
                "day": p.day.isoformat(),
                **{n: getattr(p, n) for n in ("value", "low", "high", "coverage", "ruleset", "complete", "skipped")},
            }
            for p in found.points
        ],
        "rounds": [_stand_data(s) for s in found.stands],
        "duties": [
            {
                "rule": d.rule,
                "since": d.since.isoformat() if d.since else None,
                "runs": [
                    {
                        "verdict": r.verdict.value,
                        "first": r.first.isoformat(),
                        "last": r.last.isoformat(),
                        "audits": r.audits,
                        "unseen": r.unseen,
                    }
                    for r in d.runs
                ],
            }
            for d in found.duties
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


def _stand_data(stand: Stand) -> dict[str, Any]:
    place = stand.place
    return {
        "round": stand.round.id,
        "day": stand.round.day.isoformat(),
        "source": stand.round.source,
        "category": stand.category,
        "profile": place.profile or None,
        "body": stand.body,
        "name": stand.name,
        **{n: getattr(place, n) for n in ("rank", "best", "worst", "of")},
        **{n: None if (v := getattr(place, n)) is None else float(v) for n in ("value", "low", "high")},
        "mark": place.mark or None,
    }


def as_csv(found: Trend, lang: str) -> str:
    """Audits and places in rounds, one a row, by day."""
    heads = "what day id category rank best worst of value low high coverage".split()
    rows: list[list[object]] = [
        ["audit", p.day, p.audit, "portal", None, None, None, None, p.value, p.low, p.high, p.coverage]
        for p in found.points
    ]
    for s in found.stands:
        p = s.place
        rows.append(
            ["round", s.round.day, s.round.id, s.category, p.rank, p.best, p.worst, p.of, p.value, p.low, p.high, None]
        )
    return csv_text(heads, sorted(rows, key=lambda row: (str(row[1]), str(row[0]), str(row[2]))), lang)


FORMATS: dict[str, Callable[[Trend, str], str]] = {"text": as_text, "json": as_json, "csv": as_csv}
