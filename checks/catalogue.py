"""Reading a catalogue: YAML in, ``core.rule.Catalogue`` out, or an error naming file, rule and field."""

from __future__ import annotations

import datetime as dt
import difflib
import importlib.resources
import itertools
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from checks.catalogue_model import CatalogueModel, RuleModel, refused
from checks.extends import near, read_chain, together
from checks.kind import Kind
from checks.registry import kinds
from checks.say import both
from core.bodies import VOLUNTARY, BodyKind
from core.errors import CatalogueError
from core.finding import Citation, Text
from core.plan import Budget, CrawlPlan
from core.rule import Catalogue, Effort, Rule, Validity

DEFAULT_ID = "nd43-2011"
#: Instead of an id: the catalogue of the law in force on the day.
AUTO = "auto"
_FILE = "decree43_rules.yaml"


def shipped(*parts: str) -> Path:
    """A file that comes with the program: inside the installed package, else in the checkout."""
    inside = Path(str(importlib.resources.files("checks"))) / "shipped" / Path(*parts)
    return inside if inside.exists() else Path(__file__).resolve().parent.parent / Path(*parts)


def find(name: str | None) -> Path:
    """The file of a catalogue given by id, by path, or not at all (the default catalogue)."""
    if name is None or name == DEFAULT_ID:
        return shipped(_FILE)
    by_id = shipped("rulesets", f"{name}.yaml")
    if "/" not in name and not name.endswith((".yaml", ".yml")) and by_id.exists():
        return by_id
    path = Path(name)
    if not path.is_file():
        known = [DEFAULT_ID, *sorted(p.stem for p in shipped("rulesets").glob("*.yaml"))]
        hint = f"{both('catalogue_none_hint')}: {', '.join(known)}"
        raise CatalogueError(both("catalogue_none", name=name), hint=hint)
    return path


def load(name: str | None = None, day: dt.date | None = None) -> Catalogue:
    """The catalogue of an id or file, checked from the first to the last field; the default one for None.

    ``auto`` is the catalogue of the law in force on ``day``. Raises CatalogueError with file, rule, field and a hint.
    """
    path = find(in_force(day) if name == AUTO else name)
    layers = read_chain(path, _named_in)
    whole = together(layers)
    try:
        head = CatalogueModel.model_validate(whole.data)
    except ValidationError as error:
        raise refused(error, path.name) from None
    known = [str(r.get("id")) for layer in layers[:-1] for r in layer.data.get("rules") or ()]
    rules = tuple(_rule(entry, i, head, whole.files, path.name, known) for i, entry in enumerate(head.rules))
    _no_id_twice(rules, path.name)
    _no_overlap(head, path.name)
    return Catalogue(
        id=head.id,
        title=head.title.text(),
        rules=rules,
        sha256=whole.sha256,
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        timeline=tuple(Validity(v.title.text(), v.valid_from, v.valid_to, v.rules) for v in head.timeline),
        data=MappingProxyType(head.data),
        cases=tuple(str(_cases_folder(layer.path, str(layer.data.get("cases", "tests/rules")))) for layer in layers),
        path=str(path),
        extends=tuple(str(layer.data["id"]) for layer in layers[:-1]),
        by_date=head.by_date,
        voluntary=frozenset(head.sets.get("voluntary", VOLUNTARY)),
        voluntary_note=head.voluntary_note.text() if head.voluntary_note else Text("", ""),
    )


def in_force(day: dt.date | None) -> str:
    """Id of the catalogue whose law was in force on a day, by the timeline of the default catalogue."""
    if day is None:
        raise CatalogueError(both("catalogue_no_day"), where="auto", hint=both("catalogue_no_day_hint"))
    spans = load().timeline
    for span in spans:
        if span.rules and span.valid_from <= day and (span.valid_to is None or day <= span.valid_to):
            return span.rules
    first = min((s.valid_from for s in spans if s.rules), default=None)
    hint = both("catalogue_first_hint", day=f"{first:%d/%m/%Y}") if first else both("catalogue_no_law_hint")
    raise CatalogueError(both("catalogue_no_law", day=f"{day:%d/%m/%Y}"), where="auto", hint=hint)


def _named_in(name: str, inside: Path) -> Path:
    """The file meant by ``extends:`` in another file: one beside it, else as on the command line."""
    beside = inside.parent / name
    return beside if beside.is_file() else find(name)


def build(rule: Rule, where: str = "") -> Kind:
    """The check of a rule, made from its ``with:`` block."""
    known = kinds().found
    if rule.check not in known:
        near = difflib.get_close_matches(rule.check, known, 3, 0.5)
        hint = f"{both('one_of')}: {', '.join(near or sorted(known))}"
        raise CatalogueError(
            both("catalogue_no_kind", name=rule.check), where=f"{where}, rule {rule.id}, check", hint=hint
        )
    try:
        return known[rule.check].model_validate(dict(rule.params)).bind(rule.id)
    except ValidationError as error:
        raise refused(error, where, rule.id, "with") from None


