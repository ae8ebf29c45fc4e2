"""Sentences of findings: data in ``messages*.yaml``, both languages, filled by name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.data_files import read_yaml
from core.finding import Text


@lru_cache(maxsize=1)
def _messages() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = {}
    for path in sorted(Path(__file__).parent.glob("messages*.yaml")):
        more: dict[str, dict[str, str]] = read_yaml(path)
        twice = sorted(loaded.keys() & more.keys())
        if twice:
            raise ValueError(f"{path.name}: sentences of the same name stand in another file: {', '.join(twice)}")
        loaded.update(more)
    return loaded


def say(key: str, **values: object) -> Text:
    """The sentence ``key`` with its gaps filled. A Text value gives each language its own words."""
    pair = _messages()[key]
    return Text(_fill(pair["vi"], values, "vi"), _fill(pair["en"], values, "en"))


def _fill(template: str, values: dict[str, object], lang: str) -> str:
    words = {k: getattr(v, lang) if isinstance(v, Text) else v for k, v in values.items()}
    return template.format(**words)


def join(texts: list[Text]) -> Text:
    """Several names as one list."""
    return Text(", ".join(t.vi for t in texts), ", ".join(t.en for t in texts))


def day(value: object) -> str:
    """A date as people write it in Vietnam: dd/mm/yyyy."""
    import datetime as dt

    return value.strftime("%d/%m/%Y") if isinstance(value, dt.date) else ""
