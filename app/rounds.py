"""Rounds of assessment: made of kept audits, or read from published tables."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.ranking_data import file, group_of
from app.round_fit import unfit
from app.say import say
from checks.scoring import profile_for
from core.bodies import BodyKind
from core.errors import UsageError
from core.ranking import places
from core.rounds import AUDIT, INFERRED, PUBLISHED, UNCONFIRMED, Entry, Round
from storage import rounds as kept
from storage.find_body import BodyFinder

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SHOWN = 20
_NEEDED = ("body", "year", "category")
_KNOWN = frozenset((*_NEEDED, "kind", "rank", "value", "of", "source", "mark", "round", "title"))


@dataclass(frozen=True, slots=True)
class Scored:
    """An audit's score by a further profile, as the profile rounds it."""

    profile: str
    value: float | None
    low: float | None
    high: float | None


#: Gives the score of an audit and its body by one profile; None for a body the profile does not score.
Scorer = Callable[[str, str], Scored | None]


@dataclass(frozen=True, slots=True)
class Made:
    """A round that was kept: its bodies, and audits that could not stand in it with the reason."""

    round: Round
    bodies: int
    left_out: tuple[str, ...] = ()
    #: Catalogues the audits were judged by; ranks under several compare unlike things.
    rulesets: tuple[str, ...] = ()


def make(
    store: Any,
    round_id: str,
    title: str,
    day: dt.date,
    *,
    audits: Sequence[str] = (),
    since: dt.date | None = None,
    rules: str | None = None,
    scorers: Sequence[Scorer] = (),
    overwrite: bool = False,
) -> Made:
    """Keeps a round of audits: the named ones, else the newest of each body up to ``day``.

    A complete audit goes before an incomplete one. One that left rules out (``--only``, ``--skip``) or was of a folder
    of static files never stands in a round; bodies that are not there on the day, and audits of another kind than the
    register has, are left out. ``scorers`` score the audits by further profiles. Raises UsageError where no audit
    belongs to a body of the register, and for a round that is kept already unless it is to be overwritten.
    """
    _checked_id(round_id)
    _no_other_source(store, round_id, AUDIT)
    if not overwrite:
        _not_kept(store, round_id)
    finder = BodyFinder(store)
    candidates = _named(store, audits) if audits else kept.judged(store)
    chosen: dict[str, kept.Judged] = {}
    left_out: list[str] = []
    misfits: dict[str, str] = {}
    for audit in candidates:
        if not audits and (audit.day > day or (since and audit.day < since) or (rules and audit.ruleset != rules)):
            continue
        body = finder.owner(audit)
        reason = _unfit(audit, body)
        if body is None or reason:
            left_out.append(f"{audit.id}: {reason}")
            continue
        other = chosen.get(body)
        if reason := unfit(finder, audit, body, day):
            if other is None or audits:  # else an older one, which would not have been taken anyway
                misfits.setdefault(audit.id if audits else body, reason)
            continue
        if other is not None and audits:
            raise UsageError(
                f"hai lần kiểm tra của cùng một cơ quan / two audits of one body: {other.id}, {audit.id}",
                where="--audits",
                hint=f"giữ một / keep one for {finder.name(body, day)}",
            )
        if other is None or (audit.complete and not other.complete):
            chosen[body] = audit
    left_out += misfits.values()
    if not chosen:
        raise UsageError(
            "không có lần kiểm tra nào đưa được vào đợt / no audit can stand in the round",
            where=round_id,
            hint=left_out[0] if left_out else "xem / see `decree43 audits`, --day, --since",
        )
    round_ = Round(round_id, title.strip() or round_id, day, AUDIT)
    entries = _entries(store, round_, chosen, scorers)
    kept.save(store, round_, _with_ranks(entries, finder))
    return Made(round_, len(chosen), tuple(left_out), tuple(sorted({a.ruleset for a in chosen.values()})))


def _unfit(audit: kept.Judged, body: str | None) -> str:
    """Why an audit cannot stand in a round; "" where it can."""
    if audit.folder:
        said = say("round_folder")
    elif body is None:
        said = say("round_nobody", url=audit.url)
    elif audit.skipped:
        said = say("round_part", n=audit.skipped)
    else:
        return ""
    return f"{said.vi} / {said.en}"


