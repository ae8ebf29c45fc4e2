"""Reading a scoring profile: YAML in, ``Profile`` out, or an error naming file, field and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import yaml
from pydantic import ValidationError

from checks import catalogue as catalogues
from checks.figures import figures
from checks.profile_model import CriteriaTerm, FiguresTerm, FindingsTerm, Group, Profile
from core.bodies import BodyKind
from core.data_files import parse_yaml
from core.errors import CatalogueError
from core.rule import Catalogue

_FOLDER = ("rulesets", "profiles")
_HINT = "start from a copy of rulesets/profiles/laocai-4526.yaml"


def ids() -> tuple[str, ...]:
    """Ids of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in catalogues.shipped(*_FOLDER).glob("*.yaml")))


def find(name: str) -> Path:
    """The file of a profile given by id or path. Raises CatalogueError."""
    if name in ids():
        return catalogues.shipped(*_FOLDER, f"{name}.yaml")
    path = Path(name)
    if not path.is_file():
        raise CatalogueError(f"no profile {name!r}", hint=f"a YAML file, or one of: {', '.join(ids())}")
    return path


def load(name: str, catalogue: Catalogue | None = None) -> Profile:
    """The profile of an id or file, checked against itself, the figures that exist and its catalogue's duties.

    Raises CatalogueError with the first thing that is wrong.
    """
    profile, file = read(name), find(name).name
    for where, fault, hint in _faults(profile, catalogue or catalogues.load(profile.catalogue)):
        raise CatalogueError(fault, where=f"{file}, {where}", hint=hint)
    return profile


def read(name: str) -> Profile:
    """The profile of an id or file with every field of its right form, and no more: for those that come with us."""
    path = find(name)
    try:
        data = parse_yaml(path.read_bytes())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"cannot be read: {' '.join(str(error).split())}", where=path.name) from None
    if not isinstance(data, dict):
        raise CatalogueError("is no profile", where=path.name, hint=_HINT)
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        raise _refused(error, path.name) from None


_Fault = tuple[str, str, str]


def _faults(profile: Profile, catalogue: Catalogue) -> Iterator[_Fault]:
    yield from _twice("terms", [term.id for term in profile.terms])
    yield from _twice("groups", [group.id for group in profile.groups])
    yield from _twice("groups, kinds", [kind.value for group in profile.groups for kind in group.kinds])
    shared = {kind.name for kind in figures().figures} & {kind.name for kind in profile.figures}
    if shared:
        yield "figures", f"{', '.join(sorted(shared))} exists already", "give the figure another name"
    for term in profile.terms:
        where = f"term {term.id}"
        if isinstance(term, FindingsTerm):
            yield from _findings_faults(term, catalogue, where)
            continue
        if term.cap.exact < term.base.exact:
            yield f"{where}, cap", f"{term.cap.value:g} is below the base {term.base.value:g}", "base, and bonus on top"
        if isinstance(term, CriteriaTerm):
            yield from _criteria_faults(term, catalogue, where)
        else:
            yield from _figures_faults(term, profile, where)
        for band in term.bands:
            if band.at_least.exact > term.cap.exact:
                yield f"{where}, bands, {band.id}", "cannot be reached", f"the cap is {term.cap.value:g}"
    for group in profile.groups:
        yield from _group_faults(profile, group)


def _group_faults(profile: Profile, group: Group) -> Iterator[_Fault]:
    where = f"group {group.id}"
    for id in (*group.terms, *group.may_miss):
        if profile.term(id) is None:
            yield f"{where}, terms", f"no term {id!r}", f"one of: {', '.join(term.id for term in profile.terms)}"
    for id in set(group.may_miss) - set(group.terms):
        yield f"{where}, may_miss", f"{id} is not among its terms", "name a term of the group"
    terms = [term for id in group.terms if (term := profile.term(id))]
    by_findings = [isinstance(term, FindingsTerm) for term in terms]
    if profile.unit == "share" and not all(by_findings):
        yield where, "a profile of shares has terms with how: findings only", "use unit: points"
    if profile.unit == "points" and any(by_findings):
        yield where, "a profile of points has no terms with how: findings", "name the duties under criteria"
    if profile.unit == "points" and (group.base is None or group.cap is None):
        yield where, "needs base and cap", "the total without bonus, and with it"
    if group.base is not None and group.cap is not None and not any(by_findings):
        base = sum((term.base.exact for term in terms), Fraction(0))
        most = group.base.exact + sum((term.cap.exact - term.base.exact for term in terms), Fraction(0))
        if not base or group.cap.exact > most:
            yield f"{where}, cap", f"{group.cap.value:g} cannot be reached", f"base and bonus make {float(most):g}"


