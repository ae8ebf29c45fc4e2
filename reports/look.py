"""Colours, lines and fonts of pictures and spreadsheets (``look.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from core.data_files import read_yaml


@lru_cache(maxsize=1)
def look() -> dict[str, Any]:
    """The whole of ``look.yaml``."""
    found: dict[str, Any] = read_yaml(Path(__file__).parent / "look.yaml")
    return found


def verdict_colours(verdict: str) -> tuple[str, str]:
    """Fill and ink of a verdict's value; white for anything else."""
    entry = look()["verdict"].get(verdict)
    return (entry["fill"], entry["ink"]) if entry else (look()["paper"], look()["ink"])
