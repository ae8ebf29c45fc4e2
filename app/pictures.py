"""The pictures of a trend as files: rank over the rounds, and each duty over the audits; SVG, PNG and their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.ranking import rank
from app.settings import checked_out
from app.trend import Stand, Trend
from app.write import write_file
from core.rounds import PUBLISHED
from reports.charts import bump, trend
from reports.charts.picture import Picture
from reports.csv_report import csv_bytes
from storage import rounds as kept

#: The category that is drawn where a body stands in several.
_USUAL = "portal"


def write_pictures(store: Any, found: Trend, lang: str, folder: Path) -> tuple[Path, ...]:
    """Writes what there is to draw and gives the files. Raises UsageError where a file cannot be written."""
    checked_out(folder)
    pictures = {"rank": ranks(store, found, lang), "duties": duties(store, found, lang)}
    return tuple(path for name, one in pictures.items() if one for path in _written(one, folder / name, lang))


def _written(picture: Picture, path: Path, lang: str) -> Iterator[Path]:
    yield write_file(path.with_suffix(".svg"), picture.svg().encode())
    yield write_file(path.with_suffix(".png"), picture.png())
    yield write_file(
        path.with_suffix(".csv"), csv_bytes([picture.heads, *picture.rows], "en" if lang == "en" else "vi")
    )


def ranks(store: Any, found: Trend, lang: str) -> Picture | None:
    """The body among the others in the rounds it stands in; None where it is in no round with a rank.

    Of several categories the portal's is drawn, else the one with most rounds.
    """
    stands = [stand for stand in found.stands if stand.place.rank is not None]
    if not stands:
        return None
    often = Counter(stand.category for stand in stands)
    category = _USUAL if _USUAL in often else often.most_common(1)[0][0]
    columns = list({stand.round.id: stand for stand in stands if stand.category == category}.values())
    lines: dict[str, list[int | None]] = {}
    names: dict[str, str] = {}
    for number, stand in enumerate(columns):
        for body, name, place in _group(store, stand):
            key = "" if body == stand.body else body
            lines.setdefault(key, [None] * len(columns))[number] = place
            names[key] = found.name if key == "" else name
    periods = [bump.Period(_called(stand), stand.place.of) for stand in columns]
    shown = [bump.Line(names[body], places) for body, places in lines.items()]
    return bump.draw(periods, shown, [found.name], lang)


def _group(store: Any, stand: Stand) -> Iterator[tuple[str, str, int | None]]:
    """The bodies ranked with one in a round: id, name, rank."""
    for ranking in rank(store, stand.round.id, profile=stand.place.profile, category=stand.category):
        if any(row.place.body == stand.body for row in ranking.rows):
            yield from ((row.place.body, row.name, row.place.rank) for row in ranking.rows)


def _called(stand: Stand) -> str:
    return str(stand.round.day.year) if stand.round.source == PUBLISHED else stand.round.title


def duties(store: Any, found: Trend, lang: str) -> Picture | None:
    """Every duty over the audits; None without audits."""
    order = {point.audit: number for number, point in enumerate(found.points)}
    if not order:
        return None
    seen = kept.verdicts(store, order)
    rows = []
    for duty in found.duties:
        verdicts = [""] * len(order)
        for audit, verdict in seen.get(duty.rule, ()):
            verdicts[order[audit]] = verdict
        rows.append(trend.Duty(duty.rule, duty.title.en if lang == "en" else duty.title.vi, verdicts))
    return trend.draw([point.day for point in found.points], rows, lang)
