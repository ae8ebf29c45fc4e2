"""``compare``: two kept audits against each other, in words and as data (``decree43-comparison/1``)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from app.body_names import PortalNames
from app.declared import other_ids
from app.numbers_text import csv_text, day_text, shown
from app.ranking_data import data, text
from app.say import say
from core.audit import Audit
from core.bodies import NAMES
from core.comparison import Comparison, Difference, Why, compare
from core.errors import UsageError
from core.finding import Finding, Text
from core.ranking import exact


def compare_kept(store: Any, before: str, after: str, rejudged: str | None = None) -> Comparison:
    """Two kept audits. ``rejudged``: the first one's evidence judged by the second's rules. Raises AuditNotFound."""
    one, two = store.load(before), store.load(after)
    if name := PortalNames(store).of_kept(two.id):
        two = replace(two, portal=replace(two.portal, name=name))
    between: Audit | None = store.load(rejudged) if rejudged else None
    if between is not None and (between.ruleset.sha256 != two.ruleset.sha256 or between.portal.url != one.portal.url):
        raise UsageError(
            f"{between.id} không phải {one.id} chấm lại theo bộ tiêu chí của {two.id} / is not the first audit "
            "judged by the second's rules",
            where="--rejudged",
            hint=f"decree43 rejudge {one.id} --rules {two.ruleset.id}",
        )
    return compare(_by_ids_of(one, two), two, depends(), between)


def _by_ids_of(one: Audit, two: Audit) -> Audit:
    """The first audit with the ids that the second's catalogue has for the same duties."""
    if one.ruleset.id == two.ruleset.id:
        return one
    known = {f.rule for f in one.findings}
    same = other_ids({f.rule for f in two.findings}, known)
    return replace(one, findings=tuple(replace(f, rule=same.get(f.rule, f.rule)) for f in one.findings))


def depends() -> dict[str, frozenset[str]]:
    """Rules by the vantage entry they depend on."""
    return {name: frozenset(entry["rules"]) for name, entry in data("compare")["vantage"].items()}


def notes(found: Comparison) -> tuple[Text, ...]:
    """What to know before believing the comparison."""
    one, two = found.before, found.after
    said = []
    if one.today > two.today:
        said.append(say("compare_order", before=day_text(one.today), after=day_text(two.today)))
    if not _same_portal(one, two):
        said.append(say("compare_portals", before=one.portal.url, after=two.portal.url))
    if one.portal.kind != two.portal.kind:
        was, now = (Text(*NAMES[audit.portal.kind]) for audit in (one, two))
        said.append(say("compare_kinds", before=was, after=now))
    if one.started_at == two.started_at and one.portal.url == two.portal.url and one.id != two.id:
        said.append(say("compare_same_evidence"))
    elif not found.same_rules:
        said.append(say("compare_rules", before=_rules(one), after=_rules(two)))
    for audit in (one, two):
        if audit.skipped:
            said.append(say("compare_part", audit=audit.id, n=len(audit.skipped)))
    if one.of_folder != two.of_folder:
        said.append(say("compare_folder", audit=(one if one.of_folder else two).id))
    for name, (was, now) in found.vantage.items():
        title = text(data("compare")["vantage"][name]["title"])
        said.append(say("compare_vantage", what=title, before=_vantage(was), after=_vantage(now)))
    return tuple(said)


def _same_portal(one: Audit, two: Audit) -> bool:
    """At one host and port, and not both below it under paths of their own."""
    places = [urlsplit(audit.portal.url) for audit in (one, two)]
    hosts = {place.netloc.lower().removeprefix("www.").removesuffix(":443").removesuffix(":80") for place in places}
    paths = {place.path.strip("/") for place in places} - {""}
    return len(hosts) == 1 and len(paths) < 2


def _rules(audit: Audit) -> str:
    return f"{audit.ruleset.id} {audit.ruleset.sha256[:8]}"


def _vantage(value: Any) -> Text:
    if value is None or value is False:
        return say("compare_no")
    return say("compare_yes") if value is True else Text(str(value), str(value))


def standing(finding: Finding | None, left_out: bool = False) -> Text:
    """A verdict in words, with its points where it is scored; ``left_out``: one that was not asked for."""
    if finding is None:
        return say("verdict_left_out" if left_out else "verdict_none")
    word = say(f"verdict_{finding.verdict.value}")
    if not finding.max_points or finding.points is None:
        return word
    points = (_points(finding.points, "vi"), _points(finding.points, "en"))
    whole = (_points(finding.max_points, "vi"), _points(finding.max_points, "en"))
    return Text(f"{word.vi} {points[0]}/{whole[0]}", f"{word.en} {points[1]}/{whole[1]}")


def _points(value: float | Decimal, lang: str) -> str:
    exactly = Decimal(repr(value)) if isinstance(value, float) else value
    plain = f"{exactly.normalize():f}"
    return plain if lang == "en" else plain.replace(".", ",")


