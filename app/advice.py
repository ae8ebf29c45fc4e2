"""Advice on a visitor's safety from what the probes saw: outside the law, never scored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.say import say
from core.finding import Text

#: What the fact ``security.txt`` says when there is something to do.
_TXT = frozenset({"none", "expired", "invalid"})


def safety_note(facts: Mapping[str, Any]) -> Text | None:
    """One sentence with what could be better; None when nothing was found, or nothing was measured."""
    parts: list[Text] = []
    lacking = [name for name, there in (facts.get("security.headers") or {}).items() if not there]
    if lacking:
        parts.append(say("safety_headers", count=len(lacking), names=", ".join(lacking)))
    if facts.get("security.mixed"):
        parts.append(say("safety_mixed", count=facts["security.mixed"]))
    if facts.get("security.txt") in _TXT:
        parts.append(say(f"safety_txt_{facts['security.txt']}"))
    if not parts:
        return None
    return say("safety", parts=Text("; ".join(p.vi for p in parts), "; ".join(p.en for p in parts)))
