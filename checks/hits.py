"""What a search for a section turns up: links with what is behind them, and why some did not count."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from checks.content import Content, Fit
from checks.match import Lexicon, lexicon
from core.evidence import Evidence
from core.page import Link, Outcome, Page, Zone

#: Places where a portal lists its sections.
NAVIGATION = frozenset({Zone.MENU, Zone.HEADER, Zone.FOOTER, Zone.SIDE, Zone.FRAME, Zone.BREADCRUMB})


class Why(StrEnum):
    """Why a candidate did not count; each has its sentence in ``messages.yaml``."""

    NO_LINK = "no_link"
    MAIL = "mail"
    DEAD = "dead"
    SOFT_404 = "soft_404"
    TO_HOME = "to_home"
    EMPTY = "empty"
    EMPTY_LIST = "empty_list"
    SINGLE = "single"
    DEAD_FILES = "dead_files"
    OTHER_NEWS = "other_news"
    FEW_WORDS = "few_words"
    PLACEHOLDER = "placeholder"
    OTHER_CONTENT = "other_content"
    OTHER_SECTION = "other_section"
    OTHER_AGENCY = "other_agency"
    HIDDEN = "hidden"
    TAKEN = "taken"
    ITSELF = "itself"
    FILLER = "filler"
    NOT_SEEN = "not_seen"


@dataclass(frozen=True, slots=True)
class Hit:
    """A link that may lead to the section, and what is behind it."""

    link: Link
    score: int
    phrase: str
    depth: int
    page: Page | None = None
    fit: Fit = Fit.EMPTY
    content: Content = field(default_factory=lambda: Content(Fit.EMPTY))
    why: Why | None = None
    #: Outcome that kept us from looking.
    blocked: Outcome | None = None
    #: The page names itself as the section (0-100).
    named: int = 0
    other: str = ""
    #: The page the link stands on.
    on: Page | None = None
    #: Cause of an unknown verdict, where the outcome does not tell it.
    cause: str = ""
    #: No near miss worth telling: a skip link, a language flag, an entry of a section that counts.
    aside: bool = False
    #: Another duty of the same điểm counts this page under its own name: renaming it would only help one of them.
    lent: bool = False

    @property
    def is_file(self) -> bool:
        """The file behind the link is the duty itself; the page is the one that lists it."""
        return self.page is not None and self.page is self.on

    @property
    def total(self) -> int:
        """Order of preference among accepted pages."""
        return self.score + self.named + 25 * int(self.fit) + 2 * self.content.plain - 3 * self.depth


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for one duty: accepted pages best first, and the rest with reasons."""

    accepted: tuple[Hit, ...] = ()
    rejected: tuple[Hit, ...] = ()
    #: A page found by its content under a label the catalogue does not know.
    renamed: bool = False
    #: Pages under other names that hang below the section's entry in the menu, and are no other duty's.
    below: tuple[Page, ...] = ()

    @property
    def best(self) -> Hit | None:
        return self.accepted[0] if self.accepted else None


def words_of(evidence: Evidence) -> Lexicon:
    """The lexicon of the evidence's plan."""
    return lexicon(evidence.plan.wordings)


#: Nothing of its own stands on the page: what is there instead.
HOLLOW = frozenset({Why.EMPTY, Why.EMPTY_LIST, Why.SINGLE, Why.DEAD_FILES, Why.OTHER_NEWS, Why.FEW_WORDS})
#: The section is there in name only.
IN_NAME_ONLY = frozenset(
    {
        Why.NO_LINK, Why.MAIL, Why.DEAD, Why.SOFT_404, Why.TO_HOME, Why.PLACEHOLDER, Why.ITSELF, Why.FILLER, *HOLLOW,
    }
)  # fmt: skip
