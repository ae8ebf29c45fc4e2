"""Plans as text, JSON (``decree43-plan/1``) and CSV."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from itertools import islice
from typing import Any

from app.numbers_text import csv_text, even, shown, table
from app.plan import Plan, Standing, effort_title, outcome, recheck
from app.say import say
from core.finding import Text
from core.planning import Index
from core.text import shorten

#: Steps the first sentence speaks of.
TOP = 5


def _both(text: Text) -> dict[str, str]:
    return {"vi": text.vi, "en": text.en}


def text(plan: Plan, lang: str, top: int = TOP) -> str:
    """The outcome in a sentence, the steps as a table, and what could not be judged."""

    def word(key: str, **values: object) -> str:
        return str(getattr(say(key, **values), lang))

    start = plan.start
    name = plan.name or plan.audit.portal.name or plan.audit.portal.url
    bounds = {key: shown(getattr(start, key), 3, lang) for key in ("value", "low", "high")}
    lines = [word("plan_title", name=name, **bounds), ""]
    for after in dict.fromkeys((min(top, len(plan.steps)), len(plan.steps))):
        lines.append(getattr(outcome(plan, after), lang))
    if plan.steps:
        keys = ("step", "duty", "work", "days", "gain", "index", "bounds", "rank", "range")
        rows = [_row(plan, i, lang) for i in range(1, len(plan.steps) + 1)]
        lines += ["", table([word(f"head_{key}") for key in keys], rows)]
    if plan.unseen:
        lines += ["", word("plan_unseen")]
        for finding in plan.unseen:
            points = shown(Decimal(repr(finding.max_points)).normalize(), _places(finding.max_points), lang)
            title, how = getattr(finding.title, lang), getattr(recheck(finding), lang)
            lines.append("- " + word("plan_unseen_one", rule=finding.rule, title=title, points=points, how=how))
    lines += ["", *(f"* {getattr(note, lang)}" for note in plan.notes)]
    return "\n".join(lines)


def _places(points: float | None) -> int:
    return 0 if points is None or float(points).is_integer() else 2


def _row(plan: Plan, after: int, lang: str) -> list[str]:
    step, standing = plan.steps[after - 1], plan.standing(after)
    return [
        str(after),
        f"{step.finding.rule} {shorten(getattr(step.finding.title, lang), 56)}",
        getattr(effort_title(step.effort.kind), lang),
        shown(step.effort.days, 2, lang),
        shown(step.gain, 2, lang),
        shown(step.index.value, 3, lang),
        f"{shown(step.index.low, 3, lang)}–{shown(step.index.high, 3, lang)}",
        "" if standing is None else str(standing.rank or "–"),
        "" if standing is None else f"{standing.best}–{standing.worst}",
    ]


def as_json(plan: Plan, lang: str, top: int = TOP) -> str:
    """The plan as data, both languages."""
    first = min(top, len(plan.steps))
    value = {
        "schema": "decree43-plan/1",
        "audit": plan.audit.id,
        "round": plan.round.id if plan.round else None,
        "start": _index(plan.start) | {"standing": _standing(plan.standing(0))},
        "outcome": _both(outcome(plan, first)) | {"steps": first},
        "steps": [
            {
                "rule": step.finding.rule,
                "title": _both(step.finding.title),
                "fix": _both(step.finding.fix),
                "work": step.effort.kind,
                "days": float(step.effort.days),
                "gain": float(step.gain),
                "days_so_far": float(step.days),
                "gained_so_far": float(step.gained),
                **_index(step.index),
                "standing": _standing(plan.standing(number)),
            }
            for number, step in enumerate(plan.steps, 1)
        ],
        "unseen": [
            {"rule": f.rule, "title": _both(f.title), "max_points": f.max_points, "cause": f.cause,
             "how": _both(recheck(f))}
            for f in plan.unseen
        ],
        "notes": [_both(note) for note in plan.notes],
    }  # fmt: skip
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)


def _index(index: Index) -> dict[str, Any]:
    return {key: None if (v := getattr(index, key)) is None else float(v) for key in ("value", "low", "high")}


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {"rank": standing.rank, "best": standing.best, "worst": standing.worst, "of": standing.of}


_HEADS = "step rule title work days gain days_so_far gained_so_far value low high rank best worst of".split()


def as_csv(plan: Plan, lang: str, top: int = TOP) -> str:
    """One row for each step."""
    rows: list[list[object]] = []
    numbers = iter(even([getattr(s.index, key) for s in plan.steps for key in ("value", "low", "high")]))
    for number, step in enumerate(plan.steps, 1):
        where = plan.standing(number)
        place = [where.rank, where.best, where.worst, where.of] if where else [None] * 4
        title = getattr(step.finding.title, lang)
        head = [number, step.finding.rule, title, step.effort.kind, step.effort.days, step.gain]
        rows.append([*head, step.days, step.gained, *islice(numbers, 3), *place])
    return csv_text(_HEADS, rows, lang)


FORMATS: dict[str, Callable[[Plan, str, int], str]] = {"text": text, "json": as_json, "csv": as_csv}
