"""The same duty in several catalogues: found by its id, its former ids and what it replaces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.rule import Catalogue, Rule


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty and its rule in each catalogue, in their order; None where the catalogue does not hold it."""

    rules: tuple[Rule | None, ...]

    @property
    def names(self) -> frozenset[str]:
        """Every id it has or had."""
        return frozenset(name for rule in self.rules if rule is not None for name in names_of(rule))

    @property
    def newest(self) -> Rule:
        """Its rule in the last catalogue that holds it."""
        return [r for r in self.rules if r is not None][-1]


def names_of(rule: Rule) -> tuple[str, ...]:
    """The rule's id, its former ids, and the id it replaces."""
    return (rule.id, *rule.aliases, *((rule.replaces,) if rule.replaces else ()))


def crosswalk(catalogues: Sequence[Catalogue]) -> tuple[Duty, ...]:
    """Every duty of the catalogues, in the order of the first that holds it."""
    group: dict[str, int] = {}
    found: list[list[Rule | None]] = []
    for place, catalogue in enumerate(catalogues):
        for rule in catalogue.rules:
            known = next((group[n] for n in names_of(rule) if n in group and found[group[n]][place] is None), None)
            if known is None:
                known = len(found)
                found.append([None] * len(catalogues))
            found[known][place] = rule
            group.update(dict.fromkeys(names_of(rule), known))
    return tuple(Duty(tuple(rules)) for rules in found)


def duties_named(duties: Iterable[Duty], name: str) -> tuple[Duty, ...]:
    """The duties that have or had this id; else those whose ids hold it, case aside."""
    every = tuple(duties)
    exact = tuple(d for d in every if name in d.names)
    return exact or tuple(d for d in every if any(name.casefold() in n.casefold() for n in d.names))
