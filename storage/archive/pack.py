"""Evidence packs: one WACZ 1.1.1 file with an audit's archive, its report and catalogue, and a hash of each."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from core.errors import StorageError
from storage.archive import container, signing
from storage.archive.container import Damaged, Member, blocks, check, member
from storage.archive.reader import Archive, Entry
from storage.say import both

PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
REPORT, CATALOGUE = "decree43/audit.json", "catalogue/"
#: Tools of data packages take YAML for descriptions of their own.
_AS_TEXT = ".txt"
WARC = "archive/audit.warc.gz"
_INDEX, _PAGES = "indexes/index.cdx", "pages/pages.jsonl"
#: Under which our signature stands beside the manifest's hash: that of WACZ itself knows no Ed25519.
_SIGNATURE = "decree43_signature"
#: Id of the form of what we add to WACZ.
FORM = "decree43-evidence/1"
_WORTH_AN_INDEX = frozenset({"response", "revisit", "conversion", "resource"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A pack in which nothing was changed since it was made."""

    path: Path
    about: Mapping[str, Any]
    #: Who signed it; None where nobody did.
    key: Ed25519PublicKey | None

    def read(self, name: str) -> bytes:
        """The content of a member."""
        return b"".join(blocks(self.path, name))

    def catalogue(self) -> dict[str, bytes]:
        """The files of the catalogue by name."""
        names = [r["path"] for r in self.about["resources"] if r["path"].startswith(CATALOGUE)]
        return {name.removeprefix(CATALOGUE).removesuffix(_AS_TEXT): self.read(name) for name in names}

    def unpack(self, name: str, place: Path) -> None:
        """Writes a member to a file of its own."""
        with place.open("wb") as out:
            for block in blocks(self.path, name):
                out.write(block)


def write_pack(
    path: Path,
    archive: Archive,
    pages: Iterable[tuple[str, str, str]],
    report: bytes,
    catalogue: Mapping[str, bytes],
    about: Mapping[str, Any],
    key: Ed25519PrivateKey | None,
) -> int:
    """Writes a pack, whole or not at all; the number of its records. Raises StorageError.

    ``pages`` are addresses, dates and titles; ``about`` says what made the audit.
    """
    members = [
        Member(WARC, lambda: _opened(archive.path)),
        member(_INDEX, index(archive.entries)),
        member(_PAGES, _page_list(pages)),
        member(REPORT, report),
        *(member(CATALOGUE + _safe(name) + _AS_TEXT, text) for name, text in sorted(catalogue.items())),
    ]
    package = _json(
        {
            "profile": "data-package",
            "wacz_version": "1.1.1",
            "title": f"decree43 {about['audit']}",
            "created": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
            "software": about["tool"],
            "decree43": {**about, "form": FORM, "signed_by": signing.fingerprint(key.public_key()) if key else None},
            "resources": [_resource(each) for each in members],
        }
    )
    digest = _digest(package)
    if key is not None:
        digest[_SIGNATURE] = signing.statement(key, package)
    members += [member(PACKAGE, package), member(DIGEST, _json(digest))]
    try:
        container.write(path, members)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StorageError(
            f"{both('pack_unwritten')}: {reason}", where=str(path), hint=both("pack_unwritten_hint")
        ) from None
    return len(archive.entries)


def open_pack(path: Path) -> Opened:
    """A pack whose every byte is as it was written. Raises Damaged, which says what was changed."""
    names = check(path)
    if PACKAGE not in names or DIGEST not in names:
        raise Damaged("pack_no_manifest")
    package = b"".join(blocks(path, PACKAGE))
    about = _object(package, PACKAGE)
    said = _object(b"".join(blocks(path, DIGEST)), DIGEST)
    signature = said.pop(_SIGNATURE, None)
    if said != _digest(package):
        raise Damaged("pack_changed", name=PACKAGE)
    ours = about.get("decree43")
    if not isinstance(ours, dict) or ours.get("form") != FORM:
        raise Damaged("pack_form", form=FORM)
    _resources(path, about, names)
    key = None
    if signature is not None:
        key = signing.signed_by(signature, package)
        if key is None:
            raise Damaged("pack_signature")
    if ours.get("signed_by") != (signing.fingerprint(key) if key else None):
        raise Damaged("pack_other_key")
    return Opened(path, about, key)


