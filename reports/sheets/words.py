"""The words of the spreadsheets (``sheets.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.data_files import read_yaml
from core.finding import Text
from reports.words import pick


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    texts: dict[str, dict[str, dict[str, str]]] = read_yaml(Path(__file__).parent / "sheets.yaml")
    return texts


def say(name: str, /, **values: object) -> Text:
    """The words ``section.key`` in both languages, braces filled in; a value may be a Text."""
    section, _, key = name.partition(".")
    entry = _texts()[section][key]

    def filled(lang: str) -> str:
        said = {k: pick(v, lang) if isinstance(v, Text) else str(v) for k, v in values.items()}
        return entry[lang].format(**said) if said else entry[lang]

    return Text(filled("vi"), filled("en"))


def letter(verdict: str, lang: str) -> str:
    """The letter of a verdict's value; "" stands for no verdict."""
    return pick(say(f"letter.{verdict or 'none'}"), lang)
