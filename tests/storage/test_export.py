"""The whole database as JSON Lines and back: nothing lost, nothing half-written."""

import datetime as dt
import hashlib
import json
import signal
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from core.errors import StorageError
from core.page import Page
from storage import schema
from storage.check import check
from storage.export import bring_in, export
from storage.store import open_store
from storage.tables import (
    bodies,
    body_aliases,
    body_names,
    claims,
    decisions,
    figures,
    portals,
    round_entries,
    rounds,
    successions,
)
from tests import samples

ROOT = Path(__file__).resolve().parents[2]
DAY = dt.date(2025, 7, 1)


def filled(url):
    """A database with something in every table."""
    store = open_store(url)
    with store.transaction(write=True) as connection:
        for name, parent in (("tinh", None), ("so", "tinh"), ("chi-cuc", "so"), ("a-cu", None)):
            values = {"id": name, "kind": "province", "code": "", "parent_id": parent, "valid_from": DAY}
            connection.execute(bodies.insert().values(values))
        connection.execute(body_names.insert().values(body_id="so", number=0, name="Sở Xây dựng “Mẫu”\n"))
        connection.execute(portals.insert().values(body_id="so", number=0, url="https://a.gov.vn", valid_to=DAY))
        connection.execute(body_aliases.insert().values(body_id="so", number=0, name="SXD", key="sxd"))
        connection.execute(successions.insert().values(old_id="a-cu", new_id="tinh", day=DAY, main=True))
        connection.execute(rounds.insert().values(id="r", title="2026", day=DAY, source="audit"))
        connection.execute(
            figures.insert().values(body_id="so", name="n", part="", begins=DAY, ends=DAY, value=1234.5678)
        )
        claim = {"body_id": "so", "rule": "R", "begins": DAY, "ends": DAY, "link": "", "note": "đủ"}
        connection.execute(claims.insert().values(**claim, points=0.1, max_points=3))
    store.save(samples.province(), pages=[Page("https://tinhmau.gov.vn/", fetched_at=samples.NOW)], body_id="tinh")
    store.save(samples.province(id="two", started_at=samples.NOW + dt.timedelta(microseconds=7)), archive="kho")
    with store.transaction(write=True) as connection:
        entry = {"round_id": "r", "body_id": "tinh", "category": "portal", "profile": "p", "audit_id": "two"}
        connection.execute(round_entries.insert().values(entry))
        said = {"verdict": "pass", "reason": "có công văn", "decided_by": "thanh tra"}
        connection.execute(decisions.insert().values(audit_id="two", rule="R", decided_at=samples.NOW, **said))
    return store


def read(folder):
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def test_what_is_taken_out_and_brought_in_is_the_same(database, tmp_path):
    other = f"sqlite:///{tmp_path / 'other.db'}"
    with filled(database) as store:
        written = export(store, tmp_path / "ra")
        report = store.load("two")
    assert all(written.values()), "something in every table"
    assert bring_in(other, tmp_path / "ra") == written
    with open_store(other) as store:
        assert check(store).problems == ()
        assert store.load("two") == report
        export(store, tmp_path / "lai")
    assert read(tmp_path / "ra") == read(tmp_path / "lai")


def test_a_zip_brought_into_each_kind_of_database(database, tmp_path):
    with filled(f"sqlite:///{tmp_path / 'first.db'}") as store:
        export(store, tmp_path / "ra.zip")
        export(store, tmp_path / "ra")
    bring_in(database, tmp_path / "ra.zip")
    with open_store(database) as store:
        assert check(store).problems == ()
        export(store, tmp_path / "lai")
    assert read(tmp_path / "ra") == read(tmp_path / "lai")


def test_the_form_of_the_files(tmp_path):
    with filled("sqlite://") as store:
        export(store, tmp_path / "ra")
    lines = (tmp_path / "ra" / "body_names.jsonl").read_text("utf-8").splitlines()
    names = {"body_id": "so", "number": 0, "name": "Sở Xây dựng “Mẫu”\n", "key": "", "valid_from": None}
    names |= {"valid_to": None}
    assert [json.loads(line) for line in lines] == [names]
    row = json.loads((tmp_path / "ra" / "audits.jsonl").read_text("utf-8").splitlines()[1])
    assert (row["id"], row["started_at"], row["complete"]) == ("two", "2026-11-21T02:03:04.000007Z", True)
    manifest = json.loads((tmp_path / "ra" / "manifest.json").read_text("utf-8"))
    assert (manifest["form"], manifest["version"]) == ("decree43-export/1", schema.head())
    assert manifest["tables"]["audits"]["rows"] == 2


