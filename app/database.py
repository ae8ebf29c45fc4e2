"""The database looked after: brought up to date, checked, pruned, taken out and brought in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from app.opened import nothing_kept, opened
from app.say import say
from core.audit import VIETNAM
from core.errors import UsageError
from core.finding import Text

_KEEP = re.compile(r"(\d{1,4})\s*([dmy])")


@dataclass(frozen=True, slots=True)
class Said:
    """What to print, and whether all is well."""

    lines: tuple[Text, ...]
    good: bool = True


def upgrade(db: str | None) -> Said:
    """Brings the tables to this version, and says from which."""
    from storage import schema

    url = _url(db)
    steps, where = schema.upgrade(url), schema.shown(url)
    if steps.before == steps.after:
        return Said((say("db_at", where=where, version=steps.after),))
    key = "db_upgraded" if steps.before else "db_made"
    return Said((say(key, where=where, before=steps.before, version=steps.after),))


def check(db: str | None) -> Said:
    """Looks at everything and changes nothing; not good when anything is wrong."""
    from storage import check as of_storage
    from storage import schema
    from storage.store import look_into

    with look_into(_url(db)) as store:
        health = of_storage.check(store)
        if health.sound:
            return Said((say("db_sound", where=store.where, version=health.version, audits=health.audits),))
        newer = bool(health.version) and health.version not in schema.known_versions()
        kinds = [("newer" if p.kind == "version" and newer else p.kind, p) for p in health.problems]
        lines = [say(f"db_problem_{kind}", place=p.place, detail=p.detail) for kind, p in kinds]
        return Said((say("db_unsound", where=store.where, count=len(lines)), *lines), good=False)


def prune(db: str | None, keep: str, *, dry: bool, now: dt.datetime, archives: bool = True) -> Said:
    """Removes audits older than ``keep`` ("24m", "90d", "2y"), and says what went and what stayed.

    ``archives``: also the evidence that only those audits stand on.
    """
    from storage import prune as of_storage

    before = cutoff(keep, now)
    with opened(db) as store:
        done = of_storage.prune(store, before, dry=dry)
    day = f"{before.astimezone(VIETNAM):%d/%m/%Y}"
    lines = [say("db_would_prune" if dry else "db_pruned", count=len(done.removed), day=day)]
    for old in done.removed:
        line = f"  {old.id}  {old.started_at.astimezone(VIETNAM):%d/%m/%Y}  {old.url}"
        lines.append(Text(line, line))
    if done.newest or done.referred:
        lines.append(say("db_prune_kept", newest=done.newest, referred=done.referred))
    if done.before is not None and done.after is not None and done.after < done.before:
        sizes = {"before": f"{done.before / 1e6:.1f}", "after": f"{done.after / 1e6:.1f}"}
        comma = {name: Text(size.replace(".", ","), size) for name, size in sizes.items()}
        lines.append(say("db_prune_room", **comma))
    elif done.problem:
        lines.append(say("db_prune_no_room", why=done.problem))
    elif done.before is not None:
        lines.append(say("db_prune_reused"))
    if done.archives and (dry or not archives):
        key = "db_would_prune_archives" if archives else "db_prune_archives_kept"
        lines.append(say(key, count=len(done.archives), places=", ".join(done.archives)))
    elif done.archives:
        lines += _without(done.archives)
    return Said(tuple(lines))


def _without(archives: tuple[str, ...]) -> list[Text]:
    """Deletes archives; one that cannot be deleted is named, and is no reason to stop."""
    from core.errors import StorageError
    from storage.archive.places import remove

    gone, lines = 0, []
    for address in archives:
        try:
            gone += remove(address)
        except StorageError as error:
            lines.append(say("db_prune_archive_left", place=address, why=error.args[0]))
    return [say("db_prune_archives", count=gone), *lines]


def export(db: str | None, target: Path) -> Said:
    """Every table as JSON Lines, into a new folder or .zip."""
    from storage import export as of_storage

    with opened(db) as store:
        written = of_storage.export(store, target)
    return Said((say("db_exported", rows=sum(written.values()), tables=len(written), target=target),))


def bring_in(db: str | None, source: Path) -> Said:
    """An export into an empty database."""
    from storage import export as of_storage
    from storage import schema

    url = _url(db)
    read = of_storage.bring_in(url, source)
    return Said((say("db_imported", rows=sum(read.values()), tables=len(read), where=schema.shown(url)),))


def cutoff(keep: str, now: dt.datetime) -> dt.datetime:
    """The moment so long before ``now``: midnight in Vietnam, months and years by the calendar. Raises UsageError."""
    found = _KEEP.fullmatch(keep.strip().lower())
    if found is None or int(found[1]) == 0:
        raise UsageError(
            f"“{keep}” không phải khoảng thời gian / is no length of time",
            where="--keep",
            hint="24m (tháng / months), 90d (ngày / days), 2y (năm / years)",
        )
    count, unit = int(found[1]), found[2]
    today = now.astimezone(VIETNAM).date()
    try:
        day = (
            today - dt.timedelta(days=count)
            if unit == "d"
            else _months_before(today, count * (12 if unit == "y" else 1))
        )
    except (ValueError, OverflowError) as error:
        raise UsageError(f"“{keep}” quá dài / is too long", where="--keep", hint="24m") from error
    return dt.datetime.combine(day, dt.time(), VIETNAM)


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or its last: one month before 31/03 is 28/02."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = dt.date(years, month + 1, 1)
    last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _url(db: str | None) -> str:
    from storage.store import default_url

    if db == "none":
        raise nothing_kept()
    return db or default_url()
