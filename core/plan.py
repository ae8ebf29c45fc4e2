"""What a crawl is asked to look for, and how much it may spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one duty, folded (see ``core.text.fold``)."""

    rule: str
    #: A label that alone is enough.
    strong: tuple[str, ...] = ()
    #: A label that needs proof from the content.
    weak: tuple[str, ...] = ()
    #: Parts of addresses and file names.
    slugs: tuple[str, ...] = ()
    #: Labels that look alike and are not it.
    negatives: tuple[str, ...] = ()
    #: Words that stand on the section's page.
    cues: tuple[str, ...] = ()
    #: What the page behind the label must be: news, documents, schedule, qa … ("" any).
    content: str = ""
    #: Signs by which a page plainly is the section, whatever its label; "" for those of ``content``.
    signs: str = ""
    #: Duties of one điểm share it: one page may serve them all.
    family: str = ""
    #: Takes part in the search for sections.
    section: bool = True
    applies: bool = True
    #: A file under its label may be the duty itself (a report, a plan).
    file_ok: bool = False
    #: The name visitors know it by, as written.
    called: str = ""


@dataclass(frozen=True, slots=True)
class Budget:
    """Limits of one crawl. Requests together: at most ``1.5 * pages + 40``."""

    max_pages: int = 300
    max_minutes: float = 15.0
    #: Newest items read per section.
    items_per_section: int = 5
    #: Links tried for the dead-link rate.
    link_sample: int = 30
    exhaustive: bool = False

    @property
    def max_requests(self) -> int:
        return int(1.5 * self.max_pages) + 40


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a crawl has come, as judged from the pages so far."""

    #: Duties that reading on could still settle.
    open: frozenset[str] = frozenset()
    #: Sections known by their content alone, by address, with the duties they serve.
    sections: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """The catalogue's wordings and the budget; the crawl ranks links by it."""

    wordings: tuple[Wording, ...] = ()
    budget: Budget = Budget()
    #: First labels of hosts that belong to the agency (dichvucong, congbao …).
    service_prefixes: tuple[str, ...] = ()
    #: Kinds of check that will judge this kind of body: probes that only some of them need ask by it.
    checks: frozenset[str] = frozenset()
