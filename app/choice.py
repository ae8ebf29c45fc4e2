"""Which duties take part: ``--only``, ``--skip`` and ``--fail-on`` name rules and groups."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from core.errors import UsageError
from core.rule import Catalogue


def split(values: Iterable[str]) -> tuple[str, ...]:
    """The names in options that may be repeated and may hold several, separated by commas."""
    return tuple(dict.fromkeys(name.strip() for value in values for name in value.split(",") if name.strip()))


def rules_of(catalogue: Catalogue, names: Iterable[str], option: str) -> frozenset[str]:
    """Ids of the rules that are named by id, former id or group. Raises UsageError for what is neither."""
    groups = {rule.group for rule in catalogue.rules}
    found: set[str] = set()
    for name in names:
        rule = catalogue.rule(name) or next((r for r in catalogue.rules if r.id.lower() == name.lower()), None)
        if rule is not None:
            found.add(rule.id)
        elif name.lower() in groups:
            found |= {r.id for r in catalogue.rules if r.group == name.lower()}
        else:
            known = [*sorted(groups), *(r.id for r in catalogue.rules)]
            near = difflib.get_close_matches(name, known, 3, 0.5) or sorted(groups)
            raise UsageError(
                f"không có nghĩa vụ hay nhóm / no rule or group {name!r} ({catalogue.id})",
                where=option,
                hint=f"có phải / did you mean: {', '.join(near)}? — decree43 rules list",
            )
    return frozenset(found)


def left_out(catalogue: Catalogue, only: Iterable[str], skip: Iterable[str]) -> tuple[str, ...]:
    """Ids of the rules that do not take part, in the order of the catalogue. Raises UsageError when none is left."""
    only, skip = tuple(only), tuple(skip)
    chosen = rules_of(catalogue, only, "--only") if only else {rule.id for rule in catalogue.rules}
    chosen = chosen - rules_of(catalogue, skip, "--skip")
    if not chosen:
        raise UsageError(
            "không còn nghĩa vụ nào để đánh giá / no duty is left to judge",
            where="--only, --skip",
            hint="decree43 rules list",
        )
    return tuple(rule.id for rule in catalogue.rules if rule.id not in chosen)
