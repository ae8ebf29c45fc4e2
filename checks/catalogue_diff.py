"""What differs between two catalogues, rule by rule, and what of an audit under one still holds under the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from checks.crosswalk import crosswalk
from checks.say import day, say
from core.audit import Audit
from core.bodies import BodyKind
from core.finding import Citation, Confidence, Finding, Text, Verdict
from core.rule import Catalogue, Rule


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a rule: its name (``weight.province``, ``with.names`` …), and what it was and is.

    For lists only ``added`` and ``removed`` are filled, unless nothing but the order differs.
    """

    field: str
    before: Any = None
    after: Any = None
    added: tuple[Any, ...] = ()
    removed: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule that both hold and that is not the same in both."""

    before: Rule
    after: Rule
    fields: tuple[FieldChange, ...]

    @property
    def renamed(self) -> bool:
        return self.before.id != self.after.id


@dataclass(frozen=True, slots=True)
class Difference:
    """Two catalogues compared."""

    before: Catalogue
    after: Catalogue
    added: tuple[Rule, ...]
    dropped: tuple[Rule, ...]
    changed: tuple[RuleChange, ...]
    #: How many rules are the same.
    same: int


@dataclass(frozen=True, slots=True)
class Carried:
    """An audit's findings as far as they hold under another catalogue."""

    findings: tuple[Finding, ...]
    #: Ids of duties whose check changed or that were not judged before: only judging again can tell.
    to_judge: tuple[str, ...]
    #: Duties that are no longer asked of this body.
    gone: tuple[str, ...]


def compare(before: Catalogue, after: Catalogue) -> Difference:
    """What was added, dropped and changed from one catalogue to the other."""
    added, dropped, changed, same = [], [], [], 0
    for duty in crosswalk((before, after)):
        old, new = duty.rules
        if old is None and new is not None:
            added.append(new)
        elif new is None and old is not None:
            dropped.append(old)
        elif old is not None and new is not None:
            fields = tuple(_fields(old, new))
            if fields or old.id != new.id:
                changed.append(RuleChange(old, new, fields))
            else:
                same += 1
    return Difference(before, after, tuple(added), tuple(dropped), tuple(changed), same)


def judged_alike(before: Rule, after: Rule) -> bool:
    """Whether both rules give the same verdict on the same evidence: the same check with the same fields."""
    return before.check == after.check and _bare(before.params) == _bare(after.params)


def carry(audit: Audit, before: Catalogue, after: Catalogue) -> Carried:
    """An audit under one catalogue carried over to another without looking at the evidence again.

    Verdicts of rules whose check did not change stay; applicability, basis, citations, weights and points are the
    other catalogue's. Duties that must be judged again are unknown with the cause ``rejudge``.
    """
    kind, today = audit.portal.kind, audit.today
    given = {f.rule: f for f in audit.findings}
    findings, to_judge = [], []
    for duty in crosswalk((before, after)):
        old, new = duty.rules
        if new is None:
            continue
        earlier = next((given[n] for n in (() if old is None else (old.id, *old.aliases)) if n in given), None)
        judged = old is not None and before.holds(old, kind, today)
        if not after.holds(new, kind, today):
            findings.append(_left_out(new, after, audit))
        elif old is not None and earlier is not None and judged and judged_alike(old, new):
            findings.append(_carried(earlier, new, after, audit))
        else:
            findings.append(_open(new, after, audit))
            to_judge.append(new.id)
    held = {f.rule for f in findings if f.verdict is not Verdict.NOT_APPLICABLE}
    names = {n for r in after.rules if r.id in held for n in (r.id, *r.aliases)}
    gone = (f.rule for f in audit.findings if f.verdict is not Verdict.NOT_APPLICABLE and f.rule not in names)
    return Carried(tuple(findings), tuple(to_judge), tuple(gone))


def _fields(old: Rule, new: Rule) -> Iterable[FieldChange]:
    for name in ("basis", "group", "check", "valid_from", "valid_to"):
        if getattr(old, name) != getattr(new, name):
            yield FieldChange(name, getattr(old, name), getattr(new, name))
    if old.citations != new.citations:
        yield _listed("citations", old.citations, new.citations)
    if old.applies_to != new.applies_to:
        order = list(BodyKind)
        yield _listed("applies_to", sorted(old.applies_to, key=order.index), sorted(new.applies_to, key=order.index))
    for kind in BodyKind:
        if old.weight_for(kind) != new.weight_for(kind) and (kind in old.weight or kind in new.weight):
            yield FieldChange(f"weight.{kind.value}", old.weight_for(kind), new.weight_for(kind))
    yield from _values("with", old.params, new.params)
    for name in ("title", "fix", "note"):
        if getattr(old, name) != getattr(new, name):
            yield FieldChange(name, getattr(old, name).vi, getattr(new, name).vi)


