"""Catalogues in words: the same duty under each law, and what differs between two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from app.say import knows, say
from checks.catalogue_diff import Difference, FieldChange, RuleChange, shown
from checks.crosswalk import Duty
from core.bodies import BodyKind
from core.finding import Citation, Text
from core.rule import Catalogue, Rule

#: Entries of a list that are spelt out.
_MOST = 8
#: Texts too long to print twice.
_LONG = ("title", "fix", "note", "law")


def cell(words: Text, lang: str) -> str:
    """A sentence in one language."""
    return words.en if lang == "en" else words.vi


def basis_of(rule: Rule) -> Text:
    """On what the duty stands."""
    return say(f"rules_basis_{rule.basis}")


def kinds_of(kinds: Iterable[BodyKind]) -> Text:
    """Kinds of body as a short list."""
    listed = [say(f"kind_{k.value}") for k in BodyKind if k in set(kinds)]
    return Text(", ".join(t.vi for t in listed), ", ".join(t.en for t in listed))


def applies(rule: Rule, catalogue: Catalogue) -> Text:
    """Whom the duty binds, and who applies it of their own will."""
    bound, free = rule.applies_to - catalogue.voluntary, rule.applies_to & catalogue.voluntary
    if not bound:
        return say("rules_only_own_will", free=kinds_of(free))
    named = say("rules_all") if rule.applies_to == frozenset(BodyKind) else kinds_of(bound)
    return say("rules_own_will", bound=named, free=kinds_of(free)) if free else named


def span(start: dt.date | None, end: dt.date | None) -> Text:
    """A time of validity."""
    if start is None and end is None:
        return say("rules_always")
    key = "rules_span" if start and end else "rules_since" if start else "rules_until"
    return say(key, start=_day(start), end=_day(end))


def in_force(rule: Rule, catalogue: Catalogue) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of the duty in its catalogue."""
    starts = [d for d in (rule.valid_from, catalogue.valid_from) if d is not None]
    ends = [d for d in (rule.valid_to, catalogue.valid_to) if d is not None]
    return max(starts, default=None), min(ends, default=None)


