"""Reading a catalogue: YAML in, ``core.rule.Catalogue`` out, or an error naming file, rule and field."""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import importlib.resources
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from checks.kind import Kind
from checks.registry import kinds
from core.bodies import BodyKind
from core.data_files import parse_yaml
from core.errors import CatalogueError
from core.finding import Citation, Text
from core.plan import Budget, CrawlPlan
from core.rule import Catalogue, Rule, Validity

DEFAULT_ID = "nd43-2011"
_FILE = "decree43_rules.yaml"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Text(_Model):
    vi: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self) -> Text:
        return Text(self.vi, self.en)


class _Citation(_Model):
    text: str = Field(min_length=2)
    clause: str = ""
    confirmed: bool = True


def _one_for_all(value: Any) -> Any:
    return {BodyKind.PROVINCE.value: value} if isinstance(value, int | float) else value


class _Rule(_Model):
    id: str = Field(pattern=r"^[A-Z]+[0-9]*(-[0-9A-Za-z.]+)+$|^[A-Z0-9]+-[A-Z0-9.]+$")
    aliases: tuple[str, ...] = ()
    group: Literal["information", "functions", "technical"]
    title: _Text
    basis: Literal["law", "product"]
    citations: tuple[_Citation, ...] = ()
    applies_to: tuple[str, ...]
    weight: Annotated[dict[BodyKind, float], BeforeValidator(_one_for_all)]
    check: str
    params: dict[str, Any] = Field(default_factory=dict, alias="with")
    fix: _Text
    note: _Text | None = None
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class _Validity(_Model):
    title: _Text
    valid_from: dt.date
    valid_to: dt.date | None = None


class _Catalogue(_Model):
    id: str
    title: _Text
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    cases: str = "tests/rules"
    timeline: tuple[_Validity, ...] = ()
    sets: dict[str, tuple[BodyKind, ...]] = Field(default_factory=dict)
    data: dict[str, Any] = Field(default_factory=dict)
    rules: tuple[dict[str, Any], ...] = Field(min_length=1)


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
        raise CatalogueError(f"no catalogue {name!r}", hint=f"a YAML file, or one of: {', '.join(known)}")
    return path


def load(name: str | None = None) -> Catalogue:
    """The catalogue, checked from the first to the last field.

    Raises CatalogueError with file, rule, field and a hint.
    """
    path = find(name)
    try:
        raw = path.read_bytes()
        data = parse_yaml(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"cannot be read: {_one_line(error)}", where=path.name) from None
    if not isinstance(data, dict):
        raise CatalogueError("is no catalogue", where=path.name, hint="start from a copy of decree43_rules.yaml")
    try:
        head = _Catalogue.model_validate(data)
    except ValidationError as error:
        raise _refused(error, path.name) from None
    rules = tuple(_rule(entry, i, head, path.name) for i, entry in enumerate(head.rules))
    _no_id_twice(rules, path.name)
    return Catalogue(
        id=head.id,
        title=head.title.text(),
        rules=rules,
        sha256=hashlib.sha256(raw).hexdigest(),
        valid_from=head.valid_from,
        valid_to=head.valid_to,
        timeline=tuple(Validity(v.title.text(), v.valid_from, v.valid_to) for v in head.timeline),
        data=MappingProxyType(head.data),
        cases=str(_cases_folder(path, head.cases)),
        path=str(path),
    )


def build(rule: Rule, where: str = "") -> Kind:
    """The check of a rule, made from its ``with:`` block."""
    known = kinds().found
    if rule.check not in known:
        near = difflib.get_close_matches(rule.check, known, 3, 0.5)
        hint = f"one of: {', '.join(near or sorted(known))}"
        raise CatalogueError(f"no kind {rule.check!r}", where=f"{where}, rule {rule.id}, check", hint=hint)
    try:
        return known[rule.check].model_validate(dict(rule.params)).bind(rule.id)
    except ValidationError as error:
        raise _refused(error, where, rule.id, "with") from None


