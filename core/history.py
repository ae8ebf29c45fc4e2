"""How duties and values went over several audits of one portal: since when a duty is not met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.finding import Verdict

#: Verdicts that say nothing of the portal; they neither end nor begin a run.
_SILENT = frozenset({Verdict.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Run:
    """Audits in a row that judged a duty alike. ``unseen``: audits within, or since, that could not judge it."""

    verdict: Verdict
    first: dt.date
    last: dt.date
    audits: int
    unseen: int = 0


def runs(seen: Iterable[tuple[dt.date, Verdict]]) -> tuple[Run, ...]:
    """The runs of one duty, oldest first, from its verdicts in the order of time.

    What could not be judged at first, before any verdict, is a run of its own.
    """
    found: list[Run] = []
    for day, verdict in seen:
        last = found[-1] if found else None
        if last is not None and (verdict is last.verdict or verdict in _SILENT):
            silent = verdict in _SILENT and last.verdict not in _SILENT
            end = last.last if silent else day
            found[-1] = Run(last.verdict, last.first, end, last.audits + (not silent), last.unseen + silent)
        else:
            found.append(Run(verdict, day, day, 1))
    return tuple(found)


def lacking_since(found: Sequence[Run]) -> dt.date | None:
    """The day from which on every audit that could judge it saw a duty not met or only in part; None where it is met.

    From not met to partly met is no end of lacking.
    """
    since = None
    for run in found:
        if run.verdict in (Verdict.FAIL, Verdict.PARTIAL):
            since = since or run.first
        elif run.verdict is not Verdict.UNKNOWN:
            since = None
    return since
