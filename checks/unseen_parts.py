"""Composite duties (design 4.4): parts that could not be seen make it unknown only if they could change the verdict."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from checks.answers import could_not_look
from checks.kind import unknown
from checks.say import say
from checks.seen import by_parts, names
from core.finding import Answer, Text


def judge_parts(parts: Sequence[tuple[Text, bool | None]], cause: str, why: Text, **more: Any) -> Answer:
    """The verdict on named parts: True met, False not met, None not seen.

    With at least one part met and one not met it is partial whatever the rest would say, which is named. Otherwise
    parts not seen could change it, and it is unknown with the seen parts listed.
    """
    good = [t for t, state in parts if state is True]
    bad = [t for t, state in parts if state is False]
    hidden = [t for t, state in parts if state is None]
    if not hidden:
        return by_parts(good, bad, **more)
    if good and bad:
        answer = by_parts(good, bad, **more)
        too = say("fn_unseen_too", unseen=names(hidden), why=why)
        said = answer.message
        return dataclasses.replace(answer, message=Text(f"{said.vi} {too.vi}", f"{said.en} {too.en}"))
    if not good and not bad:
        return could_not_look(cause)
    return unknown(cannot_tell(good or bad, hidden, why, met=bool(good)), cause, **more)


def cannot_tell(told: Sequence[Text], hidden: Sequence[Text], why: Text, *, met: bool) -> Text:
    """What could not be seen, and what was: all of it met, or none."""
    if met:
        return say("fn_unseen_good", unseen=names(hidden), good=names(told), why=why)
    return say("fn_unseen_bad", unseen=names(hidden), bad=names(told), why=why)
