"""Whatever is wrong with a database is found and named; what is sound is called sound."""

import pytest
import sqlalchemy as sa

from core.errors import StorageError
from core.page import Page
from storage import schema
from storage.check import check
from storage.store import look_into, open_store
from tests import samples

ID = "20261121-020304-tinhmau-7f3a"


@pytest.fixture
def kept(database):
    with open_store(database) as store:
        store.save(samples.province(), pages=[Page("https://tinhmau.gov.vn/")] * 3)
        store.save(samples.hostile().__class__(**{**_fields(samples.hostile()), "id": "hostile"}))
    return database


def _fields(audit):
    return {name: getattr(audit, name) for name in audit.__dataclass_fields__}


def spoil(url, *statements):
    """Runs statements with foreign keys off, as another program might."""
    engine = schema.make_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("SELECT 1")
            connection.rollback()
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()
    engine.dispose()


def problems(url):
    with look_into(url) as store:
        health = check(store)
    assert health.sound == (not health.problems)
    return [(p.kind, p.place, p.detail) for p in health.problems]


def test_a_sound_database(kept):
    assert problems(kept) == []
    with look_into(kept) as store:
        health = check(store)
        assert (health.version, health.audits) == (schema.head(), 2)


@pytest.mark.parametrize(
    ("statement", "kind", "detail"),
    [
        (f"UPDATE audits SET finished_at = NULL WHERE id = '{ID}'", "unfinished", ""),
        (f"UPDATE audits SET value = 0.9, kind = 'other' WHERE id = '{ID}'", "differs", "audits: kind, value"),
        (
            "UPDATE findings SET verdict = 'pass' WHERE rule = 'ND43-12' AND audit_id LIKE '2026%%'",
            "differs",
            "verdict",
        ),
        (
            "UPDATE scores SET points = 200 WHERE audit_id LIKE '2026%%'",
            "differs",
            "scores: ministry-portal-index: points",
        ),
        ("DELETE FROM findings WHERE rule = 'ND43-13'", "missing", "findings: ND43-13"),
        ("DELETE FROM facts WHERE name = 'dns.aaaa'", "missing", "facts: dns.aaaa"),
        ("DELETE FROM evidence WHERE rule = 'ND43-13'", "missing", "evidence: ND43-13/1"),
        ("DELETE FROM scores WHERE audit_id LIKE '2026%%'", "missing", "scores: ministry-portal-index"),
        ("DELETE FROM pages WHERE number = 2", "missing", "pages"),
        ("UPDATE findings SET rule = 'X' WHERE rule = 'ND43-13'", "more", "findings: X"),
        ("UPDATE findings SET first_seen = NULL WHERE rule = 'ND43-13'", "days", "ND43-13: None"),
        ("UPDATE findings SET last_seen = '2001-01-01' WHERE rule = 'ND43-13'", "days", "ND43-13"),
        ("DELETE FROM rulesets", "ruleset", "5c5c"),
    ],
)
def test_what_was_changed_is_named(kept, statement, kind, detail):
    spoil(kept, statement)
    found = [(p[0], p[2]) for p in problems(kept) if p[1] in (ID, "hostile")]
    assert any(k == kind and detail in d for k, d in found), found


def test_rows_without_their_audit(kept):
    spoil(kept, "INSERT INTO facts (audit_id, name, value) VALUES ('nobody', 'x', '1')")
    assert problems(kept) == [("orphans", "facts.audit_id", "1")]


def test_a_report_that_cannot_be_read(kept):
    spoil(
        kept, f"UPDATE audits SET report = CAST('abc' AS {'BLOB' if 'sqlite' in kept else 'bytea'}) WHERE id = '{ID}'"
    )
    assert [p[:2] for p in problems(kept)] == [("report", ID)]


def test_a_table_that_is_not_as_it_was_made(kept):
    spoil(kept, "ALTER TABLE pages DROP COLUMN title")
    assert problems(kept) == [("table", "pages", "add_column")]


def test_tables_of_others_are_left_alone(kept):
    spoil(kept, "CREATE TABLE theirs (a INTEGER)")
    assert problems(kept) == []


def test_an_older_version_is_named_and_stays(database):
    schema.upgrade(database, "0001")
    assert problems(database) == [("version", "alembic_version", f"0001 → {schema.head()}")]
    assert schema.upgrade(database) == schema.Steps("0001", schema.head())


def test_a_newer_version_is_named(kept):
    spoil(kept, "UPDATE alembic_version SET version_num = '9999'")
    assert problems(kept)[0][:2] == ("version", "alembic_version")


def test_an_empty_database_is_not_sound(database):
    if database.startswith("sqlite"):
        with pytest.raises(StorageError, match="no such file"):
            look_into(database)
    else:
        assert problems(database) == [("version", "alembic_version", f"– → {schema.head()}")]


def test_a_damaged_file_is_named(tmp_path):
    path = tmp_path / "audits.db"
    with open_store(f"sqlite:///{path}") as store:
        store.save(samples.province(), pages=[Page(f"https://tinhmau.gov.vn/{n}") for n in range(500)])
    whole = bytearray(path.read_bytes())
    for start in range(8192, len(whole) - 4096, 8192):
        whole[start : start + 512] = b"\xa5" * 512
    path.write_bytes(whole)
    found = problems(f"sqlite:///{path}")
    assert found and {p[0] for p in found} == {"damaged"}


def test_a_missing_index_is_named(kept):
    spoil(kept, "DROP INDEX ix_audits_url")
    assert problems(kept) == [("table", "audits", "add_index")]


def test_checking_changes_nothing(kept):
    def rows():
        engine = schema.make_engine(kept)
        with engine.connect() as connection:
            found = connection.execute(sa.text("SELECT * FROM findings ORDER BY audit_id, rule")).all()
        engine.dispose()
        return found

    before = rows()
    problems(kept)
    assert rows() == before