def _checked_id(round_id: str) -> None:
    if not _ID.fullmatch(round_id):
        raise UsageError(
            f"mã đợt {round_id!r} không hợp lệ / is no id of a round",
            hint="chữ không dấu, số, dấu chấm và gạch, như 2026-dot-1 / letters, digits, . _ -",
        )


def _no_other_source(store: Any, round_id: str, source: str) -> None:
    for row in kept.listed(store):
        if row.round.id == round_id and row.round.source != source:
            raise UsageError(
                f"mã {round_id} là của một đợt loại khác ({row.round.source}) / is a round of another source",
                hint="chọn mã khác / choose another id",
            )


def _not_kept(store: Any, round_id: str) -> None:
    for row in kept.listed(store):
        if row.round.id == round_id:
            raise UsageError(
                f"đợt {round_id} đã có: “{row.round.title}”, {row.round.day:%d/%m/%Y}, {row.bodies} cơ quan / "
                "the round is kept already",
                hint="chọn mã khác, hoặc thêm --overwrite để lập lại / choose another id, or add --overwrite",
            )


def _named(store: Any, ids: Sequence[str]) -> tuple[kept.Judged, ...]:
    found = kept.judged(store, list(ids))
    missing = sorted(set(ids) - {a.id for a in found})
    if missing:
        raise UsageError(
            f"không có lần kiểm tra / no audit: {', '.join(missing[:5])}",
            where="--audits",
            hint="`decree43 audits` liệt kê mã các lần đã lưu / lists the ids of all that are kept",
        )
    return found


def _entries(store: Any, round_: Round, chosen: dict[str, kept.Judged], scorers: Sequence[Scorer]) -> list[Entry]:
    """One entry for each body and profile: what the audit was scored by, what else is kept of it, and the scorers'."""
    scores = kept.scores_of(store, (a.id for a in chosen.values()))
    entries: list[Entry] = []
    for body, audit in chosen.items():
        own = profile_for(BodyKind(audit.kind))
        by_profile = {e.profile: replace(e, round=round_.id, body=body) for e in scores.get(audit.id, ())}
        by_profile.setdefault(
            own,
            Entry(round_.id, body, profile=own, audit=audit.id, value=audit.value, low=audit.low, high=audit.high),
        )
        for scorer in scorers:
            scored = scorer(audit.id, body)
            if scored is not None:
                by_profile[scored.profile] = Entry(
                    round_.id, body, "portal", scored.profile, audit.id, None, scored.value, scored.low, scored.high
                )
        entries += by_profile.values()
    return entries


def _with_ranks(entries: Iterable[Entry], finder: BodyFinder) -> list[Entry]:
    """The entries with the ranks they have in their groups on the day the round is made."""
    groups: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((group_of(finder.kind(entry.body)), entry.profile), []).append(entry)
    found = []
    for group in groups.values():
        ranks = {p.body: p for p in places(group)}
        found += [replace(e, rank=ranks[e.body].rank, of=ranks[e.body].of) for e in group]
    return found


def listed(store: Any) -> tuple[kept.RoundRow, ...]:
    """Every round that is kept, newest first."""
    return kept.listed(store)


def load_shipped(store: Any) -> tuple[Made, ...]:
    """Keeps the published tables that come with the program."""
    return import_table(store, file("published.csv"))


