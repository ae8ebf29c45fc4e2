"""What checks say in the evidence, in both languages: a proof holds the Vietnamese words only (``said.yaml``)."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from core.data_files import read_yaml
from core.days import show_day
from core.finding import Text

_GAP = re.compile(r"\\{(\w+)\\}")
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


@dataclass(frozen=True, slots=True)
class _Sentence:
    pattern: re.Pattern[str]
    said: Text


def text(given: str) -> Text | None:
    """Words of a proof that are our own; None for what stands on the page."""
    return _find("texts", given)


def value(given: str) -> Text | None:
    """A value that is a code of a measurement; None where it is none."""
    return _find("values", given)


def _find(section: str, given: str) -> Text | None:
    for sentence in _sentences()[section]:
        if match := sentence.pattern.fullmatch(given):
            gaps = match.groupdict()
            english = {name: _DAY.sub(_english, found) for name, found in gaps.items()}
            return Text(sentence.said.vi.format(**gaps), sentence.said.en.format(**english))
    return None


def _english(found: re.Match[str]) -> str:
    try:
        return show_day(dt.date(int(found[3]), int(found[2]), int(found[1]))).en
    except ValueError:  # 31/02/2026 is no day
        return found[0]


@lru_cache(maxsize=1)
def _sentences() -> dict[str, list[_Sentence]]:
    given: dict[str, list[dict[str, str]]] = read_yaml(Path(__file__).with_name("said.yaml"))
    return {section: [_sentence(entry) for entry in entries] for section, entries in given.items()}


def _sentence(entry: dict[str, str]) -> _Sentence:
    """``given`` is what the proof holds; without it the Vietnamese words are."""
    pattern = _GAP.sub(r"(?P<\1>.+?)", re.escape(entry.get("given", entry["vi"])))
    return _Sentence(re.compile(pattern, re.DOTALL), Text(entry["vi"], entry["en"]))