def test_what_is_there_is_not_written_over(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x", "utf-8")
    (tmp_path / "a.zip").write_text("x", "utf-8")
    (tmp_path / "empty").mkdir()
    with filled("sqlite://") as store:
        for name in ("full", "a.zip"):
            with pytest.raises(StorageError, match="already there"):
                export(store, tmp_path / name)
        export(store, tmp_path / "empty")
        with pytest.raises(StorageError, match="cannot be written"):
            export(store, tmp_path / "none" / "a")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip", "empty", "full"]
    assert (tmp_path / "a.zip").read_text("utf-8") == "x"


@pytest.mark.parametrize("target", ["ra", "ra.zip"])
def test_an_export_that_fails_leaves_nothing(database, tmp_path, target):
    place = tmp_path / "place"
    place.mkdir()
    with filled(database) as store:

        @sa.event.listens_for(store.engine, "before_cursor_execute")
        def fail(connection, cursor, statement, *rest):
            if "FROM pages" in statement:
                raise sa.exc.OperationalError(statement, {}, Exception("gone"))

        with pytest.raises(StorageError):
            export(store, place / target)
    assert list(place.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs POSIX")
def test_a_full_disk_leaves_nothing(tmp_path):
    url, place = f"sqlite:///{tmp_path / 'a.db'}", tmp_path / "place"
    place.mkdir()
    filled(url).close()
    script = f"""
        import resource
        from pathlib import Path
        from core.errors import StorageError
        from storage.export import export
        from storage.store import open_store

        with open_store({url!r}) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
            for name in ("ra", "ra.zip"):
                try:
                    export(store, Path({str(place)!r}) / name)
                except StorageError as error:
                    assert "cannot be written" in error.message and "full" in error.hint
                else:
                    raise SystemExit("it was written")
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=True)
    assert list(place.iterdir()) == []


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_killed_export_does_not_look_whole(database, tmp_path):
    filled(database).close()
    script = f"""
        import os, signal
        from pathlib import Path
        from storage import export
        from storage.store import open_store

        export._in_place = lambda part, target: os.kill(os.getpid(), signal.SIGKILL)
        export.export(open_store({database!r}), Path({str(tmp_path / "ra")!r}))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not (tmp_path / "ra").exists()


def test_an_export_sees_one_moment(database, tmp_path):
    """What is saved while it runs is in none of its tables, or in all."""
    with filled(database) as store, open_store(database) as other:
        saved = []

        @sa.event.listens_for(store.engine, "before_cursor_execute")
        def save(connection, cursor, statement, *rest):
            if "FROM findings" in statement and not saved:
                saved.append(other.save(samples.province(id="three")))

        export(store, tmp_path / "ra")
    assert saved
    lines = (tmp_path / "ra" / "findings.jsonl").read_text("utf-8").splitlines()
    ids = {json.loads(line)["audit_id"] for line in lines}
    assert ids == {"two", samples.province().id}


@pytest.fixture
def taken_out(tmp_path):
    with filled(f"sqlite:///{tmp_path / 'source.db'}") as store:
        export(store, tmp_path / "ra")
    return tmp_path / "ra"


def alter(path, **changes):
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | changes), "utf-8")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda f: (f / "manifest.json").unlink(), "is no export"),
        (lambda f: (f / "manifest.json").write_text("[]", "utf-8"), "is no export"),
        (lambda f: alter(f / "manifest.json", form="other/1"), "is no export"),
        (lambda f: alter(f / "manifest.json", tables={"audits": 1}), "is no export"),
        (lambda f: alter(f / "manifest.json", version="9999"), "newer version"),
        (lambda f: (f / "audits.jsonl").unlink(), "audits is missing"),
        (lambda f: (f / "facts.jsonl").write_bytes((f / "facts.jsonl").read_bytes()[:-2]), "not as it was written"),
        (lambda f: (f / "facts.jsonl").write_bytes((f / "facts.jsonl").read_bytes() + b"\n"), "not as it was written"),
    ],
)
def test_a_damaged_export_is_refused(database, taken_out, spoil, words):
    spoil(taken_out)
    with pytest.raises(StorageError, match=words) as caught:
        bring_in(database, taken_out)
    assert caught.value.hint
    with open_store(database) as store:
        assert store.list() == ()


def test_what_is_no_export(database, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 no zip")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("../evil.jsonl", "x")
    for name in ("a.zip", "b.zip", "none", "none.zip"):
        with pytest.raises(StorageError):
            bring_in(database, tmp_path / name)
    assert not (tmp_path.parent / "evil.jsonl").exists()


def test_only_an_empty_database_is_filled(database, taken_out):
    with open_store(database) as store:
        store.save(samples.province(id="mine"))
    with pytest.raises(StorageError, match="not empty"):
        bring_in(database, taken_out)
    with open_store(database) as store:
        assert [row.id for row in store.list()] == ["mine"]


def test_an_import_that_fails_leaves_nothing(database, taken_out):
    """A row that refers to nothing, behind a manifest that says it belongs there."""
    path, manifest = taken_out / "facts.jsonl", taken_out / "manifest.json"
    path.write_bytes(path.read_bytes() + b'{"audit_id": "nobody", "name": "x", "value": "1"}\n')
    tables = json.loads(manifest.read_text("utf-8"))["tables"]
    tables["facts"] = {"rows": 1, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    alter(manifest, tables=tables)
    with pytest.raises(StorageError):
        bring_in(database, taken_out)
    with open_store(database) as store:
        assert store.list() == ()


def test_an_export_of_an_older_version(database, taken_out):
    """Only what that version had; the steps since then are made afterwards."""
    manifest = taken_out / "manifest.json"
    tables = json.loads(manifest.read_text("utf-8"))["tables"]
    for name in tables.keys() - {"audits", "findings", "rulesets"}:
        (taken_out / f"{name}.jsonl").unlink()
    left_out = {"body_id", "archive", "skipped", "static_folder", "first_seen", "last_seen"}
    older = {}
    for name in ("audits", "findings", "rulesets"):
        path = taken_out / f"{name}.jsonl"
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        kept = [json.dumps({k: v for k, v in row.items() if k not in left_out}) + "\n" for row in rows]
        path.write_text("".join(kept), "utf-8")
        older[name] = {"rows": len(kept), "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    alter(manifest, tables=older, version="0001")
    assert bring_in(database, taken_out) == {"audits": 2, "findings": 48, "rulesets": 1}
    with open_store(database) as store:
        assert check(store).problems == ()
        assert {row.id for row in store.list()} == {"two", samples.province().id}


def test_an_older_export_needs_a_new_database(database, taken_out):
    open_store(database).close()
    alter(taken_out / "manifest.json", version="0001")
    with pytest.raises(StorageError, match="already of version") as caught:
        bring_in(database, taken_out)
    assert "new database" in caught.value.hint
