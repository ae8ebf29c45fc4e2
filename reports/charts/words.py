"""The words of the pictures (``charts.yaml``) in one language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from core.data_files import read_yaml


@lru_cache(maxsize=1)
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    texts: dict[str, dict[str, dict[str, str]]] = read_yaml(Path(__file__).parent / "charts.yaml")
    return texts


def told(name: str, lang: str, /, **values: object) -> str:
    """The words ``section.key`` in one language, braces filled in."""
    section, _, key = name.partition(".")
    words = _texts()[section][key]["en" if lang == "en" else "vi"]
    return words.format(**values) if values else words