def _resources(path: Path, about: Mapping[str, Any], names: list[str]) -> None:
    """Raises Damaged unless the manifest names every member with its hash and length."""
    listed: dict[str, tuple[str, int]] = {}
    try:
        for each in about["resources"]:
            listed[str(each["path"])] = str(each["hash"]), int(each["bytes"])
    except (KeyError, TypeError, ValueError):
        raise Damaged("pack_manifest") from None
    for name in names:
        if name in (PACKAGE, DIGEST):
            continue
        if name not in listed:
            raise Damaged("pack_added", name=name)
        digest, size = hashlib.sha256(), 0
        for block in blocks(path, name):
            digest.update(block)
            size += len(block)
        if listed.pop(name) != (f"sha256:{digest.hexdigest()}", size):
            raise Damaged("pack_changed", name=name)
    if listed:
        raise Damaged("pack_taken", name=next(iter(listed)))
    if len(set(names)) != len(names):
        raise Damaged("pack_twice")


def index(entries: Iterable[Entry]) -> bytes:
    """The records in CDXJ, sorted as players search them."""
    lines = []
    for entry in entries:
        if entry.kind not in _WORTH_AN_INDEX or not entry.url:
            continue
        fields = {
            "url": entry.url,
            "digest": entry.digest,
            "mime": "warc/revisit" if entry.kind == "revisit" else entry.content_type or "unk",
            "offset": entry.offset,
            "length": entry.length,
            "recordDigest": "",
            "status": int(entry.status) if entry.status.isdigit() else 0,
            "filename": WARC.rpartition("/")[2],
        }
        kept = {k: v for k, v in fields.items() if v != ""}
        lines.append(f"{surt(entry.url)} {_stamp(entry.date)} {json.dumps(kept, ensure_ascii=False)}\n")
    return "".join(sorted(lines)).encode("utf-8", "replace")


def surt(url: str) -> str:
    """An address as indexes order them: ``vn,gov,example)/path``; other schemes as they are."""
    match = re.match(r"https?://([^/?#]*)([^#]*)", url, re.I)
    if match is None:
        return url.replace(" ", "%20")
    host, _, port = match[1].rpartition("@")[2].lower().partition(":")
    name = ",".join(reversed(host.removeprefix("www.").split("."))) if not host.startswith("[") else host
    port = f":{port}" if port and port not in ("80", "443") else ""
    return f"{name}{port}){(match[2] or '/').lower()}"


def _stamp(date: str) -> str:
    return re.sub(r"\D", "", date)[:14]


def _digest(package: bytes) -> dict[str, Any]:
    return {"path": PACKAGE, "hash": "sha256:" + hashlib.sha256(package).hexdigest()}


def _page_list(pages: Iterable[tuple[str, str, str]]) -> bytes:
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Pages"}
    rows = [{"id": f"p{n}", "url": url, "ts": when, "title": title} for n, (url, when, title) in enumerate(pages)]
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in (head, *rows))
    return "".join(lines).encode("utf-8", "replace")


def _resource(each: Member) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    for block in _read(each):
        digest.update(block)
        size += len(block)
    return {
        "name": each.name.rpartition("/")[2],
        "path": each.name,
        "hash": f"sha256:{digest.hexdigest()}",
        "bytes": size,
    }


def _read(each: Member) -> Iterator[bytes]:
    with each.open() as source:
        while block := source.read(1 << 20):
            yield block


def _opened(path: Path) -> BinaryIO:
    return io.BufferedReader(io.FileIO(path))


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Damaged("pack_changed", name=name)
    return found


def _safe(name: str) -> str:
    """A file name in plain letters."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", name).lstrip(".") or "catalogue.yaml"
