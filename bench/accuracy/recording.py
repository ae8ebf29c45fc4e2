"""Evidence in a file and back, so that a whole corpus can be judged again without visiting it."""

from __future__ import annotations

import dataclasses
import lzma
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import RootModel, TypeAdapter

from core.evidence import Evidence
from core.page import Link, Page


@dataclasses.dataclass(frozen=True)
class Recording:
    """What one visit gathered, of which state of the portal."""

    fingerprint: str
    evidence: Evidence


@cache
def _form() -> TypeAdapter[Recording]:
    return TypeAdapter(Recording)


def write(path: Path, recording: Recording) -> None:
    """The recording as packed JSON, written whole or not at all."""
    evidence = dataclasses.replace(
        recording.evidence,
        fetches=dict(recording.evidence.fetches),
        facts={name: _plain(value) for name, value in recording.evidence.facts.items()},
    )
    plain = RootModel[Any](_plain(dataclasses.replace(recording, evidence=evidence))).model_dump_json()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_bytes(lzma.compress(plain.encode(), preset=9 | lzma.PRESET_EXTREME))
    part.replace(path)


def read(path: Path) -> Recording:
    """A recording as it was written. Raises OSError, and ValueError where it is none."""
    found = _form().validate_json(lzma.decompress(path.read_bytes()))
    pages = tuple(_shared(found.evidence.pages, {}))
    return dataclasses.replace(found, evidence=dataclasses.replace(found.evidence, pages=pages))


def _shared(pages: Iterable[Page], known: dict[Link, Link]) -> Iterable[Page]:
    """Equal links as one object again, as the crawl keeps them."""
    for page in pages:
        links = tuple(known.setdefault(link, link) for link in page.links)
        yield dataclasses.replace(page, links=links, panels=tuple(_shared(page.panels, known)))


def _plain(value: Any) -> Any:
    """Values of dataclasses without those that stand at their default: nine tenths of a page are defaults."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {f.name: _plain(found) for f, found in fields if not _is_default(f, found)}
    if isinstance(value, dict) or hasattr(value, "items"):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(_plain(v) for v in value)
    return [_plain(v) for v in value] if isinstance(value, tuple | list) else value


def _is_default(field: dataclasses.Field[Any], value: Any) -> bool:
    if field.default is not dataclasses.MISSING:
        return bool(value == field.default)
    return field.default_factory is not dataclasses.MISSING and bool(value == field.default_factory())
