"""Do two answers show the same page: status, title and main text, without what changes from visit to visit."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from core.text import fold
from crawler.extract.page import extract
from crawler.probes.asking import head
from crawler.transport import Raw

#: From this likeness on (0 to 100) two texts are one: news may come in between the two visits.
SAME = 80.0
#: Dates, hours, counters of visitors, tokens.
_CHANGING = re.compile(r"\w*\d\w*")


def alike(one: Raw, other: Raw, url: str) -> bool:
    """Whether a visitor would call both the same page."""
    if one.status != other.status:
        return False
    (title, text), (other_title, other_text) = (_shown(raw, url) for raw in (one, other))
    if fuzz.ratio(title, other_title) < SAME:
        return False
    return fuzz.token_sort_ratio(text, other_text) >= SAME


def _shown(raw: Raw, url: str) -> tuple[str, str]:
    page = extract(raw.body, url, content_type=head(raw, "content-type"), status=raw.status)
    return _steady(page.title), _steady(page.text)


def _steady(text: str) -> str:
    return " ".join(_CHANGING.sub(" ", fold(text)).split())
