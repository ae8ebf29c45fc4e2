"""How a crawl is asked to behave, what it tells on its way, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata

from core.access import Access
from core.audit import CrawlSummary
from core.capture import Sources
from core.evidence import Evidence


@lru_cache(maxsize=1)
def version() -> str:
    """The installed version of the product."""
    try:
        return metadata.version("decree43")
    except metadata.PackageNotFoundError:
        return "0.1.0"


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What the user allows the crawler to do (design 4.1)."""

    allow_private: bool = False
    #: ``HOST`` or ``HOST:PORT`` admitted although private, and counted as the same agency.
    allow_hosts: tuple[str, ...] = ()
    contact: str = ""
    #: Why robots.txt is not honoured; "" honours it.
    ignore_robots: str = ""
    #: ``HOST[:PORT]`` of the DNS resolver to ask; "" uses the system's.
    resolver: str = ""
    #: A file with DNSSEC trust anchors beside the root's; "" for none.
    trust_anchor: str = ""
    proxy: str = ""
    #: What opens a protected preview.
    access: Access = field(default_factory=Access)
    #: The portal is a folder of files that we serve ourselves: there is no server to measure.
    static_folder: bool = False
    #: Pages may be rendered and measured in a browser.
    browser: bool = False
    connect_timeout: float = 10.0
    total_timeout: float = 30.0
    max_body: int = 10 * 1024 * 1024
    #: Seconds between two requests to one public server.
    public_delay: float = 0.5
    #: Longest Retry-After and crawl-delay that are waited for.
    longest_wait: float = 60.0
    longest_crawl_delay: float = 10.0
    #: Asked of ``settled`` again after so many pages.
    settle_every: int = 25

    @property
    def user_agent(self) -> str:
        """The honest name the crawler goes by."""
        contact = " ".join(self.contact.split()).encode("ascii", "ignore").decode()
        return f"decree43/{version()}" + (f" (+{contact})" if contact else "")


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a crawl is."""

    pages: int = 0
    requests: int = 0
    waiting: int = 0
    seconds: float = 0.0
    url: str = ""
    #: The probe that runs, once the crawl is done.
    probe: str = ""


@dataclass(frozen=True, slots=True)
class Crawl:
    """The end of a crawl: what was seen, and the ledger in figures."""

    evidence: Evidence
    summary: CrawlSummary
    #: What the evidence was read from, when an archive is kept.
    sources: Sources | None = None
