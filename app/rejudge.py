"""Judging an audit again from what was archived of it: under the same catalogue or another, without a network."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.catalogues import open_catalogue
from app.judge import judge
from app.say import say
from app.settings import AuditRequest
from checks import catalogue as catalogues
from core import audit_json
from core.audit import VIETNAM, Audit
from core.capture import Visit
from core.errors import CatalogueError, StorageError
from core.evidence import Evidence
from core.evidence_json import NotReadable
from core.rule import Catalogue


@dataclass(frozen=True, slots=True)
class Rejudged:
    """An audit judged again, and how it stands to the one before."""

    audit: Audit
    #: Rules whose finding differs; empty where findings and score are the same to the last sign.
    changed: tuple[str, ...]
    #: The catalogue is the one the audit was judged by.
    same_catalogue: bool
    #: What read and judged is not what did then.
    other_version: bool
    #: The same judgement of the same evidence is kept already, and this is it.
    kept_before: bool = False

    @property
    def same(self) -> bool:
        """Whether there is nothing new to keep."""
        return self.same_catalogue and not self.changed


def rejudge_kept(store: Any, audit_id: str, rules: str | None) -> tuple[Rejudged, str]:
    """A kept audit judged again, and the id it is kept under: a new one where it is not kept already.

    Raises AuditNotFound, StorageError and CatalogueError.
    """
    from storage.archive.reader import Archive
    from storage.archived import archive_of
    from storage.figures import body_of_audit

    audit = store.load(audit_id)
    address = archive_of(store, audit.id)
    with Archive(address) as archive:
        done = rejudge(audit, archive, rules)
    if done.same:
        return done, audit.id
    if (before := _kept_before(store, address, done.audit)) is not None:
        return dataclasses.replace(done, audit=before, kept_before=True), before.id
    return done, str(store.save(done.audit, body_id=body_of_audit(store, audit.id), archive=address))


def _kept_before(store: Any, address: str, judged: Audit) -> Audit | None:
    """The kept audit of that archive by the same catalogue that says the same; None where there is none."""
    from storage.archived import judged_from

    for audit_id in judged_from(store, address, judged.ruleset.sha256):
        kept: Audit = store.load(audit_id)
        if not _changed(kept, judged):
            return kept
    return None


def by_archive(store: Any) -> Callable[[Audit, Catalogue], Audit | None]:
    """Judges kept audits again by another catalogue; None for those of which no evidence can be read."""
    from storage.archive.reader import Archive
    from storage.archived import archive_of

    def again(audit: Audit, catalogue: Catalogue) -> Audit | None:
        try:
            with Archive(archive_of(store, audit.id)) as archive:
                visit = archive.visit()
                return judged_again(audit, visit, evidence_of(visit, archive), catalogue).audit
        except StorageError:
            return None

    return again


def rejudge(audit: Audit, archive: Any, rules: str | None = None) -> Rejudged:
    """The audit judged again by ``rules``, else by the catalogue in the archive."""
    visit = archive.visit()
    catalogue = open_catalogue(rules, audit.today) if rules else catalogue_of(archive.texts(), audit.ruleset.sha256)
    return judged_again(audit, visit, evidence_of(visit, archive), catalogue)


def evidence_of(visit: Visit, archive: Any) -> Evidence:
    """The evidence of an archived audit as it was judged. Raises StorageError."""
    from app.audit import cleaned
    from crawler.rebuild import rebuild

    try:
        return cleaned(rebuild(visit, archive.body))
    except (NotReadable, KeyError, ValueError) as error:
        raise StorageError(
            f"{say('evidence_unread').both}: {error}",
            where=archive.where,
            hint=say("evidence_unread_hint").both,
        ) from None


def catalogue_of(texts: dict[str, bytes], sha256: str) -> Catalogue:
    """The catalogue with that content among archived files, else among those that come with the program."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            Path(folder, Path(name).name).write_bytes(text)
        for name in texts:
            catalogue = _loaded(str(Path(folder, Path(name).name)), sha256)
            if catalogue is not None:
                return dataclasses.replace(catalogue, path=Path(name).name, cases=())
    known: tuple[str | None, ...] = (None, *(p.stem for p in catalogues.shipped("rulesets").glob("*.yaml")))
    for each in known:
        catalogue = _loaded(each, sha256)
        if catalogue is not None:
            return catalogue
    raise CatalogueError(
        say("rules_gone").both,
        where=sha256[:12],
        hint=say("rules_gone_hint").both,
    )


def _loaded(name: str | None, sha256: str) -> Catalogue | None:
    try:
        catalogue = catalogues.load(name)
    except CatalogueError:
        return None
    return catalogue if catalogue.sha256 == sha256 else None


def judged_again(audit: Audit, visit: Visit, evidence: Evidence, catalogue: Catalogue) -> Rejudged:
    """The same evidence judged by a catalogue, compared with the audit."""
    from app.audit import notes_of, tool
    from app.made_with import made_with

    same_catalogue = catalogue.sha256 == audit.ruleset.sha256
    if catalogue.sha256 != visit.ruleset:
        plan = catalogues.plan(catalogue, evidence.portal.kind, evidence.plan.budget)
        evidence = dataclasses.replace(evidence, plan=plan)
    request = AuditRequest(
        url=evidence.portal.url,
        kind=evidence.portal.kind,
        ignore_robots=str(evidence.fact("crawl.ignored_robots") or ""),
    )
    taken = evidence.taken_at or audit.started_at
    told = say("rejudged", id=audit.id, day=f"{taken.astimezone(VIETNAM):%d/%m/%Y}", rules=audit.ruleset.id)
    notes = notes_of(request, evidence, catalogue, audit.skipped)
    again = judge(
        evidence,
        catalogue,
        audit.crawl,
        tool=tool(),
        started_at=audit.started_at,
        finished_at=dt.datetime.now(dt.UTC),
        vantage=audit.vantage,
        notes=notes if same_catalogue else (told, *notes),
        skipped=audit.skipped,
    )
    changed = _changed(audit, again)
    if same_catalogue and not changed:
        again = dataclasses.replace(again, id=audit.id, tool=audit.tool, finished_at=audit.finished_at)
    other = visit.tool != tool() or dict(visit.made_with) != made_with()
    return Rejudged(again, changed, same_catalogue, other)


def _changed(before: Audit, after: Audit) -> tuple[str, ...]:
    """Rules whose finding differs in anything a report says; other parts of the report by name where only they do."""
    old, new = (audit_json.audit_to_dict(a) for a in (before, after))
    was, now = ({f["rule"]: f for f in data["findings"]} for data in (old, new))
    rules = tuple(rule for rule in {**was, **now} if was.get(rule) != now.get(rule))
    return rules or tuple(part for part in ("score", "facts", "portal", "counts") if old[part] != new[part])
