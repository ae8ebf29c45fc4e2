"""Sentences of findings: data in ``messages*.yaml``, both languages, filled by name."""

from __future__ import annotations

from pathlib import Path

from core.finding import Text
from core.sentences import Sentences

say = Sentences(Path(__file__).parent).say


def join(texts: list[Text]) -> Text:
    """Several names as one list."""
    return Text(", ".join(t.vi for t in texts), ", ".join(t.en for t in texts))


def day(value: object) -> str:
    """A date as people write it in Vietnam: dd/mm/yyyy."""
    import datetime as dt

    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else ""
