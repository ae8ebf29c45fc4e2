"""Reading a scoring profile: YAML in, ``Profile`` out, or an error naming file, field and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import yaml
from pydantic import ValidationError

from checks import catalogue as catalogues
from checks.field_faults import fault
from checks.figures import figures
from checks.profile_model import CriteriaTerm, FiguresTerm, FindingsTerm, Group, Profile
from checks.say import both
from core.bodies import BodyKind
from core.data_files import parse_yaml
from core.errors import CatalogueError
from core.rule import Catalogue

_FOLDER = ("rulesets", "profiles")


def ids() -> tuple[str, ...]:
    """Ids of the profiles that come with the program."""
    return tuple(sorted(path.stem for path in catalogues.shipped(*_FOLDER).glob("*.yaml")))


def find(name: str) -> Path:
    """The file of a profile given by id or path. Raises CatalogueError."""
    if name in ids():
        return catalogues.shipped(*_FOLDER, f"{name}.yaml")
    path = Path(name)
    if not path.is_file():
        raise CatalogueError(both("profile_none", name=name), hint=f"{both('catalogue_none_hint')}: {', '.join(ids())}")
    return path


def load(name: str, catalogue: Catalogue | None = None) -> Profile:
    """The profile of an id or file, checked against itself, the figures that exist and its catalogue's duties.

    Raises CatalogueError with the first thing that is wrong.
    """
    profile, file = read(name), find(name).name
    for where, reason, hint in _faults(profile, catalogue or catalogues.load(profile.catalogue)):
        raise CatalogueError(reason, where=f"{file}, {where}", hint=hint)
    return profile


def read(name: str) -> Profile:
    """The profile of an id or file with every field of its right form, and no more: for those that come with us."""
    path = find(name)
    try:
        data = parse_yaml(path.read_bytes())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CatalogueError(f"{both('catalogue_unread')}: {' '.join(str(error).split())}", where=path.name) from None
    if not isinstance(data, dict):
        raise CatalogueError(both("profile_other_file"), where=path.name, hint=both("profile_start_hint"))
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
        yield "figures", both("profile_exists", names=", ".join(sorted(shared))), both("profile_exists_hint")
    for term in profile.terms:
        where = f"term {term.id}"
        if isinstance(term, FindingsTerm):
            yield from _findings_faults(term, catalogue, where)
            continue
        if term.cap.exact < term.base.exact:
            below = both("profile_below", cap=f"{term.cap.value:g}", base=f"{term.base.value:g}")
            yield f"{where}, cap", below, both("profile_below_hint")
        if isinstance(term, CriteriaTerm):
            yield from _criteria_faults(term, catalogue, where)
        else:
            yield from _figures_faults(term, profile, where)
        for band in term.bands:
            if band.at_least.exact > term.cap.exact:
                hint = both("profile_cap_hint", cap=f"{term.cap.value:g}")
                yield f"{where}, bands, {band.id}", both("profile_unreached"), hint
    for group in profile.groups:
        yield from _group_faults(profile, group)


def _group_faults(profile: Profile, group: Group) -> Iterator[_Fault]:
    where = f"group {group.id}"
    for id in (*group.terms, *group.may_miss):
        if profile.term(id) is None:
            hint = f"{both('one_of')}: {', '.join(term.id for term in profile.terms)}"
            yield f"{where}, terms", both("profile_no_term", name=id), hint
    for id in set(group.may_miss) - set(group.terms):
        yield f"{where}, may_miss", both("profile_not_among", name=id), both("profile_not_among_hint")
    terms = [term for id in group.terms if (term := profile.term(id))]
    by_findings = [isinstance(term, FindingsTerm) for term in terms]
    if profile.unit == "share" and not all(by_findings):
        yield where, both("profile_shares"), both("profile_shares_hint")
    if profile.unit == "points" and any(by_findings):
        yield where, both("profile_points"), both("profile_points_hint")
    if profile.unit == "points" and (group.base is None or group.cap is None):
        yield where, both("profile_base"), both("profile_base_hint")
    if group.base is not None and group.cap is not None and not any(by_findings):
        base = sum((term.base.exact for term in terms), Fraction(0))
        most = group.base.exact + sum((term.cap.exact - term.base.exact for term in terms), Fraction(0))
        if not base or group.cap.exact > most:
            hint = both("profile_cap_most_hint", most=f"{float(most):g}")
            yield f"{where}, cap", both("profile_cap", cap=f"{group.cap.value:g}"), hint


def _findings_faults(term: FindingsTerm, catalogue: Catalogue, where: str) -> Iterator[_Fault]:
    weights = [rule.weight_for(BodyKind.PROVINCE) for rule in catalogue.rules if rule.group == term.id]
    if not weights:
        none = both("profile_no_duties", catalogue=catalogue.id, name=term.id)
        yield where, none, both("profile_no_duties_hint")
    elif sum(weights) != term.max.value:
        hint = both("profile_max_hint", catalogue=catalogue.id, sum=f"{sum(weights):g}")
        yield f"{where}, max", both("profile_max", max=f"{term.max.value:g}"), hint


def _criteria_faults(term: CriteriaTerm, catalogue: Catalogue, where: str) -> Iterator[_Fault]:
    every = (*term.criteria, *term.deductions, *term.bonus)
    yield from _twice(where, [criterion.id for criterion in every])
    for criterion in every:
        if criterion.points.value <= 0:
            yield f"{where}, {criterion.id}, points", both("profile_zero"), both("profile_zero_hint")
        for rule in criterion.rules:
            if catalogue.rule(rule) is None:
                hint = both("profile_no_duty_hint", catalogue=catalogue.id)
                none = both("profile_no_duty", catalogue=catalogue.id, name=rule)
                yield f"{where}, {criterion.id}, rules", none, hint
    total = sum((criterion.points.exact for criterion in term.criteria), Fraction(0))
    if total != term.base.exact:
        hint = both("profile_sum_hint", base=f"{term.base.value:g}")
        yield f"{where}, criteria", both("profile_sum", total=f"{float(total):g}"), hint
    extra = sum((criterion.points.exact for criterion in term.bonus), Fraction(0))
    if extra < term.cap.exact - term.base.exact:
        most = both("profile_cap_most_hint", most=f"{float(total + extra):g}")
        yield f"{where}, cap", both("profile_unreached"), most


def _figures_faults(term: FiguresTerm, profile: Profile, where: str) -> Iterator[_Fault]:
    known = {kind.name for kind in (*figures().figures, *profile.figures)}
    named = [*term.share.sum, term.share.in_]
    for bonus in term.bonus:
        for level in bonus.levels:
            named += [name for condition in level.when for name in (*condition.sum, *condition.in_)]
    for name in named:
        if name not in known:
            yield where, both("profile_no_figure", name=name), f"{both('one_of')}: {', '.join(sorted(known))}"
    shares = [point.share for point in term.curve]
    if shares != sorted(shares) or shares[0] != 0:
        yield f"{where}, curve", both("profile_curve"), both("profile_curve_hint")
    if any(shares.count(share) > 2 for share in shares) or shares[-1] == shares[0]:
        yield f"{where}, curve", both("profile_curve_twice"), both("profile_curve_twice_hint")
    if any(not 0 <= point.points <= term.base.value for point in term.curve):
        yield f"{where}, curve", both("profile_curve_points"), both("profile_curve_points_hint")
    extra = sum((bonus.most for bonus in term.bonus), Fraction(0))
    if extra < term.cap.exact - term.base.exact:
        most = both("profile_cap_most_hint", most=f"{float(term.base.exact + extra):g}")
        yield f"{where}, cap", both("profile_unreached"), most


def _twice(where: str, names: list[str]) -> Iterator[_Fault]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield where, both("profile_twice", name=name), both("profile_twice_hint")


def _refused(error: ValidationError, file: str) -> CatalogueError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    hint = f"{both('field_given')}: {str(first.get('input'))[:80]!r}"
    if first["type"] == "extra_forbidden":
        hint = f"{both('profile_field_hint')}; {both('profile_start_hint')}"
    elif first["type"] == "missing":
        hint = both("field_missing_hint")
    elif "Constant" in str(first.get("ctx", "")) or first["type"] == "model_type":
        hint = both("profile_constant_hint")
    return CatalogueError(fault(error), where=f"{file}, {where}", hint=hint)
