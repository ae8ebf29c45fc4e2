"""The archive: WARC files that others read, each body once; what is damaged, missing or cannot be written says so."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import os
import time
from pathlib import Path

import fsspec
import pytest
from fastwarc.warc import ArchiveIterator
from warcio.checker import Checker

from core import evidence_json
from core.capture import Capture, Kind, Sources, Visit
from core.errors import StorageError
from core.evidence import Evidence
from core.portal import Portal
from storage.archive import places
from storage.archive.places import Place, default_place
from storage.archive.reader import Archive
from storage.archive.writer import Writer

AT = dt.datetime(2026, 11, 22, 1, 2, 3, 456, tzinfo=dt.UTC)
HTML = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", "7"))
VISIT = Visit(Evidence(Portal("http://a.gov.vn/"), AT.date()), Sources(), "decree43 0.1.0")


def response(url: str, body: bytes, **more: object) -> Capture:
    fixed = {"status": 200, "heads": HTML, "asked": (("User-Agent", "decree43"),)}
    return Capture(Kind.RESPONSE, url, AT, body, "text/html", **{**fixed, **more})  # type: ignore[arg-type]


CAPTURES = (
    response("http://a.gov.vn/", b"<p>x\xc3\xa1</p>"),
    response("http://a.gov.vn/?lai", b"<p>x\xc3\xa1</p>"),
    response("http://a.gov.vn/tep.pdf", b"", method="HEAD"),
    response("http://a.gov.vn/m\u1ee5c c\u0169", b"<p>\0</p>", status=599, changed=True),
    response("http://a.gov.vn/dau", b"%PDF", cut=True, heads=(("X-\udcff", "a\r\nSet-Cookie: b"),)),
    Capture(Kind.FAILURE, "http://a.gov.vn/cham", AT, outcome="timeout", error="no answer\nin time"),
    Capture(Kind.RENDERED, "http://a.gov.vn/", AT, b"<p>rendered</p>", "text/html; charset=utf-8"),
    Capture(Kind.SCREENSHOT, "http://a.gov.vn/", AT, b"\xff\xd8jpeg", "image/jpeg"),
    Capture(Kind.CATALOGUE, "r.yaml", AT, b"id: r\n", "application/yaml"),
    Capture(Kind.VISIT, "", AT, evidence_json.dumps(VISIT), "application/json"),
)


def written(place: str, captures: tuple[Capture, ...] = CAPTURES) -> str:
    writer = Writer(place, "abc", "decree43 0.1.0")
    for capture in captures:
        writer.keep(capture)
    return writer.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(written(str(tmp_path / "moi" / "luu")))


def test_every_record_is_read_by_others(file: Path) -> None:
    with file.open("rb") as source:
        kinds = [
            str(r.record_type).rpartition(".")[2]
            for r in ArchiveIterator(source, parse_http=False)
            if r.verify_block_digest()
        ]
    count = "warcinfo response request revisit request response request response request response request".split()
    assert [k.lower() for k in kinds] == [*count, "metadata", "conversion", "resource", "resource", "metadata"]


def test_warcio_finds_every_digest_right(file: Path) -> None:
    checker = Checker(type("Asked", (), {"verbose": False, "inputs": [str(file)]})())
    checker.process_all()
    assert checker.exit_value == 0


def test_each_record_is_a_gzip_member(file: Path) -> None:
    with Archive(str(file)) as archive, file.open("rb") as source:
        assert sum(e.length for e in archive.entries) == file.stat().st_size
        for entry in archive.entries:
            source.seek(entry.offset)
            assert gzip.decompress(source.read(entry.length)).startswith(b"WARC/1.1\r\n")


def test_what_was_kept_comes_back(file: Path) -> None:
    with Archive(str(file)) as archive:
        for capture in CAPTURES:
            assert archive.body(hashlib.sha256(capture.body).hexdigest()) == capture.body
        assert archive.visit() == VISIT
        assert archive.texts() == {"r.yaml": b"id: r\n"}


def test_heads_say_what_is_kept_and_split_no_line(file: Path) -> None:
    text = gzip.decompress(file.read_bytes()).decode("utf-8", "replace")
    assert "X-Archive-Orig-Content-Encoding: gzip\r\nX-Archive-Orig-Content-Length: 7\r\nContent-Length: 10\r\n" in text
    assert "\r\nSet-Cookie" not in text
    assert "WARC-Truncated: length" in text
    assert "X-Decree43-Redacted: personal data" in text
    assert "outcome: timeout\r\nerror: no answer in time\r\n" in text


def test_any_address_of_fsspec_will_do() -> None:
    address = written("memory://luu/thu")
    assert address == "memory:///luu/thu/abc.warc.gz"
    with Archive(address) as archive:
        copy = archive.path
        assert archive.visit() == VISIT
    assert not copy.exists()
    assert places.remove(address) and not places.remove(address)
    assert not fsspec.filesystem("memory").exists("/luu/thu/abc.warc.gz")


def test_an_archive_is_there_when_it_is_whole(tmp_path: Path) -> None:
    writer = Writer(str(tmp_path), "abc", "decree43")
    writer.keep(CAPTURES[0])
    assert not list(tmp_path.glob("*.warc.gz"))
    writer.abandon()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("address", ["/proc/none/here", "nosuch://a/b", "s3-nobody-knows://x"])
def test_a_place_that_cannot_be_written_is_named_at_once(address: str) -> None:
    with pytest.raises(StorageError, match="archive") as raised:
        Writer(address, "abc", "decree43")
    assert raised.value.where == address
    assert "--archive" in raised.value.hint


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("x")
    with pytest.raises(StorageError, match="cannot be written"):
        Writer(str(tmp_path / "tep" / "luu"), "abc", "decree43")


def test_a_full_disk_harms_nothing_but_the_archive(tmp_path: Path) -> None:
    writer = Writer(str(tmp_path), "abc", "decree43")

    class Full(io.RawIOBase):
        def write(self, data: object) -> int:
            raise OSError(28, os.strerror(28))

    writer._out.close()
    writer._out = Full()  # type: ignore[assignment]
    for capture in CAPTURES:
        writer.keep(capture)
    with pytest.raises(StorageError, match="No space left") as raised:
        writer.close()
    assert "the audit itself is not harmed" in raised.value.hint
    assert not list(tmp_path.iterdir())


def test_a_missing_archive_is_named(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is not there"):
        Archive(str(tmp_path / "abc.warc.gz"))
    with pytest.raises(StorageError, match="is not there"):
        Archive("memory:///none/abc.warc.gz")


def test_a_file_that_is_cut_off_is_named(file: Path) -> None:
    whole = file.read_bytes()
    for length in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:length])
        with pytest.raises(StorageError, match=r"damaged: .*(cut off|empty)"):
            Archive(str(file))


def test_a_changed_byte_is_named_wherever_it_stands(file: Path) -> None:
    whole = file.read_bytes()
    harmless = 0
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        try:
            with Archive(str(file)) as archive:
                for capture in CAPTURES:
                    assert archive.body(hashlib.sha256(capture.body).hexdigest()) == capture.body
                assert archive.visit() == VISIT
            harmless += 1  # a byte of a gzip head, its time or its system, which says nothing
        except StorageError as error:
            assert "damaged" in error.message
    assert harmless < len(whole) // 7 // 10


def test_a_file_that_is_no_archive_is_named(file: Path) -> None:
    for content in (b"not an archive", gzip.compress(b"not an archive"), gzip.compress(b"WARC/1.1\r\nA: b\r\n\r\n")):
        file.write_bytes(content)
        with pytest.raises(StorageError, match="damaged"):
            Archive(str(file))


def test_an_archive_of_another_form_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    other = Capture(Kind.VISIT, "", AT, b'{"form": "of the future"}', "application/json")
    with Archive(written(str(tmp_path), (other,))) as archive, pytest.raises(StorageError, match="another version"):
        archive.visit()
    with Archive(written(str(tmp_path), ())) as archive, pytest.raises(StorageError, match="does not say how"):
        archive.visit()


def test_the_archive_stands_beside_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_place(f"sqlite:///{tmp_path}/audits.db") == str(tmp_path / "archive")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_place("postgresql://lan:x@db/d") == str(tmp_path / "decree43" / "archive")
    assert default_place("sqlite://") == str(tmp_path / "decree43" / "archive")


def test_a_password_in_an_address_is_not_shown() -> None:
    assert places.shown("ftp://lan:mat-khau@may/luu") == "ftp://may/luu"
    assert Place("memory://luu").folder is None


def left(folder: Path, name: str, *, hours: float) -> Path:
    """A part as a killed audit leaves it."""
    part = folder / f".{name}.warc.gz.part"
    part.write_bytes(b"half")
    then = time.time() - hours * 3600
    os.utime(part, (then, then))
    return part


def test_what_a_killed_audit_left_goes_with_the_next_one(tmp_path: Path) -> None:
    old, young, other = left(tmp_path, "cu", hours=25), left(tmp_path, "moi", hours=1), tmp_path / ".ghi-chu.part"
    other.write_bytes(b"x")
    os.utime(other, (0, 0))
    written(str(tmp_path))
    assert not old.exists()
    assert young.exists() and other.exists()


@pytest.mark.skipif(os.name == "nt", reason="files there have no such marks")
def test_what_a_living_audit_still_writes_stays_however_old(tmp_path: Path) -> None:
    writer = Writer(str(tmp_path), "lau", "decree43 0.1.0")
    os.utime(tmp_path / ".lau.warc.gz.part", (0, 0))
    assert Place(str(tmp_path)).sweep() == 0
    assert Path(writer.close()).is_file()


def test_copies_left_for_an_archive_elsewhere_go_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places.tempfile, "gettempdir", lambda: str(tmp_path))
    old = tmp_path / ".decree43-part-abc.warc.gz"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    assert Place("memory://sweep").sweep() == 1
    assert not old.exists()
