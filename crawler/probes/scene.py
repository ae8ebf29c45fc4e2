"""What a probe may use: the portal, what the crawl gathered, and guarded connections of the same audit."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from core.evidence import Evidence
from core.plan import Budget
from core.portal import Portal
from crawler.browser.session import Browser
from crawler.dns_query import Asker
from crawler.ledger import Ledger
from crawler.options import CrawlOptions
from crawler.robots import Rules
from crawler.transport import Transport


def _quiet(_: str) -> None:
    return None


def _unread(_: str) -> Rules | None:
    return None


@dataclass(frozen=True, slots=True)
class Scene:
    """One audit after its crawl. ``transport`` resolves through the named resolver and refuses what the guard does."""

    portal: Portal
    budget: Budget
    evidence: Evidence
    options: CrawlOptions
    transport: Transport
    ledger: Ledger
    today: dt.date
    #: Seconds of ``time.monotonic()`` at which every probe must have ended.
    deadline: float = field(default_factory=lambda: time.monotonic() + 300)
    #: The audit's browser, launched at its first page; None with ``--no-browser`` or where none was found.
    browser: Browser | None = None
    #: Told which probe runs, by its name.
    say: Callable[[str], None] = _quiet
    #: The robots.txt rules of an address's host as the crawl read them; None when it did not.
    rules: Callable[[str], Rules | None] = _unread
    #: Questions to the resolver, answers shared by all probes.
    asker: Asker = field(default_factory=Asker)

    @property
    def url(self) -> str:
        """The home page as it was reached, redirects followed."""
        return self.evidence.home.url if self.evidence.home is not None else self.portal.url

    @property
    def left(self) -> float:
        """Seconds until the deadline."""
        return max(0.0, self.deadline - time.monotonic())
