"""What a change of the rules does to audits that were kept: reckoned, or judged again where that is possible."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.rule_words import cell
from app.say import say
from checks import scoring
from checks.catalogue_diff import Carried, carry
from core.audit import Audit
from core.finding import Finding
from core.rule import Catalogue
from core.score import Score

#: Judges a kept audit's evidence under a catalogue; None where no evidence of it was kept.
Rejudge = Callable[[Audit, Catalogue], Audit | None]


@dataclass(frozen=True, slots=True)
class Effect:
    """One kept audit under the other catalogue."""

    audit: Audit
    score: Score
    findings: tuple[Finding, ...]
    #: Duties whose verdict only judging again would tell; empty where that was done.
    to_judge: tuple[str, ...]
    #: Duties no longer asked of the body.
    gone: tuple[str, ...]
    #: The audit was made under this very version of the first catalogue.
    exact: bool
    #: Its archived evidence was judged by the other catalogue.
    judged: bool = False


def effects(
    audits: Iterable[Audit], before: Catalogue, after: Catalogue, rejudge: Rejudge | None = None
) -> Iterator[Effect]:
    """The kept audits under another catalogue. Duties that need a new judgement count as unknown."""
    for audit in audits:
        again = rejudge(audit, after) if rejudge is not None else None
        carried = carry(audit, before, after)
        if again is not None:
            carried = Carried(again.findings, (), carried.gone)
        score = scoring.score(carried.findings, audit.portal.kind)
        exact = audit.ruleset.sha256 == before.sha256
        yield Effect(audit, score, carried.findings, carried.to_judge, carried.gone, exact, again is not None)


def kept_under(store: Any, catalogue: Catalogue) -> Iterator[Audit]:
    """The audits a store keeps under a catalogue id, newest first."""
    for row in store.list():
        if row.ruleset_id == catalogue.id:
            yield store.load(row.id)


def effect_lines(found: Iterable[Effect], before: Catalogue, lang: str) -> Iterator[str]:
    """Every audit with its score before and after, and what cannot be told yet."""
    every = list(found)
    if not every:
        yield cell(say("effect_none", before=before.id), lang)
        return
    yield cell(say("effect_head", count=len(every), before=before.id), lang)
    for effect in every:
        yield from _lines(effect, before, lang)
    moves = [_move(e) for e in every]
    count = {name: moves.count(name) for name in ("up", "down", "same", "open")}
    yield cell(say("effect_sum", **count), lang)
    judged = sum(effect.judged for effect in every)
    for key, number in (("effect_judged", judged), ("effect_reckoned", len(every) - judged)):
        if number:
            yield cell(say(key, count=number), lang)


def effect_data(effect: Effect) -> dict[str, Any]:
    """The same for programs."""
    return {
        "audit": effect.audit.id,
        "url": effect.audit.portal.url,
        "today": effect.audit.today.isoformat(),
        "exact": effect.exact,
        "judged_again": effect.judged,
        "before": _score(effect.audit.score),
        "after": _score(effect.score),
        "to_judge": list(effect.to_judge),
        "gone": list(effect.gone),
    }


def _lines(effect: Effect, before: Catalogue, lang: str) -> Iterator[str]:
    audit, score = effect.audit, effect.score
    limits = say("effect_range", low=_number(score.low, lang), high=_number(score.high, lang))
    yield "  " + cell(
        say(
            "effect_line",
            id=audit.id,
            day=f"{audit.today:%d/%m/%Y}",
            url=audit.portal.url,
            old=_number(audit.score.value, lang),
            new=_number(score.value, lang),
            range=limits,
        ),
        lang,
    )
    if not effect.exact:
        yield cell(say("effect_other_version", before=before.id), lang)
    earlier = {f.rule: f for f in audit.findings}
    for finding in effect.findings:
        was = earlier.get(finding.rule)
        if was is None or finding.rule in effect.to_judge or finding.max_points in (None, was.max_points):
            continue
        old, new = (_number(p, lang) for p in (was.max_points, finding.max_points))
        yield cell(say("effect_points", rule=finding.rule, old=old, new=new), lang)
    for key, rules in (("effect_gone", effect.gone), ("effect_to_judge", effect.to_judge)):
        if rules:
            yield cell(say(key, rules=", ".join(rules)), lang)


def _move(effect: Effect) -> str:
    old, new = effect.audit.score.value, effect.score.value
    if old is None or new is None:
        return "open"
    return "same" if old == new else "up" if new > old else "down"


def _number(value: float | None, lang: str) -> str:
    if value is None:
        return "–"
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if lang == "en" else text.replace(".", ",")


def _score(score: Score) -> dict[str, Any]:
    return {key: getattr(score, key) for key in ("value", "low", "high", "points", "max_points", "coverage")}
