"""Evidence packs: WACZ that others read; one changed byte, wherever it stands, is seen."""

from __future__ import annotations

import hashlib
import json
import random
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.errors import StorageError, UsageError
from storage.archive import container, pack, signing
from storage.archive.container import Damaged, member
from storage.archive.pack import DIGEST, PACKAGE, REPORT, WARC, open_pack, surt, write_pack
from storage.archive.reader import Archive
from tests.storage.test_archive import written

ABOUT = {"audit": "abc", "tool": "decree43 0.1.0", "made_with": {"code": "1"}}
PAGES = [("http://a.gov.vn/", "2026-11-22T01:02:03Z", "Sở")]


def packed(path: Path, key: Ed25519PrivateKey | None = None) -> Path:
    with Archive(written(str(path.parent / "luu"))) as archive:
        write_pack(path, archive, PAGES, b'{"x": 1}\n', {"r.yaml": b"id: r\n"}, ABOUT, key)
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return packed(tmp_path / "goi.wacz", Ed25519PrivateKey.generate())


def changed(file: Path, name: str, content: bytes) -> None:
    """The pack with another content of one member, everything else put right as a forger would."""
    with zipfile.ZipFile(file) as archive:
        members = {i.filename: archive.read(i) for i in archive.infolist()}
    members[name] = content
    package = json.loads(members[PACKAGE])
    for each in package["resources"]:
        body = members[each["path"]]
        each |= {"hash": f"sha256:{hashlib.sha256(body).hexdigest()}", "bytes": len(body)}
    members[PACKAGE] = json.dumps(package).encode()
    digest = json.loads(members[DIGEST])
    members[DIGEST] = json.dumps({**digest, "hash": f"sha256:{hashlib.sha256(members[PACKAGE]).hexdigest()}"}).encode()
    container.write(file, [member(n, b) for n, b in members.items()])


def test_a_pack_says_what_it_holds(file: Path) -> None:
    found = open_pack(file)
    assert found.read(REPORT) == b'{"x": 1}\n'
    assert found.catalogue() == {"r.yaml": b"id: r\n"}
    assert found.about["decree43"]["audit"] == "abc"
    assert found.about["wacz_version"] == "1.1.1"
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert all(i.compress_type == zipfile.ZIP_STORED for i in archive.infolist())
        pages = archive.read("pages/pages.jsonl").decode().splitlines()
        index = archive.read("indexes/index.cdx").decode().splitlines()
    assert json.loads(pages[0])["format"] == "json-pages-1.0"
    assert json.loads(pages[1])["url"] == "http://a.gov.vn/"
    assert index == sorted(index) and any(line.startswith("vn,gov,a)/ 20261122010203 {") for line in index)


def test_the_index_leads_to_its_records(file: Path, tmp_path: Path) -> None:
    found = open_pack(file)
    found.unpack(WARC, tmp_path / "x.warc.gz")
    lines = found.read("indexes/index.cdx").decode().splitlines()
    with Archive(str(tmp_path / "x.warc.gz")) as archive:
        by_place = {e.offset: e for e in archive.entries}
        for line in lines:
            told = json.loads(line.split(" ", 2)[2])
            entry = by_place[told["offset"]]
            assert (entry.url, entry.length, entry.digest) == (told["url"], told["length"], told["digest"])