def rows(duty: Duty, catalogues: tuple[Catalogue, ...], lang: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    """One duty under each law: catalogue, id, basis, citations, whom it binds, when it is in force."""
    for rule, catalogue in zip(duty.rules, catalogues, strict=True):
        if rule is None:
            yield (catalogue.id, "–", cell(say("rules_none_here"), lang), "", "", "")
            continue
        cited = "; ".join(cell(shown(c), lang) for c in rule.citations) or cell(say("rules_no_citation"), lang)
        time = cell(span(*in_force(rule, catalogue)), lang)
        yield (catalogue.id, rule.id, cell(basis_of(rule), lang), cited, cell(applies(rule, catalogue), lang), time)


def as_data(duty: Duty, catalogues: tuple[Catalogue, ...]) -> dict[str, Any]:
    """One duty under each law, for programs."""
    found: list[dict[str, Any]] = []
    for rule, catalogue in zip(duty.rules, catalogues, strict=True):
        if rule is None:
            found.append({"catalogue": catalogue.id, "id": None})
            continue
        start, end = in_force(rule, catalogue)
        found.append(
            {
                "catalogue": catalogue.id,
                "id": rule.id,
                "title": {"vi": rule.title.vi, "en": rule.title.en},
                "basis": rule.basis,
                "citations": [_citation(c) for c in rule.citations],
                "applies_to": [k.value for k in BodyKind if k in rule.applies_to],
                "voluntary": [k.value for k in BodyKind if k in rule.applies_to & catalogue.voluntary],
                "valid_from": start.isoformat() if start else None,
                "valid_to": end.isoformat() if end else None,
                "replaces": rule.replaces or None,
            }
        )
    return {"title": {"vi": duty.newest.title.vi, "en": duty.newest.title.en}, "rules": found}


def difference_lines(found: Difference, lang: str) -> Iterator[str]:
    """What differs between two catalogues, line by line."""
    a, b = found.before, found.after

    def line(key: str, **words: object) -> str:
        return cell(say(key, **words), lang)

    yield line("diff_head", before=a.id, after=b.id)
    if a.sha256 == b.sha256:
        yield line("diff_same_file")
        return
    if (a.valid_from, a.valid_to) != (b.valid_from, b.valid_to):
        yield line("diff_validity", before=span(a.valid_from, a.valid_to), after=span(b.valid_from, b.valid_to))
    if a.voluntary != b.voluntary:
        yield line("diff_bound", before=kinds_of(a.voluntary), after=kinds_of(b.voluntary))
    for key, rules in (("diff_added", found.added), ("diff_dropped", found.dropped)):
        if rules:
            yield ""
            yield line(key, count=len(rules))
        for rule in rules:
            points = line("diff_points", points=f"{rule.weight_for(BodyKind.PROVINCE):g}")
            yield f"  {rule.id}  {cell(rule.title, lang)} ({cell(basis_of(rule), lang)}, {points})"
            yield from (f"      {cell(shown(c), lang)}" for c in rule.citations)
    if found.changed:
        yield ""
        yield line("diff_changed", count=len(found.changed))
    for change in found.changed:
        yield f"  {change.after.id}  {cell(change.after.title, lang)}"
        yield from (f"      {words}" for words in change_lines(change, lang))
    yield ""
    count = {"added": len(found.added), "dropped": len(found.dropped), "changed": len(found.changed)}
    yield line("diff_sum", same=found.same, **count)


def change_lines(change: RuleChange, lang: str) -> Iterator[str]:
    """What differs in one rule."""
    if change.renamed:
        yield cell(say("diff_renamed", before=change.before.id, after=change.after.id), lang)
    for field in change.fields:
        yield cell(_change(field), lang)


def _change(change: FieldChange) -> Text:
    last = change.field.rpartition(".")[2]
    field = _called(change.field)
    if change.added or change.removed:
        added, removed = _entries(change.added), _entries(change.removed)
        key = "diff_both" if change.added and change.removed else "diff_plus" if change.added else "diff_minus"
        return say(key, field=field, added=added, removed=removed)
    if isinstance(change.before, tuple) and isinstance(change.after, tuple):
        return say("diff_order", field=field)
    if last in _LONG:
        return say("diff_off" if change.after is None else "diff_text", field=field)
    if change.after is None:
        return say("diff_gone", field=field, before=_value(change.before))
    if change.before is None:
        return say("diff_new", field=field, after=_value(change.after))
    return say("diff_value", field=field, before=_value(change.before), after=_value(change.after))


def _called(field: str) -> Text:
    """A field in words: those of the rule itself, weights by kind of body, the check's own by their last name."""
    if field.startswith("weight."):
        return say("field_weight", kind=say(f"kind_{field.removeprefix('weight.')}"))
    path = field.removeprefix("with.")
    names = path.split(".")
    if "law" in names:
        return say("field_law")
    if len(names) > 1 and names[0] == "parts":
        return Text(path, path)
    key = f"field_{names[-1]}"
    return say(key) if knows(key) else Text(path, path)


def _entries(entries: tuple[Any, ...]) -> Text:
    words = [_value(e) for e in entries[:_MOST]]
    more = say("diff_more", count=len(entries) - _MOST) if len(entries) > _MOST else Text("", "")
    return Text(", ".join(w.vi for w in words) + more.vi, ", ".join(w.en for w in words) + more.en)


def _value(value: Any) -> Text:
    if isinstance(value, Citation):
        return Text(f"“{shown(value).vi}”", f"“{shown(value).en}”")
    if isinstance(value, BodyKind):
        return say(f"kind_{value.value}")
    if isinstance(value, dt.date):
        return Text(_day(value), _day(value))
    if value in ("law", "product"):
        return say(f"rules_basis_{value}")
    if isinstance(value, dict):
        called = str(value.get("id", ", ".join(str(k) for k in value)))
        return Text(f"“{called}”", f"“{called}”")
    if value is None or value == "" or value == []:
        return say("diff_nothing")
    if isinstance(value, bool):
        return say("diff_yes" if value else "diff_no")
    if isinstance(value, list):
        return _entries(tuple(value))
    if isinstance(value, str):
        return Text(f"“{value}”", f"“{value}”")
    plain = f"{value:g}" if isinstance(value, float) else str(value)
    return Text(plain, plain)


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "text": citation.text,
        "clause": citation.clause,
        "confirmed": citation.confirmed,
        "valid_from": citation.valid_from.isoformat() if citation.valid_from else None,
        "valid_to": citation.valid_to.isoformat() if citation.valid_to else None,
    }


def _day(value: dt.date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""


def difference_data(found: Difference) -> dict[str, Any]:
    """What differs between two catalogues, for programs."""
    return {
        "before": {"id": found.before.id, "sha256": found.before.sha256},
        "after": {"id": found.after.id, "sha256": found.after.sha256},
        "added": [rule.id for rule in found.added],
        "dropped": [rule.id for rule in found.dropped],
        "changed": [
            {
                "before": change.before.id,
                "after": change.after.id,
                "fields": [
                    {
                        "field": f.field,
                        "before": _plain(f.before),
                        "after": _plain(f.after),
                        "added": _plain(f.added),
                        "removed": _plain(f.removed),
                    }
                    for f in change.fields
                ],
            }
            for change in found.changed
        ],
        "same": found.same,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Citation):
        return _citation(value)
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, dt.date) else value