def import_table(store: Any, path: Path) -> tuple[Made, ...]:
    """Keeps the rounds of a published table (CSV); all of it or, with every bad row named, nothing.

    Columns: body, year, category, and rank or value; kind, of, source, mark, round and title may be left out. What
    is kept of the same round, body and category is replaced; importing twice changes nothing.
    """
    rows = _read(path)
    finder = BodyFinder(store)
    problems: list[str] = []
    found: dict[str, tuple[Round, dict[tuple[str, str], Entry]]] = {}
    for number, row in rows:
        try:
            round_, entry = _row(row, finder)
        except ValueError as error:
            problems.append(f"dòng {number} / row {number}: {error}")
            continue
        known, entries = found.setdefault(round_.id, (round_, {}))
        if known != round_:
            problems.append(f"dòng {number} / row {number}: đợt {round_.id} có hai năm hoặc tên / two years or titles")
        elif entries.setdefault((entry.body, entry.category), entry) != entry:
            problems.append(f"dòng {number} / row {number}: {row['body']}, {entry.category} có hai dòng / stands twice")
    if problems:
        more = f"\n  … và {len(problems) - _SHOWN} dòng nữa / more" if len(problems) > _SHOWN else ""
        raise UsageError(
            "không nhập dòng nào / nothing was imported:\n  " + "\n  ".join(problems[:_SHOWN]) + more, where=path.name
        )
    made = []
    for round_, entries in found.values():
        _no_other_source(store, round_.id, PUBLISHED)
        before = {(e.body, e.category): e for e in kept.entries(store, round_.id)}
        kept.save(store, round_, (before | entries).values())
        made.append(Made(round_, len({body for body, _ in before | entries})))
    return tuple(made)


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"không đọc được / cannot read {path}: {error}", hint="tệp CSV mã UTF-8 / a CSV file in UTF-8"
        ) from None
    head = content.split("\n", 1)[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    reader = csv.DictReader(io.StringIO(content, newline=""), delimiter=delimiter)
    names = [(n or "").strip().lower() for n in reader.fieldnames or ()]
    missing, odd = [n for n in _NEEDED if n not in names], sorted(set(names) - _KNOWN)
    if missing or odd:
        raise UsageError(
            f"thiếu cột / missing columns: {', '.join(missing) or '–'}; cột lạ / unknown: {', '.join(odd) or '–'}",
            where=path.name,
            hint=f"các cột / columns: {', '.join((*_NEEDED, *sorted(_KNOWN - set(_NEEDED))))}",
        )
    reader.fieldnames = names
    rows = [(reader.line_num, {name: (row.get(name) or "").strip() for name in names}) for row in reader]
    if not rows:
        raise UsageError("không có dòng nào / holds no rows", where=path.name)
    return rows


def _row(row: dict[str, str], finder: BodyFinder) -> tuple[Round, Entry]:
    """A row as a round and an entry; ValueError names the column and what is wrong with it."""
    year = _whole(row, "year")
    if year is None or not 1990 <= year <= 2100:
        raise ValueError(f"cột year: {row['year']!r} không phải năm / is no year")
    day = dt.date(year, 12, 31)
    round_id = row.get("round") or f"published-{year}"
    _checked_round(round_id)
    rank, of = _whole(row, "rank"), _whole(row, "of")
    value = _number(row, "value")
    if rank is None and value is None:
        raise ValueError("cột rank, value: cần một trong hai / one of them is needed")
    if rank is not None and (rank < 1 or (of is not None and rank > of)):
        raise ValueError(f"cột rank: {rank} không nằm từ 1 đến {of or '…'} / is out of range")
    mark = row.get("mark", "")
    if mark not in ("", INFERRED, UNCONFIRMED):
        raise ValueError(f"cột mark: {mark!r}; để trống, {INFERRED} hoặc {UNCONFIRMED} / leave empty or one of these")
    if not row["category"]:
        raise ValueError("cột category: trống / is empty")
    body = _body(row, finder, day)
    title = row.get("title") or f"Xếp hạng đã công bố năm {year}"
    entry = Entry(round_id, body, row["category"], "", None, rank, value, None, None, of, row.get("source", ""), mark)
    return Round(round_id, title, day, PUBLISHED), entry


def _checked_round(round_id: str) -> None:
    if not _ID.fullmatch(round_id):
        raise ValueError(f"cột round: {round_id!r} không phải mã đợt / is no id of a round")


def _body(row: dict[str, str], finder: BodyFinder, day: dt.date) -> str:
    name, kind = row["body"], row.get("kind", "")
    if kind and kind not in set(BodyKind):
        raise ValueError(f"cột kind: không có loại {kind!r}; một trong / one of: {', '.join(BodyKind)}")
    found = [b for b in finder.find(name, day) if not kind or finder.kind(b) == kind]
    if not found:
        raise ValueError(
            f"cột body: không có {name!r} trong danh bạ vào {day:%d/%m/%Y} / not in the register then "
            "(`decree43 bodies load`)"
        )
    if len(found) > 1:
        raise ValueError(f"cột body: {name!r} là một trong / is one of: {', '.join(found)}; ghi mã / give the id")
    return found[0]


def _whole(row: dict[str, str], column: str) -> int | None:
    text = row.get(column, "")
    if not text:
        return None
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII):
        raise ValueError(f"cột {column}: {text!r} không phải số nguyên / is no whole number")
    return int(text)


def _number(row: dict[str, str], column: str) -> float | None:
    text = row.get(column, "")
    if not text:
        return None
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", text, re.ASCII):
        raise ValueError(f"cột {column}: {text!r} không phải số / is no number")
    return float(text.replace(",", "."))