def _findings_faults(term: FindingsTerm, catalogue: Catalogue, where: str) -> Iterator[_Fault]:
    weights = [rule.weight_for(BodyKind.PROVINCE) for rule in catalogue.rules if rule.group == term.id]
    if not weights:
        yield where, f"{catalogue.id} has no duties of the group {term.id!r}", "information, functions or technical"
    elif sum(weights) != term.max.value:
        hint = f"the weights of {catalogue.id} add up to {sum(weights):g}"
        yield f"{where}, max", f"is {term.max.value:g}", hint


def _criteria_faults(term: CriteriaTerm, catalogue: Catalogue, where: str) -> Iterator[_Fault]:
    every = (*term.criteria, *term.deductions, *term.bonus)
    yield from _twice(where, [criterion.id for criterion in every])
    for criterion in every:
        if criterion.points.value <= 0:
            yield f"{where}, {criterion.id}, points", "must be more than 0", "leave the criterion out"
        for rule in criterion.rules:
            if catalogue.rule(rule) is None:
                hint = f"`decree43 rules list --rules {catalogue.id}` shows the duties"
                yield f"{where}, {criterion.id}, rules", f"{catalogue.id} has no duty {rule}", hint
    total = sum((criterion.points.exact for criterion in term.criteria), Fraction(0))
    if total != term.base.exact:
        yield f"{where}, criteria", f"add up to {float(total):g}", f"the base is {term.base.value:g}"
    extra = sum((criterion.points.exact for criterion in term.bonus), Fraction(0))
    if extra < term.cap.exact - term.base.exact:
        yield f"{where}, cap", "cannot be reached", f"base and bonus make {float(total + extra):g}"


def _figures_faults(term: FiguresTerm, profile: Profile, where: str) -> Iterator[_Fault]:
    known = {kind.name for kind in (*figures().figures, *profile.figures)}
    named = [*term.share.sum, term.share.in_]
    for bonus in term.bonus:
        for level in bonus.levels:
            named += [name for condition in level.when for name in (*condition.sum, *condition.in_)]
    for name in named:
        if name not in known:
            yield where, f"no figure {name!r}", f"one of: {', '.join(sorted(known))}"
    shares = [point.share for point in term.curve]
    if shares != sorted(shares) or shares[0] != 0:
        yield f"{where}, curve", "shares must begin at 0 and rise", "write them in order"
    if any(shares.count(share) > 2 for share in shares) or shares[-1] == shares[0]:
        yield f"{where}, curve", "a share stands there too often", "two entries at one share are a jump"
    if any(not 0 <= point.points <= term.base.value for point in term.curve):
        yield f"{where}, curve", "points lie outside 0 and the base", "points above the base are a bonus"
    extra = sum((bonus.most for bonus in term.bonus), Fraction(0))
    if extra < term.cap.exact - term.base.exact:
        yield f"{where}, cap", "cannot be reached", f"base and bonus make {float(term.base.exact + extra):g}"


def _twice(where: str, names: list[str]) -> Iterator[_Fault]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield where, f"{name} is there twice", "each once"


def _refused(error: ValidationError, file: str) -> CatalogueError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    hint = f"given: {str(first.get('input'))[:80]!r}"
    if first["type"] == "extra_forbidden":
        hint = f"no such field; {_HINT}"
    elif first["type"] == "missing":
        hint = "add the field"
    elif "Constant" in str(first.get("ctx", "")) or first["type"] == "model_type":
        hint = "every constant is written {value: 15, from: document}, with document, inferred or default"
    return CatalogueError(f"{first['msg']}{more}", where=f"{file}, {where}", hint=hint)
