"""The ledger: every request that was tried, and what robots.txt said no to."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from dataclasses import dataclass

from core.audit import CrawlSummary
from core.page import Outcome


@dataclass(frozen=True, slots=True)
class Entry:
    """One request: how it ended and when it began (seconds of a clock that only goes forward)."""

    url: str
    method: str
    outcome: Outcome
    status: int | None
    bytes: int
    seconds: float
    began: float
    #: One of the many requests a browser makes for a page; not counted against the budget of the crawl.
    part: bool = False


class Ledger:
    """Grows by one entry for each request tried: robots, HEAD, sitemaps, retries and redirects too."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.refused_by_robots: list[str] = []
        self.started_at = dt.datetime.now(dt.UTC)
        self._began = time.monotonic()
        self._open = 0
        #: Requests of the browser, those under way included.
        self._parts = 0

    def open(self, *, part: bool = False) -> None:
        """A request is about to be made; ``part`` as in its entry."""
        self._open += 1
        self._parts += part

    def give_back(self) -> None:
        """That request was given up before it was sent."""
        self._open -= 1

    def close(self, entry: Entry) -> None:
        """That request has ended."""
        self._open -= 1
        self.entries.append(entry)

    @property
    def requests(self) -> int:
        """Requests made, the ones under way included."""
        return len(self.entries) + self._open

    @property
    def spent(self) -> int:
        """The same without what the browser asked for."""
        return self.requests - self._parts

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._began

    def outcomes(self) -> dict[str, int]:
        """Requests by outcome, without what the browser asked for."""
        return dict(sorted(Counter(str(e.outcome) for e in self.entries if not e.part).items()))

    def longest_burst(self) -> int:
        """The most requests begun within any one second."""
        began = sorted(e.began for e in self.entries)
        most, first = 0, 0
        for last, moment in enumerate(began):
            while moment - began[first] >= 1.0:
                first += 1
            most = max(most, last - first + 1)
        return most

    def percentile_ms(self, share: float) -> int | None:
        """Milliseconds within which that share of the answered GETs came back."""
        taken = sorted(e.seconds for e in self.entries if e.status is not None and e.method == "GET" and not e.part)
        if not taken:
            return None
        return round(taken[min(len(taken) - 1, int(share * len(taken)))] * 1000)

    def summary(self, *, pages: int, stopped_because: str, user_agent: str, robots: str) -> CrawlSummary:
        """The ledger in figures."""
        return CrawlSummary(
            pages=pages,
            requests=sum(not e.part for e in self.entries),
            browser_requests=sum(e.part for e in self.entries),
            bytes=sum(e.bytes for e in self.entries),
            seconds=round(self.seconds, 3),
            stopped_because=stopped_because,
            fetch_outcomes=self.outcomes(),
            longest_burst_per_second=self.longest_burst(),
            user_agent=user_agent,
            robots=robots,
            ledger=tuple((e.url, str(e.outcome), e.status, e.bytes, round(e.seconds, 4)) for e in self.entries),
        )
