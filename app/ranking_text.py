"""Rankings as text, JSON (``decree43-ranking/1``) and CSV."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any

from app.numbers_text import csv_text, even, places_of, shown, table
from app.ranking import Ranking, Row
from app.ranking_data import category_title
from app.ranking_words import period, short_change
from app.say import say
from core.errors import UsageError
from core.finding import Text
from core.ranking import Place
from core.text import fold

#: Rows up to which the sentences are printed under a table.
_FEW = 10


def only(rankings: Sequence[Ranking], body: str) -> tuple[Ranking, ...]:
    """The rankings with the row of one body, by id or name. Raises UsageError where none stands there."""
    wanted = fold(body)
    found = []
    for ranking in rankings:
        rows = tuple(r for r in ranking.rows if r.place.body == body or f" {wanted} " in f" {fold(r.name)} ")
        if rows:
            found.append(replace(ranking, rows=rows))
    if not found:
        raise UsageError(f"không có {body!r} trong bảng / does not stand there", where="--body")
    return tuple(found)


def text(rankings: Sequence[Ranking], lang: str) -> str:
    """A table for each ranking, its notes, and a sentence for each of a few bodies; notes of all of them once, last."""
    shared = [note for note in rankings[0].notes if all(note in r.notes for r in rankings)] if len(rankings) > 1 else []
    found = [_one(ranking, lang, shared) for ranking in rankings]
    return "\n\n".join([*found, "\n".join(f"* {getattr(note, lang)}" for note in shared)] if shared else found)


def _one(ranking: Ranking, lang: str, shared: Sequence[Text]) -> str:
    def word(key: str) -> str:
        return str(getattr(say(key), lang))

    title = " – ".join(
        part
        for part in (
            getattr(ranking.title, lang),
            getattr(category_title(ranking.category), lang),
            getattr(period(ranking.round), lang),
            ranking.profile,
        )
        if part
    )
    heads = [word(f"head_{name}") for name in ("rank", "range", "body", "value", "bounds", "band")]
    if ranking.against is not None:
        when = period(ranking.against)
        heads += [getattr(say("head_change", period=when), lang), word("head_change_value")]
    places = places_of(n for row in ranking.rows for n in (row.place.value, row.place.low, row.place.high))
    rows = [_cells(row, places, lang, ranking.against is not None) for row in ranking.rows]
    lines = [title, "", table(heads, rows), ""]
    if len(ranking.rows) <= _FEW:
        lines += [*(getattr(row.sentence, lang) for row in ranking.rows), ""]
    lines += [f"* {getattr(note, lang)}" for note in ranking.notes if note not in shared]
    return "\n".join(lines).rstrip("\n")


def _cells(row: Row, places: int, lang: str, with_change: bool) -> list[str]:
    place = row.place
    cells = [
        "–" if place.rank is None else str(place.rank),
        _range(place),
        row.name,
        shown(place.value, places, lang),
        f"{shown(place.low, places, lang)}–{shown(place.high, places, lang)}" if place.low != place.high else "",
        "–".join(getattr(band, lang) for band in row.bands),
    ]
    if with_change:
        by = row.change.value if row.change else None
        sign = "+" if by and by > 0 else "−" if by and by < 0 else ""
        moved = "" if by is None else sign + shown(abs(by), places, lang)
        if row.change and row.change.value_certain is False:
            moved = getattr(say("short_uncertain", words=moved), lang)
        cells += [getattr(short_change(place, row.change), lang), moved]
    return cells


def _range(place: Place) -> str:
    if place.best is None:
        return ""
    return str(place.best) if place.best == place.worst else f"{place.best}–{place.worst}"


def as_json(rankings: Sequence[Ranking], lang: str) -> str:
    """The rankings as data; ``lang`` changes nothing, both languages are there."""
    return json.dumps({"schema": "decree43-ranking/1", "rankings": [_data(r) for r in rankings]}, **_JSON)


_JSON: dict[str, Any] = {"ensure_ascii": False, "indent": 1, "allow_nan": False}


def _data(ranking: Ranking) -> dict[str, Any]:
    return {
        "round": _round(ranking.round),
        "against": _round(ranking.against) if ranking.against else None,
        "group": ranking.group,
        "category": ranking.category,
        "profile": ranking.profile or None,
        "notes": [{"vi": n.vi, "en": n.en} for n in ranking.notes],
        "rows": [_row(row) for row in ranking.rows],
    }


def _round(round_: Any) -> dict[str, Any]:
    return {"id": round_.id, "title": round_.title, "day": round_.day.isoformat(), "source": round_.source}


def _row(row: Row) -> dict[str, Any]:
    change, words = row.change, row.change_words
    return {
        "body": row.place.body,
        "name": row.name,
        **_place(row.place),
        "bands": [{"vi": b.vi, "en": b.en} for b in row.bands],
        "audit": row.place.audit,
        "document": row.place.document or None,
        "mark": row.place.mark or None,
        "change": None
        if change is None
        else {
            "before": {"body": change.before.body, "name": row.before, **_place(change.before)},
            "ranks": change.ranks,
            "value": _number(change.value),
            "certain": change.certain,
            "value_certain": change.value_certain,
            "beside": [{"body": p.body, **_place(p)} for p in change.beside],
        },
        "change_words": {"vi": words.vi, "en": words.en} if words else None,
        "sentence": {"vi": row.sentence.vi, "en": row.sentence.en},
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "rank": place.rank,
        "best": place.best,
        "worst": place.worst,
        "of": place.of,
        "value": _number(place.value),
        "low": _number(place.low),
        "high": _number(place.high),
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


_HEADS = (
    "round group profile category rank best worst of body name value low high band "
    "rank_before of_before value_before ranks_up value_up certain value_certain document mark"
).split()


def as_csv(rankings: Sequence[Ranking], lang: str) -> str:
    """One row for each body; values and changes of value of one ranking have one count of decimals."""
    rows = []
    for ranking in rankings:
        changes = [row.change for row in ranking.rows]
        numbers = [(r.place.value, r.place.low, r.place.high) for r in ranking.rows]
        then = [(c.before.value, c.value) if c else (None, None) for c in changes]
        columns = iter(even([n for pair in zip(numbers, then, strict=True) for group in pair for n in group]))
        for row, change in zip(ranking.rows, changes, strict=True):
            place = row.place
            value, low, high, value_before, value_up = islice(columns, 5)
            was = change.before if change else None
            rows.append(
                [
                    ranking.round.id, ranking.group, ranking.profile, ranking.category,
                    place.rank, place.best, place.worst, place.of, place.body, row.name,
                    value, low, high, "–".join(getattr(b, lang) for b in row.bands),
                    was.rank if was else None, was.of if was else None, value_before,
                    change.ranks if change else None, value_up,
                    change.certain if change else None, change.value_certain if change else None,
                    place.document, place.mark,
                ]
            )  # fmt: skip
    return csv_text(_HEADS, rows, lang)


FORMATS: dict[str, Callable[[Sequence[Ranking], str], str]] = {"text": text, "json": as_json, "csv": as_csv}
