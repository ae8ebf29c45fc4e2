"""What makes a section doubtful though it counts: flags, each with its words in the report."""

from __future__ import annotations

import datetime as dt

from checks.content import own_items
from checks.fresh import Newest
from checks.hits import Search, Why
from core.evidence import Evidence

#: Fewer dated entries say nothing of how they were put up.
_SEVERAL = 4


def doubts(evidence: Evidence, found: Search, last: Newest | None, *, dated: bool) -> tuple[str, ...]:
    """Flags of a section; ``dated``: it must show how fresh it is.

    ``no_date`` nothing shows when it was put up · ``issue_date_used`` only documents' issue dates do · ``same_day`` all
    entries bear one day · ``put_up_today`` and that is the day of the audit · ``hidden_label`` a label of the same
    name is hidden · ``one_page_many`` other duties' labels lead to the same page.
    """
    flags = []
    if dated and last is None:
        flags.append("no_date")
    if dated and last is not None and last.by_issue:
        flags.append("issue_date_used")
    days = _days(evidence, found)
    if len(days) >= _SEVERAL and len(set(days)) == 1:
        flags.append("put_up_today" if days[0] == evidence.today else "same_day")
    if any(hit.why is Why.HIDDEN for hit in found.rejected):
        flags.append("hidden_label")
    if found.best is not None and found.best.page is not None and found.best.page.url in _taken(evidence):
        flags.append("one_page_many")
    return tuple(flags)


def _days(evidence: Evidence, found: Search) -> list[dt.date]:
    pages = [hit.page for hit in found.accepted if hit.page is not None]
    shown = (item.published for page in pages for item in own_items(page, evidence))
    return [seen.day for seen in shown if seen is not None]


def _taken(evidence: Evidence) -> frozenset[str]:
    """Pages that labels of several duties of different điểm lead to."""
    searches: dict[str, Search] = evidence.memo.get("sections", {})
    hits = (hit for search in searches.values() for hit in search.rejected)
    return frozenset(hit.page.url for hit in hits if hit.why is Why.TAKEN and hit.page is not None and hit.score)
