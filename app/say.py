"""Sentences of the doors: notes of a report, the doctors, progress; data in ``messages.yaml``."""

from __future__ import annotations

from pathlib import Path

from core.sentences import Sentences

_sentences = Sentences(Path(__file__).parent)
say, knows = _sentences.say, _sentences.knows
