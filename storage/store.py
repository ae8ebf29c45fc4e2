"""The audits kept in a database: saved whole or not at all, read back as they were reported."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from types import TracebackType

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from core import audit_json
from core.audit import Audit
from core.errors import AuditNotFound, StorageError
from storage import schema
from storage.schema import default_url as default_url
from storage.tables import audits, findings, rulesets


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
    def where(self) -> str:
        """The address of the database, without a password."""
        return schema.shown(self._engine.url)

    def save(self, audit: Audit) -> str:
        """Keeps the audit in one transaction and gives its id; ``finished_at`` is set last."""
        data = audit_json.audit_to_dict(audit)  # rounded as reported, so rows and report agree
        score, ruleset = data["score"], audit.ruleset
        row = {
            "id": audit.id,
            "started_at": audit.started_at,
            "finished_at": None,
            "tool": audit.tool,
            "url": _text(audit.portal.url),
            "name": _text(audit.portal.name),
            "kind": audit.portal.kind.value,
            "ruleset_id": ruleset.id,
            "ruleset_sha256": ruleset.sha256,
            "today": audit.today,
            "complete": audit.complete,
            "report": zlib.compress(audit_json.dumps(audit), 6),
        } | {key: score[key] for key in ("value", "low", "high", "coverage")}
        found = [
            {
                "audit_id": audit.id,
                "newest_date": finding.newest_date,
                "cause": _text(finding.cause) if finding.cause else None,
            }
            | {key: shown[key] for key in ("rule", "verdict", "ratio", "points", "max_points")}
            for finding, shown in zip(audit.findings, data["findings"], strict=True)
        ]
        with self.transaction(write=True) as connection:
            known = sa.select(rulesets.c.sha256).where(rulesets.c.sha256 == ruleset.sha256)
            if connection.execute(known).first() is None:
                values = {"id": ruleset.id, "title": _text(ruleset.title.vi or ruleset.title.en)}
                with suppress(IntegrityError), connection.begin_nested():  # another audit was quicker
                    connection.execute(rulesets.insert().values(sha256=ruleset.sha256, **values))
            connection.execute(audits.insert().values(row))
            if found:
                connection.execute(findings.insert(), found)
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
                f"the report kept as {found} cannot be read: {error}",
                where=self.where,
                hint="it may be damaged, or come from another version of decree43",
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
                f"several audits begin with {audit_id!r}",
                where=self.where,
                hint=f"give more of the id: {', '.join(near[:5])}{' …' if len(near) > 5 else ''}",
            )
        raise AuditNotFound(
            f"no audit is kept as {audit_id!r}",
            where=self.where,
            hint="`decree43 audits` lists the ids of all that are kept",
        )

    @contextmanager
    def transaction(self, *, write: bool = False) -> Iterator[sa.Connection]:
        """Committed as a whole at the end; what the database complains of becomes a StorageError."""
        try:
            with self._engine.connect() as connection:
                connection = connection.execution_options(immediate=write)
                with connection.begin():
                    yield connection
        except IntegrityError as error:
            raise StorageError(
                f"the audit does not fit what is kept: {schema.reason(error)}",
                where=self.where,
                hint="an audit is kept once, under an id of its own, with one finding for each rule",
            ) from error
        except SQLAlchemyError as error:
            raise StorageError(
                f"the database failed: {schema.reason(error)}",
                where=self.where,
                hint="is the disk full, or the database busy or not reachable?",
            ) from error


def open_store(url: str) -> Store:
    """The store at ``url``, its tables made or brought up to date; StorageError says what is wrong."""
    engine = schema.make_engine(url)
    try:
        schema.upgrade_engine(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine)


def _text(text: str) -> str:
    """As the report writes it: no half character pairs; and no NUL, which PostgreSQL refuses."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
