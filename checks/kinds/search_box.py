"""The portal's own search: is it on the home page, and does it find what is there and nothing else."""

from __future__ import annotations

from typing import ClassVar
from urllib.parse import urlsplit

from checks.answers import could_not_look
from checks.front import front
from checks.gate import not_looked
from checks.kind import Kind, failed
from checks.say import say
from checks.search_trials import Tried, tried
from checks.seen import home_cause, stop_cause
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, partial, passed, unknown
from core.page import Form, FormPurpose, Input, Page
from core.plan import Wording
from core.text import any_phrase, fold, shorten

_NAMES = frozenset(
    "q s key keys keyword keywords kw search query txtsearch tukhoa tu khoa searchtext searchkey text search".split()
)
_WORDS = ("tim kiem", "nhap tu khoa", "tu khoa", "tim tren cong", "search", "noi dung tim")
_LABELS = frozenset({"tim kiem", "tim", "search", "tim kiem nang cao", "tra cuu tim kiem"})
_OTHERS = frozenset({FormPurpose.LOGIN, FormPurpose.NEWSLETTER, FormPurpose.QUESTION, FormPurpose.COMMENT})


class SearchBox(Kind):
    """The home page has a search box that finds a known title and nothing for a nonsense word (15.1.a).

    Passes when both trials went well; whether accents are needed and filters offered is only noted as a flag.
    Partial when the box is there but a known title is not found (0.5; 0.25 when a nonsense word brings
    results besides), or when everything is returned for any word (0.5).
    Fails when there is no box on the home page, or it does nothing: the same page again, a missing page, "nothing
    found" for every one of several titles that are on the portal.
    A form sent by POST or script is asked by the browser, which types into the box on the home page.
    Unknown when that takes a browser and there is none, or a trial could not be made.
    """

    key: ClassVar[str] = "search_box"

    min_filters: int = 1

    def wording(self) -> Wording:
        return Wording(self.rule, ("tim kiem", "search"), (), ("tim-kiem", "search"), section=False)

    def judge(self, evidence: Evidence) -> Answer:
        cause = home_cause(evidence)
        home = front(evidence)
        if cause or home is None:
            return could_not_look(cause or "unreachable")
        box = find_box(evidence, home)
        if box is None:
            cause = not_looked(evidence, self.rule) if _linked_unread(evidence, home) else None
            return could_not_look(cause) if cause else failed(say("search_no_box"), home.url)
        page, form = box
        proofs: tuple[Proof, ...] = (Proof("form", page.url, shorten(form.text or _called(form), 80), form.method),)
        trials = tried(evidence)
        if trials.known is None:
            asked = _can_be_asked(form) or evidence.fact("search.by_hand") == "no_sample"
            cause = _not_tried(evidence) if asked else "needs_browser"
            return unknown(say("search_only_box", why=say(f"cause_{cause}")), cause, proofs=proofs)
        proofs += tuple(Proof("search", t.url, shorten(t.query, 120), t.kind) for t in evidence.searches if t.outcome)
        return self._tried(evidence, trials, proofs)

    def _tried(self, evidence: Evidence, trials: Tried, proofs: tuple[Proof, ...]) -> Answer:
        known = trials.known
        assert known is not None
        if trials.cause:
            return unknown(say("search_only_box", why=say(f"cause_{trials.cause}")), trials.cause, proofs=proofs)
        if trials.dead:
            what = say(f"search_{trials.dead}")
            return failed(say("search_dead", query=shorten(known.query, 80), what=what), proofs=proofs)
        words = {
            "query": shorten(trials.missed or known.query, 80),
            "word": trials.word,
            "count": trials.stray,
        }
        flags = self._flags(evidence, trials)
        if trials.silent:
            return failed(say("search_silent", asked=trials.asked, **words), proofs=proofs)
        if not trials.found and trials.stray:
            return partial(say("search_neither", **words), ratio=0.25, proofs=proofs, flags=flags)
        if not trials.found:
            message = say("search_not_found", found=trials.hits, asked=trials.asked, **words)
            sure = Confidence.LOW if trials.blank else Confidence.HIGH
            return partial(message, ratio=0.5, proofs=proofs, flags=flags, confidence=sure)
        if trials.stray:
            return partial(say("search_finds_all", **words), ratio=0.5, proofs=proofs, flags=flags)
        if trials.nonsense_cause:
            cause = trials.nonsense_cause
            return unknown(say("search_half", why=say(f"cause_{cause}")), cause, proofs=proofs, flags=flags)
        return passed(say("search_works", **words), proofs=proofs, flags=flags)

    def _flags(self, evidence: Evidence, trials: Tried) -> tuple[str, ...]:
        pages = [p for p in (front(evidence), trials.known.page if trials.known else None) if p is not None]
        filters = max((_filters(f) for p in pages for f in p.forms if is_box(f)), default=0)
        flags = ["search_needs_accents"] if trials.plain_missed else []
        if filters < self.min_filters:
            flags.append("search_no_filters")
        return tuple(flags)


def find_box(evidence: Evidence, home: Page) -> tuple[Page, Form] | None:
    """The search box of the home page, or of a page a "Tìm kiếm" link leads to."""
    boxes = [f for f in home.forms if is_box(f)]
    if boxes:
        return home, min(boxes, key=lambda f: not _can_be_asked(f))
    for link in home.links:
        target = evidence.page(link.url) if link.url and fold(link.label) in _LABELS else None
        for form in target.forms if target is not None else ():
            if target is not None and (is_box(form) or form.purpose is FormPurpose.DOCUMENT_SEARCH):
                return target, form
    return None


def is_box(form: Form) -> bool:
    """A form for searching the portal, or one with an input that plainly is for that."""
    if form.purpose is FormPurpose.SEARCH:
        return True
    return form.purpose is FormPurpose.OTHER and any(_is_query(i) for i in form.inputs)


def _is_query(control: Input) -> bool:
    if control.type not in ("text", "search", ""):
        return False
    name = fold(control.name).replace(" ", "")
    return control.type == "search" or name in _NAMES or any_phrase(fold(control.label), _WORDS) is not None


def _filters(form: Form) -> int:
    return sum(1 for i in form.inputs if i.type in ("select", "date", "radio", "checkbox") or i.options)


def _called(form: Form) -> str:
    return next((i.label or i.name for i in form.inputs if _is_query(i)), "")


def _can_be_asked(form: Form) -> bool:
    """A plain GET form; POST and script are left to a browser."""
    plain = urlsplit(form.action).scheme in ("http", "https", "") and form.action != "#"
    return form.method.lower() == "get" and plain


def _linked_unread(evidence: Evidence, home: Page) -> bool:
    links = (k for k in home.links if k.url and fold(k.label) in _LABELS)
    return any(evidence.page(k.url) is None for k in links)


def _not_tried(evidence: Evidence) -> str:
    return stop_cause(evidence) if evidence.stopped_because in ("time", "interrupted", "budget") else "no_sample"
