"""Where a duty is written, as each language says it; the English words are data (``citations.yaml``)."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from core.data_files import read_yaml
from core.days import show_day
from core.finding import Citation, Text

_PART = re.compile(r"\b((?:điểm|khoản) \S+) (?=khoản|Điều)")
_DAY = re.compile(r"\bngày (\d\d)/(\d\d)/(\d{4})\b")


def cite(citation: Citation) -> Text:
    """điểm b khoản 1 Điều 10 NĐ 43/2011/NĐ-CP; point b, clause 1, Article 10 of Decree 43/2011/NĐ-CP."""
    clause, document = _clause(citation.clause), _document(citation.text)
    vi = f"{citation.clause} {citation.text}".strip()
    return Text(vi, f"{clause} of {document}" if clause and document else clause or document)


def _clause(text: str) -> str:
    return _said("clauses", _PART.sub(r"\1, ", text))


def _document(text: str) -> str:
    found = _DAY.search(text)
    if found:
        with suppress(ValueError):  # a day there is not
            text = text.replace(found[0], f"of {show_day(dt.date(int(found[3]), int(found[2]), int(found[1]))).en}")
    return _said("documents", text)


def _said(section: str, text: str) -> str:
    for pattern, en in _words()[section]:
        text = pattern.sub(en, text)
    return text


@lru_cache(maxsize=1)
def _words() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    given: dict[str, dict[str, str]] = read_yaml(Path(__file__).with_name("citations.yaml"))
    return {
        section: [(re.compile(rf"(?<![\w/]){re.escape(vi)}(?![\w-])"), en) for vi, en in words.items()]
        for section, words in given.items()
    }