def plan(catalogue: Catalogue, kind: BodyKind, budget: Budget) -> CrawlPlan:
    """What a crawl for this kind of body should look for."""
    wordings = []
    for rule in catalogue.rules:
        wording = build(rule, catalogue.path).wording()
        if wording is not None:
            wordings.append(wording if kind in rule.applies_to else _other(wording))
    prefixes = tuple(catalogue.data.get("service_prefixes", ()))
    checks = frozenset(rule.check for rule in catalogue.rules if kind in rule.applies_to)
    return CrawlPlan(tuple(wordings), budget, prefixes, checks)


def _other(wording: Any) -> Any:
    import dataclasses

    return dataclasses.replace(wording, applies=False)


def _rule(
    entry: dict[str, Any], index: int, head: CatalogueModel, files: dict[str, str], default: str, known: list[str]
) -> Rule:
    name = str(entry.get("id", f"number {index + 1}"))
    file = files.get(name, default)
    try:
        model = RuleModel.model_validate(entry)
    except ValidationError as error:
        new = bool(known) and name not in known
        hint = f"{both('catalogue_new_rule', name=name)}; {near(name, known)}" if new else ""
        raise refused(error, file, name, hint=hint) from None
    rule = Rule(
        id=model.id,
        title=model.title.text(),
        group=model.group,
        basis=model.basis,
        citations=tuple(Citation(c.text, c.clause, c.confirmed, c.valid_from, c.valid_to) for c in model.citations),
        applies_to=_applies_to(model, head, file),
        weight=MappingProxyType(dict(model.weight)),
        check=model.check,
        params=MappingProxyType(model.params),
        fix=model.fix.text(),
        aliases=model.aliases,
        valid_from=model.valid_from,
        valid_to=model.valid_to,
        note=model.note.text() if model.note else Text("", ""),
        replaces=model.replaces,
        effort=Effort(model.effort.kind, model.effort.days) if model.effort else None,
    )
    _sane(rule, file)
    build(rule, file)
    return rule


def _applies_to(model: RuleModel, head: CatalogueModel, file: str) -> frozenset[BodyKind]:
    found: set[BodyKind] = set()
    for word in model.applies_to:
        if word in head.sets:
            found.update(head.sets[word])
        elif word in BodyKind.__members__.values():
            found.add(BodyKind(word))
        else:
            hint = f"{both('one_of')}: {', '.join([*head.sets, *BodyKind])}"
            raise CatalogueError(
                both("catalogue_body", name=word), where=f"{file}, rule {model.id}, applies_to", hint=hint
            )
    return frozenset(found)


def _sane(rule: Rule, file: str) -> None:
    where = f"{file}, rule {rule.id}"
    if any(w < 0 for w in rule.weight.values()):
        raise CatalogueError(both("catalogue_negative"), where=f"{where}, weight", hint=both("catalogue_negative_hint"))
    if rule.basis == "law" and not rule.citations:
        raise CatalogueError(both("catalogue_uncited"), where=where, hint=both("catalogue_uncited_hint"))
    spans: list[Rule | Citation] = [rule, *rule.citations]
    for span in spans:
        if span.valid_from and span.valid_to and span.valid_to < span.valid_from:
            field = "valid_to" if span is rule else "citations"
            raise CatalogueError(both("catalogue_span"), where=f"{where}, {field}")


def _no_id_twice(rules: Iterable[Rule], file: str) -> None:
    seen: set[str] = set()
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if name in seen:
                raise CatalogueError(both("catalogue_twice", name=name), where=file, hint=both("catalogue_twice_hint"))
            seen.add(name)


def _no_overlap(head: CatalogueModel, file: str) -> None:
    """Two texts of the timeline are never in force on one day, and nothing ends before it begins."""
    if head.valid_from and head.valid_to and head.valid_to < head.valid_from:
        raise CatalogueError(both("catalogue_span"), where=f"{file}, valid_to")
    spans = sorted(head.timeline, key=lambda v: v.valid_from)
    for span in spans:
        if span.valid_to is not None and span.valid_to < span.valid_from:
            raise CatalogueError(both("catalogue_span_of", title=span.title.vi[:60]), where=f"{file}, timeline")
    for earlier, later in itertools.pairwise(spans):
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            day = f"{later.valid_from:%d/%m/%Y}"
            raise CatalogueError(
                both("catalogue_overlap", day=day), where=f"{file}, timeline", hint=both("catalogue_overlap_hint")
            )


def _cases_folder(path: Path, cases: str) -> Path:
    """Cases beside the catalogue, else those that come with the program."""
    named = (path.resolve().parent / cases, shipped(cases), shipped("rulesets", cases))
    return next((folder.resolve() for folder in named if folder.is_dir()), shipped("tests", "rules"))
