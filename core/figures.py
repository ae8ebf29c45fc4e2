"""Figures no crawler can see: what bodies report of themselves, and what they claim."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number a body reports for a period, both days included: ``name`` as ``figures.yaml`` defines it."""

    body: str
    name: str
    begins: dt.date
    ends: dt.date
    value: float
    #: Level of service, section or criterion where the figure is broken down; "" for the whole.
    part: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a body's own assessment says of one duty: points claimed of how many, and its link as proof."""

    body: str
    rule: str
    begins: dt.date
    ends: dt.date
    points: float
    max_points: float
    link: str = ""
    note: str = ""
