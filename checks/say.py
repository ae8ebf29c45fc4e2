"""Sentences of findings: data in ``messages*.yaml``, both languages, filled by name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.finding import Text
from core.sentences import Sentences

_sentences = Sentences(Path(__file__).parent)
say = _sentences.say
knows = _sentences.knows
both = _sentences.both


#: What stands between the names of a list: a name may have commas of its own.
BETWEEN = "; "


def join(texts: Iterable[Text]) -> Text:
    """Several names as one list."""
    listed = list(texts)
    return Text(BETWEEN.join(t.vi for t in listed), BETWEEN.join(t.en for t in listed))


def day(value: object) -> str:
    """A date as people write it in Vietnam: dd/mm/yyyy."""
    import datetime as dt

    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else ""
