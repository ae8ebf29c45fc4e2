"""What storage complains of: sentences of ``messages.yaml`` in both languages, and as one line of both."""

from __future__ import annotations

from pathlib import Path

from core.sentences import Sentences

_sentences = Sentences(Path(__file__).parent)
say, both = _sentences.say, _sentences.both
