"""What the kinds for functions and technical duties share: could we look, samples, shares, nested parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from checks.answers import page_proof
from checks.gate import not_looked, why_unseen
from checks.say import join, say
from core.evidence import Evidence
from core.finding import Answer, Confidence, Proof, Text, failed, partial, passed
from core.hosts import host_of
from core.page import UNSEEN, Outcome, Page
from core.text import clean, fold

#: A sample under this size says less.
_SMALL = 3
#: A body's own name in full, small letters: what it is and of whom, not its initials.
AGENCY = re.compile(
    r"\b(?:[uủ][ỷy] ban nhân dân|ubnd|hội đồng nhân dân|cổng thông tin điện tử|cổng ttđt|trang thông tin điện tử|"
    r"tổng cục|chi cục|cục|sở|bộ|văn phòng|thanh tra|viện|tòa án|toà án|tỉnh ủy|huyện ủy|ủy ban|kho bạc|bảo hiểm|"
    r"ngân hàng|ban (?:quản lý|dân tộc|tổ chức|tuyên giáo|dân vận|nội chính))(?:,?\s+[^\W\d_]+){2,}"
)
#: Letters on the page are not the ones that were meant.
BROKEN_TYPE = frozenset({"legacy_font", "mojibake", "wrong_charset"})


def home_cause(evidence: Evidence) -> str | None:
    """Why the home page could not be seen, as a cause; None when it was read."""
    if evidence.home is None or "shell" in evidence.home.traits:
        return not_looked(evidence, "")
    return None


def stop_cause(evidence: Evidence, outcome: Outcome | None = None) -> str:
    """Cause for something that was not asked, or that ended with ``outcome``."""
    return why_unseen(evidence, outcome or Outcome.BUDGET)


def unseen(evidence: Evidence, url: str) -> str | None:
    """Cause when an address could not be looked at; None when it was asked and answered."""
    fetch = evidence.fetch(url)
    if fetch is None:
        return stop_cause(evidence)
    return stop_cause(evidence, fetch.outcome) if fetch.outcome in UNSEEN else None


def readable(evidence: Evidence) -> tuple[Page, ...]:
    """Pages whose plain HTML says something."""
    return tuple(p for p in evidence.pages if "shell" not in p.traits)


def share_of(pages: Sequence[Page], good: Callable[[Page], bool]) -> tuple[float, tuple[Page, ...]]:
    """The share of pages that are good, and the ones that are not."""
    bad = tuple(p for p in pages if not good(p))
    return (len(pages) - len(bad)) / len(pages) if pages else 0.0, bad


def sampled(pages: Sequence[Page]) -> Confidence:
    """How much a sample of this size says."""
    return Confidence.HIGH if len(pages) >= _SMALL else Confidence.MEDIUM


def percent(share: float) -> str:
    """A share as people read it; never rounded up to all or down to nothing."""
    rounded = round(share * 100)
    if share < 1:
        rounded = min(rounded, 99)
    return f"{max(rounded, 1) if share > 0 else 0}%"


def names(titles: Iterable[Text]) -> Text:
    """Several names as one list."""
    return join(titles)


def proofs_of(pages: Iterable[Page], most: int = 3) -> tuple[Proof, ...]:
    """The first pages as evidence, each once."""
    return tuple(page_proof(p) for p in list({p.url: p for p in pages}.values())[:most])


def by_parts(there: Sequence[Text], lacking: Sequence[Text], ratio: float | None = None, **more: Any) -> Answer:
    """Pass with all parts, fail with none, else partial by their number (or ``ratio``), naming what is missing."""
    if not lacking:
        return passed(say("fn_parts_all", found=names(there)), **more)
    if not there:
        return failed(say("fn_parts_none", missing=names(lacking)), **more)
    share = len(there) / (len(there) + len(lacking)) if ratio is None else ratio
    return partial(say("fn_parts_some", found=names(there), missing=names(lacking)), ratio=round(share, 2), **more)


def under(host: str, domains: Iterable[str]) -> bool:
    """Whether a host is one of the domains or stands under one."""
    return any(host == d or host.endswith(f".{d}") for d in (d.lower().removeprefix("www.") for d in domains))


def own_host(evidence: Evidence, url: str) -> bool:
    return host_of(url) == host_of(evidence.portal.url)


def has_diacritics(text: str) -> bool:
    """Whether a text is written with Vietnamese letters and not only ASCII ones."""
    return any(ord(c) > 127 and c.isalpha() for c in clean(text)) and fold(text) != ""