def _values(name: str, old: Any, new: Any) -> Iterable[FieldChange]:
    """Changes inside maps field by field, in lists entry by entry."""
    if old == new:
        return
    if _is_text(old) and _is_text(new):
        yield FieldChange(name, old["vi"], new["vi"])
    elif isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in dict.fromkeys([*old, *new]):
            yield from _values(f"{name}.{key}", old.get(key), new.get(key))
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple) and _named(old) and _named(new):
        yield from _values(name, {e["id"]: e for e in old}, {e["id"]: e for e in new})
    elif isinstance(old, list | tuple) and isinstance(new, list | tuple):
        yield _listed(name, old, new)
    else:
        yield FieldChange(name, old, new)


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() == {"vi", "en"}


def _named(entries: Iterable[Any]) -> bool:
    return all(isinstance(e, Mapping) and "id" in e for e in entries)


def _listed(name: str, old: Iterable[Any], new: Iterable[Any]) -> FieldChange:
    before, after = list(old), list(new)
    added = tuple(e for e in after if e not in before)
    removed = tuple(e for e in before if e not in after)
    if not added and not removed:
        return FieldChange(name, tuple(before), tuple(after))
    return FieldChange(name, added=added, removed=removed)


def _bare(value: Any) -> Any:
    """Fields without what is only printed: the law's own words, and what parts are called."""
    if isinstance(value, Mapping):
        return {k: _bare(v) for k, v in value.items() if k not in ("law", "title") or not (v is None or _is_text(v))}
    return [_bare(v) for v in value] if isinstance(value, list | tuple) else value


def _carried(earlier: Finding, rule: Rule, after: Catalogue, audit: Audit) -> Finding:
    weight = rule.weight_for(audit.portal.kind)
    applies = earlier.verdict is not Verdict.NOT_APPLICABLE
    judged = earlier.ratio is not None and applies
    return dataclasses.replace(
        _open(rule, after, audit),
        verdict=earlier.verdict,
        cause=earlier.cause,
        confidence=earlier.confidence,
        flags=earlier.flags,
        ratio=earlier.ratio,
        points=(earlier.ratio or 0.0) * weight if judged else None,
        max_points=weight if applies else None,
        message=earlier.message,
        evidence=earlier.evidence,
        newest_date=earlier.newest_date,
        candidates=earlier.candidates,
    )


def _left_out(rule: Rule, after: Catalogue, audit: Audit) -> Finding:
    message = say("not_in_force", day=day(after.judged_as_of(audit.today)))
    if audit.portal.kind not in rule.applies_to:
        message = say("not_for_this_body")
    return dataclasses.replace(
        _open(rule, after, audit), verdict=Verdict.NOT_APPLICABLE, cause=None, max_points=None, message=message
    )


def _open(rule: Rule, after: Catalogue, audit: Audit) -> Finding:
    own_will = audit.portal.kind in after.voluntary
    citations = after.citations(rule, audit.today)
    return Finding(
        rule=rule.id,
        group=rule.group,
        title=rule.title,
        verdict=Verdict.UNKNOWN,
        cause="rejudge",
        basis="voluntary" if rule.basis == "law" and own_will else rule.basis,
        confidence=Confidence.LOW,
        flags=(),
        ratio=None,
        points=None,
        max_points=rule.weight_for(audit.portal.kind),
        message=say("cannot_tell", why=say("cause_rejudge")),
        fix=rule.fix,
        citations=tuple(Citation(c.text, c.clause, c.confirmed) for c in citations),
        evidence=(),
        newest_date=None,
        candidates=(),
        note=rule.note,
    )


def shown(citation: Citation) -> Text:
    """A citation as people write it, with its days where it has any."""
    words = f"{citation.clause} {citation.text}".strip()
    mark = Text("", "") if citation.confirmed else say("citation_unconfirmed")
    span = Text("", "")
    if citation.valid_from or citation.valid_to:
        key = "citation_span" if citation.valid_from and citation.valid_to else "citation_since"
        key = key if citation.valid_from else "citation_until"
        span = say(key, start=day(citation.valid_from), end=day(citation.valid_to))
    return Text(f"{words}{span.vi}{mark.vi}", f"{words}{span.en}{mark.en}")
