"""What judged: the program, its own code by content, and the packages a page is read with."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from functools import cache
from pathlib import Path

#: Packages whose version may change what is read on a page.
_PACKAGES = ("lxml", "selectolax", "feedparser", "charset-normalizer", "rapidfuzz")
#: What reads and judges.
_CODE = ("core", "checks", "crawler/extract", "crawler/reading.py", "crawler/rebuild.py", "crawler/feeds.py")


@cache
def made_with() -> dict[str, str]:
    """Names and versions; two audits with the same ones judge the same pages alike."""
    found = {"code": _code(), "python": ".".join(platform.python_version_tuple()[:2])}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _code() -> str:
    """A short digest of the code that reads and judges."""
    root = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for name in _CODE:
        place = root / name
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
