"""Sentences of the doors: notes of a report, the doctors, progress; data in ``messages.yaml``."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from core.sentences import Sentences

_sentences = Sentences(Path(__file__).parent)
say, knows = _sentences.say, _sentences.knows


def json_of(value: Any) -> str:
    """A value, or a dataclass with all it holds, as readable JSON."""
    plain = dataclasses.asdict(value) if dataclasses.is_dataclass(value) and not isinstance(value, type) else value
    return json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False)
