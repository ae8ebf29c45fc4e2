"""``decree43 db`` as people run it."""

import datetime as dt
import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.cli import main
from app.database import cutoff
from core.audit import VIETNAM
from core.errors import UsageError
from storage import schema
from storage.store import open_store
from storage.tables import findings
from tests import samples

ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, "-c", "from app.cli import main; main()"]
ENV = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "200", "PYTHONPATH": str(ROOT)}


def run(*args, cwd):
    """The command in a process of its own."""
    return subprocess.run([*MAIN, *args], capture_output=True, text=True, cwd=cwd, env=ENV, check=False)


@pytest.fixture
def db(tmp_path, monkeypatch, capsys):
    """``decree43 db …`` in this process, as its own would end."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(gc, "freeze", lambda: None)  # this process goes on
    monkeypatch.setattr(gc, "set_threshold", lambda *_: None)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["decree43", "db", *args])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code or 0
        said = capsys.readouterr()
        return subprocess.CompletedProcess(args, status, said.out, said.err)

    return call


@pytest.fixture
def kept(database):
    now = dt.datetime.now(dt.UTC)
    with open_store(database) as store:
        for name, days in (("new", 1), ("old", 800)):
            started = now - dt.timedelta(days=days)
            store.save(samples.province(id=name, started_at=started, today=started.date()), archive=f"kho/{name}")
    return database


def test_upgrade_says_from_where_to_where(database, db):
    schema.upgrade(database, "0001")
    for words in ("đã nâng cấp từ phiên bản 0001 lên", "không cần nâng cấp"):
        done = db("upgrade", "--db", database)
        assert done.returncode == 0 and words in done.stdout and done.stderr == ""
    assert "already at version" in db("upgrade", "--db", database, "--lang", "en").stdout


def test_check_is_0_when_sound_and_1_when_not(kept, db, tmp_path):
    done = db("check", "--db", kept)
    assert done.returncode == 0 and "tốt" in done.stdout and "2 lần kiểm tra" in done.stdout
    engine = schema.make_engine(kept)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE findings SET verdict = 'fail' WHERE rule = 'ND43-10.1.b'")
    engine.dispose()
    done = run("db", "check", "--db", kept, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1 and "2 problems" in done.stdout
    assert "the audit old differs from its report: findings: ND43-10.1.b: verdict" in done.stdout


def test_check_of_a_newer_database_advises_a_newer_program(kept, db):
    engine = schema.make_engine(kept)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    done = db("check", "--db", kept)
    assert done.returncode == 1 and "phiên bản decree43 mới hơn" in done.stdout
    assert "cập nhật decree43" in done.stdout and "db upgrade" not in done.stdout


def test_check_of_an_older_database_advises_an_upgrade(database, db):
    schema.upgrade(database, "0001")
    done = db("check", "--db", database)
    assert done.returncode == 1 and "chạy decree43 db upgrade" in done.stdout and "cập nhật" not in done.stdout


def test_prune_lists_first_and_then_removes(kept, db, tmp_path):
    (tmp_path / "kho").mkdir()
    for name in ("old", "new"):
        (tmp_path / "kho" / name).write_bytes(b"WARC")
    done = db("prune", "--keep", "24m", "--dry-run", "--db", kept)
    assert done.returncode == 0 and "Sẽ xóa 1 lần kiểm tra" in done.stdout and "  old  " in done.stdout
    assert "1 kho chứng cứ: kho/old" in done.stdout and (tmp_path / "kho" / "old").exists()
    done = db("prune", "--keep", "24m", "--db", kept)
    assert done.returncode == 0 and "Đã xóa 1 lần kiểm tra" in done.stdout and "Đã xóa 1 kho chứng cứ" in done.stdout
    assert [path.name for path in (tmp_path / "kho").iterdir()] == ["new"]
    with open_store(kept) as store:
        assert [row.id for row in store.list()] == ["new"]
    assert "Đã xóa 0 lần" in db("prune", "--keep", "24m", "--db", kept).stdout


def test_prune_leaves_the_evidence_when_it_is_asked_to_or_cannot(kept, db, tmp_path):
    (tmp_path / "kho" / "old").mkdir(parents=True)  # a folder where a file should be
    done = db("prune", "--keep", "24m", "--db", kept, "--keep-archives")
    assert "Giữ lại 1 kho chứng cứ: kho/old" in done.stdout
    now = dt.datetime.now(dt.UTC) - dt.timedelta(days=900)
    with open_store(kept) as store:
        store.save(samples.province(id="older", started_at=now, today=now.date()), archive="kho/old")
    done = db("prune", "--keep", "24m", "--db", kept)
    assert done.returncode == 0 and "Không xóa được kho chứng cứ kho/old" in done.stdout


def test_out_and_in_again(kept, db, tmp_path):
    done = db("export", "--db", kept)
    assert done.returncode == 0 and "decree43-db.zip" in done.stdout and (tmp_path / "decree43-db.zip").is_file()
    other = f"sqlite:///{tmp_path / 'other.db'}"
    done = db("import", "decree43-db.zip", "--db", other)
    assert done.returncode == 0 and "Đã nhập" in done.stdout
    assert db("check", "--db", other).returncode == 0
    for args in (
        ["export", "--db", kept],
        ["import", "decree43-db.zip", "--db", other],
        ["import", "x", "--db", other],
    ):
        done = db(*args)
        assert done.returncode == 2 and "hint:" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "args",
    [
        ["check", "--db", "none"],
        ["check", "--db", "sqlite:///not-there.db"],
        ["upgrade", "--db", "postgresql://u:secret@127.0.0.1:1/x"],
        ["upgrade", "--db", "mysql://u:secret@h/x"],
        ["check", "--db", "sqlite://", "--lang", "fr"],
        ["prune", "--keep", "24", "--db", "sqlite://"],
        ["prune", "--keep", "9999y", "--db", "sqlite://"],
        ["prune", "--db", "sqlite://"],
        ["import", "none.zip", "--db", "sqlite://"],
    ],
)
def test_wrong_usage_is_one_sentence_and_2(args, db, tmp_path):
    done = db(*args)
    assert done.returncode == 2 and done.stderr and "Traceback" not in done.stderr
    assert "secret" not in done.stderr and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("keep", "day"),
    [
        ("24m", "2024-03-31"),
        ("1m", "2026-02-28"),
        (" 13 M ", "2025-02-28"),
        ("3m", "2025-12-31"),
        ("2y", "2024-03-31"),
        ("90d", "2025-12-31"),
        ("31d", "2026-02-28"),
    ],
)
def test_how_long_is_by_the_calendar(keep, day):
    now = dt.datetime(2026, 3, 31, 1, tzinfo=VIETNAM)  # still 30 March in UTC
    assert cutoff(keep, now) == dt.datetime.fromisoformat(day).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("keep", ["", "m", "0m", "-3m", "24", "24 months", "1,5y", "9999y"])
def test_what_is_no_length_of_time(keep):
    with pytest.raises(UsageError) as caught:
        cutoff(keep, dt.datetime(2026, 3, 31, tzinfo=VIETNAM))
    assert "24m" in caught.value.hint


def test_an_audit_is_kept_with_its_pages_on_each_kind_of_database(tiny_portal, database, db, tmp_path):
    options = ["--allow-private", "--no-browser", "--quiet", "--db", database, "--kind", "department", "--out", "out"]
    for day in ("2026-11-20", "2026-11-21"):
        done = run("audit", tiny_portal, *options, "--today", day, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    engine = schema.make_engine(database)
    with engine.connect() as connection:
        where = f"WHERE audit_id = '{report['audit']['id']}'"
        count = connection.exec_driver_sql(f"SELECT count(*) FROM pages {where}").scalar()
        news = connection.execute(
            sa.select(findings.c.first_seen, findings.c.last_seen).where(findings.c.rule == "ND43-10.1.b").distinct()
        ).all()
    engine.dispose()
    assert count == report["crawl"]["pages"] > 1
    assert [tuple(row) for row in news] == [(dt.date(2026, 11, 20), dt.date(2026, 11, 21))]
    assert run("audits", "--db", database, cwd=tmp_path).stdout.count(tiny_portal) == 2
    assert db("check", "--db", database).returncode == 0


def test_a_database_that_fails_does_not_cost_the_reports(tiny_portal, database, tmp_path):
    schema.upgrade(database)
    engine = schema.make_engine(database)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            refuse = "CREATE TRIGGER full BEFORE INSERT ON audits BEGIN SELECT RAISE(ABORT, 'no room'); END"
        else:
            refuse = "ALTER TABLE audits ADD CONSTRAINT no_room CHECK (tool = 'none')"
        connection.exec_driver_sql(refuse)
    engine.dispose()
    options = ["--allow-private", "--no-browser", "--quiet", "--db", database, "--out", "out"]
    done = run("audit", tiny_portal, *options, cwd=tmp_path)
    assert done.returncode == 2 and "hint:" in done.stderr and "Traceback" not in done.stderr
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["report.html", "report.json"]
