"""The kinds of check there are: our own in a plain tuple, others by entry point."""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass, field
from functools import lru_cache

from checks.kind import Kind

GROUP = "decree43.kinds"


@dataclass(frozen=True)
class Kinds:
    """Kinds by key, and those that would not load with the reason."""

    found: dict[str, type[Kind]] = field(default_factory=dict)
    broken: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def kinds() -> Kinds:
    """Every kind, own first. An entry point that will not load is named, and the run goes on."""
    from checks.kinds import BUILT_IN

    found: dict[str, type[Kind]] = {kind.key: kind for kind in BUILT_IN}
    broken: list[str] = []
    for entry in importlib.metadata.entry_points(group=GROUP):
        try:
            kind = entry.load()
            if not (isinstance(kind, type) and issubclass(kind, Kind) and kind.key):
                raise TypeError("is no checks.kind.Kind with a key")
            found.setdefault(kind.key, kind)
        except Exception as error:  # a stranger's package must not stop an audit
            broken.append(f"{entry.name} ({entry.value}): {error}")
    return Kinds(found, tuple(broken))
