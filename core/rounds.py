"""Rounds of assessment: ours, and those that were published as tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

#: Sources of a round: audits of ours, or a table that somebody published.
AUDIT, PUBLISHED = "audit", "published"

#: What stands behind a published number: "" the document says it, "inferred" it follows from what the document
#: says, "unconfirmed" the document itself was not seen.
INFERRED, UNCONFIRMED = "inferred", "unconfirmed"


@dataclass(frozen=True, slots=True)
class Round:
    """One round. ``audit`` rounds hold audits of ours; ``published`` ones only what a table said."""

    id: str
    title: str
    day: dt.date
    source: str = AUDIT


@dataclass(frozen=True, slots=True)
class Entry:
    """One body's place in a round and category ("portal" for audits of ours), as it was published or computed.

    Value and bounds are shares from 0 to 1 or points, as the profile has them; None where they are not known.
    """

    round: str
    body: str
    category: str = "portal"
    profile: str = ""
    audit: str | None = None
    rank: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    #: Bodies that were ranked.
    of: int | None = None
    #: The document a published number stands in; "" for audits of ours.
    document: str = ""
    #: "", ``INFERRED`` or ``UNCONFIRMED``.
    mark: str = ""
