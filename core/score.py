"""The score of one audit (design 4.2). Values are rounded half up: three decimals, points two."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GroupScore:
    """Points of one group of rules; ``coverage`` is None when nothing in it can be scored."""

    id: str
    points: float
    max_points: float
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """``value`` lies between ``low`` (all unknown failed) and ``high`` (all unknown met); None: nothing judged."""

    profile: str
    value: float | None
    low: float | None
    high: float | None
    points: float
    max_points: float
    coverage: float | None
    groups: tuple[GroupScore, ...]
    #: Name of the band the value falls in ("Tốt"), for profiles that have bands.
    band: str = ""
