"""Advice for a section that is there: what to add to it, and to keep it up to date with what and by when."""

from __future__ import annotations

from typing import Any

from checks.say import join, say
from core.finding import Text


def add(name: str, missing: list[Text]) -> Text:
    """Put what is missing into the section."""
    return say("add_fix", name=name, missing=join(missing))


def update(name: str, what: Text, law: Text | None = None) -> Text:
    """Bring the section up to date; ``law``: what the law itself says of it."""
    advice = say("update_fix", name=name, what=what)
    return together(advice, say("update_law", law=law)) if law is not None else advice


def together(*advice: Text | None) -> Text:
    """Several pieces of advice one after the other."""
    said = [text for text in advice if text is not None]
    return Text(" ".join(t.vi for t in said), " ".join(t.en for t in said))


def whole(*advice: Text | None) -> dict[str, Any]:
    """The fields of an answer that give this advice in place of the catalogue's, which asks for a new section."""
    said = together(*advice)
    return {"fix": said, "fix_is_all": True} if said.vi else {}
