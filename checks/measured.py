"""Facts that were measured in a browser: figures, what kept us from measuring, screenshots as proof."""

from __future__ import annotations

import base64
import binascii
import hashlib

from checks.gate import CAUSES
from core.evidence import Evidence
from core.finding import Proof
from core.page import Outcome


def figure(evidence: Evidence, name: str) -> float | None:
    """A measured number, or None."""
    value = evidence.fact(name)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def why_unmeasured(evidence: Evidence, name: str) -> str:
    """The cause behind a probe's outcome (the fact ``name``); without one there was no browser."""
    said = evidence.fact(name)
    if not isinstance(said, str) or evidence.fact("browser.error"):
        return "needs_browser"
    if said == "measured":  # but not all of it
        return "needs_probe"
    try:
        return CAUSES.get(Outcome(said), "error")
    except ValueError:
        return "error"


def listed(evidence: Evidence, name: str) -> list[dict[str, object]]:
    """The rows of a fact that is a list."""
    value = evidence.fact(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list | tuple) else []


def screenshots(evidence: Evidence, name: str) -> tuple[Proof, ...]:
    """Pictures kept as ``data:`` addresses in a fact: told by page, width and SHA-256, and left where they are."""
    found = []
    for row in listed(evidence, name):
        try:
            taken = base64.b64decode(str(row.get("data", "")).partition("base64,")[2], validate=True)
        except binascii.Error:
            continue
        if taken:
            digest = hashlib.sha256(taken).hexdigest()
            found.append(Proof("screenshot", str(row.get("url", "")), "", f"{row.get('width', '')} px", None, digest))
    return tuple(found)
