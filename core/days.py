"""Days as people write them: 21/11/2026 in Vietnamese, 21 Nov 2026 in English."""

from __future__ import annotations

import datetime as dt

from core.finding import Text

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_day(value: dt.date) -> Text:
    """The day in both languages."""
    return Text(f"{value:%d/%m/%Y}", f"{value.day} {_MONTHS[value.month - 1]} {value.year}")