def plan(catalogue: Catalogue, kind: BodyKind, budget: Budget) -> CrawlPlan:
    """What a crawl for this kind of body should look for."""
    wordings = []
    for rule in catalogue.rules:
        wording = build(rule, catalogue.path).wording()
        if wording is not None:
            wordings.append(wording if kind in rule.applies_to else _other(wording))
    prefixes = tuple(catalogue.data.get("service_prefixes", ()))
    return CrawlPlan(tuple(wordings), budget, prefixes)


def _other(wording: Any) -> Any:
    import dataclasses

    return dataclasses.replace(wording, applies=False)


def _rule(entry: dict[str, Any], index: int, head: _Catalogue, file: str) -> Rule:
    name = str(entry.get("id", f"number {index + 1}"))
    try:
        model = _Rule.model_validate(entry)
    except ValidationError as error:
        raise _refused(error, file, name) from None
    rule = Rule(
        id=model.id,
        title=model.title.text(),
        group=model.group,
        basis=model.basis,
        citations=tuple(Citation(c.text, c.clause, c.confirmed) for c in model.citations),
        applies_to=_applies_to(model, head, file),
        weight=MappingProxyType(dict(model.weight)),
        check=model.check,
        params=MappingProxyType(model.params),
        fix=model.fix.text(),
        aliases=model.aliases,
        valid_from=model.valid_from,
        valid_to=model.valid_to,
        note=model.note.text() if model.note else Text("", ""),
    )
    _sane(rule, file)
    build(rule, file)
    return rule


def _applies_to(model: _Rule, head: _Catalogue, file: str) -> frozenset[BodyKind]:
    found: set[BodyKind] = set()
    for word in model.applies_to:
        if word in head.sets:
            found.update(head.sets[word])
        elif word in BodyKind.__members__.values():
            found.add(BodyKind(word))
        else:
            hint = f"one of: {', '.join([*head.sets, *BodyKind])}"
            raise CatalogueError(
                f"unknown kind of body {word!r}", where=f"{file}, rule {model.id}, applies_to", hint=hint
            )
    return frozenset(found)


def _sane(rule: Rule, file: str) -> None:
    where = f"{file}, rule {rule.id}"
    if any(w < 0 for w in rule.weight.values()):
        raise CatalogueError("a weight is negative", where=f"{where}, weight", hint="0 makes an advisory")
    if rule.basis == "law" and not rule.citations:
        raise CatalogueError("has no citation", where=where, hint="cite the text, or set basis: product")
    if rule.valid_from and rule.valid_to and rule.valid_to < rule.valid_from:
        raise CatalogueError("ends before it begins", where=f"{where}, valid_to")


def _no_id_twice(rules: Iterable[Rule], file: str) -> None:
    seen: set[str] = set()
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if name in seen:
                raise CatalogueError(f"the id {name} is used twice", where=file, hint="ids are never reused")
            seen.add(name)


def _cases_folder(path: Path, cases: str) -> Path:
    """Cases beside the catalogue, else those that come with the program."""
    beside = path.resolve().parent / cases
    return beside if beside.is_dir() else shipped("tests", "rules")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _refused(error: ValidationError, file: str, rule: str = "", block: str = "") -> CatalogueError:
    first = error.errors()[0]
    field = ".".join(str(p) for p in ((block,) if block else ()) + tuple(first["loc"]))
    where = ", ".join(p for p in (file, f"rule {rule}" if rule else "", field) if p)
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    hint = ""
    if first["type"] == "extra_forbidden":
        hint = "no such field; see `decree43 rules show RULE` and the manual of the kind"
    elif first["type"] == "missing":
        hint = "add the field"
    elif "input" in first:
        hint = f"given: {str(first['input'])[:80]!r}"
    return CatalogueError(f"{first['msg']}{more}", where=where, hint=hint)
