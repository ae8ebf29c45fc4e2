"""One audit as a whole: what was visited, found and scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from core.declared import Declared
from core.finding import Finding, Text
from core.portal import Portal
from core.score import Score

#: Vietnam has one time zone and no daylight saving time.
VIETNAM = dt.timezone(dt.timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class RulesetInfo:
    """Which catalogue judged, by content."""

    id: str
    title: Text
    valid_from: dt.date | None
    valid_to: dt.date | None
    sha256: str


@dataclass(frozen=True, slots=True)
class CrawlSummary:
    """The ledger in figures. ``fetch_outcomes`` counts requests by ``core.page.Outcome``."""

    pages: int = 0
    #: Requests of the crawl and the probes; those a browser made to draw pages stand beside them.
    requests: int = 0
    browser_requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    stopped_because: str = "frontier"
    fetch_outcomes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    longest_burst_per_second: int = 0
    user_agent: str = ""
    robots: str = ""
    #: (address, outcome, HTTP status, bytes, seconds) of every request, in order.
    ledger: tuple[tuple[str, str, int | None, int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """The audit beside a baseline: ids of scored duties, in the order of the catalogue."""

    #: Not met now, and not so in the baseline.
    new: tuple[str, ...] = ()
    #: Not met now as in the baseline.
    known: tuple[str, ...] = ()
    #: Not met in the baseline, and met or partly met now; what no longer applies is in none of the four.
    vanished: tuple[str, ...] = ()
    #: Not met in the baseline; could not be judged now, so nothing is known of them.
    unseen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Audit:
    """What ``report.json`` says, as values. Times are aware and in UTC."""

    id: str
    tool: str
    portal: Portal
    ruleset: RulesetInfo
    started_at: dt.datetime
    finished_at: dt.datetime | None
    today: dt.date
    complete: bool
    score: Score
    findings: tuple[Finding, ...]
    facts: Mapping[str, Any]
    crawl: CrawlSummary
    vantage: Mapping[str, Any]
    #: Sentences for the head of the report: validity of the catalogue, kind against host, interruption …
    notes: tuple[Text, ...] = ()
    #: Ids of rules whose check crashed (exit status 4).
    crashed: tuple[str, ...] = ()
    #: Ids of rules that were left out when it was asked for (``--only``, ``--skip``): no findings, not in the score.
    skipped: tuple[str, ...] = ()
    #: Beside which baseline it was put; None without one.
    against: Against | None = None
    #: The body's own claims for the time beside the findings, the largest disagreements first; as far as they are known
    #: to whoever writes the report.
    declared: tuple[Declared, ...] = ()
    #: Since which day the audits in a row gave a rule the verdict it has, where that was before this audit.
    since: Mapping[str, dt.date] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def of_folder(self) -> bool:
        """Whether a folder of static files was audited; its address is a stand-in, and the live portal may differ."""
        return bool(self.facts.get("portal.static_folder"))
