"""The portals of the labelled corpus and what is true of them (bench/corpus/README.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from app.site_truth import Expected, load_truth
from app.sites import Site, load_site

FOLDER = Path(__file__).resolve().parent.parent / "corpus"
SPLITS = ("tune", "test")
#: Every portal is looked at on this day, a Thursday, so that figures of different days can be compared.
TODAY = dt.date(2026, 11, 19)


@dataclass(frozen=True)
class Example:
    """One portal of the corpus."""

    folder: Path

    def __reduce__(self) -> tuple[type[Example], tuple[Path]]:
        return Example, (self.folder,)  # what was read of it stays in its process

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def split(self) -> str:
        return self.folder.parent.name

    @property
    def family(self) -> str:
        return str(self.site.config["system"])

    @property
    def recorded(self) -> Path:
        """Where its recorded evidence is kept."""
        return FOLDER / "recorded" / f"{self.name}.json.xz"

    @cached_property
    def site(self) -> Site:
        return load_site(self.folder, TODAY)

    @cached_property
    def truth(self) -> dict[str, Expected]:
        return load_truth(self.site)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over all files that make the portal's pages; its truth is none of them."""
        digest = hashlib.sha256()
        for path in sorted(p for p in self.folder.rglob("*") if p.is_file() and p.name != "truth.yaml"):
            digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


def examples(split: str = "all") -> Iterator[Example]:
    """The portals of a split, or of both, by name."""
    for one in SPLITS if split == "all" else (split,):
        for path in sorted((FOLDER / one).glob("*/site.yaml")):
            yield Example(path.parent)


def version() -> str:
    """A short name of the corpus as it stands: pages, truths and held-out wordings."""
    digest = hashlib.sha256()
    for path in sorted(p for s in SPLITS for p in (FOLDER / s).rglob("*") if p.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]
