"""Evidence in a file and back, so that a whole corpus can be judged again without visiting it."""

from __future__ import annotations

import dataclasses
import lzma
from pathlib import Path

from core import evidence_json
from core.evidence import Evidence


@dataclasses.dataclass(frozen=True)
class Recording:
    """What one visit gathered, of which state of the portal."""

    fingerprint: str
    evidence: Evidence


def write(path: Path, recording: Recording) -> None:
    """The recording as packed JSON, written whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(lzma.compress(evidence_json.dumps(recording), preset=9 | lzma.PRESET_EXTREME))
    part.replace(path)


def read(path: Path) -> Recording:
    """A recording as it was written. Raises OSError, and ValueError where it is none."""
    found = evidence_json.loads(Recording, lzma.decompress(path.read_bytes()))
    pages = tuple(evidence_json.shared(found.evidence.pages, {}))
    return dataclasses.replace(found, evidence=dataclasses.replace(found.evidence, pages=pages))
