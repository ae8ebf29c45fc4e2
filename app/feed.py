"""The Atom feed of a portal: one entry for each kept audit, with what changed since the one before."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from app.compare import depends, line, notes, signed
from app.numbers_text import shown
from app.say import say
from app.trend import audits_of
from core.audit import VIETNAM, Audit
from core.comparison import Comparison, Why, compare
from core.errors import UsageError
from core.ranking import exact

#: Entries of a feed: readers keep the older ones themselves.
MOST = 50
#: Lines of one list.
_LINES = 30
#: What a reader of the feed can choose entries by.
_TAGS = (Why.BETTER, Why.WORSE, Why.NOT_JUDGED, Why.LEFT_OUT, Why.RULES)


def feed(store: Any, who: str, lang: str, own: str = "") -> bytes:
    """The feed of a body or portal, as ``decree43 trend`` finds it. Raises UsageError where nothing is kept of it.

    ``own``: the address the feed will be published at.
    """
    from reports.feed import Feed, render

    if own and urlsplit(own).scheme not in ("http", "https"):
        raise UsageError(f"{own!r} không phải địa chỉ / is no address", where="--self", hint="https://…/feed.xml")
    found = audits_of(store, who)
    audits = [store.load(row.id) for row in found.audits[: MOST + 1]]
    entries = [entry(audit, before, lang) for audit, before in zip(audits, [*audits[1:], None], strict=True)][:MOST]
    newest = audits[0]
    return render(
        Feed(
            found.key,
            _one("feed_title", lang, name=found.name),
            _one("feed_subtitle", lang, url=newest.portal.url),
            newest.portal.url,
            newest.tool,
            entries,
            own,
        ),
        lang,
    )


def entry(audit: Audit, before: Audit | None, lang: str) -> Any:
    """One audit beside the one before it."""
    from reports.feed import Entry

    at = audit.finished_at or audit.started_at
    day = f"{audit.today:%d/%m/%Y}" if lang == "vi" else audit.today.isoformat()
    value, low, high, coverage = (
        shown(exact(v), 3, lang) for v in (audit.score.value, audit.score.low, audit.score.high, audit.score.coverage)
    )
    lead = [
        _one("feed_index", lang, value=value, low=low, high=high, coverage=coverage),
        _one("feed_made", lang, ruleset=audit.ruleset.id, audit=audit.id, time=f"{at.astimezone(VIETNAM):%H:%M}"),
    ]
    if not audit.complete:
        lead.append(_one("feed_incomplete", lang))
    if audit.skipped:
        lead.append(_one("feed_part", lang, n=len(audit.skipped)))
    if audit.of_folder:
        lead.append(_one("feed_folder", lang))
    if before is None:
        title = _one("feed_first", lang, day=day, value=value)
        title += _one("feed_part_first", lang) if audit.skipped else ""
        return Entry(audit.id, title, at, tuple(lead))
    found = compare(before, audit, depends())
    changes = _changes(found, lang)
    return Entry(
        audit.id,
        _one("feed_entry", lang, day=day, value=value, what=", ".join(changes) or _one("feed_alike", lang)),
        at,
        (*lead, *(getattr(note, lang) for note in notes(found))),
        _parts(found, lang),
        tuple(why.value for why in _TAGS if found.of(why)),
    )


def _changes(found: Comparison, lang: str) -> list[str]:
    return [_one(f"feed_{why.value}", lang, n=n) for why in _TAGS if (n := len(found.of(why)))]


def _parts(found: Comparison, lang: str) -> tuple[Any, ...]:
    from reports.feed import Part

    parts = []
    for why in Why:
        if not (differences := found.of(why)):
            continue
        lines = [line(d, lang) for d in differences[:_LINES]]
        if more := len(differences) - len(lines):
            lines.append(_one("feed_more", lang, n=more))
        heading = _one(f"compare_by_{why.value}", lang, n=len(differences), points=signed(found.points(why), lang))
        parts.append(Part(heading.rstrip(":"), tuple(lines)))
    if found.moved:
        moved = tuple(f"{m.rule} {getattr(m.title, lang)}: {m.before} → {m.after}" for m in found.moved[:_LINES])
        parts.append(Part(_one("compare_moved", lang, n=len(found.moved)).rstrip(":"), moved))
    return tuple(parts)


def _one(key: str, lang: str, **values: object) -> str:
    return str(getattr(say(key, **values), lang))