def signed(points: Decimal, lang: str) -> str:
    """Points with their sign."""
    return ("+" if points > 0 else "−" if points < 0 else "") + _points(abs(points), lang)


def as_text(found: Comparison, lang: str) -> str:
    """The index, what changed for which reason, and sections that moved."""

    def word(key: str, **values: object) -> str:
        return str(getattr(say(key, **values), lang))

    one, two = found.before, found.after
    lines = [
        word("compare_title", name=two.portal.name or two.portal.url, before=one.id, after=two.id),
        word("compare_days", before=day_text(one.today), after=day_text(two.today)),
        word("compare_index", before=_index(one, lang), after=_index(two, lang)),
        *(f"* {getattr(note, lang)}" for note in notes(found)),
    ]
    for why in Why:
        differences = found.of(why)
        if not differences:
            continue
        total = signed(found.points(why), lang)
        lines += ["", word(f"compare_by_{why.value}", n=len(differences), points=total)]
        lines += [f"- {line(difference, lang)}" for difference in differences]
    if found.moved and _same_portal(one, two):
        lines += ["", word("compare_moved", n=len(found.moved))]
        lines += [f"- {m.rule} {getattr(m.title, lang)}: {m.before} → {m.after}" for m in found.moved]
    lines += ["", word("compare_alike", alike=found.alike, unseen=found.unseen)]
    return "\n".join(lines)


def _index(audit: Audit, lang: str) -> str:
    score = audit.score
    value, low, high = (shown(exact(v), 3, lang) for v in (score.value, score.low, score.high))
    return f"{value} ({low}–{high})"


def line(difference: Difference, lang: str) -> str:
    """A duty that stands differently: from which verdict to which, and why."""
    left_out = difference.why is Why.LEFT_OUT
    was, now = (getattr(standing(f, left_out), lang) for f in (difference.before, difference.after))
    said = f"{difference.rule} {getattr(difference.title, lang)}: {was} → {now}"
    if difference.points:
        said += f" ({signed(difference.points, lang)})"
    message = difference.after.message if difference.after is not None else None
    if difference.why is Why.VANTAGE:
        titles = [getattr(text(data("compare")["vantage"][n]["title"]), lang) for n in difference.because]
        said += f" [{', '.join(titles)}]"
    elif "rules" in difference.because:
        said += f" [{getattr(say('compare_rules_too'), lang)}]"
    return f"{said}. {getattr(message, lang)}" if message and getattr(message, lang) else said


def as_json(found: Comparison, lang: str) -> str:
    """The comparison as data, both languages."""
    one, two = found.before, found.after
    value = {
        "schema": "decree43-comparison/1",
        "before": _head(one),
        "after": _head(two),
        "same_rules": found.same_rules,
        "vantage": {name: list(pair) for name, pair in found.vantage.items()},
        "notes": [{"vi": n.vi, "en": n.en} for n in notes(found)],
        "points": {why.value: float(found.points(why)) for why in Why},
        "differences": [_data(d) for why in Why for d in found.of(why)],
        "moved": [{"rule": m.rule, "before": m.before, "after": m.after} for m in found.moved],
        "alike": found.alike,
        "unseen": found.unseen,
    }
    return json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False, default=str)


def _head(audit: Audit) -> dict[str, Any]:
    score = audit.score
    return {
        "audit": audit.id,
        "url": audit.portal.url,
        "today": audit.today.isoformat(),
        "ruleset": {"id": audit.ruleset.id, "sha256": audit.ruleset.sha256},
        "score": {n: getattr(score, n) for n in ("profile", "value", "low", "high", "points", "max_points")},
    }


def _data(difference: Difference) -> dict[str, Any]:
    def side(finding: Finding | None) -> dict[str, Any] | None:
        if finding is None:
            return None
        return {"verdict": finding.verdict.value, "cause": finding.cause} | {
            name: getattr(finding, name) for name in ("ratio", "points", "max_points")
        }

    return {
        "rule": difference.rule,
        "title": {"vi": difference.title.vi, "en": difference.title.en},
        "why": difference.why.value,
        "because": list(difference.because),
        "before": side(difference.before),
        "after": side(difference.after),
        "points": float(difference.points),
    }


_HEADS = "why rule title verdict_before verdict_after points_before points_after points because".split()


def as_csv(found: Comparison, lang: str) -> str:
    """One row for each duty that stands differently."""
    rows = []
    for difference in (d for why in Why for d in found.of(why)):
        was, now = difference.before, difference.after
        verdicts = [f.verdict.value if f else "" for f in (was, now)]
        points = [f.points if f else None for f in (was, now)]
        title = getattr(difference.title, lang)
        because = ", ".join(difference.because)
        rows.append([difference.why.value, difference.rule, title, *verdicts, *points, difference.points, because])
    return csv_text(_HEADS, rows, lang)


FORMATS: dict[str, Callable[[Comparison, str], str]] = {"text": as_text, "json": as_json, "csv": as_csv}
