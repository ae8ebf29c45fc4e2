"""Evidence packs as a use case: one file to hand on, which says offline whether it can be believed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.made_with import made_with
from app.rejudge import catalogue_of, evidence_of, judged_again
from app.say import say
from core import audit_json
from core.audit import Audit
from core.capture import Visit
from core.errors import Decree43Error, StorageError, UsageError
from core.finding import Text


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found of a pack, in words; not ``sound`` where anything in it was changed."""

    sound: bool
    said: tuple[Text, ...]


def make_key(path: Path) -> Text:
    """Makes a signing key. Raises UsageError where a file stands there."""
    from storage.archive import signing

    return say("key_made", file=path, name=signing.make_key(path))


def export_pack(store: Any, audit_id: str, out: Path) -> tuple[Text, ...]:
    """Writes the pack of a kept audit. Raises AuditNotFound, StorageError and UsageError."""
    from storage.archive import signing
    from storage.archive.pack import write_pack
    from storage.archive.reader import Archive
    from storage.archived import archive_of

    key = signing.configured()
    audit = store.load(audit_id)
    with Archive(archive_of(store, audit.id)) as archive:
        visit = archive.visit()
        texts = archive.texts()
        if visit.ruleset != audit.ruleset.sha256:  # judged again by another catalogue
            from app.archiving import catalogue_files

            texts = catalogue_files(catalogue_of({}, audit.ruleset.sha256))
        titles = {p.url: p.title for p in visit.evidence.pages}
        about = {"audit": audit.id, "tool": audit.tool, "made_with": made_of(audit, visit)}
        pages = [(p.url, _time(p.source.at), titles.get(p.url, "")) for p in visit.sources.pages]
        count = write_pack(out, archive, pages, audit_json.dumps(audit), texts, about, key)
    signed = say("pack_signed", name=signing.fingerprint(key.public_key())) if key else say("pack_unsigned")
    size = f"{out.stat().st_size / 1e6:.1f}"
    shown = Text(size.replace(".", ","), size)
    return say("pack_written", file=out, size=shown, records=count), signed


def made_of(audit: Audit, visit: Visit) -> dict[str, str]:
    """What the findings of an audit were made with: noted in its archive, unless it was judged again since."""
    return dict(visit.made_with) if audit.ruleset.sha256 == visit.ruleset else made_with()


def verify_pack(path: Path, public_key: Path | None = None) -> Verified:
    """Whether a pack is as it was made, and whether its findings follow from its pages. Raises UsageError."""
    from storage.archive import signing
    from storage.archive.container import Damaged
    from storage.archive.pack import REPORT, open_pack

    wanted = signing.public_key(public_key) if public_key else None
    if path.is_dir():
        raise UsageError("đó là thư mục, không phải tệp / that is a folder, no file", where=str(path))
    if not path.is_file():
        raise UsageError("không có tệp này / there is no such file", where=str(path), hint="decree43 evidence export")
    try:
        pack = open_pack(path)
        if wanted is not None and pack.key is None:
            raise Damaged("pack_unsigned")
        if wanted is not None and pack.key is not None and not signing.same(wanted, pack.key):
            raise Damaged("pack_wrong_key")
        audit = audit_json.loads(pack.read(REPORT))
    except Damaged as error:
        return Verified(False, (say("pack_altered", why=error.text),))
    except audit_json.NotAnAudit as error:
        return Verified(False, (say("pack_altered", why=say("pack_no_report", why=error)),))
    head = say(
        "pack_head", id=audit.id, url=audit.portal.url, day=f"{audit.today:%d/%m/%Y}", rules=audit.ruleset.id,
        tool=audit.tool, pages=audit.crawl.pages,
    )  # fmt: skip
    signed = [say("pack_unsigned")]
    if pack.key is not None:
        told = say("pack_known_key") if wanted is not None else say("pack_unknown_key")
        signed = [say("pack_signed", name=signing.fingerprint(pack.key)), told]
    sound, verdict = _follows(pack, audit)
    return Verified(sound, (verdict, head, *signed))


def _follows(pack: Any, audit: Audit) -> tuple[bool, Text]:
    """Whether the findings come out again; where they do not, whether another version is the reason."""
    from app.audit import tool

    made = pack.about["decree43"].get("made_with") or {}
    now = made_with()
    other = [
        f"{name} {made.get(name, '–')} ≠ {now.get(name, '–')}"
        for name in {**made, **now}
        if made.get(name) != now.get(name)
    ]
    if audit.tool != tool():
        other.insert(0, f"{audit.tool} ≠ {tool()}")
    try:
        changed = _again(pack, audit)
    except Decree43Error as error:
        if other:
            return True, say("pack_other", why=", ".join(other))
        return False, say("pack_altered", why=error.message)
    if not changed:
        return True, say("pack_sound")
    if other:
        return True, say("pack_other", why=", ".join(other))
    return False, say("pack_altered", why=say("pack_not_following", rules=", ".join(changed)))


def _again(pack: Any, audit: Audit) -> tuple[str, ...]:
    """Rules whose finding differs when the pack's own pages are judged by its own catalogue."""
    from storage.archive.pack import WARC
    from storage.archive.reader import Archive

    catalogue = catalogue_of(pack.catalogue(), audit.ruleset.sha256)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "audit.warc.gz")
        pack.unpack(WARC, place)
        with Archive(str(place)) as archive:
            visit = archive.visit()
            if visit.evidence.portal != audit.portal or visit.evidence.today != audit.today:
                raise StorageError(say("pack_other_pages").both)
            return judged_again(audit, visit, evidence_of(visit, archive), catalogue).changed


def _time(moment: Any) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""
