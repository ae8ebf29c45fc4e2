"""What the trials of a portal's search showed: known titles found, nonsense answered, or nothing done."""

from __future__ import annotations

from dataclasses import dataclass

from checks.seen import stop_cause
from core.evidence import Evidence, SearchTrial
from core.page import GONE, UNSEEN, Outcome, Page, Zone
from core.text import any_phrase, fold

#: The law asks for all; a title may be too new for the index.
_ENOUGH = 0.8
#: So many titles that are not found are no accident.
_SEVERAL = 2
_NOTHING = (
    "khong tim thay", "khong co ket qua", "0 ket qua", "khong co du lieu", "khong co ban ghi", "0 ban ghi",
    "chua co ket qua", "khong co bai viet nao", "no results", "nothing found", "0 results",
)  # fmt: skip
_RESULTS = frozenset({Zone.BODY, Zone.FRAME})


@dataclass(frozen=True, slots=True)
class Tried:
    """``found``: enough known titles came back. ``stray``: results for a nonsense word."""

    known: SearchTrial | None = None
    #: Why the trial of a known title could not be judged.
    cause: str = ""
    #: "same_page" or "gone" when the box does nothing at all.
    dead: str = ""
    hits: int = 0
    asked: int = 0
    found: bool = False
    missed: str = ""
    #: The answer held neither results nor words that there are none.
    blank: bool = False
    #: Several known titles were asked for, and every answer says that there is nothing.
    silent: bool = False
    word: str = ""
    stray: int = 0
    nonsense_cause: str = ""
    plain_missed: bool = False


def tried(evidence: Evidence) -> Tried:
    """All trials together."""
    known = [t for t in evidence.searches if t.kind == "known"]
    if not known:
        return Tried()
    seen = [t for t in known if not _cause(evidence, t)]
    if not seen:
        return Tried(known[0], cause=_cause(evidence, known[0]))
    nonsense = next((t for t in evidence.searches if t.kind == "nonsense"), None)
    answered = nonsense is not None and not _cause(evidence, nonsense)
    void = nonsense.page if nonsense is not None and answered else None
    none = void is not None and _says_nothing(void)
    common = set() if none else set(_results(void))
    #: What stands beside any answer: the block of new posts is no result.
    beside = set(_results(void)) if none else set()
    dead = next((d for d in (_dead(evidence, t) for t in seen) if d), "")
    got = [t for t in seen if t.page is not None and _finds(t, beside | _fixed(evidence, t.page))]
    found = len(got) >= _ENOUGH * len(seen)
    only_by_chance = [t for t in got if _hits(t) and _hits(t) <= common]
    stray = 0
    if common and (only_by_chance or not found):
        stray = len(common - _everywhere(evidence))
    elif common:
        usual = set(_results(got[0].page)) if got else set()
        stray = len(common - usual - _everywhere(evidence))
    if only_by_chance:
        stray = max(stray, 1)
    plain = [t for t in evidence.searches if t.kind == "plain" and not _cause(evidence, t)]
    missed = next((t.query for t in seen if t not in got), "")
    return Tried(
        known=seen[0],
        dead=dead if len(only_by_chance) == len(got) else "",
        hits=len(got),
        asked=len(seen),
        found=found,
        missed=missed if not found else "",
        blank=not got and all(t.page is not None and not _results(t.page) and not _says_nothing(t.page) for t in seen),
        silent=not got and len(seen) >= _SEVERAL and (_all_nothing(seen, beside | common) or _all_the_same(seen)),
        word=nonsense.query if nonsense else "",
        stray=stray,
        nonsense_cause="" if answered else _cause(evidence, nonsense) if nonsense else stop_cause(evidence),
        plain_missed=found and bool(plain) and not any(_finds(t, beside) for t in plain),
    )


def _all_nothing(trials: list[SearchTrial], usual: set[tuple[str, str]]) -> bool:
    """Whether every answer says that there is nothing, or shows nothing but what stands beside any answer."""
    return all(t.page is not None and (_says_nothing(t.page) or set(_results(t.page)) <= usual) for t in trials)


def _all_the_same(trials: list[SearchTrial]) -> bool:
    """Whether every question gets one and the same answer: "the search is being upgraded"."""
    return len({t.page.text.replace(t.query, "") if t.page else t.query for t in trials}) == 1


def _cause(evidence: Evidence, trial: SearchTrial) -> str:
    """Why a trial says nothing; "" when it does."""
    if trial.outcome in UNSEEN:
        return stop_cause(evidence, trial.outcome)
    if trial.outcome in GONE:
        return ""
    if trial.page is None or "shell" in trial.page.traits:
        return "needs_browser"
    return ""


def _dead(evidence: Evidence, trial: SearchTrial) -> str:
    if trial.outcome is Outcome.REDIRECT_HOME:
        return "same_page"
    if trial.outcome in (Outcome.NOT_FOUND, Outcome.BAD_REDIRECT):
        return "gone"
    home, page = evidence.home, trial.page
    if home is None or page is None:
        return ""
    if trial.by_hand:
        return ""  # that nothing happens is told by the outcome; an answer may well stand on the home page
    if page.url == home.url or (page.sha256 and page.sha256 == home.sha256):
        return "same_page"
    results = _results(page)
    same = len(results) > 2 and results == _results(home) and page.title == home.title
    return "same_page" if same and not _says_nothing(page) else ""


def _results(page: Page | None) -> list[tuple[str, str]]:
    """Addresses and folded titles of what an answer lists, the page's own frame aside."""
    if page is None:
        return []
    items = [(i.url, fold(i.title)) for i in page.items if i.zone in _RESULTS and i.title]
    listed = {url for url, _ in items}
    links = [
        (k.url, fold(k.label))
        for k in page.links
        if k.zone in _RESULTS and k.url and not k.hidden and k.url not in listed and len(fold(k.label)) >= 12
    ]
    return list(dict.fromkeys([*items, *links]))


def _is_it(trial: SearchTrial, result: tuple[str, str]) -> bool:
    url, title = result
    wanted = fold(trial.query)
    return (bool(trial.expected_url) and url == trial.expected_url) or (
        len(wanted) >= 8 and (wanted == title or (len(title) >= 8 and f" {wanted} " in f" {title} "))
    )


def _finds(trial: SearchTrial, beside: set[tuple[str, str]]) -> bool:
    page = trial.page
    if page is not None and trial.expected_url and page.url == trial.expected_url:
        return True  # one hit only: some portals go straight to it
    if trial.kind == "plain":
        return any(
            (trial.expected_url and url == trial.expected_url) or fold(trial.query) in title
            for url, title in _results(page)
            if (url, title) not in beside
        )
    return bool(_hits(trial) - beside)


def _hits(trial: SearchTrial) -> set[tuple[str, str]]:
    return {r for r in _results(trial.page) if _is_it(trial, r)}


def _says_nothing(page: Page) -> bool:
    return any_phrase(fold(f"{page.text} {page.title} {' '.join(h.text for h in page.headings)}"), _NOTHING) is not None


def _fixed(evidence: Evidence, page: Page) -> set[tuple[str, str]]:
    """Where an answer says that there are no results: what the home page lists too."""
    return _everywhere(evidence) if _says_nothing(page) else set()


def _everywhere(evidence: Evidence) -> set[tuple[str, str]]:
    """Blocks of the home page that may stand beside any answer."""
    return set(_results(evidence.home))
