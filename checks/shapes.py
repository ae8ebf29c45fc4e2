"""Shapes of content, read from ``content.yaml``: what a list of documents, a schedule, a page of answers looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from checks.said import Sought
from core.data_files import read_yaml
from core.text import fold


@dataclass(frozen=True, slots=True)
class Shape:
    """One entry of ``content.yaml``, folded and compiled."""

    shape: str = "either"
    min_text: int = 120
    topic: tuple[str, ...] = ()
    #: Short words of the topic that mean too many things without their accents: "hỏi", "hội".
    spoken: tuple[str, ...] = ()
    rescue: bool = False
    strong: tuple[str, ...] = ()
    strong_min: int = 2
    headers: tuple[str, ...] = ()
    headers_min: int = 3
    pattern: re.Pattern[str] | None = None
    pattern_needed: bool = False
    #: Phrases of something else that goes by the same words.
    not_words: tuple[str, ...] = ()
    #: The same for titles of entries: more than half of them make it something else.
    not_entries: tuple[str, ...] = ()
    #: So many dated entries make the page plainly this, where no other duty claims it; 0: never.
    dated_strong: int = 0
    #: Bare links of the main column count as a list.
    links: bool = False
    #: So many matches of the pattern make the page plainly this; 0: never.
    pattern_strong: int = 0


#: Lists of phrases that belong to no shape.
_LISTS = frozenset({"filler", "to_come", "empty_list", "other_news", "riddle"})
#: Lists of phrases in the file and the fields they fill.
_PHRASES = {
    "topic": "topic",
    "strong": "strong",
    "headers": "headers",
    "not": "not_words",
    "not_entries": "not_entries",
}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    loaded: dict[str, Any] = read_yaml(Path(__file__).with_name("content.yaml"))
    return loaded


@cache
def told(key: str) -> tuple[str, ...]:
    """A list of phrases that belongs to no shape, folded; see ``_LISTS``."""
    return tuple(fold(phrase) for phrase in _data()[key])


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """All content shapes by key."""
    found = {}
    for key, entry in _data().items():
        if key in _LISTS:
            continue
        words: dict[str, Any] = {
            field: Sought(fold(w) for w in entry[key]) for key, field in _PHRASES.items() if key in entry
        }
        plain = {k: v for k, v in entry.items() if k not in _PHRASES and k not in ("pattern", "spoken")}
        plain["spoken"] = tuple(entry.get("spoken", ()))
        pattern = re.compile(entry["pattern"]) if "pattern" in entry else None
        found[key] = Shape(**words, **plain, pattern=pattern)
    return found
