"""Sentences in both languages, kept as data and filled by name."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from core.data_files import read_yaml
from core.finding import Text


class Sentences:
    """The sentences of the ``messages*.yaml`` in a folder: each a name with its Vietnamese and English words."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _pairs(self) -> dict[str, dict[str, str]]:
        loaded: dict[str, dict[str, str]] = {}
        for path in sorted(self._folder.glob("messages*.yaml")):
            more: dict[str, dict[str, str]] = read_yaml(path)
            twice = sorted(loaded.keys() & more.keys())
            if twice:
                raise ValueError(f"{path.name}: sentences of the same name stand in another file: {', '.join(twice)}")
            loaded.update(more)
        return loaded

    def knows(self, key: str) -> bool:
        """Whether there is a sentence of that name."""
        return key in self._pairs

    def say(self, key: str, **values: object) -> Text:
        """The sentence ``key`` with its gaps filled. A Text value gives each language its own words."""
        pair = self._pairs[key]
        return Text(_fill(pair["vi"], values, "vi"), _fill(pair["en"], values, "en"))

    def both(self, key: str, **values: object) -> str:
        """The sentence ``key`` as one line of both languages, as errors are told."""
        return self.say(key, **values).both


def _fill(template: str, values: dict[str, object], lang: str) -> str:
    words = {k: getattr(v, lang) if isinstance(v, Text) else v for k, v in values.items()}
    return template.format(**words)
