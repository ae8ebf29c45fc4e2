"""The audits kept in a database: saved whole or not at all, read back as they were reported."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from core import audit_json
from core.audit import Audit
from core.errors import AuditNotFound, StorageError
from core.page import Page
from core.score import Score
from storage import rows, schema, statistics, tables
from storage.say import both
from storage.schema import default_url as default_url
from storage.seen import mark
from storage.tables import audits, rulesets
from storage.trouble import reason, trouble


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One kept audit, for a list."""

    id: str
    started_at: dt.datetime
    finished_at: dt.datetime
    url: str
    name: str
    kind: str
    ruleset_id: str
    today: dt.date
    complete: bool
    value: float | None
    low: float | None
    high: float | None
    coverage: float | None
    body_id: str | None
    #: Rules left out when it was asked for; whether it was of a folder of static files.
    skipped: int = 0
    static_folder: bool = False


class Store:
    """An open database. Use it in a ``with`` block, or ``close()`` it."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    @property
    def engine(self) -> sa.Engine:
        """For the other modules of storage."""
        return self._engine

    @property
    def where(self) -> str:
        """The address of the database, without a password."""
        return schema.shown(self._engine.url)

    def save(
        self,
        audit: Audit,
        *,
        pages: Sequence[Page] = (),
        scores: Iterable[Score] = (),
        body_id: str | None = None,
        archive: str | None = None,
    ) -> str:
        """Keeps the audit in one transaction and gives its id; ``finished_at`` is set last.

        ``pages`` are those that were read, ``scores`` those under more profiles than the report's own; ``body_id`` is
        the body of the register whose portal it is, ``archive`` where the answers are kept. A folder of static files is
        nobody's portal.
        """
        body_id = None if audit.of_folder else body_id
        row = rows.audit_row(audit) | {"body_id": body_id, "archive": archive}
        of_report = rows.rows_of_report(audit)
        seen = {audit.score.profile}
        for score in scores:
            if score.profile not in seen:
                seen.add(score.profile)
                of_report[tables.scores].append(rows.score_row(audit.id, score))
        of_pages = rows.page_rows(audit.id, audit.today, pages)
        ruleset = audit.ruleset
        with self.transaction(write=True) as connection:
            _one_after_the_other(connection, audit.portal.host)
            known = sa.select(rulesets.c.sha256).where(rulesets.c.sha256 == ruleset.sha256)
            if connection.execute(known).first() is None:
                values = {"id": rows.text(ruleset.id), "title": rows.text(ruleset.title.vi or ruleset.title.en)}
                with suppress(IntegrityError), connection.begin_nested():  # another audit was quicker
                    connection.execute(rulesets.insert().values(sha256=ruleset.sha256, **values))
            connection.execute(audits.insert().values(row))
            for table, values_of_rows in {**of_report, tables.pages: of_pages}.items():
                if values_of_rows:
                    connection.execute(table.insert(), values_of_rows)
            mark(connection, row["url"], body_id, row["ruleset_id"], folder=audit.of_folder)
            finished = audit.finished_at or dt.datetime.now(dt.UTC)
            connection.execute(audits.update().where(audits.c.id == audit.id).values(finished_at=finished))
        return audit.id

    def load(self, audit_id: str) -> Audit:
        """The audit of that id, or of the only id that begins so; AuditNotFound otherwise."""
        found = self._find(audit_id)
        with self.transaction() as connection:
            report = connection.execute(sa.select(audits.c.report).where(audits.c.id == found)).scalar_one()
        try:
            return audit_json.loads(zlib.decompress(report))
        except (zlib.error, audit_json.NotAnAudit) as error:
            raise StorageError(
                f"{both('bad_report', id=found)}: {error}",
                where=self.where,
                hint=both("bad_report_hint"),
            ) from error

    def list(self) -> tuple[AuditRow, ...]:
        """Every kept audit, newest first."""
        columns = [audits.c[name] for name in AuditRow.__dataclass_fields__]
        query = (
            sa.select(*columns)
            .where(audits.c.finished_at.is_not(None))
            .order_by(audits.c.started_at.desc(), audits.c.id.desc())
        )
        with self.transaction() as connection:
            return tuple(AuditRow(*row) for row in connection.execute(query))

    def _find(self, audit_id: str) -> str:
        kept = audits.c.finished_at.is_not(None)
        with self.transaction() as connection:
            exact = sa.select(audits.c.id).where(audits.c.id == audit_id, kept)
            if connection.execute(exact).first() is not None:
                return audit_id
            like = sa.select(audits.c.id).where(audits.c.id.startswith(audit_id, autoescape=True), kept)
            near = sorted(connection.execute(like.limit(6)).scalars()) if audit_id else []
        if len(near) == 1:
            return near[0]
        if near:
            raise AuditNotFound(
                both("several", id=audit_id),
                where=self.where,
                hint=f"{both('several_hint')}: {', '.join(near[:5])}{' …' if len(near) > 5 else ''}",
            )
        raise AuditNotFound(
            both("no_audit", id=audit_id),
            where=self.where,
            hint=both("no_audit_hint"),
        )

    @contextmanager
    def transaction(self, *, write: bool = False, snapshot: bool = False) -> Iterator[sa.Connection]:
        """Committed as a whole at the end; what the database complains of becomes a StorageError.

        With ``snapshot`` every query sees the database as it was at the first; on SQLite that is always so.
        """
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(immediate=write)
                if snapshot and connection.dialect.name == "postgresql":
                    connection = connection.execution_options(isolation_level="REPEATABLE READ")
                added = statistics.watch(connection)
                with connection.begin():
                    yield connection
            statistics.refresh(self._engine, added)
        except IntegrityError as error:
            raise StorageError(
                f"{both('unfit')}: {reason(error)}",
                where=self.where,
                hint=both("unfit_hint"),
            ) from error
        except SQLAlchemyError as error:
            raise trouble(error, self.where, "failed", "failed_hint") from error


def _one_after_the_other(connection: sa.Connection, host: str) -> None:
    """Two audits of one portal that end together wait for each other, as all writers do on SQLite."""
    if connection.dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext(rows.text(host)))
        connection.execute(sa.select(lock))


def open_store(url: str, *, wait: float = schema.WAIT) -> Store:
    """The store at ``url``, its tables made or brought up to date; StorageError says what is wrong.

    ``wait`` is how many seconds to wait for another program that is writing.
    """
    engine = schema.make_engine(url, wait=wait)
    try:
        schema.upgrade_engine(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def look_into(url: str, *, wait: float = schema.WAIT) -> Store:
    """The store at ``url`` as it is, of whatever version; a SQLite file that is not there is not made."""
    schema.must_be_there(url)
    return Store(schema.make_engine(url, wait=wait))