def test_every_changed_byte_is_seen(file: Path) -> None:
    whole = file.read_bytes()
    chance = random.Random(43)
    places = {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(400))}
    for at in places:
        file.write_bytes(whole[:at] + bytes((whole[at] ^ (1 << chance.randrange(8)),)) + whole[at + 1 :])
        with pytest.raises(Damaged):
            open_pack(file)
    for content in (whole[:-1], whole + b"\0", b"\0" + whole, b"", b"PK", whole[: len(whole) // 2]):
        file.write_bytes(content)
        with pytest.raises(Damaged):
            open_pack(file)


@pytest.mark.parametrize("name", [REPORT, WARC, "indexes/index.cdx", "catalogue/r.yaml.txt"])
def test_who_puts_the_hashes_right_still_lacks_the_key(file: Path, name: str) -> None:
    changed(file, name, b"another")
    with pytest.raises(Damaged, match="signature is wrong"):
        open_pack(file)


def test_a_signature_cannot_be_taken_away_nor_exchanged(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        members = {i.filename: archive.read(i) for i in archive.infolist()}
    digest = json.loads(members[DIGEST])
    statement = signing.statement(Ed25519PrivateKey.generate(), members[PACKAGE])
    for said in ({}, {"decree43_signature": statement}):
        bare = {"path": digest["path"], "hash": digest["hash"], **said}
        container.write(file, [member(n, json.dumps(bare).encode() if n == DIGEST else b) for n, b in members.items()])
        with pytest.raises(Damaged, match="another key, or its signature was taken away"):
            open_pack(file)


def test_files_added_left_out_or_named_twice_are_seen(tmp_path: Path) -> None:
    file = packed(tmp_path / "goi.wacz")
    with zipfile.ZipFile(file) as archive:
        members = [member(i.filename, archive.read(i)) for i in archive.infolist()]
    for others, words in (
        ([*members, member("them.txt", b"x")], "them.txt was added"),
        (members[1:], "was taken away"),
        (members[:-1], "manifest is missing"),
        ([members[0], *members], "was added|twice"),
    ):
        container.write(file, others)
        with pytest.raises(Damaged, match=words):
            open_pack(file)


def test_an_unsigned_pack_is_sound_and_says_so(tmp_path: Path) -> None:
    assert open_pack(packed(tmp_path / "goi.wacz")).key is None


def test_a_pack_that_cannot_be_written_is_named_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "luu").mkdir()
    with pytest.raises(StorageError, match="the pack cannot be written"):
        packed(tmp_path / "luu")  # a folder
    with Archive(written(str(tmp_path / "x"))) as archive, pytest.raises(StorageError, match="cannot be written"):
        write_pack(tmp_path / "none" / "goi.wacz", archive, PAGES, b"", {}, ABOUT, None)
    assert not list(tmp_path.glob(".*.part"))


def test_keys_are_made_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "khoa.pem"
    name = signing.make_key(path)
    assert path.stat().st_mode & 0o077 == 0
    private, public = signing.private_key(path), signing.public_key(tmp_path / "khoa.pem.pub")
    assert signing.same(private.public_key(), public)
    assert signing.fingerprint(public) == name
    with pytest.raises(UsageError, match="cannot be written"):
        signing.make_key(path)


def test_what_is_no_key_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "x.pem"
    wrong.write_text("x")
    for read in (signing.private_key, signing.public_key):
        with pytest.raises(UsageError, match="is no"):
            read(wrong)
        with pytest.raises(UsageError, match="cannot be read"):
            read(tmp_path / "none.pem")
    monkeypatch.setenv(signing.VARIABLE, str(wrong))
    with pytest.raises(UsageError, match="is no private key"):
        signing.configured()
    monkeypatch.delenv(signing.VARIABLE)
    assert signing.configured() is None


@pytest.mark.parametrize("said", [None, {}, {"algorithm": "Ed25519", "publicKey": "x", "signature": "y"}, []])
def test_a_statement_of_another_form_is_no_signature(said: object) -> None:
    assert signing.signed_by(said, b"data") is None


@pytest.mark.parametrize(
    ("url", "order"),
    [
        ("https://www.a.gov.vn/X?Y=1", "vn,gov,a)/x?y=1"),
        ("http://a.gov.vn:8080", "vn,gov,a:8080)/"),
        ("urn:view:http://a.gov.vn/", "urn:view:http://a.gov.vn/"),
    ],
)
def test_addresses_are_ordered_as_indexes_do(url: str, order: str) -> None:
    assert surt(url) == order


def test_the_form_is_named() -> None:
    assert pack.FORM == "decree43-evidence/1"
